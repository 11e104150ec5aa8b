/**
 * What mm/truncate.c does to the page cache when a size changes. truncate_pagecache_range(): unmap whole pages, then drop whole folios and zero and split partial
 * ones, folio by folio, each under its lock and after its writeback; whether anything keeps folios from coming back
 * behind it is the caller's business. pagecache_isize_extended(): what a raised i_size exposes of the page of the old EOF.
 */

import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type Doing, firstAndNext, type Place, type StepDef, step, stepsAt } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import { FolioFlag } from "../objects/folios.js";
import { Value } from "../objects/values.js";
import { keepFolio } from "./dropbehind.js";

const atPage: Place = (k, t) => k.g.pageCell[t.truncPage]!;

export const truncatePagecacheSteps: readonly StepDef[] = stepsAt(atPage, [
  step(Pc.T_UNMAP, "unmap_mapping_range", {
    run: (k, t) => {
      for (let p = k.pageRoundUp(t.truncFrom); p < k.pageRoundUp(t.truncTo); p++) {
        if (k.g.pageCell[p]! >= t.truncFrom && k.g.pageCell[p + 1]! <= t.truncTo) k.folios.unmap(p);
      }
      t.pc = Pc.T_FOLIO;
    },
  }),
  ...firstAndNext(Pc.T_FOLIO, Pc.T_FOLIO_NEXT, "truncate_inode_pages_range", {
    when: nextUnlocked,
    run: lockNext,
  }),
  ...atAnEnd(Pc.T_HEAD, Pc.T_HEAD_WAIT, (k, t) => toTail(k, t), cutHead),
  ...atAnEnd(Pc.T_TAIL, Pc.T_TAIL_WAIT, (k, t) => toWhole(k, t), cutTail),
  step(Pc.T_WAIT, ["truncate_inode_page", ["5.17", "truncate_inode_folio"]], {
    when: (k, t) => !k.folios.has(t.truncPage, FolioFlag.WRITEBACK),
    run: (k, t) => {
      const page = t.truncPage;
      const next = k.folios.end(page);
      t.truncPage = next;
      const from = Math.max(t.truncFrom, k.folios.firstCell(page));
      const isSplit = settle(k, t, page);
      if (isSplit) leaveWholePages(k, t, from, next);
      toWhole(k, t, isSplit);
    },
  }),
  step(Pc.T_ISIZE_EXTENDED, "pagecache_isize_extended", {
    boundary: true,
    when: (k, t) => !k.folios.isLocked(t.truncPage),
    run: (k, t) => {
      if (k.folios.has(t.truncPage, FolioFlag.PRESENT)) extendFolio(k, t);
      finish(t);
    },
  }),
]);

/**
 * i_size was raised from cell `from` to at least cell `to`, by a caller that holds no folio lock any more; goes on at
 * label `ret`. There is nothing to do unless a block of the old EOF's page starts past the old EOF and below `to`.
 */
export function pagecacheIsizeExtended(k: Kernel, t: Thread, from: number, to: number, ret: number): void {
  const { g } = k;
  const block = k.blockRoundUp(from);
  t.pc = ret;
  if (from >= to || g.blocksPerPage === 1 || block >= g.blocks) return;
  if (to <= g.blockCell[block]! || block % g.blocksPerPage === 0) return;
  start(k, t, from, to, ret);
  t.pc = Pc.T_ISIZE_EXTENDED;
}

/** The folio of the old EOF: write-protected, so that stores into its new blocks fault, and zeroed where it is exposed. */
function extendFolio(k: Kernel, t: Thread): void {
  const { folios } = k;
  const page = t.truncPage;
  folios.lock(page, t);
  keepFolio(k, page);
  if (k.fixes.isizeExtendWriteProtects && folios.has(page, FolioFlag.PTE_WRITABLE)) {
    folios.writeProtect(page);
    if (k.tracer !== null) k.note(t, `page ${k.g.cellStart[k.g.pageCell[page]!]}: write-protected`);
  }
  if (k.fixes.isizeExtendZeroes && folios.has(page, FolioFlag.DIRTY)) {
    const to = Math.min(t.truncTo, folios.endCell(page));
    folios.fill(t.truncFrom, to, Value.ZERO);
    if (k.tracer !== null) k.note(t, `zeroes ${k.bytes(t.truncFrom, to)} in the page cache`);
  }
  folios.unlock(page, t);
}

/** Truncates the page cache over cells `[from, to)`, then goes on at label `ret`. */
export function truncatePagecacheRange(k: Kernel, t: Thread, from: number, to: number, ret: number): void {
  t.pc = ret;
  if (from >= to) return;
  start(k, t, from, to, ret);
  t.pc = Pc.T_UNMAP;
}

function start(k: Kernel, t: Thread, from: number, to: number, ret: number): void {
  t.truncFrom = from;
  t.truncTo = to;
  t.truncPage = k.g.cellPage[from]!;
  t.truncRet = ret;
}

function isWhole(k: Kernel, t: Thread, page: number): boolean {
  return k.folios.firstCell(page) >= t.truncFrom && k.folios.endCell(page) <= t.truncTo;
}

/** With every boundary: the folio that the range begins in, or ends in, is locked, waited for and settled; `gone`: it is not there. */
function atAnEnd(first: number, wait: number, gone: Doing["run"], run: Doing["run"]): readonly StepDef[] {
  return [
    step(first, "truncate_inode_pages_range", {
      when: (k, t) => !k.folios.isLocked(t.truncPage),
      run: (k, t) => {
        if (!k.folios.has(t.truncPage, FolioFlag.PRESENT)) {
          gone(k, t);
          return;
        }
        k.folios.lock(t.truncPage, t);
        t.pc = wait;
      },
    }),
    step(wait, "truncate_inode_pages_range", {
      when: (k, t) => !k.folios.has(t.truncPage, FolioFlag.WRITEBACK),
      run,
    }),
  ];
}

/** Drops the locked folio, or zeroes the part of it that goes, and unlocks it; whether it was large, and could be split. */
function settle(k: Kernel, t: Thread, page: number): boolean {
  const { folios } = k;
  if (isWhole(k, t, page)) {
    folios.unlock(page, t);
    drop(k, t, page);
    return false;
  }
  const from = Math.max(t.truncFrom, folios.firstCell(page));
  const to = Math.min(t.truncTo, folios.endCell(page));
  keepFolio(k, page);
  folios.fill(from, to, Value.ZERO);
  if (k.fixes.invalidateClearsDirty) folios.cleanBlocks(page, k.blockRoundUp(from), k.blockOfCell(to));
  folios.unlock(page, t);
  if (k.tracer !== null) k.note(t, `zeroes ${k.bytes(from, to)} in the page cache`);
  return folios.end(page) - folios.head(page) > 1 && splitAtCut(k, page, from, to);
}

function drop(k: Kernel, t: Thread, page: number): void {
  k.dropFolio(page);
  if (k.tracer !== null) k.note(t, `drops page ${k.g.cellStart[k.g.pageCell[page]!]}`);
}

/** Folios that lie in the range as a whole go at once, but for those that are locked or under writeback; then come its ends. */
function dropWhole(k: Kernel, t: Thread): void {
  const { folios } = k;
  for (let p = t.truncPage; p < k.pageRoundUp(t.truncTo); p = folios.end(p)) {
    if (!folios.has(p, FolioFlag.PRESENT) || folios.has(p, FolioFlag.WRITEBACK)) continue;
    if (!folios.isLocked(p) && isWhole(k, t, p)) drop(k, t, p);
  }
  if (folios.has(t.truncPage, FolioFlag.PRESENT)) t.pc = Pc.T_HEAD;
  else toTail(k, t);
}

function cutHead(k: Kernel, t: Thread): void {
  const page = t.truncPage;
  const next = k.folios.end(page);
  const from = Math.max(t.truncFrom, k.folios.firstCell(page));
  const isTail = t.truncTo <= k.folios.endCell(page);
  const isSplit = settle(k, t, page);
  if (isSplit) leaveWholePages(k, t, from, next);
  else t.truncFrom = k.g.pageCell[next]!;
  if (isTail) toWhole(k, t, isSplit);
  else toTail(k, t, isSplit);
}

/** To the folio that the range ends in, if that is not the end of the file's model: what goes on for good ends nowhere. */
function toTail(k: Kernel, t: Thread, looks = false): void {
  t.truncFrom = k.g.pageCell[k.pageRoundUp(t.truncFrom)]!;
  const last = t.truncFrom < t.truncTo && t.truncTo < k.g.cells ? k.g.cellPage[t.truncTo - 1]! : -1;
  if (last >= 0 && k.folios.has(last, FolioFlag.PRESENT)) {
    t.truncPage = last;
    t.pc = Pc.T_TAIL;
  } else toWhole(k, t, looks);
}

function cutTail(k: Kernel, t: Thread): void {
  const { folios, g } = k;
  const page = t.truncPage;
  const [first, end] = [folios.firstCell(page), g.pageCell[k.pageOfCell(t.truncTo)]!];
  const isGone = isWhole(k, t, page);
  const isSmall = folios.end(page) - folios.head(page) === 1;
  const isSplit = settle(k, t, page);
  if (isSplit || isSmall) t.truncTo = end;
  else if (!isGone) t.truncTo = first;
  toWhole(k, t, isSplit);
}

/**
 * To the next folio that is left; with every boundary, from the start of the range on, in which all are whole by now. `looks`: also
 * where none is left.
 */
function toWhole(k: Kernel, t: Thread, looks = false): void {
  if (k.fine && t.pc !== Pc.T_WAIT) t.truncPage = k.pageRoundUp(t.truncFrom);
  if (t.truncFrom < t.truncTo && (looks || nextPage(k, t) >= 0)) t.pc = Pc.T_FOLIO_NEXT;
  else finish(t);
}

/**
 * truncate_inode_partial_folio() on a large folio of which cells `[from, to)` go: into single pages, or by halves around
 * the start of the cut and then around its end. What lies past EOF goes. Returns whether it could be split.
 */
function splitAtCut(k: Kernel, page: number, from: number, to: number): boolean {
  const { folios, g } = k;
  const head = folios.head(page);
  const end = folios.end(page);
  if (!k.fixes.splitNonuniform) {
    const pages = Array.from({ length: end - head }, (_, i) => head + i);
    if (!folios.split(head, pages)) return false;
    dropPastEof(k, head, end);
    return true;
  }
  if (!folios.split(head, halves(head, end, g.cellPage[from]!))) return false;
  dropPastEof(k, head, end);
  const cut = k.pageOfCell(to);
  if (cut < end && folios.has(cut, FolioFlag.PRESENT) && folios.end(cut) - folios.head(cut) > 1) {
    const [first, last] = [folios.head(cut), folios.end(cut)];
    folios.split(first, halves(first, last, cut));
    dropPastEof(k, first, last);
  }
  return true;
}

/** Where the pieces start when `[head, end)` is halved again and again around `page`. */
function halves(head: number, end: number, page: number): number[] {
  const starts = [head];
  let first = head;
  for (let n = (end - head) / 2; n >= 1; n /= 2) {
    starts.push(first + n);
    if (page >= first + n) first += n;
  }
  return starts.sort((a, b) => a - b);
}

/** Pieces of a split folio past EOF are dropped, but for the first. */
function dropPastEof(k: Kernel, head: number, end: number): void {
  for (let p = k.folios.end(head); p < end; ) {
    const next = k.folios.end(p);
    if (p >= k.pageRoundUp(k.isize)) k.dropFolio(p);
    p = next;
  }
}

/** The folio up to page `end` was cut from cell `from` on, and split: of it, pages that lie in the range as a whole are looked up again. */
function leaveWholePages(k: Kernel, t: Thread, from: number, end: number): void {
  t.truncPage = k.pageRoundUp(from);
  t.truncFrom = k.g.pageCell[t.truncPage]!;
  if (t.truncTo < k.g.pageCell[end]!)
    t.truncTo = Math.max(t.truncFrom, k.g.pageCell[k.pageOfCell(t.truncTo)]!);
}

function nextPage(k: Kernel, t: Thread): number {
  for (let p = t.truncPage; p < k.pageRoundUp(t.truncTo); p++)
    if (k.folios.has(p, FolioFlag.PRESENT)) return p;
  return -1;
}

function nextUnlocked(k: Kernel, t: Thread): boolean {
  if (k.fine && t.pc === Pc.T_FOLIO) return true;
  const page = nextPage(k, t);
  return page < 0 || !k.folios.isLocked(page);
}

function lockNext(k: Kernel, t: Thread): void {
  if (k.fine && t.pc === Pc.T_FOLIO) {
    dropWhole(k, t);
    return;
  }
  const page = nextPage(k, t);
  if (page < 0) {
    finish(t);
    return;
  }
  k.folios.lock(page, t);
  t.truncPage = page;
  t.pc = Pc.T_WAIT;
}

function finish(t: Thread): void {
  t.pc = t.truncRet;
  t.truncFrom = 0;
  t.truncTo = 0;
  t.truncPage = 0;
  t.truncRet = 0;
}
