/**
 * truncate_pagecache_range() (mm/truncate.c): unmap whole pages, then drop whole folios and zero the ends of partial
 * ones, folio by folio, each under its lock and after its writeback. Whether anything keeps folios from coming back
 * behind it is the caller's business.
 */
import { boundaryByte } from "../geometry.js";
import type { Kernel } from "../kernel.js";
import { Pc } from "../labels.js";
import type { StepDef } from "../step.js";
import type { Thread } from "../thread.js";
import { PRESENT, WRITEBACK, ZERO } from "../values.js";

export const truncatePagecacheSteps: readonly StepDef[] = [
  {
    at: Pc.T_UNMAP,
    fn: "unmap_mapping_range",
    boundary: false,
    run: (k, t) => {
      for (let p = k.pageRoundUp(t.truncFrom); p < endPage(k, t); p++) {
        if (isWhole(k, t, p)) k.folios.unmap(p);
      }
      t.pc = Pc.T_FOLIO;
    },
  },
  { at: Pc.T_FOLIO, fn: "truncate_inode_pages_range", boundary: false, when: nextUnlocked, run: lockNext },
  {
    at: Pc.T_FOLIO_NEXT,
    fn: "truncate_inode_pages_range",
    boundary: true,
    when: nextUnlocked,
    run: lockNext,
  },
  {
    at: Pc.T_WAIT,
    fn: "truncate_inode_folio",
    boundary: false,
    when: (k, t) => !k.folios.has(t.truncPage, WRITEBACK),
    run: (k, t) => {
      const page = t.truncPage;
      if (isWhole(k, t, page)) {
        k.folios.unmap(page);
        k.folios.unlock(page, t);
        k.folios.remove(page);
        if (k.tracer !== null) k.note(t, `drops page ${k.g.cellStart[k.g.pageCell[page]!]}`);
      } else {
        const from = Math.max(t.truncFrom, k.g.pageCell[page]!);
        const to = Math.min(t.truncTo, k.g.pageCell[page + 1]!);
        k.folios.fill(from, to, ZERO);
        k.folios.unlock(page, t);
        if (k.tracer !== null)
          k.note(t, `zeroes ${k.g.cellStart[from]}..${boundaryByte(k.g, to)} in the page cache`);
      }
      t.truncPage = page + 1;
      if (nextPage(k, t) < 0) finish(t);
      else t.pc = Pc.T_FOLIO_NEXT;
    },
  },
];

/** Truncates the page cache over cells `[from, to)`, then goes on at label `ret`. */
export function truncatePagecacheRange(k: Kernel, t: Thread, from: number, to: number, ret: number): void {
  if (from >= to) {
    t.pc = ret;
    return;
  }
  t.truncFrom = from;
  t.truncTo = to;
  t.truncPage = k.g.cellPage[from]!;
  t.truncRet = ret;
  t.pc = Pc.T_UNMAP;
}

function endPage(k: Kernel, t: Thread): number {
  return k.pageRoundUp(t.truncTo);
}

function isWhole(k: Kernel, t: Thread, page: number): boolean {
  return k.g.pageCell[page]! >= t.truncFrom && k.g.pageCell[page + 1]! <= t.truncTo;
}

function nextPage(k: Kernel, t: Thread): number {
  for (let p = t.truncPage; p < endPage(k, t); p++) if (k.folios.has(p, PRESENT)) return p;
  return -1;
}

function nextUnlocked(k: Kernel, t: Thread): boolean {
  const page = nextPage(k, t);
  return page < 0 || !k.folios.isLocked(page);
}

function lockNext(k: Kernel, t: Thread): void {
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
