/**
 * A step of a kernel path: the longest piece with no point inside at which another CPU can matter. Paths list their
 * steps in kernel order; `boundary: false` says that nothing is lost when the step runs together with the one
 * before it (write-path reference, section 9, 14), which `--fine` ignores.
 */
import type { Fixes } from "../versions/fixes.js";
import type { Kernel } from "./kernel.js";
import type { Thread } from "./thread.js";

/** The cell that a step works at, for schedules that name it; the end of the file's model when it is past that. */
export type Place = (k: Kernel, t: Thread) => number;

export interface StepDef {
  /** Label of labels.ts. */
  readonly at: number;
  /**
   * The kernel function that the step models: one name, or the oldest and then each later one with the release of Linux
   * that brought it.
   */
  readonly fn: string | readonly [oldest: string, ...later: (readonly [since: string, name: string])[]];
  readonly boundary: boolean | ((fixes: Fixes) => boolean);
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

/** The steps, all of which work at the same place. */
export function stepsAt(where: Place, steps: readonly StepDef[]): readonly StepDef[] {
  return steps.map((step) => ({ where, ...step }));
}

/**
 * A step that a path comes to in two ways: from the step before, with which it merges, at label `first`, and again
 * where another CPU can come in between, at `next`.
 */
export function firstAndNext(
  first: number,
  next: number,
  step: Omit<StepDef, "at" | "boundary">,
): readonly StepDef[] {
  return [
    { at: first, boundary: false, ...step },
    { at: next, boundary: true, ...step },
  ];
}
