/**
 * Progress: every thread finishes, nothing goes round for ever, and locks are taken in one order even when no run
 * hung (edges "took B while holding A" of the run; two shared holders of one lock do not exclude each other).
 */

import type { Kernel } from "../kernel/machine/kernel.js";
import { LOCK_MODES } from "../kernel/objects/locks.js";
import { Oracle } from "../kernel/oracle-table.js";
import { DEADLOCK, LIVELOCK, LOCK_ORDER, Verdict } from "./violations.js";

export function judgeLivelock(verdict: Verdict, cell: number, thread: number): void {
  verdict.record(Oracle.PROGRESS, cell, cell, 0, 0, thread, LIVELOCK);
}

/** Nothing is enabled and thread `thread` has not finished. */
export function judgeDeadlock(verdict: Verdict, thread: number): void {
  verdict.record(Oracle.PROGRESS, 0, 0, 0, 0, thread, DEADLOCK);
}

/** Lock of a mode: IOLOCK, invalidate_lock, folio lock, ILOCK. */
const LOCK_OF_MODE = [0, 0, 1, 1, 2, 3, 3];
const SHARED_MODES = [false, true, false, true, false, false, true];

/** Whether the order of locks over all runs so far has a cycle: without one, no run has one. */
export function hasLockCycle(k: Kernel): boolean {
  const verdict = new Verdict();
  judgeLockOrder(k, verdict);
  return verdict.found !== 0;
}

/** Looks for a cycle in the lock order of the run; at most LOCK_MODES nodes, so a closure is enough. */
export function judgeLockOrder(k: Kernel, verdict: Verdict): void {
  const { edges } = k.lockOrder;
  if (followsNesting(edges)) return;
  for (let b = 0; b < LOCK_MODES; b++) {
    const heldForB = edges[1 << b] ?? 0;
    if (heldForB === 0) continue;
    for (let a = 0; a < LOCK_MODES; a++) {
      if ((heldForB & (1 << a)) === 0) continue;
      if (LOCK_OF_MODE[a] === LOCK_OF_MODE[b] || reaches(edges, b, a)) {
        verdict.record(Oracle.PROGRESS, 0, 0, a, b, -1, LOCK_ORDER);
        return;
      }
    }
  }
}

/** The documented nesting, IOLOCK > invalidate_lock > folio lock > ILOCK, has no cycle: the usual case, told fast. */
function followsNesting(edges: Uint8Array): boolean {
  return NOT_BEFORE.every((modes, b) => ((edges[1 << b] ?? 0) & modes) === 0);
}

/** Per mode, the modes of its own lock and of those that nest inside it. */
export const NOT_BEFORE: readonly number[] = LOCK_OF_MODE.map((lock) =>
  LOCK_OF_MODE.reduce((m, l, i) => (l >= lock ? m | (1 << i) : m), 0),
);

/** Whether some chain takes lock `to` while holding lock `from`, with modes that exclude each other at each end. */
function reaches(edges: Uint8Array, from: number, to: number): boolean {
  let frontier = conflicting(from);
  let seen = frontier;
  while (frontier !== 0) {
    let next = 0;
    for (let b = 0; b < LOCK_MODES; b++) {
      if (((edges[1 << b] ?? 0) & frontier) === 0) continue;
      if ((conflicting(to) & (1 << b)) !== 0) return true;
      next |= conflicting(b);
    }
    frontier = next & ~seen;
    seen |= next;
  }
  return false;
}

/** Modes of the same lock that exclude this one, as a mask. */
function conflicting(mode: number): number {
  let mask = 0;
  for (let m = 0; m < LOCK_MODES; m++) {
    if (LOCK_OF_MODE[m] === LOCK_OF_MODE[mode] && !(SHARED_MODES[m] && SHARED_MODES[mode])) mask |= 1 << m;
  }
  return mask;
}
