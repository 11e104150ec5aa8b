/**
 * iomap_zero_range() as EOF zeroing, truncate and fallocate use it: holes and unwritten extents are skipped by the
 * map alone, other blocks are zeroed folio by folio through the page cache, and where zero-folio-batch is on the dirty
 * folios over unwritten extents (iomap_zero_iter(), fs/iomap/buffered-io.c; IOMAP_ZERO in
 * xfs_buffered_write_iomap_begin(), fs/xfs/xfs_iomap.c).
 */

import { Choice } from "../machine/choices.js";
import { Errno } from "../machine/errors.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { firstAndNext, type Place, type StepDef, step, stepsAt } from "../machine/step.js";
import { CallFlag, NO_PAGE, type Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { EXTENT_NAMES, ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { Cookie } from "../objects/iomap.js";
import { Value } from "../objects/values.js";
import { loadRecord } from "./iomap-begin.js";
import { typeOfAllocated, warnGone } from "./map-blocks.js";
import { pagecacheIsizeExtended, truncatePagecacheRange } from "./truncate-pagecache.js";
import { getFolio, watchStaleMap, writeBegin } from "./write-begin.js";
import { writeAndWait } from "./writeback.js";

const atZeroPos: Place = (_k, t) => t.zeroPos;

export const zeroRangeSteps: readonly StepDef[] = stepsAt(atZeroPos, [
  ...firstAndNext(Pc.Z_BEGIN, Pc.Z_BEGIN_NEXT, "xfs_buffered_write_iomap_begin", { run: begin }),
  step(Pc.Z_COOKIE, "xfs_bmbt_to_iomap", {
    boundary: true,
    run: (_k, t) => {
      t.cookie = Cookie.CURRENT;
      t.pc = Pc.Z_LOCK;
    },
  }),
  step(Pc.Z_LOCK, "iomap_write_begin", {
    boundary: true,
    when: (k, t) => !k.folios.isLocked(nextPage(k, t)),
    run: (k, t) => {
      const page = nextPage(k, t);
      const end = Math.min(limit(k, t), k.g.blockCell[t.mapEnd]!);
      getFolio(k, t.zeroPos, end);
      k.folios.lock(page, t);
      watchStaleMap(k, t);
      if (k.fixes.validate && t.cookie === Cookie.BUMPED) {
        k.folios.unlock(page, t);
        t.clearMap();
        k.note(t, "map is stale");
        t.pc = Pc.Z_BEGIN_NEXT;
        // iomap_write_failed()
        if (!k.fixes.staleNoWriteFailed)
          truncatePagecacheRange(k, t, Math.max(t.zeroPos, k.isize), end, Pc.Z_BEGIN_NEXT);
        return;
      }
      t.lockedPage = page;
      t.zeroPos = Math.max(t.zeroPos, k.folios.firstCell(page));
      t.chunkEnd = Math.min(end, k.folios.endCell(page));
      writeBegin(k, t, page, t.zeroPos, t.chunkEnd);
      t.pc = Pc.Z_WRITE;
    },
  }),
  step(Pc.Z_WRITE, ["iomap_zero_range_actor", ["5.15", "iomap_zero_iter"]], {
    run: (k, t) => {
      const { g, folios } = k;
      const page = t.lockedPage;
      const from = t.zeroPos;
      folios.fill(from, t.chunkEnd, Value.ZERO);
      folios.setBlocksUptodate(page, g.cellBlock[from]!, k.blockRoundUp(t.chunkEnd));
      folios.dirty(page, g.cellBlock[from]!, k.blockRoundUp(t.chunkEnd), t.mapType !== ExtentType.HOLE);
      const oldSize = k.isize;
      if (!k.fixes.zeroingKeepsIsize && t.chunkEnd > oldSize) {
        k.isize = t.chunkEnd;
        k.judge.grew(k, oldSize);
      }
      folios.unlock(page, t);
      if (k.tracer !== null) k.note(t, `zeroes ${k.bytes(from, t.chunkEnd)}`);
      t.setFlag(CallFlag.DID_ZERO);
      t.zeroPos = t.chunkEnd;
      if (isOfBatch(t) && nextInBatch(k, t) < 0) t.zeroPos = Math.min(t.zeroEnd, g.blockCell[t.mapEnd]!);
      t.chunkEnd = 0;
      t.lockedPage = NO_PAGE;
      if (t.zeroPos >= t.zeroEnd) finish(k, t);
      else if (t.hasFlag(CallFlag.ZERO_IN_MEMORY) && t.zeroPos >= limit(k, t)) {
        t.clearMap();
        t.clearFlag(CallFlag.ZERO_IN_MEMORY);
        sampleDirty(k, t);
        t.pc = Pc.Z_BEGIN_NEXT;
      } else if (t.zeroPos < g.blockCell[t.mapEnd]!) t.pc = Pc.Z_LOCK;
      else t.pc = Pc.Z_BEGIN_NEXT;
      if (!k.fixes.zeroingKeepsIsize) pagecacheIsizeExtended(k, t, oldSize, from, t.pc);
    },
  }),
  step(Pc.Z_FLUSHED, "iomap_zero_iter_flush_and_stale", {
    run: (k, t) => {
      t.setFlag(CallFlag.RANGE_FLUSHED);
      t.status = t.wbError;
      if (t.status !== 0) finish(k, t);
      else t.pc = Pc.Z_BEGIN_NEXT;
    },
  }),
  step(Pc.Z_CONVERT, "xfs_bmapi_convert_delalloc", {
    boundary: true,
    run: (k, t) => {
      const block = k.g.cellBlock[t.zeroPos]!;
      t.status = convertDelalloc(k, t, block);
      if (t.status !== 0) finish(k, t);
      else if (k.extents.type(block) !== ExtentType.DELALLOC) t.pc = Pc.Z_BEGIN_NEXT;
    },
  }),
]);

/**
 * xfs_bmapi_convert_delalloc() of a block past EOF, whose record was seen before ILOCK was dropped: 0, or the error that the
 * call ends with. Writeback may have converted it meanwhile, or discarded it; what is allocated may end before the block.
 */
function convertDelalloc(k: Kernel, t: Thread, block: number): number {
  k.ilock.acquire(t);
  const { extents } = k;
  const type = extents.type(block);
  let status = 0;
  if (type === ExtentType.HOLE) {
    if (!k.fixes.zeroConvertLooksAgain) {
      status = Errno.EAGAIN;
      warnGone(k, t, t.zeroPos);
    }
    k.note(t, `delalloc past EOF is gone${status === 0 ? "" : ": EAGAIN"}`);
  } else if (type === ExtentType.DELALLOC && k.fault(Choice.ALLOCATION_FAILURE, 2) !== 0) {
    status = Errno.ENOSPC;
    k.note(t, "allocation fails: ENOSPC");
  } else if (type === ExtentType.DELALLOC) {
    const as = typeOfAllocated(k);
    const start = extents.recordStart(block);
    const end = extents.recordEnd(block);
    const short = k.fault(Choice.SHORT_ALLOCATION, end - start);
    const got = short === 0 ? end : start + short;
    extents.allocate(start, got, short !== 0, as);
    if (k.tracer !== null) k.note(t, `${k.blockBytes(start, got)} DELALLOC past EOF -> ${EXTENT_NAMES[as]}`);
  } else k.note(t, "delalloc past EOF is allocated already");
  k.ilock.release(t);
  return status;
}

/** Zeroes cells `[from, to)`, then goes on at label `ret`; `trustMap` keeps it from looking at the page cache. */
export function startZeroRange(
  k: Kernel,
  t: Thread,
  from: number,
  to: number,
  ret: number,
  trustMap = false,
): void {
  if (from >= to) {
    t.pc = ret;
    return;
  }
  watchDirtyFolio(k, from, to);
  t.zeroPos = from;
  t.zeroEnd = to;
  t.zeroRet = ret;
  t.clearFlag(CallFlag.RANGE_FLUSHED | CallFlag.ZERO_IN_MEMORY);
  t.pc = Pc.Z_BEGIN;
  if (trustMap) {
    t.setFlag(CallFlag.RANGE_FLUSHED);
    return;
  }
  if (k.fixes.zeroEofInMemory && k.g.blockCell[k.g.cellBlock[from]!] !== from) {
    t.setFlag(CallFlag.ZERO_IN_MEMORY);
    if (needsWriteback(k, from, limit(k, t))) return;
    t.clearFlag(CallFlag.ZERO_IN_MEMORY);
  }
  sampleDirty(k, t);
}

/** Whether the range holds anything dirty is asked once, before its first map is looked up. */
function sampleDirty(k: Kernel, t: Thread): void {
  if (k.fixes.zeroingFlushesDirty && !needsWriteback(k, t.zeroPos, t.zeroEnd))
    t.setFlag(CallFlag.RANGE_FLUSHED);
}

/** End of the range at hand: the whole one, or the first block while that is zeroed in memory. */
function limit(k: Kernel, t: Thread): number {
  if (!t.hasFlag(CallFlag.ZERO_IN_MEMORY)) return t.zeroEnd;
  return Math.min(t.zeroEnd, k.g.blockCell[k.blockRoundUp(t.zeroPos)]!);
}

function begin(k: Kernel, t: Thread): void {
  const { g } = k;
  const block = g.cellBlock[t.zeroPos]!;
  if (k.fixes.zeroFolioBatch) releaseBatch(k);
  k.ilock.acquire(t);
  loadRecord(k, t, block);
  const hasCookie = k.fixes.validate && t.mapType !== ExtentType.HOLE;
  if (hasCookie && k.fixes.cookieUnderIlock) t.cookie = Cookie.CURRENT;
  const eofBlock = k.blockRoundUp(k.isize);
  const isDelalloc = t.mapType === ExtentType.DELALLOC && k.fixes.zeroConvertPostEof;
  if (isDelalloc && block >= eofBlock) {
    k.ilock.release(t);
    t.clearMap();
    truncatePagecacheRange(k, t, t.zeroPos, g.cells, Pc.Z_CONVERT);
    return;
  }
  const isCut = isDelalloc || (k.fixes.zeroFolioBatch && t.mapType !== ExtentType.HOLE);
  if (isCut && block < eofBlock && k.blockRoundUp(limit(k, t)) > eofBlock) {
    t.mapStart = block;
    t.mapEnd = Math.min(t.mapEnd, eofBlock);
  }
  const looksUp = k.fixes.zeroFolioBatch && isOfBatch(t) && block < eofBlock;
  const isBatch = looksUp && fillBatch(k, t);
  k.ilock.release(t);
  if (
    isBatch ||
    (t.mapType !== ExtentType.HOLE && t.mapType !== ExtentType.UNWRITTEN) ||
    t.hasFlag(CallFlag.ZERO_IN_MEMORY)
  ) {
    t.pc = hasCookie && !k.fixes.cookieUnderIlock ? Pc.Z_COOKIE : Pc.Z_LOCK;
    return;
  }
  const end = Math.min(t.zeroEnd, g.blockCell[t.mapEnd]!);
  const skips = looksUp || (t.mapType === ExtentType.HOLE && k.fixes.zeroHoleNoFlush);
  t.clearMap();
  if (k.fixes.zeroingFlushesDirty && !skips && !t.hasFlag(CallFlag.RANGE_FLUSHED)) {
    const first = g.cellPage[t.zeroPos]!;
    writeAndWait(k, t, first, k.pageRoundUp(t.zeroEnd), Pc.Z_FLUSHED);
    return;
  }
  if (k.tracer !== null) k.note(t, `skips ${k.bytes(t.zeroPos, end)}`);
  t.zeroPos = end;
  if (t.zeroPos >= t.zeroEnd) finish(k, t);
  else t.pc = Pc.Z_BEGIN_NEXT;
}

/** Whether a map that is worked on, not skipped, is worked on by the folios of a batch only. */
const isOfBatch = (t: Thread): boolean =>
  t.mapType === ExtentType.UNWRITTEN && !t.hasFlag(CallFlag.ZERO_IN_MEMORY);

/**
 * iomap_fill_dirty_folios(): holds the dirty folios under the map, which then stay until releaseBatch(). Unwritten blocks
 * below EOF are zeroed one at each end of a range, so that they never fill a batch. Returns whether there are any.
 */
function fillBatch(k: Kernel, t: Thread): boolean {
  const { folios, g } = k;
  const end = k.pageRoundUp(Math.min(limit(k, t), g.blockCell[t.mapEnd]!));
  let isHeld = false;
  for (let p = g.cellPage[t.zeroPos]!; p < end; p = folios.end(p)) {
    if (!isDirtyOrBusy(k, p)) continue;
    folios.setBlock(folios.firstBlock(p), BlockFlag.IN_BATCH);
    isHeld = true;
  }
  return isHeld;
}

/** iomap_iter_clean_fbatch(). */
function releaseBatch(k: Kernel): void {
  for (let p = 0; p < k.g.pages; p++) k.folios.clearBlock(k.folios.firstBlock(p), BlockFlag.IN_BATCH);
}

/** The page of the next folio of the batch under the map; -1 when there is none. */
function nextInBatch(k: Kernel, t: Thread): number {
  const end = k.pageRoundUp(Math.min(limit(k, t), k.g.blockCell[t.mapEnd]!));
  for (let p = k.pageOfCell(t.zeroPos); p < end; p = k.folios.end(p))
    if (k.folios.blockHas(k.folios.firstBlock(p), BlockFlag.IN_BATCH)) return p;
  return -1;
}

/** The page that is zeroed next: where the call has got to, or the next one of the batch. */
function nextPage(k: Kernel, t: Thread): number {
  return isOfBatch(t) ? nextInBatch(k, t) : k.g.cellPage[t.zeroPos]!;
}

/** filemap_range_needs_writeback() over cells `[from, to)`: a dirty, locked or written-back folio. */
function needsWriteback(k: Kernel, from: number, to: number): boolean {
  for (let p = k.g.cellPage[from]!; p < k.pageRoundUp(to); p++) {
    if (isDirtyOrBusy(k, p)) return true;
  }
  return false;
}

function isDirtyOrBusy(k: Kernel, page: number): boolean {
  return (k.folios.flags(page) & (FolioFlag.DIRTY | FolioFlag.WRITEBACK)) !== 0 || k.folios.isLocked(page);
}

function finish(k: Kernel, t: Thread): void {
  if (k.fixes.zeroFolioBatch) releaseBatch(k);
  t.clearMap();
  t.pc = t.zeroRet;
  t.zeroPos = 0;
  t.zeroEnd = 0;
  t.zeroRet = 0;
  t.clearFlag(CallFlag.RANGE_FLUSHED | CallFlag.ZERO_IN_MEMORY);
}

/** Ground truth for the window: the range has a hole or unwritten block under a dirty folio. */
function watchDirtyFolio(k: Kernel, from: number, to: number): void {
  for (let b = k.g.cellBlock[from]!; b < k.blockRoundUp(to); b++) {
    const type = k.extents.type(b);
    if (
      (type === ExtentType.HOLE || type === ExtentType.UNWRITTEN) &&
      k.folios.has(k.folios.pageOf(b), FolioFlag.DIRTY)
    ) {
      k.reach(Window.ZERO_OVER_DIRTY);
      return;
    }
  }
}
