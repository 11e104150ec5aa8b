/**
 * One writeback pass with its cached map (xfs_vm_writepages(), xfs_map_blocks(), xfs_convert_blocks(),
 * xfs_discard_folio(), fs/xfs/xfs_aops.c; iomap_writepages(), fs/iomap/buffered-io.c; write_cache_pages(),
 * mm/page-writeback.c, 6.0). fsync, truncate and others run it as a subroutine.
 */

import { Choice } from "../machine/choices.js";
import { ERROR_NAMES, Errno } from "../machine/errors.js";
import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { Global, WB_ERROR_PENDING, WB_ERROR_UNREPORTED } from "../machine/layout.js";
import { firstAndNext, type Place, type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { EXTENT_NAMES, ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { Cookie } from "../objects/iomap.js";
import { Value } from "../objects/values.js";
import {
  addToIoend,
  failQueuedIoends,
  hasFreeIoend,
  submitGrowingIoend,
  submitQueuedIoends,
} from "./ioend.js";
import { returnFromOp } from "./system-call.js";

/** Bits of `wbFlags`. */
export const WB_SYNC_ALL = 1;
/** Wait for writeback of the range afterwards (filemap_fdatawait_range()). */
export const WB_WAIT = 2;
/** The pass met an error: the ioend that is still cached fails with it. */
const WB_FAILED = 4;
/** The folio at hand could not be mapped. */
const WB_FOLIO_FAILED = 8;

const atPage: Place = (k, t) => k.g.pageCell[t.wbPage]!;
const atBlock: Place = (k, t) => k.g.blockCell[t.wbBlock]!;

export const writebackSteps: readonly StepDef[] = [
  step(Pc.B_START, "xfs_vm_writepages", {
    boundary: true,
    when: (k, t) => nextDirtyUnlocked(k, k.pageOfCell(t.pos), k.pageRoundUp(t.end), false),
    run: (k, t) => {
      startWriteback(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), 0, Pc.B_RETURN);
      nextFolio(k, t);
    },
  }),
  step(Pc.B_NEXT, ["write_cache_pages", ["6.10", "writeback_iter"]], {
    where: atPage,
    boundary: true,
    when: (k, t) => nextDirtyUnlocked(k, t.wbPage, t.wbLast, isSync(t)),
    run: nextFolio,
  }),
  step(Pc.B_WAIT, ["wait_on_page_writeback", ["5.16", "folio_wait_writeback"]], {
    where: atPage,
    when: (k, t) => !k.folios.has(t.wbPage, FolioFlag.WRITEBACK),
    run: (_k, t) => {
      t.pc = Pc.B_CLEAR_DIRTY;
    },
  }),
  step(
    Pc.B_CLEAR_DIRTY,
    ["iomap_do_writepage", ["6.10", "iomap_writepage_map"], ["6.17", "iomap_writeback_folio"]],
    { where: atPage, run: clearDirty },
  ),
  ...firstAndNext(Pc.B_LOOKUP_FIRST, Pc.B_LOOKUP, "xfs_map_blocks", {
    where: atBlock,
    when: canAdd,
    run: lookup,
  }),
  step(Pc.B_CONVERT, "xfs_bmapi_convert_delalloc", { where: atBlock, boundary: true, run: convert }),
  step(Pc.B_DISCARD, ["xfs_discard_page", ["5.18", "xfs_discard_folio"]], {
    where: atBlock,
    boundary: true,
    run: discard,
  }),
  step(Pc.B_FOLIO_END, ["iomap_writepage_map", ["6.17", "iomap_writeback_folio"]], {
    where: atPage,
    run: folioEnd,
  }),
  step(Pc.B_FINISH, ["iomap_submit_ioend", ["6.17", "iomap_ioend_writeback_submit"]], {
    where: atPage,
    run: (k, t) => {
      submitGrowingIoend(k, t, (t.wbFlags & WB_FAILED) !== 0);
      t.wbPage = t.wbFirst;
      if ((t.wbFlags & WB_WAIT) !== 0) t.pc = Pc.B_WAIT_RANGE;
      else leave(k, t);
    },
  }),
  step(Pc.B_WAIT_RANGE, "filemap_fdatawait_range", {
    where: atPage,
    when: (k, t) => t.wbPage >= t.wbLast || !k.folios.has(t.wbPage, FolioFlag.WRITEBACK),
    run: (k, t) => {
      while (t.wbPage < t.wbLast && !k.folios.has(t.wbPage, FolioFlag.WRITEBACK)) t.wbPage++;
      if (t.wbPage < t.wbLast) return;
      checkErrors(k, t);
      leave(k, t);
    },
  }),
  step(Pc.B_RETURN, "xfs_vm_writepages", { run: (k, t) => returnFromOp(k, t, t.end, 0) }),
];

const isSync = (t: Thread): boolean => (t.wbFlags & WB_SYNC_ALL) !== 0;

/** Writes pages `[first, last)` back, then goes on at label `ret`; `flags` are WB_SYNC_ALL and WB_WAIT. */
export function startWriteback(
  k: Kernel,
  t: Thread,
  first: number,
  last: number,
  flags: number,
  ret: number,
): void {
  t.wbFirst = first;
  t.wbPage = first;
  t.wbLast = Math.max(first, Math.min(last, k.g.pages));
  t.wbFlags = flags;
  t.wbError = 0;
  t.wbRet = ret;
  t.pc = Pc.B_NEXT;
}

/** filemap_check_errors(): an error since the last check, whoever's writeback met it. fsync goes by errseq instead. */
function checkErrors(k: Kernel, t: Thread): void {
  if (t.wbRet === Pc.FS_RETURN || (k.s[Global.WB_ERROR]! & WB_ERROR_PENDING) === 0) return;
  k.s[Global.WB_ERROR]! &= ~WB_ERROR_PENDING;
  if (t.wbError === 0) t.wbError = Errno.EIO;
}

function leave(k: Kernel, t: Thread): void {
  t.pc = t.wbRet;
  t.clearWriteback();
  if (!k.fixes.seqBumpOnConvert) t.clearWritebackMap();
}

/**
 * The next folio tagged dirty in pages `[from, to)`; one under writeback is skipped unless the pass is WB_SYNC_ALL.
 * Where writeback starts only after mapping, a folio that another pass maps is still tagged: this pass waits for its lock.
 */
function nextDirty(k: Kernel, from: number, to: number, sync: boolean): number {
  const tagged = k.fixes.wbSubmitsAtOnce ? FolioFlag.DIRTY : FolioFlag.DIRTY | FolioFlag.IN_PASS;
  for (let p = from; p < to && p < k.g.pages; p++) {
    const flags = k.folios.flags(p);
    if ((flags & tagged) !== 0 && (sync || (flags & FolioFlag.WRITEBACK) === 0)) return p;
  }
  return -1;
}

/** Whether the next folio that a pass over pages `[from, to)` would take can be locked now. */
export function nextDirtyUnlocked(k: Kernel, from: number, to: number, sync: boolean): boolean {
  const page = nextDirty(k, from, to, sync);
  return page < 0 || !k.folios.isLocked(page);
}

/** Finds and locks the next dirty folio of the pass, or ends it. */
export function nextFolio(k: Kernel, t: Thread): void {
  const page = nextDirty(k, t.wbPage, t.wbLast, isSync(t));
  if (page < 0) {
    t.pc = Pc.B_FINISH;
    return;
  }
  k.folios.lock(page, t);
  t.wbPage = page;
  t.pc = k.folios.has(page, FolioFlag.WRITEBACK) ? Pc.B_WAIT : Pc.B_CLEAR_DIRTY;
}

/** clear_page_dirty_for_io() and the EOF rules of iomap_do_writepage(). */
function clearDirty(k: Kernel, t: Thread): void {
  const { g, folios } = k;
  const page = t.wbPage;
  folios.writeProtect(page);
  folios.clear(page, FolioFlag.DIRTY);
  const from = folios.firstCell(page);
  const to = folios.endCell(page);
  if (from >= k.isize) {
    if (k.fixes.wbPastEofSkip) {
      for (let b = folios.firstBlock(page); b < folios.endBlock(page); b++)
        folios.clearBlock(b, BlockFlag.DIRTIED);
    } else folios.set(page, FolioFlag.DIRTY);
    folios.unlock(page, t);
    k.note(t, `page ${g.cellStart[from]} is past EOF`);
    nextPage(k, t);
    return;
  }
  if (k.isize < to) folios.fill(k.isize, to, Value.ZERO);
  t.wbBlock = folios.firstBlock(page);
  t.wbStop = Math.min(k.blockRoundUp(k.isize), folios.endBlock(page));
  if (k.fixes.dirtyPerBlock && !folios.hasState(page)) {
    folios.attachState(page);
    if (folios.hasState(page)) for (let b = t.wbBlock; b < t.wbStop; b++) folios.setBlock(b, BlockFlag.DIRTY);
  }
  t.wbDone = 0;
  folios.set(page, k.fixes.wbSubmitsAtOnce ? FolioFlag.IN_PASS | FolioFlag.WRITEBACK : FolioFlag.IN_PASS);
  if (k.tracer !== null) k.note(t, `page ${g.cellStart[from]}: clean, write-protected`);
  toNextBlock(k, t, Pc.B_LOOKUP_FIRST);
}

/** Goes on at `label` with the next block below EOF that is uptodate, or dirty where that is tracked; or ends the folio. */
function toNextBlock(k: Kernel, t: Thread, label: number): void {
  while (t.wbBlock < t.wbStop && !k.folios.needsWriteback(t.wbPage, t.wbBlock)) t.wbBlock++;
  t.pc = t.wbBlock < t.wbStop ? label : Pc.B_FOLIO_END;
}

function canAdd(k: Kernel): boolean {
  return hasFreeIoend(k);
}

/**
 * xfs_map_blocks(): the cached map while it is valid, else the record under ILOCK shared. Where every change of an
 * extent bumps if_seq, a valid map is what a new lookup gives, so none is kept.
 */
function lookup(k: Kernel, t: Thread): void {
  const block = t.wbBlock;
  let type: number;
  if (!k.fixes.seqBumpOnConvert && t.hasWritebackMap(block)) type = t.wbType;
  else {
    k.ilock.acquireShared(t);
    type = loadWritebackMap(k, t, block);
    k.ilock.releaseShared(t);
  }
  if (type === ExtentType.DELALLOC) t.pc = Pc.B_CONVERT;
  else mapped(k, t, type);
}

function loadWritebackMap(k: Kernel, t: Thread, block: number): number {
  const type = k.extents.type(block);
  if (!k.fixes.seqBumpOnConvert) {
    t.wbType = type;
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
    const range = blockBytes(k, from, to);
    k.note(
      t,
      type === ExtentType.HOLE
        ? `${range} is a HOLE: skipped`
        : `adds ${range} ${EXTENT_NAMES[type]} to an ioend`,
    );
  }
  t.wbBlock = to;
  toNextBlock(k, t, Pc.B_LOOKUP);
}

/** iomap_find_dirty_range(): end of the dirty blocks in a row from `block` that the map covers, within the folio. */
function rangeEnd(k: Kernel, t: Thread, block: number): number {
  const mapEnd = k.fixes.seqBumpOnConvert ? k.extents.recordEnd(block) : t.wbEnd;
  const end = Math.min(mapEnd, t.wbStop);
  let b = block + 1;
  while (b < end && k.folios.needsWriteback(t.wbPage, b)) b++;
  return b;
}

function blockBytes(k: Kernel, from: number, to: number): string {
  return `${k.g.cellStart[k.g.blockCell[from]!]}..${boundaryByte(k.g, k.g.blockCell[to]!)}`;
}

/** xfs_bmapi_convert_delalloc(): the whole delalloc record becomes unwritten, or as much as the allocator gives. */
function convert(k: Kernel, t: Thread): void {
  const { extents } = k;
  const block = t.wbBlock;
  k.ilock.acquire(t);
  const type = extents.type(block);
  if (type === ExtentType.HOLE) {
    if (k.folios.blockHas(block, BlockFlag.DIRTIED)) k.judge.foundHole(k, t, block);
    mapFailed(k, t, Errno.EAGAIN, "delalloc is gone");
  } else if (type !== ExtentType.DELALLOC) {
    mapped(k, t, loadWritebackMap(k, t, block));
  } else if (k.fault(Choice.ALLOCATION_FAILURE, 2) !== 0) {
    mapFailed(k, t, Errno.ENOSPC, "allocation fails");
  } else {
    const start = extents.recordStart(block);
    const end = extents.recordEnd(block);
    const short = k.fault(Choice.SHORT_ALLOCATION, end - start);
    const got = short === 0 ? end : start + short;
    if (k.coveredByWriteMap(start, got)) k.reach(Window.ALLOCATED_WHILE_MAPPED);
    extents.allocate(start, got, short !== 0);
    if (k.tracer !== null) {
      k.note(t, `${blockBytes(k, start, got)} DELALLOC -> UNWRITTEN, seq ${extents.sequence}`);
    }
    if (got > block) {
      mapped(k, t, loadWritebackMap(k, t, block));
    }
  }
  k.ilock.release(t);
}

function mapFailed(k: Kernel, t: Thread, error: Errno, why: string): void {
  t.wbError = error;
  t.wbFlags |= WB_FAILED | WB_FOLIO_FAILED;
  k.s[Global.WB_ERROR] = WB_ERROR_UNREPORTED | WB_ERROR_PENDING;
  k.note(t, `${why}: ${ERROR_NAMES[error]}`);
  t.pc = Pc.B_DISCARD;
}

/** xfs_discard_folio() from the block that could not be mapped; the off-by-one of 7348b322332d when the end is wrong. */
function discard(k: Kernel, t: Thread): void {
  const { folios } = k;
  const from = t.wbBlock;
  const end = folios.endBlock(t.wbPage);
  k.reach(Window.DISCARD);
  k.ilock.acquire(t);
  let punched: boolean;
  if (k.fixes.discardEnd || from !== folios.firstBlock(t.wbPage))
    punched = k.extents.punchDelalloc(from, end);
  else punched = k.g.cellStart[k.g.blockCell[from]!] === 0 && k.extents.punchDelalloc(0, k.g.blocks);
  k.ilock.release(t);
  k.note(t, punched ? "punches delalloc" : "punches nothing");
  k.judge.writebackFailed(k, k.g.blockCell[from]!, k.g.blockCell[end]!);
  for (let b = from; b < end; b++) folios.clearBlock(b, BlockFlag.DIRTIED);
  t.pc = Pc.B_FOLIO_END;
}

/**
 * The end of iomap_writepage_map(): the folio is unlocked. Where writeback starts only now, so does the I/O that the
 * folio completed, or it fails with it; elsewhere that was sent, and with all of it done writeback ends here.
 */
function folioEnd(k: Kernel, t: Thread): void {
  const page = t.wbPage;
  const failed = (t.wbFlags & WB_FOLIO_FAILED) !== 0;
  k.folios.clear(page, FolioFlag.IN_PASS);
  k.folios.clearDirtyBits(page);
  if (!k.fixes.wbSubmitsAtOnce && t.wbDone !== 0) k.folios.set(page, FolioFlag.WRITEBACK);
  k.folios.unlock(page, t);
  if (k.fixes.wbSubmitsAtOnce) k.folios.endWriteback(page);
  else if (failed) failQueuedIoends(k, t);
  else submitQueuedIoends(k, t);
  t.wbFlags &= ~WB_FOLIO_FAILED;
  t.wbBlock = 0;
  t.wbStop = 0;
  t.wbDone = 0;
  if (failed && !isSync(t)) t.pc = Pc.B_FINISH;
  else nextPage(k, t);
}

function nextPage(k: Kernel, t: Thread): void {
  t.wbPage = k.folios.end(t.wbPage);
  t.pc = t.wbPage < t.wbLast ? Pc.B_NEXT : Pc.B_FINISH;
}
