/** A walk that draws one of the moves that are possible, each time: at random, or as a search tells it. */

import type { Makers } from "../explore/strategies/index.js";
import type { Rng } from "../explore/strategies/rng.js";
import { Choice } from "../kernel/machine/choices.js";
import { pageByte } from "../kernel/machine/geometry.js";
import { cannotFaultIn } from "../kernel/paths/buffered-write.js";
import { MoveMachine, NOBODY } from "./move-machine.js";
import type { Move } from "./moves.js";
import { evictables, pageStarts } from "./stops.js";

/** Where a stopped write may go on at once, how often it does. */
const GO_ON = 0.4;

/**
 * A strategy that makes the moves that are drawn: `pick` draws one of so many; 0 is to go on with the stopped write,
 * where there is one.
 */
export function walk(pick: (options: number) => number): MoveMachine {
  return new MoveMachine({
    name: "realizable",
    decide(machine) {
      const moves = possible(machine);
      return moves[moves.length > 1 ? pick(moves.length) : 0];
    },
    stopsAt: () => true,
    /** Kernels that copy many pages at once stop within only where the copy is made to come up short, at a page. */
    copies({ engine }, t, options) {
      const pages = pageStarts(engine.k, t.pos, t.pos + options - 1);
      const cell = pages[(pages.length === 0 ? 0 : pick(pages.length + 1)) - 1];
      return cell === undefined ? 0 : cell - t.pos + 1;
    },
  });
}

/** For makeStrategies(). */
export const MAKERS: Makers = { realizable: randomWalk };

export function randomWalk(rng: Rng): MoveMachine {
  return walk((options) => (rng.chance(GO_ON) ? 0 : rng.below(options)));
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
