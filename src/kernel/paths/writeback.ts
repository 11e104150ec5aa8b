/**
 * One writeback pass over dirty folios (xfs_vm_writepages(), fs/xfs/xfs_aops.c; iomap_writepages(),
 * fs/iomap/buffered-io.c; write_cache_pages(), mm/page-writeback.c, 6.0). fsync, truncate and others run it as a
 * subroutine; map-blocks.ts maps the blocks of each folio.
 */

import { Errno } from "../machine/errors.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { BATCH_PAGES, keepsWritebackMap } from "../machine/layout.js";
import { type Place, type StepDef, step } from "../machine/step.js";
import { type Thread, WbFlag } from "../machine/thread.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { Value } from "../objects/values.js";
import { endDropbehind } from "./dropbehind.js";
import { clearInodeFlag, InodeFlag } from "./eofblocks.js";
import { submitGrowingIoend, submitQueuedIoends } from "./ioend.js";
import { toNextBlock } from "./map-blocks.js";
import { setMappingError, takePendingError } from "./mapping-error.js";
import { returnFromOp } from "./system-call.js";

const atPage: Place = (k, t) => k.g.pageCell[t.wbPage]!;

export const writebackSteps: readonly StepDef[] = [
  step(Pc.B_START, "xfs_vm_writepages", {
    boundary: true,
    run: (k, t) => {
      start(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), 0, Pc.B_RETURN);
      nextFolio(k, t);
    },
  }),
  step(Pc.B_NEXT, ["write_cache_pages", ["6.10", "writeback_iter"]], {
    where: atPage,
    boundary: true,
    run: nextFolio,
  }),
  step(Pc.B_LOCK, ["lock_page", ["5.16", "folio_lock"]], {
    where: atPage,
    when: (k, t) => !k.folios.isLocked(t.wbPage),
    run: lockFolio,
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
  step(Pc.B_FOLIO_END, ["iomap_writepage_map", ["6.17", "iomap_writeback_folio"]], {
    where: atPage,
    run: folioEnd,
  }),
  step(Pc.B_FINISH, ["iomap_submit_ioend", ["6.17", "iomap_ioend_writeback_submit"]], {
    where: atPage,
    run: (k, t) => {
      submitGrowingIoend(k, t, (t.wbFlags & WbFlag.FAILED) !== 0);
      t.wbPage = t.wbFirst;
      t.clearBatch();
      if (k.flusherComesBack && comesBack(t) && !k.repeats(t)) {
        t.wbFlags = WbFlag.CAME_BACK;
        t.pc = Pc.B_NEXT;
      } else if ((t.wbFlags & WbFlag.WAIT) !== 0) {
        lookUp(k, t, FolioFlag.WRITEBACK);
        t.pc = Pc.B_WAIT_RANGE;
      } else {
        if (isSync(t)) checkErrors(k, t);
        leave(k, t);
      }
    },
  }),
  step(Pc.B_WAIT_RANGE, "filemap_fdatawait_range", {
    where: atPage,
    when: (k, t) => t.wbPage >= t.wbLast || !waitsFor(k, t),
    run: (k, t) => {
      while (t.wbPage < t.wbLast && !waitsFor(k, t)) t.wbPage++;
      if (t.wbPage < t.wbLast) return;
      checkErrors(k, t);
      leave(k, t);
    },
  }),
  step(Pc.B_RETURN, "xfs_vm_writepages", { run: (k, t) => returnFromOp(k, t, t.end, 0) }),
];

const isSync = (t: Thread): boolean => (t.wbFlags & WbFlag.SYNC_ALL) !== 0;

/** filemap_write_and_wait_range() over pages `[first, last)`; goes on at label `ret`. It waits for nothing when its bytes are none. */
export function writeAndWait(
  k: Kernel,
  t: Thread,
  first: number,
  last: number,
  ret: number,
  waits = true,
): void {
  start(k, t, first, last, WbFlag.SYNC_ALL | (waits ? WbFlag.WAIT : 0), ret);
}

/** filemap_flush(): a pass over the file, or pages `[first, last)` of it, that waits for nothing; goes on at label `ret`. */
export function flush(k: Kernel, t: Thread, ret: number, first = 0, last = k.g.pages): void {
  start(k, t, first, last, 0, ret);
}

/** filemap_fdatawait_range() over pages `[first, last)`: waits for what is written by then; goes on at label `ret`. */
export function waitOnRange(k: Kernel, t: Thread, first: number, last: number, ret: number): void {
  setRange(k, t, first, last, WbFlag.SYNC_ALL | WbFlag.WAIT, ret);
  lookUp(k, t, FolioFlag.WRITEBACK);
  t.pc = Pc.B_WAIT_RANGE;
}

function start(k: Kernel, t: Thread, first: number, last: number, flags: number, ret: number): void {
  setRange(k, t, first, last, flags, ret);
  t.pc = Pc.B_NEXT;
  forgetTruncation(k, ret === Pc.FS_RETURN);
}

function setRange(k: Kernel, t: Thread, first: number, last: number, flags: number, ret: number): void {
  t.wbFirst = first;
  t.wbPage = first;
  t.wbLast = Math.max(first, Math.min(last, k.g.pages));
  t.wbFlags = flags;
  t.wbError = 0;
  t.wbRet = ret;
}

/** Whether a pass over pages `[first, last)` finds anything to write. */
export function hasDirty(k: Kernel, first: number, last: number): boolean {
  for (let p = first; p < last; p++) if ((k.folios.flags(p) & dirtyTags(k)) !== 0) return true;
  return false;
}

/** ->writepages clears XFS_ITRUNCATED, and is called where the file has a dirty folio, wherever that is; fsync does it anyway. */
export function forgetTruncation(k: Kernel, anyway = false): void {
  if (!k.layout.hasInodeFlags) return;
  let isDirty = anyway;
  for (let p = 0; p < k.g.pages; p++) isDirty ||= k.folios.has(p, FolioFlag.DIRTY);
  if (isDirty) clearInodeFlag(k, InodeFlag.TRUNCATED);
}

/**
 * filemap_check_errors(): an error since the last check, whoever's writeback met it. fsync and sync_file_range go by its description's
 * errseq instead, and a write that makes room (sync_inodes_sb()) leaves errors to those who ask for them.
 */
const LEAVES_ERRORS: readonly Pc[] = [Pc.FS_RETURN, Pc.SF_WAITED, Pc.SF_RETURN, Pc.W_FLUSHED];

function checkErrors(k: Kernel, t: Thread): void {
  if (LEAVES_ERRORS.includes(t.wbRet)) return;
  if (takePendingError(k) && t.wbError === 0) t.wbError = Errno.EIO;
}

function leave(k: Kernel, t: Thread): void {
  t.pc = t.wbRet;
  t.clearWriteback();
  if (keepsWritebackMap(k.fixes)) t.clearWritebackMap();
}

/**
 * filemap_get_folios_tag() over the range of the pass: one call holds more folios than the model has, so that a pass goes
 * through what was tagged when it began, and holds on to all of it until the end.
 */
function lookUp(k: Kernel, t: Thread, tags: number): void {
  for (let p = t.wbPage; p < t.wbLast; p++) if ((k.folios.flags(p) & tags) !== 0) t.addToBatch(p);
}

/** Where writeback starts only after mapping, a folio that another pass maps is still tagged dirty. */
function dirtyTags(k: Kernel): number {
  return k.fixes.wbSubmitsAtOnce ? FolioFlag.DIRTY : FolioFlag.DIRTY | FolioFlag.IN_PASS;
}

function waitsFor(k: Kernel, t: Thread): boolean {
  const page = t.wbPage;
  return k.folios.has(page, FolioFlag.WRITEBACK) && isNext(k, t, page, FolioFlag.WRITEBACK);
}

/** The next folio of those that the pass looked up, or its end. */
export function nextFolio(k: Kernel, t: Thread): void {
  const tags = dirtyTags(k);
  if ((t.wbFlags & WbFlag.LOOKED_UP) === 0) {
    t.wbFlags |= WbFlag.LOOKED_UP;
    lookUp(k, t, tags);
  }
  let page = t.wbPage;
  while (page < t.wbLast && !isNext(k, t, page, tags)) page++;
  const isOver = page >= t.wbLast;
  if (!isOver) t.wbPage = page;
  t.pc = isOver ? Pc.B_FINISH : Pc.B_LOCK;
}

/** Whether the page is of those that were looked up; of a far one, whether it has the tags. */
function isNext(k: Kernel, t: Thread, page: number, tags: number): boolean {
  return page < BATCH_PAGES ? t.inBatch(page) : (k.folios.flags(page) & tags) !== 0;
}

/** The page at which the next step of a pass at B_START, B_NEXT or B_LOCK looks; -1: it looks at none. */
export function nextOfPass(k: Kernel, t: Thread): number {
  if (t.pc === Pc.B_LOCK) return t.wbPage;
  const tags = dirtyTags(k);
  const isNew = (t.wbFlags & WbFlag.LOOKED_UP) === 0;
  const last = t.pc === Pc.B_START ? k.pageRoundUp(t.end) : t.wbLast;
  for (let p = t.pc === Pc.B_START ? k.pageOfCell(t.pos) : t.wbPage; p < last; p++)
    if (isNew ? (k.folios.flags(p) & tags) !== 0 : isNext(k, t, p, tags)) return p;
  return -1;
}

/** Locks the folio that was found, unless somebody has written or dropped it meanwhile. */
function lockFolio(k: Kernel, t: Thread): void {
  const { folios } = k;
  const page = t.wbPage;
  const busy = folios.has(page, FolioFlag.WRITEBACK);
  if (!folios.has(page, FolioFlag.DIRTY) || (busy && !isSync(t))) {
    nextPage(k, t);
    return;
  }
  folios.lock(page, t);
  t.pc = busy ? Pc.B_WAIT : Pc.B_CLEAR_DIRTY;
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
    } else redirty(k, t, page);
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

/** redirty_page_for_writepage(): the folio stays dirty, and counts as one that was written. */
function redirty(k: Kernel, t: Thread, page: number): void {
  k.folios.set(page, FolioFlag.DIRTY);
  if ((t.wbFlags & WbFlag.CAME_BACK) !== 0) k.judge.wentRound(k, t);
  t.wbFlags |= WbFlag.REDIRTIED;
}

/**
 * The flusher goes on as long as passes get something done (wb_writeback(), fs/fs-writeback.c), and takes a folio that was
 * redirtied for that. One more pass shows it; nobody else waits for more than his own. A thread that repeats comes back anyway.
 */
function comesBack(t: Thread): boolean {
  return t.wbRet === Pc.B_RETURN && (t.wbFlags & (WbFlag.REDIRTIED | WbFlag.CAME_BACK)) === WbFlag.REDIRTIED;
}

/**
 * The end of iomap_writepage_map(): the folio is unlocked. Where writeback starts only now, so does the I/O that the
 * folio completed, or it fails with it; elsewhere that was sent, and with all of it done writeback ends here. Every kernel
 * read, 5.10 to 7.3, sets the error of the mapping only after that, so that an fsync which comes in between would return 0
 * over what is lost, and the next is told; the model leaves no room between.
 */
function folioEnd(k: Kernel, t: Thread): void {
  const page = t.wbPage;
  const failed = (t.wbFlags & WbFlag.FOLIO_FAILED) !== 0;
  if (failed) setMappingError(k);
  k.folios.clear(page, FolioFlag.IN_PASS);
  k.folios.clearDirtyBits(page);
  if (!k.fixes.wbSubmitsAtOnce && t.wbDone !== 0) k.folios.set(page, FolioFlag.WRITEBACK);
  k.folios.unlock(page, t);
  if (k.fixes.wbSubmitsAtOnce) {
    k.folios.endWriteback(page);
    endDropbehind(k, t, page);
  } else submitQueuedIoends(k, t, failed);
  t.wbFlags &= ~(WbFlag.FOLIO_FAILED | WbFlag.RACED);
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
