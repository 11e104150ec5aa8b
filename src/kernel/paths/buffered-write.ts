/**
 * A buffered write(): IOLOCK, zeroing up to a start past EOF, and the iomap iteration over maps and folios
 * (xfs_file_buffered_write(), fs/xfs/xfs_file.c; iomap_file_buffered_write(), iomap_write_iter(),
 * fs/iomap/buffered-io.c, 6.0 with the toggles of later series).
 */

import { Choice } from "../machine/choices.js";
import { Errno } from "../machine/errors.js";
import { boundaryByte, cellAtOrAfter, startByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { copied, fromPipe } from "../machine/pipe.js";
import type { KernelOp } from "../machine/program.js";
import { firstAndNext, type StepDef, step } from "../machine/step.js";
import { CallFlag, type Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { Cookie, IomapFlag } from "../objects/iomap.js";
import { afterWrite, copyStart } from "./copy-range.js";
import { startPunch } from "./delalloc-punch.js";
import { bufferedWriteIomapBegin } from "./iomap-begin.js";
import { returnFromOp } from "./system-call.js";
import { truncatePagecacheRange } from "./truncate-pagecache.js";
import { getFolio, watchStaleMap, writeBegin } from "./write-begin.js";
import { writeEnd } from "./write-end.js";
import { flush, writeAndWait } from "./writeback.js";
import { startZeroRange } from "./zero-range.js";

export const bufferedWriteSteps: readonly StepDef[] = [
  step(Pc.W_IOLOCK, ["xfs_file_buffered_aio_write", ["5.12", "xfs_file_buffered_write"]], {
    boundary: true,
    when: (k, t) => k.iolock.isFree() || (t.end === 0 && !k.fixes.appendUnderIolock),
    run: (k, t) => {
      const op = k.opOf(t);
      if (op.length > 0) {
        const isEarly = !k.fixes.appendUnderIolock && t.end === 0;
        if (isEarly || k.fixes.appendUnderIolock) goToEof(k, t, op);
        if (isEarly) return;
      }
      k.iolock.acquire(t);
      k.judge.changing(k, k.isize, k.g.cells);
      if (!isPastEof(k, t.pos)) t.pc = Pc.W_BEGIN;
      else if (k.fixes.eofZeroTakesInvalidateLock) t.pc = Pc.W_EOF_LOCK;
      else startZeroRange(k, t, k.isize, t.pos, Pc.W_BEGIN_NEXT);
    },
  }),
  step(Pc.W_EOF_LOCK, "xfs_file_write_zero_eof", {
    when: (k) => k.invalidate.isFree(),
    run: (k, t) => {
      k.invalidate.acquire(t);
      startZeroRange(k, t, k.isize, t.pos, Pc.W_EOF_ZEROED);
    },
  }),
  step(Pc.W_EOF_ZEROED, "xfs_file_write_zero_eof", {
    run: (k, t) => {
      k.invalidate.release(t);
      t.pc = Pc.W_BEGIN_NEXT;
    },
  }),
  ...firstAndNext(Pc.W_BEGIN, Pc.W_BEGIN_NEXT, "xfs_buffered_write_iomap_begin", { run: begin }),
  step(Pc.W_COOKIE, "xfs_bmbt_to_iomap", {
    boundary: true,
    run: (k, t) => {
      t.cookie = Cookie.CURRENT;
      t.pc = Pc.W_FAULT_IN;
      if (k.tracer !== null) k.note(t, `samples seq ${k.extents.sequence} after ILOCK was dropped`);
    },
  }),
  step(Pc.W_FAULT_IN, ["iov_iter_fault_in_readable", ["5.16", "fault_in_iov_iter_readable"]], {
    boundary: true,
    when: (k, t) =>
      k.fine || cannotFaultIn(k, t) || validatesEarly(k) || !k.folios.isLocked(k.g.cellPage[t.pos]!),
    run: (k, t) => {
      if (cannotFaultIn(k, t)) {
        failIteration(k, t, Errno.EFAULT);
        t.pc = Pc.W_ITER_END;
        k.note(t, "source is not readable: EFAULT");
      } else {
        t.chunkEnd = faultInEnd(k, t);
        t.pc = validatesEarly(k) ? Pc.W_VALIDATE_EARLY : Pc.W_LOCK;
      }
      if (t.hasFlag(CallFlag.CHUNK_LIMITED)) t.retryEnd = 0;
      t.clearFlag(CallFlag.CHUNK_LIMITED);
    },
  }),
  step(Pc.W_VALIDATE_EARLY, "xfs_iomap_valid", {
    run: (k, t) => {
      if (t.cookie === Cookie.BUMPED) foundStale(k, t);
      else t.pc = Pc.W_LOCK;
    },
  }),
  step(Pc.W_LOCK, "iomap_write_begin", {
    boundary: (f) => f.validate && !f.validateAfterLock,
    when: (k, t) => !k.folios.isLocked(k.g.cellPage[t.pos]!),
    run: (k, t) => {
      if (t.hasFlag(CallFlag.KILLED) || k.fault(Choice.FATAL_SIGNAL, 2) !== 0) {
        t.setFlag(CallFlag.KILLED);
        failIteration(k, t, Errno.EINTR);
        t.pc = Pc.W_ITER_END;
        k.note(t, "fatal signal: EINTR");
        return;
      }
      const page = k.g.cellPage[t.pos]!;
      getFolio(k, t.pos, t.chunkEnd, k.opOf(t).dontcache);
      k.folios.lock(page, t);
      watchStaleMap(k, t);
      if (k.fixes.validate && k.fixes.validateAfterLock && t.cookie === Cookie.BUMPED) {
        k.folios.unlock(page, t);
        foundStale(k, t);
        return;
      }
      t.lockedPage = page;
      t.chunkEnd = Math.min(t.chunkEnd, k.folios.endCell(page));
      t.pc = Pc.W_INIT;
    },
  }),
  step(Pc.W_INIT, "__iomap_write_begin", {
    run: (k, t) => {
      writeBegin(k, t, t.lockedPage, t.pos, t.chunkEnd);
      t.pc = Pc.W_COPY;
    },
  }),
  step(
    Pc.W_COPY,
    [
      "iov_iter_copy_from_user_atomic",
      ["5.14", "copy_page_from_iter_atomic"],
      ["6.6", "copy_folio_from_iter_atomic"],
    ],
    {
      boundary: true,
      run: (k, t) => {
        const op = k.opOf(t);
        const to = copyEnd(k, t, op);
        if (op.does.copies) copyFromPipe(k, t, to);
        else {
          k.folios.fill(t.pos, to, op.value);
          k.judge.copied(k, t.pos, to, op.value);
        }
        t.copyEnd = to;
        t.pc = Pc.W_WRITE_END;
        if (k.tracer !== null)
          k.note(t, `copies ${k.bytes(t.pos, to)}${to < t.chunkEnd ? " and comes up short" : ""}`);
      },
    },
  ),
  step(Pc.W_WRITE_END, "iomap_write_end", { run: writeEnd }),
  step(Pc.W_FAILED, "iomap_write_failed", {
    boundary: true,
    run: (k, t) => {
      const ret = t.status !== 0 || isStale(t) ? Pc.W_ITER_END : Pc.W_FAULT_IN;
      truncatePagecacheRange(k, t, Math.max(t.pos, k.isize), t.chunkEnd, ret);
    },
  }),
  step(Pc.W_ITER_END, "xfs_buffered_write_iomap_end", {
    run: (k, t) => {
      if (!startPunch(k, t)) t.pc = Pc.W_ADVANCE;
    },
  }),
  step(Pc.W_ADVANCE, ["iomap_apply", ["5.15", "iomap_iter_advance"]], { run: advance }),
  step(Pc.W_FLUSHED, "xfs_flush_inodes", {
    run: (k, t) => {
      k.judge.changed(k);
      k.iolock.release(t);
      t.status = 0;
      t.pc = Pc.W_IOLOCK;
    },
  }),
  step(Pc.W_RETURN, ["xfs_file_buffered_aio_write", ["5.12", "xfs_file_buffered_write"]], {
    run: (k, t) => {
      k.judge.wrote(k, t, t.pos);
      k.judge.changed(k);
      k.iolock.release(t);
      const op = k.opOf(t);
      const start = writeStart(k, t);
      if (op.does.copies) afterWrite(k, t);
      else if (op.dontcache && t.pos > start && !k.fixes.dontcacheKicksFlusher)
        flush(k, t, Pc.W_SYNCED, k.g.cellPage[start]!, k.pageRoundUp(t.pos));
      else returnFromOp(k, t, t.pos, t.status);
    },
  }),
  step(Pc.W_SYNCED, "generic_write_sync", { run: (k, t) => returnFromOp(k, t, t.pos, t.status) }),
];

const isStale = (t: Thread): boolean => (t.mapFlags & IomapFlag.STALE) !== 0;
const validatesEarly = (k: Kernel): boolean => k.fixes.validate && !k.fixes.validateAfterLock;

/** Whether bytes lie between EOF and the cell: in cells, or in a gap. */
function isPastEof(k: Kernel, pos: number): boolean {
  return pos > k.isize || (pos === k.isize && startByte(k.g, pos) > boundaryByte(k.g, pos));
}

/** generic_write_checks() of an append: it goes where the file ends. */
function goToEof(k: Kernel, t: Thread, { length }: KernelOp): void {
  t.pos = k.isize;
  t.end = cellAtOrAfter(k.g, boundaryByte(k.g, k.isize) + length);
}

/** The cell that the write at hand starts at. */
export function writeStart(k: Kernel, t: Thread): number {
  const { from, length, does } = k.opOf(t);
  if (does.copies) return copyStart(k, t);
  return length === 0 ? from : cellAtOrAfter(k.g, boundaryByte(k.g, t.end) - length);
}

/** iomap_write_iter() met an error: what it wrote under this map counts first, and the next map then fails at once. */
function failIteration(k: Kernel, t: Thread, error: Errno): void {
  if (t.pos === t.iterPos || k.fixes.writeErrorEndsIteration) t.status = error;
}

function begin(k: Kernel, t: Thread): void {
  if (t.status !== 0) {
    // Zeroing up to the start of the write failed.
    t.pc = Pc.W_RETURN;
    return;
  }
  t.iterPos = t.pos;
  if (!bufferedWriteIomapBegin(k, t, k.g.cellBlock[t.pos]!, t.end)) {
    t.status = Errno.ENOSPC;
    t.pc = Pc.W_ADVANCE;
  } else if (k.fixes.validate && !k.fixes.cookieUnderIlock) t.pc = Pc.W_COOKIE;
  else t.pc = Pc.W_FAULT_IN;
}

/**
 * End of the source bytes that the next pass of iomap_write_iter() faults in: write, map, a rejected copy's bytes, and
 * the page on kernels that copy page by page. The others copy up to 2 MiB at once, more than a scenario has.
 */
export function faultInEnd(k: Kernel, t: Thread): number {
  let end = Math.min(t.end, k.g.blockCell[t.mapEnd]!);
  if (!k.fixes.writeLargeChunks) end = Math.min(end, k.g.pageCell[k.g.cellPage[t.pos]! + 1]!);
  return t.hasFlag(CallFlag.CHUNK_LIMITED) ? Math.min(end, t.retryEnd) : end;
}

/** Whether the write, about to fault its source in, will fail. */
export function cannotFaultIn(k: Kernel, t: Thread): boolean {
  const { faultAt, does } = k.opOf(t);
  if (does.copies) return false;
  return t.pos >= faultAt || (!k.fixes.faultInPartial && faultInEnd(k, t) > faultAt);
}

function foundStale(k: Kernel, t: Thread): void {
  t.mapFlags |= IomapFlag.STALE;
  if (t.pos === t.iterPos) k.reach(Window.STALE_BEFORE_PROGRESS);
  k.note(t, "map is stale");
  const failed = !k.fixes.staleNoWriteFailed && t.chunkEnd > Math.max(t.pos, k.isize);
  t.pc = failed ? Pc.W_FAILED : Pc.W_ITER_END;
}

/** The bytes that a copy has read, up to cell `to`. */
function copyFromPipe(k: Kernel, t: Thread, to: number): void {
  for (let c = t.pos; c < to; c++) {
    const value = fromPipe(k, t, c);
    copied(k, t, c);
    k.folios.fill(c, c + 1, value);
    k.judge.copied(k, c, c + 1, value);
  }
}

/**
 * Where the atomic copy stops: an unreadable byte, a fault in the middle (planned or chosen), or the chunk's end. Pages in a pipe
 * are always there.
 */
function copyEnd(k: Kernel, t: Thread, op: KernelOp): number {
  if (op.does.copies) return t.chunkEnd;
  const to = Math.min(t.chunkEnd, op.faultAt);
  if (op.shortCopy > t.pos && op.shortCopy < to && !t.hasFlag(CallFlag.SHORT_DONE)) {
    t.setFlag(CallFlag.SHORT_DONE);
    return op.shortCopy;
  }
  const short = k.fault(Choice.SHORT_COPY, to - t.pos + 1);
  return short === 0 ? to : t.pos + short - 1;
}

/** iomap_iter_advance(): go on under the next map, or end; on ENOSPC with nothing written flush once and retry. */
function advance(k: Kernel, t: Thread): void {
  const progressed = t.pos > t.iterPos;
  const stale = isStale(t);
  const inherited = stale && k.fixes.propagateNew && (t.mapFlags & IomapFlag.NEW) !== 0;
  t.clearMap();
  if (t.status === Errno.ENOSPC && t.pos === writeStart(k, t) && !t.hasFlag(CallFlag.CLEARED_SPACE)) {
    t.setFlag(CallFlag.CLEARED_SPACE);
    writeAndWait(k, t, 0, k.g.pages, Pc.W_FLUSHED);
    return;
  }
  if (t.status !== 0 || t.pos >= t.end || (!progressed && !(stale && k.fixes.remapOnZeroProgress))) {
    t.pc = Pc.W_RETURN;
    return;
  }
  t.iterPos = 0;
  t.chunkEnd = 0;
  if (inherited) t.mapFlags = IomapFlag.INHERITED_NEW;
  t.pc = Pc.W_BEGIN_NEXT;
}
