/**
 * truncate down and up: IOLOCK and invalidate_lock exclusive, zeroing, i_size and page cache, and at last the
 * extents (xfs_setattr_size(), fs/xfs/xfs_iops.c, 6.0). fallocate ends in it when it extends the file.
 */
import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type Doing, type StepDef, step } from "../machine/step.js";
import { CallFlag, type Thread } from "../machine/thread.js";
import { InodeFlag, setInodeFlag } from "./eofblocks.js";
import { returnFromOp } from "./system-call.js";
import { pagecacheIsizeExtended, truncatePagecacheRange } from "./truncate-pagecache.js";
import { writeAndWait } from "./writeback.js";
import { startZeroRange } from "./zero-range.js";

export const truncateSteps: readonly StepDef[] = [
  step(Pc.TR_LOCK, "xfs_vn_setattr", takesIolock(Pc.TR_INVALIDATE_LOCK)),
  step(Pc.TR_INVALIDATE_LOCK, ["xfs_setattr_size", ["7.2", "xfs_vn_setattr_size"]], {
    when: (k) => k.invalidate.isFree(),
    run: (k, t) => {
      k.invalidate.acquire(t);
      setSize(k, t, t.end);
    },
  }),
  step(Pc.TR_FLUSHED, ["iomap_truncate_page", ["5.17", "xfs_truncate_page"]], {
    run: (k, t) => {
      const blockEnd = k.g.blockCell[k.blockRoundUp(t.end)]!;
      t.status = t.wbError;
      if (t.status !== 0) t.pc = Pc.TR_RETURN;
      else startZeroRange(k, t, t.end, blockEnd, Pc.TR_ZEROED, !caresForEofBlock(k));
    },
  }),
  step(Pc.TR_ZEROED, "truncate_setsize", {
    boundary: true,
    run: (k, t) => {
      if (t.status !== 0) t.pc = Pc.TR_RETURN;
      else if (!k.fixes.truncateSetsSizeFirst && mustWrite(k, t)) writeToNewSize(k, t, Pc.TR_WRITTEN_FIRST);
      else truncateSetsize(k, t);
    },
  }),
  step(Pc.TR_ISIZE_SET, "truncate_pagecache", {
    run: (k, t) => truncatePagecacheRange(k, t, t.end, k.g.cells, Pc.TR_TRUNCATED),
  }),
  step(Pc.TR_WRITTEN_FIRST, "truncate_setsize", {
    boundary: true,
    run: (k, t) => {
      t.status = t.wbError;
      if (t.status === 0) {
        truncateSetsize(k, t);
        return;
      }
      // The size stays, but zeroes may stand in the block of what was to be the new EOF.
      if (t.hasFlag(CallFlag.DID_ZERO))
        k.judge.gaveUp(k, t.end, Math.min(t.oldSize, k.g.blockCell[k.blockRoundUp(t.end)]!));
      t.pc = Pc.TR_RETURN;
    },
  }),
  step(Pc.TR_TRUNCATED, "filemap_write_and_wait_range", {
    run: (k, t) => {
      if (k.fixes.truncateSetsSizeFirst && mustWrite(k, t)) writeToNewSize(k, t, Pc.TR_WRITTEN);
      else t.pc = Pc.TR_EXTENTS;
    },
  }),
  step(Pc.TR_WRITTEN, "filemap_write_and_wait_range", {
    run: (k, t) => {
      t.status = t.wbError;
      t.pc = t.status === 0 ? Pc.TR_EXTENTS : Pc.TR_RETURN;
      if (t.status === 0 || t.end >= t.oldSize) return;
      k.extents.leaveToEofblocks(k.blockRoundUp(t.end));
      k.judge.leftBehind(k, t.end);
    },
  }),
  step(Pc.TR_EXTENTS, "xfs_itruncate_extents", {
    boundary: true,
    run: (k, t) => {
      k.ilock.acquire(t);
      k.diskSize = t.end;
      if (t.end <= t.oldSize) {
        k.extents.unmap(k.blockRoundUp(t.end), k.g.blocks);
        setInodeFlag(k, InodeFlag.TRUNCATED);
      }
      k.ilock.release(t);
      t.pc = Pc.TR_RETURN;
    },
  }),
  step(Pc.TR_RETURN, "xfs_vn_setattr", {
    run: (k, t) => {
      if (t.hasFlag(CallFlag.SIZE_FIRST) && t.status === 0) {
        t.clearFlag(CallFlag.SIZE_FIRST);
        k.judge.changed(k);
        t.pc = k.opOf(t).kind === "insert" ? Pc.FA_SHIFT_TRIM : Pc.FA_ALLOC;
        return;
      }
      k.judge.changed(k);
      k.invalidate.release(t);
      k.iolock.release(t);
      returnFromOp(k, t, t.end, t.status);
    },
  }),
];

/** Takes IOLOCK exclusive; merged with the step at `next`, which takes invalidate_lock, it waits for both. */
export function takesIolock(next: number): Doing {
  return {
    boundary: true,
    when: (k) => k.iolock.isFree() && (k.fine || k.invalidate.isFree()),
    run: (k, t) => {
      k.iolock.acquire(t);
      t.pc = next;
    },
  };
}

/** Both locks are held: sets the size to cell boundary `size` and returns from the operation. */
export function setSize(k: Kernel, t: Thread, size: number): void {
  const old = k.isize;
  t.oldSize = old;
  t.end = size;
  t.clearFlag(CallFlag.DID_ZERO);
  k.judge.changing(k, Math.min(old, size), k.g.cells);
  if (size === 0 && old === 0 && !k.extents.hasReal()) t.pc = Pc.TR_RETURN;
  else if (size > old) startZeroRange(k, t, old, size, Pc.TR_ZEROED);
  else if (caresForEofBlock(k) && !k.fixes.truncdownZeroFlushes) flushNewEof(k, t);
  else {
    t.wbError = 0;
    t.pc = Pc.TR_FLUSHED;
  }
}

/** The page that the new size lies in; there is none where that begins a gap, as nothing of it is ever cached. */
function flushNewEof(k: Kernel, t: Thread): void {
  const { g } = k;
  const page = k.pageOfCell(t.end);
  const isThere = page < g.pages && g.cellStart[t.end] === boundaryByte(g, t.end);
  writeAndWait(k, t, page, isThere ? page + 1 : page, Pc.TR_FLUSHED);
}

/** 869ae85dae64 builds on the order of 350976ae2187: before that, zeroing trusted the map and nothing was flushed. */
function caresForEofBlock(k: Kernel): boolean {
  return k.fixes.truncdownFlushEof && k.fixes.truncateSetsSizeFirst;
}

/** truncate_setsize(): i_size takes the new size, and then the page cache does. */
function truncateSetsize(k: Kernel, t: Thread): void {
  const old = t.oldSize;
  k.isize = t.end;
  if (t.end < old) k.judge.zeroed(k, t.end, old);
  else k.judge.grew(k, old);
  k.note(t, "i_size is set");
  pagecacheIsizeExtended(k, t, old, t.end, Pc.TR_ISIZE_SET);
}

/** Whether bytes between the sizes on disk and in memory, or zeroes, must be on disk before the new size is. */
export function mustWrite(k: Kernel, t: Thread): boolean {
  if (k.fixes.flushEmptyRangeNoop && t.end <= k.diskSize) return false;
  return t.hasFlag(CallFlag.DID_ZERO) || (t.end > k.diskSize && t.oldSize !== k.diskSize);
}

/** filemap_write_and_wait_range(i_disk_size, new size - 1), by pages: of an empty range, what both lie in is written, not waited for. */
function writeToNewSize(k: Kernel, t: Thread, ret: number): void {
  const first = k.pageOfCell(k.diskSize);
  writeAndWait(k, t, first, k.pageRoundUp(t.end), ret, t.end > k.diskSize);
}
