/**
 * Entry to and return from system calls: which label an operation starts at, and what is left behind when it ends.
 */
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import type { KernelOp } from "../machine/program.js";
import type { Thread } from "../machine/thread.js";
import type { Fixes } from "../versions/fixes.js";

/** Puts the thread at the start of its current operation, or at DONE when there is none left. */
export function enterOp(k: Kernel, t: Thread): void {
  if (t.op >= k.opCount(t)) {
    t.pc = Pc.DONE;
    t.op = 0;
    return;
  }
  const op = k.opOf(t);
  t.pc = entryOf(k.fixes, op);
  t.pos = op.from;
  t.end = op.length === 0 ? op.to : 0;
}

/** The label that an operation starts at: its own, or where a kernel that does not know it refuses it. */
function entryOf({ rwfDontcache, fallocWriteZeroes }: Fixes, { kind, does, dontcache }: KernelOp): Pc {
  if (dontcache && !rwfDontcache) return Pc.U_RW_FLAGS;
  return kind === "write_zeroes" && !fallocWriteZeroes ? Pc.U_FALLOCATE : does.entry;
}

/** The call returns: it got to cell `done` with error `status` (0: success). */
export function returnFromOp(k: Kernel, t: Thread, done: number, status: number): void {
  k.judge.returned(k, t, done, status);
  t.clearLocals();
  t.op++;
  enterOp(k, t);
}
