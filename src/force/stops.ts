/**
 * Where user space can stop a write, and where a program could tell that it has.
 */
import { boundaryByte, cellOfPage, startByte } from "../kernel/machine/geometry.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { Pc } from "../kernel/machine/labels.js";
import { CallFlag, type Thread } from "../kernel/machine/thread.js";
import { FolioFlag } from "../kernel/objects/folios.js";

/**
 * Whether the writer stands where user space can stop it: before its first byte, or at the start of a page that is
 * not its last byte (the byte behind is needed for the stop on kernels that fault in more than a page). A pass that
 * is repeated with what a rejected copy brought faults in nothing new.
 */
export function canStop(k: Kernel, t: Thread): boolean {
  if (t.pc !== Pc.W_FAULT_IN || t.hasFlag(CallFlag.CHUNK_LIMITED)) return false;
  const op = k.opOf(t);
  if (op.kind !== "write") return false;
  const { g } = k;
  const isPageStart = cellOfPage(g, k.pageOfCell(t.pos)) === t.pos;
  return isPageStart
    ? op.to > t.pos + 1 || startByte(g, t.pos) + 1 < boundaryByte(g, op.to)
    : t.pos === op.from;
}

/** First cells of the pages that start inside `(from, to)`. */
export function pageStarts(k: Kernel, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let c = from + 1; c < to; c++) if (cellOfPage(k.g, k.pageOfCell(c)) === c) starts.push(c);
  return starts;
}

/**
 * Per page, whether it does not show if the write has got past it. Kernels that copy many pages at once fault in pages
 * that the write gets to later, so the program has to look at the page before the stop; it must not read one that
 * is not uptodate, and when that was dirty before and lies below EOF, nothing else has changed.
 */
export function unclearPages(k: Kernel): boolean[] {
  return Array.from({ length: k.g.pages }, (_, p) => {
    if (!k.fixes.writeLargeChunks || cellOfPage(k.g, p + 1) > k.isize) return false;
    return k.folios.has(p, FolioFlag.DIRTY) && !k.folios.has(p, FolioFlag.UPTODATE);
  });
}

/** First pages of the folios that reclaim can take, in the order of its choice. */
export function evictables(k: Kernel): number[] {
  const pages: number[] = [];
  for (let p = 0; p < k.g.pages; p++) if (k.isEvictable(p)) pages.push(p);
  return pages;
}
