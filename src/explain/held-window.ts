/** Between which steps the thread that loses the data would hold a lock that closes the window. */
import type { Finding } from "../explore/finding/finding.js";

export interface HeldWindow {
  /** Engine's number of the thread, and the steps between which it would hold the lock. */
  readonly thread: number;
  readonly from: number;
  readonly to: number;
}

/** Where a lock would be held in the failing run; undefined when its loss is in no step of a thread. */
export function heldWindow({ map, trace, lostAt }: Finding): HeldWindow | undefined {
  if (map !== undefined && map.cached !== map.actual && map.loadedAt > 0)
    return { thread: map.thread, from: map.loadedAt, to: map.usedAt };
  const lost = trace.steps[lostAt - 1];
  if (lost === undefined || lost.worker > 0) return undefined;
  const first = trace.steps.find(({ thread, op }) => thread === lost.thread && op === lost.op);
  return first === undefined || first.i === lostAt
    ? undefined
    : { thread: lost.thread, from: first.i, to: lostAt };
}
