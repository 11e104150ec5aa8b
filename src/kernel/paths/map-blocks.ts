/**
 * Writeback of one folio's blocks: each is mapped with the pass's cached map and goes into an ioend; a folio that cannot
 * be mapped loses its delalloc (xfs_map_blocks(), xfs_convert_blocks(), xfs_discard_folio(), fs/xfs/xfs_aops.c;
 * iomap_writepage_map(), fs/iomap/buffered-io.c, 6.0).
 */

import { Choice } from "../machine/choices.js";
import { ERROR_NAMES, Errno } from "../machine/errors.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { keepsWritebackMap } from "../machine/layout.js";
import { firstAndNext, type Place, type StepDef, step, stepsAt } from "../machine/step.js";
import { type Thread, WbFlag } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { EXTENT_NAMES, ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { Cookie } from "../objects/iomap.js";
import { addToIoend, hasFreeIoend } from "./ioend.js";

const atBlock: Place = (k, t) => k.g.blockCell[t.wbBlock]!;

export const mapBlocksSteps: readonly StepDef[] = stepsAt(atBlock, [
  ...firstAndNext(Pc.B_LOOKUP_FIRST, Pc.B_LOOKUP, "xfs_map_blocks", { when: hasFreeIoend, run: lookup }),
  step(Pc.B_CONVERT, "xfs_bmapi_convert_delalloc", { boundary: true, when: hasFreeIoend, run: convert }),
  step(Pc.B_DISCARD, ["xfs_discard_page", ["5.18", "xfs_discard_folio"]], {
    boundary: true,
    run: discard,
  }),
]);

/** Goes on at `label` with the next block below EOF that is uptodate, or dirty where that is tracked; or ends the folio. */
export function toNextBlock(k: Kernel, t: Thread, label: number): void {
  while (t.wbBlock < t.wbStop && !k.folios.needsWriteback(t.wbPage, t.wbBlock)) t.wbBlock++;
  t.pc = t.wbBlock < t.wbStop ? label : Pc.B_FOLIO_END;
}

/**
 * xfs_map_blocks(): the cached map while it is valid, else the record under ILOCK shared. Where every change of an
 * extent bumps if_seq and that is looked at, a valid map is what a new lookup gives, so none is kept.
 */
function lookup(k: Kernel, t: Thread): void {
  const block = t.wbBlock;
  let type = keepsWritebackMap(k.fixes) ? cachedType(k, t, block) : NOT_CACHED;
  if (type === NOT_CACHED) {
    k.ilock.acquireShared(t);
    type = k.extents.type(block);
    if (type !== ExtentType.DELALLOC) loadWritebackMap(k, t, block, type);
    k.ilock.releaseShared(t);
  }
  if (type === ExtentType.DELALLOC) t.pc = Pc.B_CONVERT;
  else mapped(k, t, type);
}

const NOT_CACHED = -1;

/** What the cached map says of the block, as far as it is valid there. */
function cachedType(k: Kernel, t: Thread, block: number): number {
  const { wbValidatesSeq, wbTypeFromBuffers } = k.fixes;
  // xfs_trim_extent_eof(): speculative preallocation past EOF may have gone.
  if (!wbValidatesSeq) t.wbEnd = Math.min(t.wbEnd, k.blockRoundUp(k.isize));
  if (wbTypeFromBuffers) {
    // Buffers say what a block is, and that of a hole has the map forgotten; a map is of buffers of one type.
    const type = k.extents.type(block);
    if (type === ExtentType.HOLE) t.clearWritebackMap();
    if (type !== t.wbType) return NOT_CACHED;
  }
  if (!t.hasWritebackMap(block, wbValidatesSeq)) return NOT_CACHED;
  return t.wbType === ExtentType.DELALLOC ? typeOfAllocated(k) : t.wbType;
}

/** Keeps the record that holds the block as the map; `as`: what it was when the pass came to it. */
function loadWritebackMap(k: Kernel, t: Thread, block: number, as: number): number {
  const type = k.extents.type(block);
  if (keepsWritebackMap(k.fixes)) {
    t.wbType = k.fixes.wbTypeFromBuffers ? as : type;
    t.wbStart = k.extents.recordStart(block);
    t.wbEnd = k.extents.recordEnd(block);
    t.wbCookie = Cookie.CURRENT;
  }
  return type;
}

/** The block at hand, and those behind it that its map is used for, go into ioends, or are skipped over a hole. */
function mapped(k: Kernel, t: Thread, type: number): void {
  const from = t.wbBlock;
  const to = k.fixes.wbMapsRanges ? rangeEnd(k, t, from) : from + 1;
  for (let b = from; b < to; b++) {
    if (type !== ExtentType.HOLE) addToIoend(k, t, b, type);
    else if (k.folios.blockHas(b, BlockFlag.DIRTIED)) k.judge.foundHole(k, t, b);
    k.folios.clearBlock(b, BlockFlag.DIRTIED);
  }
  if (type !== ExtentType.HOLE) t.wbDone = to;
  if (k.tracer !== null) {
    const range = k.blockBytes(from, to);
    const actual = k.extents.type(from);
    const stale =
      actual === type ? "" : ` <- map says ${EXTENT_NAMES[type]}, extent is ${EXTENT_NAMES[actual]}`;
    k.note(
      t,
      type === ExtentType.HOLE
        ? `${range} is a HOLE: skipped`
        : `adds ${range} ${EXTENT_NAMES[type]} to an ioend${stale}`,
    );
  }
  t.wbBlock = to;
  toNextBlock(k, t, Pc.B_LOOKUP);
}

/** iomap_find_dirty_range(): end of the dirty blocks in a row from `block` that the map covers, within the folio. */
function rangeEnd(k: Kernel, t: Thread, block: number): number {
  const mapEnd = keepsWritebackMap(k.fixes) ? t.wbEnd : k.extents.recordEnd(block);
  const end = Math.min(mapEnd, t.wbStop);
  let b = block + 1;
  while (b < end && k.folios.needsWriteback(t.wbPage, b)) b++;
  return b;
}

/**
 * xfs_bmapi_convert_delalloc(): the whole delalloc record, or as much as the allocator gives, becomes unwritten; before
 * a5949d3faedf written, what is not on disk yet as much as what the folio at hand brings there.
 */
function convert(k: Kernel, t: Thread): void {
  const { extents } = k;
  const block = t.wbBlock;
  k.ilock.acquire(t);
  const type = extents.type(block);
  if (type === ExtentType.HOLE) {
    if (k.folios.blockHas(block, BlockFlag.DIRTIED)) k.judge.foundHole(k, t, block);
    warnGone(k, t, k.g.blockCell[block]!);
    t.wbFlags |= WbFlag.RACED;
    mapFailed(k, t, Errno.EAGAIN, "delalloc is gone");
  } else if (type !== ExtentType.DELALLOC) {
    mapped(k, t, loadWritebackMap(k, t, block, ExtentType.DELALLOC));
  } else if (k.fault(Choice.ALLOCATION_FAILURE, 2) !== 0) {
    mapFailed(k, t, Errno.ENOSPC, "allocation fails");
  } else {
    const start = extents.recordStart(block);
    const end = extents.recordEnd(block);
    const short = k.fault(Choice.SHORT_ALLOCATION, end - start);
    const got = short === 0 ? end : start + short;
    if (k.coveredByWriteMap(start, got)) k.reach(Window.ALLOCATED_WHILE_MAPPED);
    const as = typeOfAllocated(k);
    extents.allocate(start, got, short !== 0, as);
    if (k.tracer !== null) {
      k.note(t, `${k.blockBytes(start, got)} DELALLOC -> ${EXTENT_NAMES[as]}, seq ${extents.sequence}`);
    }
    if (got > block) {
      mapped(k, t, loadWritebackMap(k, t, block, ExtentType.DELALLOC));
    }
  }
  k.ilock.release(t);
}

/** xfs_bmapi_convert_delalloc() takes it for impossible that there is nothing in the data fork to convert. */
export function warnGone(k: Kernel, t: Thread, cell: number): void {
  if (k.fixes.wbValidatesSeq) k.judge.warned(k, t, cell);
}

/** What delalloc is allocated as. */
export function typeOfAllocated(k: Kernel): number {
  return k.fixes.delallocToUnwritten ? ExtentType.UNWRITTEN : ExtentType.WRITTEN;
}

function mapFailed(k: Kernel, t: Thread, error: Errno, why: string): void {
  t.wbError = error;
  t.wbFlags |= WbFlag.FAILED | WbFlag.FOLIO_FAILED;
  k.note(t, `${why}: ${ERROR_NAMES[error]}`);
  t.pc = Pc.B_DISCARD;
}

/**
 * xfs_discard_folio() from the block that could not be mapped; the off-by-one of 7348b322332d when the end is wrong.
 * Before 763e4cdc0f6d xfs_aops_discard_page(), and only when no block could be: the whole page.
 */
function discard(k: Kernel, t: Thread): void {
  const { folios } = k;
  const isPartial = t.wbDone !== 0;
  const whole = !k.fixes.discardOnPartialError;
  const from = whole && !isPartial ? folios.firstBlock(t.wbPage) : t.wbBlock;
  const end = folios.endBlock(t.wbPage);
  k.reach(Window.DISCARD);
  k.ilock.acquire(t);
  let punched: boolean;
  if (whole && isPartial) punched = false;
  else if (k.fixes.discardEnd || from !== folios.firstBlock(t.wbPage))
    punched = k.extents.punchDelalloc(from, end);
  else punched = k.g.cellStart[k.g.blockCell[from]!] === 0 && k.extents.punchDelalloc(0, k.g.blocks);
  k.ilock.release(t);
  k.note(t, punched ? "punches delalloc" : "punches nothing");
  // Only a fault excuses what is lost here.
  if ((t.wbFlags & WbFlag.RACED) === 0) k.judge.writebackFailed(k, k.g.blockCell[from]!, k.g.blockCell[end]!);
  for (let b = from; b < end; b++) folios.clearBlock(b, BlockFlag.DIRTIED);
  if (!k.fixes.wbErrorKeepsFolio && !isPartial) invalidate(k, t.wbPage, from);
  t.pc = Pc.B_FOLIO_END;
}

/** The folio is not uptodate any more; the state of its blocks goes when all of it is invalidated. */
function invalidate({ folios }: Kernel, page: number, from: number): void {
  folios.clear(page, FolioFlag.UPTODATE);
  if (from !== folios.firstBlock(page)) return;
  for (let b = from; b < folios.endBlock(page); b++) folios.clearBlock(b, BlockFlag.UPTODATE);
}
