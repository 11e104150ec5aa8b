/**
 * A search that turned out to be long goes on in a table and a pool that other threads can share: this one starts them,
 * takes part, and adds up what they all have done.
 */
import type { Engine } from "../run/engine.js";
import type { Fingerprints } from "./fingerprints.js";
import type { Frontier } from "./frontier.js";
import { type LongOptions, LongSearch } from "./long-search.js";
import { type Cut, HELP_FROM, type Progress, type SearchOptions } from "./search.js";
import { reserveTable } from "./shared-table.js";
import { Stop, shareWork, Tally } from "./shared-work.js";

/** Where the search stands. */
export interface Standing {
  readonly visited: Fingerprints;
  /** With the depth of each state beside it, at `depthAt`. */
  readonly frontier: Frontier;
  readonly depthAt: number;
  readonly transitions: number;
}

export interface GoneOn {
  /** A violation was met: which depends on chance. */
  readonly isFound: boolean;
  readonly cut: Cut;
  readonly states: number;
  readonly transitions: number;
  readonly ends: number;
  readonly bytes: number;
  readonly tableBytes: number;
  readonly offered: number;
}

const CUTS: readonly (readonly [Stop, Cut])[] = [
  [Stop.MEMORY, "memory"],
  [Stop.STATES, "states"],
  [Stop.ASKED, "stopped"],
];

/** Goes on from where the search stands, reduced as `options` says. The engine has all windows and orders of locks in the end. */
export function goOn(engine: Engine, options: SearchOptions, memory: number, at: Standing): GoneOn {
  const { k } = engine;
  const asked = {
    table: reserveTable(memory),
    stateWords: (k.layout.compared * k.s.BYTES_PER_ELEMENT) / 4,
    memoryBytes: memory,
    most: options.threads ?? 1,
    symmetry: options.symmetry ?? true,
    reduced: options.reduced === true,
    mask: options.mask ?? -1,
  };
  const slots = 2 * at.visited.count;
  const handle = shareWork(asked, k.windows.length + k.lockOrder.edges.length, slots);
  const own: LongOptions = {
    onEnd: options.onEnd,
    look: () => look(),
  };
  const long = new LongSearch(engine, handle, own);
  const { shared, table } = long;
  const progress = (): Progress => ({
    states: shared.states,
    transitions: at.transitions + shared.sum(Tally.TRANSITIONS),
    depth: long.depth,
    queue: shared.sum(Tally.QUEUE),
    bytes: long.bytes,
  });
  const { longFrom, helpFrom = longFrom ?? HELP_FROM } = options;
  let isAlone = true;
  const askOthers = (): void => {
    if (!isAlone || shared.states < helpFrom) return;
    isAlone = false;
    options.onLong?.(handle);
  };
  const look = (): void => {
    askOthers();
    options.onProgress?.(progress());
    if (options.maxStates !== undefined && shared.states >= options.maxStates) shared.stop(Stop.STATES);
    else if (options.shouldStop?.() === true) shared.stop(Stop.ASKED);
  };
  at.visited.forEach((low, high) => {
    table.add(low, high);
    if (shared.addStates(1) > table.limit) table.grow();
  });
  shared.setTable(table.slots, false);
  moveFrontier(at, long);
  // Before any other: whoever is in and finds no work while no other has any ends the search.
  shared.join();
  askOthers();
  long.work();
  shared.waitForOthers(look);
  addUp(engine, shared.each.bind(shared));
  const why = shared.stopped;
  return {
    isFound: (why & Stop.FOUND) !== 0,
    cut: CUTS.find(([bit]) => (why & bit) !== 0)?.[1],
    states: shared.states,
    transitions: at.transitions + shared.sum(Tally.TRANSITIONS),
    ends: shared.sum(Tally.ENDS),
    bytes: long.bytes,
    tableBytes: long.table.bytes,
    offered: shared.each(Tally.OFFERED).reduce((all, mask) => all | mask, 0),
  };
}

/** The states still to be looked at, in their order. */
function moveFrontier({ frontier, depthAt }: Standing, { held }: LongSearch): void {
  while (frontier.length > 0) {
    const { state, beside } = frontier.takeFirst();
    const room = held.room();
    room.state.set(state);
    room.depth = beside[depthAt]!;
    held.put(room);
  }
}

/** Windows and orders of locks of all threads; this one's stand in the machine, and first in the tallies. */
function addUp({ k }: Engine, each: (n: number) => number[]): void {
  for (let w = 0; w < k.windows.length; w++)
    k.windows[w] = each(Tally.COUNTS + w).reduce((sum, times) => sum + times, 0);
  for (let e = 0; e < k.lockOrder.edges.length; e++)
    k.lockOrder.edges[e] = each(Tally.COUNTS + k.windows.length + e).reduce((all, mask) => all | mask, 0);
}
