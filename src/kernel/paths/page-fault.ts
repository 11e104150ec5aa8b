/**
 * Stores and loads through a shared mapping: read faults, page_mkwrite and the access itself (xfs_filemap_fault(),
 * xfs_filemap_page_mkwrite(), fs/xfs/xfs_file.c; iomap_page_mkwrite(), fs/iomap/buffered-io.c; mm/memory.c, 6.0).
 */

import { Errno } from "../machine/errors.js";
import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type StepDef, step } from "../machine/step.js";
import { CallFlag, NO_PAGE, type Thread } from "../machine/thread.js";
import { FolioFlag } from "../objects/folios.js";
import { keepFolio } from "./dropbehind.js";
import { bufferedWriteIomapBegin } from "./iomap-begin.js";
import { fillFolio, lockToFill } from "./read-folio.js";
import { returnFromOp } from "./system-call.js";

/** What a store or load does is decided by the PTE that it finds when it runs, whatever label it stands at. */
const store = { boundary: true, when: canStore, turnsInto: storeLabel, run: doStore };
const load = { boundary: true, when: canLoad, turnsInto: loadLabel, run: doLoad };

export const pageFaultSteps: readonly StepDef[] = [
  step(Pc.S_FAULT, "xfs_filemap_fault", store),
  step(Pc.S_FAULT_LOCK, ["lock_page", ["5.16", "folio_lock"]], {
    when: canLock,
    run: (k, t) => faultLocked(k, t, Pc.S_FAULT, Pc.S_READ_MAP),
  }),
  step(Pc.S_READ_MAP, ["iomap_readpage", ["5.19", "iomap_read_folio"]], {
    run: (k, t) => {
      fillFolio(k, t);
      t.pc = Pc.S_FAULT;
    },
  }),
  step(Pc.S_MKWRITE, "xfs_filemap_page_mkwrite", store),
  step(Pc.S_MKWRITE_LOCK, ["lock_page", ["5.16", "folio_lock"]], { when: canLock, run: mkwriteLocked }),
  step(Pc.S_MKWRITE_BEGIN, "iomap_page_mkwrite", { run: mkwriteBegin }),
  step(Pc.S_MKWRITE_NEXT, "iomap_page_mkwrite", {
    boundary: true,
    where: (k, t) => k.g.blockCell[t.mkwriteBlock]!,
    run: mkwriteBegin,
  }),
  step(Pc.S_STORE, "store", store),
  step(Pc.L_FAULT, "xfs_filemap_fault", load),
  step(Pc.L_FAULT_LOCK, ["lock_page", ["5.16", "folio_lock"]], {
    when: canLock,
    run: (k, t) => faultLocked(k, t, Pc.L_FAULT, Pc.L_READ_MAP),
  }),
  step(Pc.L_READ_MAP, ["iomap_readpage", ["5.19", "iomap_read_folio"]], {
    run: (k, t) => {
      fillFolio(k, t);
      t.pc = Pc.L_FAULT;
    },
  }),
  step(Pc.L_LOAD, "load", load),
];

function pageOf(k: Kernel, t: Thread): number {
  return k.g.cellPage[t.pos]!;
}
function isPastEof(k: Kernel, page: number): boolean {
  return page >= k.pageRoundUp(k.isize);
}

/**
 * A read fault needs the folio lock, and before that invalidate_lock shared when the folio has to be brought in; before
 * 730633f0b7f9 every fault holds XFS_MMAPLOCK shared. It holds the one while it waits for the other; that merges with the
 * rest of it, as nobody else then gets anywhere who would not if it came later.
 */
function canFault(k: Kernel, page: number): boolean {
  const fills = !isPastEof(k, page) && !k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE);
  const takesBoth = fills || !k.fixes.fillTakesInvalidateLock;
  if (takesBoth && !k.invalidate.isFreeShared()) return false;
  return isPastEof(k, page) || (takesBoth && k.fine) || !k.folios.isLocked(page);
}

function canLock(k: Kernel, t: Thread): boolean {
  return !k.folios.isLocked(pageOf(k, t));
}

function canStore(k: Kernel, t: Thread): boolean {
  const page = pageOf(k, t);
  const label = storeLabel(k, t);
  if (label === Pc.S_STORE) return true;
  if (label === Pc.S_MKWRITE) return k.invalidate.isFreeShared() && (k.fine || !k.folios.isLocked(page));
  return canFault(k, page);
}

function canLoad(k: Kernel, t: Thread): boolean {
  const page = pageOf(k, t);
  return k.folios.has(page, FolioFlag.PTE_PRESENT) || canFault(k, page);
}

/** A fault that is under way ends in page_mkwrite, whatever others make of the PTE meanwhile (do_shared_fault()). */
function storeLabel(k: Kernel, t: Thread): number {
  if (t.hasFlag(CallFlag.FAULTED)) return Pc.S_MKWRITE;
  const page = pageOf(k, t);
  if (k.folios.has(page, FolioFlag.PTE_WRITABLE)) return Pc.S_STORE;
  return k.folios.has(page, FolioFlag.PTE_PRESENT) ? Pc.S_MKWRITE : Pc.S_FAULT;
}

function loadLabel(k: Kernel, t: Thread): number {
  return k.folios.has(pageOf(k, t), FolioFlag.PTE_PRESENT) ? Pc.L_LOAD : Pc.L_FAULT;
}

function doStore(k: Kernel, t: Thread): void {
  const page = pageOf(k, t);
  const label = storeLabel(k, t);
  if (label === Pc.S_MKWRITE) mkwrite(k, t, page);
  else if (label === Pc.S_STORE) putBytes(k, t, page);
  else if (faultIn(k, t, page, Pc.S_READ_MAP)) {
    t.setFlag(CallFlag.FAULTED);
    t.pc = Pc.S_MKWRITE;
  }
}

function doLoad(k: Kernel, t: Thread): void {
  const page = pageOf(k, t);
  if (loadLabel(k, t) === Pc.L_LOAD) {
    const to = Math.min(t.end, k.g.pageCell[page + 1]!);
    k.judge.seen(k, t, t.pos, to);
    afterAccess(k, t, to, Pc.L_FAULT);
  } else if (faultIn(k, t, page, Pc.L_READ_MAP)) {
    finishFault(k, page, FolioFlag.PTE_PRESENT);
    t.pc = Pc.L_LOAD;
  }
}

/** finish_fault(): maps the page, or all of a folio of which nothing is mapped. */
function finishFault(k: Kernel, page: number, bits: number): void {
  const { folios } = k;
  const from = folios.head(page);
  const to = folios.end(page);
  if (k.fixes.faultMapsFolio && to <= k.pageRoundUp(k.isize) && !isMapped(k, from, to))
    for (let p = from; p < to; p++) folios.map(p, bits);
  else folios.map(page, bits);
}

/** Whether a PTE maps one of pages `[from, to)`. */
function isMapped({ folios }: Kernel, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (folios.has(p, FolioFlag.PTE_PRESENT)) return true;
  return false;
}

/**
 * A read fault: whether the folio is there; else it is locked to be read at label `read`, or the access ends in a signal. One
 * that has read let go of mmap_lock for that, and of the folio, and is made again (VM_FAULT_RETRY of filemap_fault()).
 */
function faultIn(k: Kernel, t: Thread, page: number, read: number): boolean {
  if (isPastEof(k, page)) {
    k.note(t, "past EOF: SIGBUS");
    returnFromOp(k, t, t.pos, Errno.SIGBUS);
    return false;
  }
  if (k.fine && k.folios.isLocked(page)) {
    waitForFolio(k, t, read === Pc.S_READ_MAP ? Pc.S_FAULT_LOCK : Pc.L_FAULT_LOCK);
    return false;
  }
  keepFolio(k, page);
  if (k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE)) return true;
  k.invalidate.acquireShared(t);
  lockToFill(k, t, page);
  t.pc = read;
  return false;
}

/** Takes invalidate_lock shared, and waits with it for the lock of the folio, which it holds on to, at a label. */
function waitForFolio(k: Kernel, t: Thread, at: number): void {
  k.invalidate.acquireShared(t);
  t.setFlag(CallFlag.FAULTED);
  t.pc = at;
}

/** The wait let go of mmap_lock: the fault fills the folio, or is made again as `fault`. */
function faultLocked(k: Kernel, t: Thread, fault: number, read: number): void {
  const page = pageOf(k, t);
  t.clearFlag(CallFlag.FAULTED);
  if (isPastEof(k, page) || k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE)) {
    k.invalidate.releaseShared(t);
    t.pc = fault;
    return;
  }
  keepFolio(k, page);
  lockToFill(k, t, page);
  t.pc = read;
}

function putBytes(k: Kernel, t: Thread, page: number): void {
  const to = Math.min(t.end, k.g.pageCell[page + 1]!);
  const value = k.opOf(t).value;
  k.folios.fill(t.pos, to, value);
  k.judge.stored(k, t.pos, to, value);
  if (k.tracer !== null) k.note(t, `stores ${k.bytes(t.pos, to)}`);
  t.clearFlag(CallFlag.FAULTED);
  afterAccess(k, t, to, Pc.S_FAULT);
}

/** The access got to cell `to`: on to the next page at label `next`, or done. */
function afterAccess(k: Kernel, t: Thread, to: number, next: number): void {
  t.pos = to;
  if (to < t.end) t.pc = next;
  else returnFromOp(k, t, to, 0);
}

function mkwrite(k: Kernel, t: Thread, page: number): void {
  if (k.fine && isThere(k, page) && k.folios.isLocked(page)) {
    waitForFolio(k, t, Pc.S_MKWRITE_LOCK);
    return;
  }
  k.invalidate.acquireShared(t);
  mkwriteLocked(k, t);
}

function mkwriteLocked(k: Kernel, t: Thread): void {
  const page = pageOf(k, t);
  t.clearFlag(CallFlag.FAULTED);
  if (!isThere(k, page) || isPastEof(k, page)) {
    k.invalidate.releaseShared(t);
    k.note(t, "folio is gone: fault again");
    t.pc = Pc.S_FAULT;
    return;
  }
  k.folios.lock(page, t);
  t.lockedPage = page;
  t.mkwriteBlock = k.folios.firstBlock(page);
  t.pc = Pc.S_MKWRITE_BEGIN;
}

/** Whether the folio is still the one that faulted: while it is mapped, or else by its being uptodate. */
function isThere({ folios }: Kernel, page: number): boolean {
  if (!folios.has(page, FolioFlag.PRESENT)) return false;
  return folios.has(page, FolioFlag.UPTODATE) || folios.has(page, FolioFlag.PTE_PRESENT);
}

/**
 * Where page_mkwrite stops: EOF, or the end of the folio. Between add66fcbd3fb and 243145bc4336 the size less a page is
 * compared without a sign: below a page that is more than any offset.
 */
function mkwriteEnd(k: Kernel, page: number): number {
  const end = k.folios.endCell(page);
  if (!k.fixes.mkwriteLengthToEof && boundaryByte(k.g, k.isize) < k.g.pageSize) return end;
  return Math.min(k.isize, end);
}

/** One map of page_mkwrite: reserves what is a hole and dirties the folio; the last one makes the PTE writable. */
function mkwriteBegin(k: Kernel, t: Thread): void {
  const page = t.lockedPage;
  const end = mkwriteEnd(k, page);
  const endBlock = k.blockRoundUp(end);
  const ok = bufferedWriteIomapBegin(k, t, t.mkwriteBlock, end);
  const next = t.mapEnd;
  t.clearMap();
  if (ok) {
    if (end > k.isize) k.extents.leaveToEofblocks(k.blockRoundUp(k.isize));
    k.folios.attachState(page);
    k.folios.dirtyAllBits(page);
    k.folios.dirty(page, t.mkwriteBlock, Math.min(next, endBlock));
    // block_commit_write()
    if (k.fixes.wbTypeFromBuffers) k.folios.setBlocksUptodate(page, t.mkwriteBlock, Math.min(next, endBlock));
    if (next < endBlock) {
      t.mkwriteBlock = next;
      t.pc = Pc.S_MKWRITE_NEXT;
      return;
    }
    finishFault(k, page, FolioFlag.PTE_PRESENT | FolioFlag.PTE_WRITABLE);
  }
  k.folios.unlock(page, t);
  k.invalidate.releaseShared(t);
  t.lockedPage = NO_PAGE;
  t.mkwriteBlock = 0;
  if (ok) t.pc = Pc.S_STORE;
  else returnFromOp(k, t, t.pos, Errno.SIGBUS);
}
