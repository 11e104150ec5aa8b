/** A walk that draws one of the moves that are possible, each time: at random, or as a search tells it. */

import type { Makers } from "../explore/strategies/index.js";
import type { Rng } from "../explore/strategies/rng.js";
import { Choice } from "../kernel/machine/choices.js";
import { pageByte } from "../kernel/machine/geometry.js";
import type { Thread } from "../kernel/machine/thread.js";
import { cannotFaultIn } from "../kernel/paths/buffered-write.js";
import { MoveMachine, type Mover, NOBODY } from "./move-machine.js";
import type { Move } from "./moves.js";
import { evictables, pageStarts } from "./stops.js";

/** Draws one of `options`; 0 is to go on with the stopped write, where there is one. */
export type Pick = (options: number) => number;

/** Where a stopped write may go on at once, how often it does. */
const GO_ON = 0.4;

/** A strategy that makes the moves that are drawn. */
export function walk(pick: Pick): MoveMachine {
  return new MoveMachine(new Walk(pick));
}

/** For makeStrategies(). */
export const MAKERS: Makers = { realizable: randomWalk };

export function randomWalk(rng: Rng): MoveMachine {
  return walk((options) => (rng.chance(GO_ON) ? 0 : rng.below(options)));
}

class Walk implements Mover {
  readonly name = "realizable";
  readonly #pick: Pick;

  constructor(pick: Pick) {
    this.#pick = pick;
  }

  decide(machine: MoveMachine): Move | undefined {
    const moves = possible(machine);
    return moves[moves.length > 1 ? this.#pick(moves.length) : 0];
  }

  stopsAt(): boolean {
    return true;
  }

  /** Kernels that copy many pages at once stop within only where the copy is made to come up short, at a page. */
  copies({ engine }: MoveMachine, t: Thread, options: number): number {
    const pages = pageStarts(engine.k, t.pos, t.pos + options - 1);
    const drawn = pages.length === 0 ? 0 : this.#pick(pages.length + 1);
    const cell = pages[drawn - 1];
    return cell === undefined ? 0 : cell - t.pos + 1;
  }
}

function possible(machine: MoveMachine): Move[] {
  const { engine, stopped } = machine;
  const { k } = engine;
  const moves: Move[] = [];
  if (stopped !== NOBODY) moves.push({ do: "run", thread: stopped });
  for (const { index } of k.programThreads)
    if (index !== stopped && machine.canRun(index)) moves.push({ do: "run", thread: index });
  if (stopped !== NOBODY && canKill(machine)) moves.push({ do: "kill", thread: stopped });
  if (stopped !== NOBODY && !machine.isFilled && k.budget(Choice.RESERVATION_FAILURE) > 0)
    moves.push({ do: "fill" });
  if (moves.length > 0 && engine.isEnabled(engine.reclaim))
    for (const page of evictables(k)) moves.push({ do: "evict", at: pageByte(k.g, page) });
  return moves;
}

/** A process that is killed does nothing more. */
function canKill({ engine, stopped }: MoveMachine): boolean {
  const { k } = engine;
  const t = engine.thread(stopped);
  return k.budget(Choice.FATAL_SIGNAL) > 0 && !cannotFaultIn(k, t) && t.op + 1 === k.opCount(t);
}
