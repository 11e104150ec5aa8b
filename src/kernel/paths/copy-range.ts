/**
 * copy_file_range() where no extents can be shared: the pages of the source go into a pipe, as many as it holds, and from
 * there into a write, until all is copied (vfs_copy_file_range(), fs/read_write.c; splice_direct_to_actor(),
 * iter_file_splice_write(), fs/splice.c). The steps are those of read.ts and buffered-write.ts; `pos` and `end` lie in the
 * source while it reads, else in the target.
 */
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { emptyPipe } from "../machine/pipe.js";
import { type StepDef, step } from "../machine/step.js";
import { CallFlag, type Thread } from "../machine/thread.js";
import { returnFromOp } from "./system-call.js";

/** Pages that the pipe has room for: PIPE_DEF_BUFFERS. */
const PIPE_PAGES = 16;

export const copyRangeSteps: readonly StepDef[] = [
  step(Pc.CO_START, "vfs_copy_file_range", {
    boundary: true,
    run: (k, t) => {
      const { from, to } = k.opOf(t);
      t.copyTo = Math.max(from, Math.min(to, k.isize));
      if (t.copyTo > from) startRead(k, t, from);
      else returnFromOp(k, t, from, 0);
    },
  }),
];

/** The next part of the source, from cell `from` on, is to be read. */
function startRead(k: Kernel, t: Thread, from: number): void {
  const full = k.g.pageCell[Math.min(k.g.cellPage[from]! + PIPE_PAGES, k.g.pages)]!;
  t.copyFrom = from;
  t.pos = from;
  t.end = Math.min(t.copyTo, full);
  t.pc = Pc.R_IOLOCK;
}

/** Cell of the target that the write at hand starts with. */
export function copyStart(k: Kernel, t: Thread): number {
  return toTarget(k, t, t.copyFrom);
}

const toTarget = (k: Kernel, t: Thread, cell: number): number => {
  const { from, target } = k.opOf(t);
  return cell - from + target;
};

/** The read is over, and IOLOCK given up: what it got is to be written. */
export function afterRead(k: Kernel, t: Thread): void {
  const got = t.pos;
  if (got === t.copyFrom) {
    returnFromOp(k, t, got, 0);
    return;
  }
  t.pos = copyStart(k, t);
  t.end = toTarget(k, t, got);
  t.pc = Pc.W_IOLOCK;
}

/** A write is over, and IOLOCK given up. What it left is tried once more: only one that gets nowhere ends the copy. */
export function afterWrite(k: Kernel, t: Thread): void {
  const { from, target } = k.opOf(t);
  const done = t.pos - target + from;
  const isStuck = t.pos < t.end && done === t.copyFrom;
  emptyPipe(k, t, isStuck ? t.end - target + from : done);
  if (isStuck) returnFromOp(k, t, done, t.status);
  else if (t.pos < t.end) {
    t.copyFrom = done;
    t.status = 0;
    t.clearFlag(CallFlag.CLEARED_SPACE);
    t.pc = Pc.W_IOLOCK;
  } else if (done < t.copyTo) startRead(k, t, done);
  else returnFromOp(k, t, done, 0);
}
