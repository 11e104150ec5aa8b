/**
 * The share of one thread in a search of many states that asks only whether there is any violation. Threads take states
 * from one pool and tell them apart with one table, so that each state is looked at once by one of them; in which order
 * depends on chance, and nothing that is said of a whole search depends on the order.
 */
import type { Engine } from "../run/engine.js";
import { grown } from "../run/growing-arrays.js";
import { Canonical } from "./canonical.js";
import { DeadValues } from "./dead-values.js";
import { foundAtEnd } from "./found-at-end.js";
import { compileHash } from "./hash-code.js";
import { type Held, HeldStates } from "./held-states.js";
import { SharedTable } from "./shared-table.js";
import { type SharedHandle, SharedWork, Stop, Tally } from "./shared-work.js";
import { Transitions } from "./transitions.js";

/** States that are looked at together: so many lines of the table are fetched at once. */
const TOGETHER = 8;
/** Hashes of states met last that a thread knows without the table: a power of two, so few that they stay in its core's cache. */
const RECENT = 1 << 15;
/** Rounds between two looks at what the others do. */
const ROUNDS = 256;

export interface LongOptions {
  readonly onEnd?: ((engine: Engine) => void) | undefined;
  /** Called now and then; the others do not wait for it. */
  readonly look?: (() => void) | undefined;
}

export class LongSearch {
  readonly shared: SharedWork;
  readonly held: HeldStates;
  readonly table: SharedTable;
  readonly #handle: SharedHandle;
  readonly #engine: Engine;
  readonly #options: LongOptions;
  readonly #transitions: Transitions;
  readonly #dead: DeadValues | undefined;
  readonly #hash: () => void;
  readonly #hashed: { readonly low: number; readonly high: number };
  readonly #words: Int32Array;
  readonly #list: Int16Array;
  /** Where the states led to that are looked at together, and their hashes; the first `#found` count. */
  readonly #next: Held[] = [];
  #lows = new Int32Array(256);
  #highs = new Int32Array(256);
  #found = 0;
  /** Each at the low bits of its first half. */
  readonly #recentLows = Int32Array.from({ length: RECENT }, (_, i) => ~i);
  readonly #recentHighs = new Int32Array(RECENT);
  #transitionCount = 0;
  #ends = 0;
  #rounds = 0;
  /** Of the state that was looked at last. */
  depth = 0;

  constructor(engine: Engine, handle: SharedHandle, options: LongOptions = {}) {
    const { k } = engine;
    this.#engine = engine;
    this.#handle = handle;
    this.#options = options;
    this.shared = new SharedWork(handle);
    this.table = new SharedTable(handle.table, this.shared.slots);
    this.#transitions = new Transitions(engine, handle.reduced);
    this.#dead = handle.reduced ? new DeadValues(engine) : undefined;
    const { hash, result } = compileHash(new Canonical(k, handle.symmetry).shape);
    this.#hash = hash;
    this.#hashed = result;
    this.#words = new Int32Array(k.s.buffer, 0, handle.stateWords);
    this.#list = new Int16Array(this.#transitions.most);
    this.held = new HeldStates(handle.stateWords);
  }

  /** Takes part until all is done or somebody says stop; then adds its numbers to those of the others. */
  run(): void {
    if (this.shared.join()) this.work();
  }

  /** The same once it has joined. */
  work(): void {
    const { shared, held, table } = this;
    // It may have grown since it was looked at; while this thread is in and does not wait, it does not.
    table.resize(shared.slots, shared.isLast);
    this.#publish();
    for (;;) {
      if (shared.isCalled) {
        if (shared.stopped !== 0) break;
        this.#pause();
      }
      if (held.length === 0 && !shared.fetch(held, this.#pause, this.#look)) break;
      this.#round();
      if (--this.#rounds <= 0) this.#look();
      if (held.length > TOGETHER && shared.isHungry) shared.give(held);
    }
    this.#publish();
    shared.leave();
  }

  /** Looks at some states, and keeps those that they lead to and that are new. */
  #round(): void {
    const { held, table } = this;
    this.#found = 0;
    for (let n = 0; n < TOGETHER && held.length > 0; n++) {
      const from = held.takeLast();
      this.#expand(from);
      held.giveBack(from);
    }
    const found = this.#found;
    const [lows, highs, next] = [this.#lows, this.#highs, this.#next];
    for (let i = 0; i < found; i++) table.touch(lows[i]!);
    let fresh = 0;
    for (let i = 0; i < found; i++) {
      const to = next[i]!;
      if (table.add(lows[i]!, highs[i]!)) {
        fresh++;
        held.put(to);
      } else held.giveBack(to);
    }
    if (fresh > 0 && this.shared.addStates(fresh) > table.limit) this.shared.callPause();
  }

  /** Follows all transitions of a state, or judges the end of a run. */
  #expand({ state, depth }: Held): void {
    const transitions = this.#transitions;
    const { verdict } = this.#engine;
    const words = this.#words;
    words.set(state);
    const n = transitions.enabled(this.#list, 0);
    if (n === 0) this.#end();
    let isHere = true;
    for (let j = n - 1; j >= 0; j--) {
      transitions.forced = 0;
      do {
        if (!isHere) words.set(state);
        isHere = false;
        verdict.found = 0;
        transitions.run(this.#list[j]!);
        this.#transitionCount++;
        if ((verdict.found & this.#handle.mask) !== 0) this.shared.stop(Stop.FOUND);
        this.#arrive(depth + 1);
      } while (transitions.next());
    }
    this.depth = depth;
  }

  /** The state that the machine is in now is to be looked up, unless this thread has done so just before. */
  #arrive(depth: number): void {
    this.#dead?.clear();
    this.#hash();
    const { low, high } = this.#hashed;
    const [recentLows, recentHighs] = [this.#recentLows, this.#recentHighs];
    const at = low & (RECENT - 1);
    if (recentLows[at] === low && recentHighs[at] === high) return;
    recentLows[at] = low;
    recentHighs[at] = high;
    const i = this.#found++;
    if (i === this.#lows.length) {
      this.#lows = grown(this.#lows, i + 1);
      this.#highs = grown(this.#highs, i + 1);
    }
    this.#lows[i] = low;
    this.#highs[i] = high;
    const to = this.held.room();
    to.state.set(this.#words);
    to.depth = depth;
    this.#next[i] = to;
  }

  /** Judges the end of a run. */
  #end(): void {
    this.#ends++;
    this.#options.onEnd?.(this.#engine);
    if ((foundAtEnd(this.#engine) & this.#handle.mask) !== 0) this.shared.stop(Stop.FOUND);
  }

  /** Now and then: tells what was done, and looks whether there is memory for more. */
  readonly #look = (): void => {
    this.#rounds = ROUNDS;
    this.#publish();
    const { look } = this.#options;
    if (look !== undefined) {
      this.shared.away(look);
      this.table.resize(this.shared.slots, this.shared.isLast);
    }
    if (this.bytes > this.#handle.memoryBytes) this.shared.stop(Stop.MEMORY);
  };

  /** Of the table and all frontiers. */
  get bytes(): number {
    return this.table.bytes + this.shared.sum(Tally.FRONTIER_BYTES);
  }

  readonly #pause = (): void => {
    this.shared.pause(this.#grow);
    this.table.resize(this.shared.slots, this.shared.isLast);
  };

  /** Makes the table larger, where there is memory for that. */
  readonly #grow = (): void => {
    const { table, shared } = this;
    table.resize(shared.slots, shared.isLast);
    // Many threads can have added more than it grows by.
    while (shared.states > table.limit) {
      const { nextBytes } = table;
      const isFree = nextBytes + shared.sum(Tally.FRONTIER_BYTES) <= this.#handle.memoryBytes;
      if (shared.isLast) shared.stop(Stop.MEMORY);
      else if (nextBytes !== table.bytes && isFree && table.grow()) {
        shared.setTable(table.slots, false);
        continue;
      } else shared.setTable(shared.slots, true);
      return;
    }
  };

  #publish(): void {
    const { mine } = this.shared;
    const { k } = this.#engine;
    mine[Tally.FRONTIER_BYTES] = this.held.bytes;
    mine[Tally.QUEUE] = this.held.length;
    mine[Tally.TRANSITIONS] = this.#transitionCount;
    mine[Tally.ENDS] = this.#ends;
    mine[Tally.OFFERED] = this.#transitions.offered;
    mine.set(k.windows, Tally.COUNTS);
    mine.set(k.lockOrder.edges, Tally.COUNTS + k.windows.length);
  }
}
