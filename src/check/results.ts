/**
 * Results: a call does all that was asked unless a modelled fault explains less, and a successful fsync means that
 * what was clean by then is on disk.
 */

import { Choice } from "../kernel/machine/choices.js";
import { Errno } from "../kernel/machine/errors.js";
import { boundaryByte, cellAtOrAfter } from "../kernel/machine/geometry.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { Pc } from "../kernel/machine/labels.js";
import { type KernelOp, resultOf } from "../kernel/machine/program.js";
import type { Thread } from "../kernel/machine/thread.js";
import { FolioFlag } from "../kernel/objects/folios.js";
import { Oracle } from "../kernel/oracle-table.js";
import { writeStart } from "../kernel/paths/buffered-write.js";
import { canShift } from "../kernel/paths/shift-range.js";
import { allows, expected, isExcused, isOwed, isUndefined, undefinedFrom, undefinedTo } from "./ghost.js";
import {
  NOT_DURABLE,
  OTHER_RESULT,
  SHORT_WRITE,
  type Verdict,
  WRONG_ERROR,
  WRONG_SIZE,
} from "./violations.js";

export function judgeReturn(k: Kernel, verdict: Verdict, t: Thread, done: number, status: number): void {
  if (k.draining) return;
  const op = k.opOf(t);
  if (op.returns !== undefined && !op.returns.includes(resultOf(op, done, status)))
    verdict.record(Oracle.RESULTS, op.from, op.to, op.value, status, t.index, OTHER_RESULT);
  if (op.does.data === "copied") {
    const short = status === 0 && done < t.end;
    const kind = short ? SHORT_WRITE : WRONG_ERROR;
    if (short || !isExplained(k, t, op, done, status))
      verdict.record(Oracle.RESULTS, done, t.end, op.value, status, t.index, kind);
  } else if (!isExplained(k, t, op, done, status))
    verdict.record(Oracle.RESULTS, op.from, op.to, op.value, status, t.index, WRONG_ERROR);
  else if (op.does.durable && status === 0) {
    for (let c = op.from; c < Math.min(op.to, k.isize); c++) {
      if (!isDurable(k, t, c))
        verdict.record(Oracle.RESULTS, c, c + 1, expected(k, c), k.throughExtents(c), t.index, NOT_DURABLE);
    }
  }
}

/** Whether what happened so far, the program or a fault, can be the cause of an error that an operation returns. */
function isExplained(k: Kernel, t: Thread, op: KernelOp, done: number, status: number): boolean {
  if (status === 0) return true;
  // It is no fault of a kernel that it does not know a call, and the path asks for nothing else.
  if (status === Errno.EOPNOTSUPP) return true;
  if (status === Errno.EINVAL) return op.does.moves !== undefined && !canShift(k, t, op.does.moves === "up");
  if (status === Errno.EFAULT) return op.faultAt < op.to;
  if (status === Errno.SIGBUS && k.pageOfCell(done) >= k.pageRoundUp(k.isize)) return true;
  return CAUSES[status as Errno].some((choice) => k.budget(choice) < (k.program.budget[choice] ?? 0));
}

/** Faults that can be the cause of an error. Nothing makes a blocking call return EAGAIN; other errors have no fault. */
const CAUSES: { readonly [error in Errno]: readonly Choice[] } = {
  [Errno.EFAULT]: [],
  [Errno.ENOSPC]: [Choice.RESERVATION_FAILURE, Choice.ALLOCATION_FAILURE],
  [Errno.EINTR]: [Choice.FATAL_SIGNAL],
  [Errno.EIO]: [Choice.DEVICE_ERROR, Choice.ALLOCATION_FAILURE],
  [Errno.SIGBUS]: [Choice.RESERVATION_FAILURE],
  [Errno.EAGAIN]: [],
  [Errno.EFBIG]: [],
  [Errno.EINVAL]: [],
  [Errno.EOPNOTSUPP]: [],
};

/**
 * The write holds IOLOCK to its end, so i_size is what it was or the end of what it wrote. An append starts where the file
 * ended when it took the lock.
 */
export function judgeSize(k: Kernel, verdict: Verdict, t: Thread, done: number): void {
  if (k.draining || undefinedTo(k) === 0) return;
  const start = writeStart(k, t);
  const old = undefinedFrom(k);
  const isMisplaced = k.opOf(t).length > 0 && start !== old;
  const end = isMisplaced
    ? cellAtOrAfter(k.g, boundaryByte(k.g, old) + boundaryByte(k.g, done) - boundaryByte(k.g, start))
    : done;
  const size = Math.max(old, done > start ? end : 0);
  if (k.isize === size) return;
  const [from, to] = size < k.isize ? [size, k.isize] : [k.isize, size];
  verdict.record(Oracle.RESULTS, from, to, size, k.isize, t.index, WRONG_SIZE);
}

/** Whether the cell is on disk, or on its way there, or the caller was told that it is not. */
function isDurable(k: Kernel, t: Thread, cell: number): boolean {
  const underWay = FolioFlag.DIRTY | FolioFlag.WRITEBACK | FolioFlag.IN_PASS;
  if ((k.folios.flags(k.pageOfCell(cell)) & underWay) !== 0 || isUndefined(k, cell)) return true;
  const onDisk = k.throughExtents(cell);
  if (isExcused(k, cell)) return !isOwed(k, t) || onDisk === expected(k, cell);
  return allows(k, cell, onDisk) || isBeingCopied(k, cell);
}

/** A write has copied to the cell, perhaps seen through a mapping, and has yet to make its folio dirty. */
function isBeingCopied(k: Kernel, cell: number): boolean {
  return k.programThreads.some((w) => w.pc === Pc.W_WRITE_END && cell >= w.pos && cell < w.copyEnd);
}
