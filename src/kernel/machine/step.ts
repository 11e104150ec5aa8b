/**
 * A step of a kernel path: the longest piece with no point inside at which another CPU can matter. Paths list their
 * steps in kernel order. Most are no `boundary`: nothing is lost when the step runs together with the one before it
 * (write-path reference, section 9, 14), which `--fine` ignores.
 */
import type { Fixes } from "../versions/fixes.js";
import type { Kernel } from "./kernel.js";
import type { Thread } from "./thread.js";

/** The cell that a step works at, for schedules that name it; the end of the file's model when it is past that. */
export type Place = (k: Kernel, t: Thread) => number;

/** The kernel function that a step models: one name, or the oldest and then each later one with the Linux that brought it. */
export type FunctionName =
  | string
  | readonly [oldest: string, ...later: (readonly [since: string, name: string])[]];

export interface Doing {
  /** Another thread can come in before it; absent: never. */
  readonly boundary?: boolean | ((fixes: Fixes) => boolean);
  /** When the step can run; absent: always. */
  readonly when?: (k: Kernel, t: Thread) => boolean;
  /** Absent: the call's `pos`. */
  readonly where?: Place;
  /**
   * The label whose step it turns out to be when it runs, and whose function a trace shows: a store is the fault that it
   * takes first.
   */
  readonly turnsInto?: (k: Kernel, t: Thread) => number;
  /** Does it and sets `t.pc`. */
  readonly run: (k: Kernel, t: Thread) => void;
}

export interface StepDef extends Doing {
  /** Label of labels.ts. */
  readonly at: number;
  readonly fn: FunctionName;
}

/** The step at a label, which does `doing` as the kernel function `fn` does. */
export function step(at: number, fn: FunctionName, doing: Doing): StepDef {
  return { at, fn, ...doing };
}

/** The steps, all of which work at the same place. */
export function stepsAt(where: Place, steps: readonly StepDef[]): readonly StepDef[] {
  return steps.map((each) => ({ where, ...each }));
}

/**
 * A step that a path comes to in two ways: from the step before, with which it merges, at label `first`, and again
 * where another CPU can come in between, at `next`.
 */
export function firstAndNext(
  first: number,
  next: number,
  fn: FunctionName,
  doing: Doing,
): readonly StepDef[] {
  return [step(first, fn, doing), step(next, fn, { ...doing, boundary: true })];
}
