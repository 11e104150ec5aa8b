/**
 * A strategy answers every choice of one run: which enabled thread steps next, and what the environment decides.
 * One file per strategy; each opens with the paper it implements.
 */
import type { Chooser } from "../../kernel/machine/choices.js";

/** A mask has a bit for each of the first so many threads, and one for reclaim, which comes after all others. */
export const MOST_IN_MASK = 30;
export const RECLAIM_BIT = 1 << MOST_IN_MASK;
/** In place of a mask: only isEnabled() tells. */
export const ASK = -1;

/** The lowest thread of a mask that has one without reclaim's bit. */
export function lowestIn(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

/** Whether the mask has the thread. */
export function isInMask(mask: number, thread: number, reclaim: number): boolean {
  if (thread < MOST_IN_MASK && thread !== reclaim) return ((mask >>> thread) & 1) === 1;
  return thread === reclaim && (mask & RECLAIM_BIT) !== 0;
}

/** What a strategy sees of the machine. */
export interface View {
  /** Threads that schedules choose between are numbered below this; the last of them is reclaim. */
  readonly schedulable: number;
  readonly reclaim: number;
  /** The threads that are enabled, as a mask; or ASK. */
  readonly enabled: number;
  isEnabled(thread: number): boolean;
  /** Whether it stands between two laps of a thread that repeats: others come first unless it is asked for. */
  rests(thread: number): boolean;
}

/** Makes the runs of a program: its engine, or who looks up what that knows already. */
export interface Runs {
  run(strategy: Strategy): void;
}

/** One that looks at more than the view takes the engine instead, which every run hands it. */
export interface Strategy extends Chooser {
  readonly name: string;
  /** It looks at more of the machine than which threads are enabled. */
  readonly readsState?: boolean;
  /** A new run starts: the machine stands at the start of the schedule. */
  begin(view: View): void;
  /** The next thread, which must be enabled; -1 when nothing but reclaim could run. `last` ran before, -1 at first. */
  next(view: View, last: number): number;
}
