/**
 * Stores and loads through a shared mapping: read faults, page_mkwrite and the access itself (xfs_filemap_fault(),
 * xfs_filemap_page_mkwrite(), fs/xfs/xfs_file.c; iomap_page_mkwrite(), fs/iomap/buffered-io.c; mm/memory.c, 6.0).
 */

import { Errno } from "../machine/errors.js";
import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import type { StepDef } from "../machine/step.js";
import { CallFlag, NO_PAGE, type Thread } from "../machine/thread.js";
import { FolioFlag } from "../objects/folios.js";
import { bufferedWriteIomapBegin } from "./iomap-begin.js";
import { canFill, fillFolio, lockForFill, unlockFilled } from "./read-folio.js";
import { returnFromOp } from "./system-call.js";

export const pageFaultSteps: readonly StepDef[] = [
  {
    at: Pc.S_FAULT,
    fn: "xfs_filemap_fault",
    boundary: true,
    when: canStore,
    run: store,
  },
  {
    at: Pc.S_READ_MAP,
    fn: "iomap_read_folio",
    boundary: false,
    run: (k, t) => {
      fillFolio(k, t, t.lockedPage);
      unlockFilled(k, t);
      t.setFlag(CallFlag.FAULTED);
      t.pc = Pc.S_MKWRITE;
    },
  },
  {
    at: Pc.S_MKWRITE,
    fn: "xfs_filemap_page_mkwrite",
    boundary: true,
    when: canStore,
    run: store,
  },
  { at: Pc.S_MKWRITE_BEGIN, fn: "iomap_page_mkwrite", boundary: false, run: mkwriteBegin },
  {
    at: Pc.S_MKWRITE_NEXT,
    fn: "iomap_page_mkwrite",
    boundary: true,
    run: mkwriteBegin,
  },
  { at: Pc.S_STORE, fn: "store", boundary: true, when: canStore, run: store },
  { at: Pc.L_FAULT, fn: "xfs_filemap_fault", boundary: true, when: canLoad, run: load },
  {
    at: Pc.L_READ_MAP,
    fn: "iomap_read_folio",
    boundary: false,
    run: (k, t) => {
      const page = t.lockedPage;
      fillFolio(k, t, page);
      unlockFilled(k, t);
      k.folios.map(page, FolioFlag.PTE_PRESENT);
      t.pc = Pc.L_LOAD;
    },
  },
  { at: Pc.L_LOAD, fn: "load", boundary: true, when: canLoad, run: load },
];

function pageOf(k: Kernel, t: Thread): number {
  return k.g.cellPage[t.pos]!;
}
function isPastEof(k: Kernel, page: number): boolean {
  return page >= k.pageRoundUp(k.isize);
}

/** A read fault needs the folio lock, and invalidate_lock shared when the folio has to be brought in. */
function canFault(k: Kernel, page: number): boolean {
  if (isPastEof(k, page)) return true;
  return k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE)
    ? !k.folios.isLocked(page)
    : canFill(k, page);
}

function canStore(k: Kernel, t: Thread): boolean {
  const page = pageOf(k, t);
  if (k.folios.has(page, FolioFlag.PTE_WRITABLE)) return true;
  if (k.folios.has(page, FolioFlag.PTE_PRESENT) || t.hasFlag(CallFlag.FAULTED)) {
    return k.invalidate.isFreeShared() && !k.folios.isLocked(page);
  }
  return canFault(k, page);
}

function canLoad(k: Kernel, t: Thread): boolean {
  const page = pageOf(k, t);
  return k.folios.has(page, FolioFlag.PTE_PRESENT) || canFault(k, page);
}

/** A store: the access where the PTE allows it, else the fault that it takes first. */
function store(k: Kernel, t: Thread): void {
  const page = pageOf(k, t);
  if (k.folios.has(page, FolioFlag.PTE_WRITABLE)) {
    const to = Math.min(t.end, k.g.pageCell[page + 1]!);
    const value = k.opOf(t).value;
    k.enter(t, Pc.S_STORE);
    k.folios.fill(t.pos, to, value);
    k.judge.stored(k, t.pos, to, value);
    if (k.tracer !== null) k.note(t, `stores ${k.g.cellStart[t.pos]}..${boundaryByte(k.g, to)}`);
    t.clearFlag(CallFlag.FAULTED);
    t.pos = to;
    if (to < t.end) t.pc = Pc.S_FAULT;
    else returnFromOp(k, t, to, 0);
  } else if (k.folios.has(page, FolioFlag.PTE_PRESENT) || t.hasFlag(CallFlag.FAULTED)) {
    k.enter(t, Pc.S_MKWRITE);
    mkwrite(k, t, page);
  } else {
    k.enter(t, Pc.S_FAULT);
    if (isPastEof(k, page)) {
      k.note(t, "past EOF: SIGBUS");
      returnFromOp(k, t, t.pos, Errno.SIGBUS);
    } else if (k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE)) {
      t.setFlag(CallFlag.FAULTED);
      t.pc = Pc.S_MKWRITE;
    } else {
      lockForFill(k, t, page);
      t.pc = Pc.S_READ_MAP;
    }
  }
}

function mkwrite(k: Kernel, t: Thread, page: number): void {
  t.clearFlag(CallFlag.FAULTED);
  if (!k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE) || isPastEof(k, page)) {
    k.note(t, "folio is gone: fault again");
    t.pc = Pc.S_FAULT;
    return;
  }
  k.invalidate.acquireShared(t);
  k.folios.lock(page, t);
  t.lockedPage = page;
  t.mkwriteBlock = k.folios.firstBlock(page);
  t.pc = Pc.S_MKWRITE_BEGIN;
}

/** One map of page_mkwrite: reserves what is a hole and dirties the folio; the last one makes the PTE writable. */
function mkwriteBegin(k: Kernel, t: Thread): void {
  const page = t.lockedPage;
  const end = Math.min(k.isize, k.folios.endCell(page));
  const endBlock = k.blockRoundUp(end);
  const ok = bufferedWriteIomapBegin(k, t, t.mkwriteBlock, end);
  const next = t.mapEnd;
  t.clearMap();
  if (ok) {
    k.folios.attachState(page);
    k.folios.dirtyAllBits(page);
    k.folios.dirty(page, t.mkwriteBlock, Math.min(next, endBlock));
    if (next < endBlock) {
      t.mkwriteBlock = next;
      t.pc = Pc.S_MKWRITE_NEXT;
      return;
    }
    k.folios.map(page, FolioFlag.PTE_PRESENT | FolioFlag.PTE_WRITABLE);
  }
  k.folios.unlock(page, t);
  k.invalidate.releaseShared(t);
  t.lockedPage = NO_PAGE;
  t.mkwriteBlock = 0;
  if (ok) t.pc = Pc.S_STORE;
  else returnFromOp(k, t, t.pos, Errno.SIGBUS);
}

function load(k: Kernel, t: Thread): void {
  const page = pageOf(k, t);
  if (k.folios.has(page, FolioFlag.PTE_PRESENT)) {
    const to = Math.min(t.end, k.g.pageCell[page + 1]!);
    k.enter(t, Pc.L_LOAD);
    k.judge.seen(k, t, t.pos, to);
    t.pos = to;
    if (to < t.end) t.pc = Pc.L_FAULT;
    else returnFromOp(k, t, to, 0);
    return;
  }
  k.enter(t, Pc.L_FAULT);
  if (isPastEof(k, page)) {
    k.note(t, "past EOF: SIGBUS");
    returnFromOp(k, t, t.pos, Errno.SIGBUS);
  } else if (k.folios.has(page, FolioFlag.PRESENT | FolioFlag.UPTODATE)) {
    k.folios.map(page, FolioFlag.PTE_PRESENT);
    t.pc = Pc.L_LOAD;
  } else {
    lockForFill(k, t, page);
    t.pc = Pc.L_READ_MAP;
  }
}
