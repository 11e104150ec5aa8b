/**
 * Progress: every thread finishes, nothing goes round for ever, and locks are taken in one order even when no run
 * hung (edges "took B while holding A" of the run; two shared holders of one lock do not exclude each other).
 */

import type { Kernel } from "../kernel/machine/kernel.js";
import { heldAt, LOCK_MODES, LockOrder } from "../kernel/objects/locks.js";
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
    const heldForB = heldAt(edges, b);
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

/**
 * Whether all edges keep to the documented nesting, IOLOCK > invalidate_lock > folio lock > ILOCK, which has no cycle: the
 * usual case, told fast.
 */
export function followsNesting(edges: Int32Array): boolean {
  for (let word = 0; word < edges.length; word++)
    if (((edges[word] ?? 0) & (AGAINST[word] ?? 0)) !== 0) return false;
  return true;
}

/** Edges from each mode to those of its own lock and of locks that nest inside it. */
const AGAINST = ((): Int32Array => {
  const order = new LockOrder();
  LOCK_OF_MODE.forEach((lock, mode) => {
    const inside = LOCK_OF_MODE.reduce((m, l, i) => (l >= lock ? m | (1 << i) : m), 0);
    order.record(inside, 1 << mode);
  });
  return order.edges;
})();

/** Whether some chain takes lock `to` while holding lock `from`, with modes that exclude each other at each end. */
function reaches(edges: Int32Array, from: number, to: number): boolean {
  let frontier = conflicting(from);
  let seen = frontier;
  while (frontier !== 0) {
    let next = 0;
    for (let b = 0; b < LOCK_MODES; b++) {
      if ((heldAt(edges, b) & frontier) === 0) continue;
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
