/**
 * Entry to and return from system calls: which label an operation starts at, and what is left behind when it ends.
 */
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import type { KernelOp } from "../machine/program.js";
import { type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import type { Fixes } from "../versions/fixes.js";

/** Between two laps of a thread that repeats, and before its first. It goes on at once with the first operation (engine.ts). */
export const lapSteps: readonly StepDef[] = [
  step(Pc.LAP, "repeat", {
    boundary: true,
    run: (k, t) => {
      t.pc = entryOf(k.fixes, k.opOf(t));
    },
  }),
];

/** Puts the thread at the start of its current operation; before the first, and when none is left, at LAP where it repeats, or else DONE. */
export function enterOp(k: Kernel, t: Thread): void {
  const repeats = k.repeats(t);
  if (t.op >= k.opCount(t)) {
    t.op = 0;
    if (!repeats) {
      t.pc = Pc.DONE;
      return;
    }
  }
  const op = k.opOf(t);
  t.pc = repeats && t.op === 0 ? Pc.LAP : entryOf(k.fixes, op);
  t.pos = op.from;
  t.end = op.length === 0 ? op.to : 0;
}

/** The label that an operation starts at: its own, or where a kernel that does not know it refuses it. */
export function entryOf({ rwfDontcache, fallocWriteZeroes }: Fixes, { kind, does, dontcache }: KernelOp): Pc {
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
