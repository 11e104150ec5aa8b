/**
 * What a folio needs before bytes go into it and what becomes of it afterwards, for writes and for zeroing alike
 * (__iomap_write_begin(), iomap_adjust_read_range(), __iomap_write_end(), fs/iomap/buffered-io.c, 6.0).
 */

import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import type { Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { EXTENT_NAMES, ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { IomapFlag } from "../objects/iomap.js";
import { Value } from "../objects/values.js";
import { keepFolio, markDropbehind } from "./dropbehind.js";

/** iomap_get_folio() without its lock: creates the folio at cell `from` if it is absent, for a write up to `to`. */
export function getFolio(k: Kernel, from: number, to: number, dontcache = false): void {
  const page = k.g.cellPage[from]!;
  if (k.folios.has(page, FolioFlag.PRESENT)) {
    if (!dontcache) keepFolio(k, page);
    return;
  }
  k.folios.insert(page, k.fixes.writeLargeFolios ? 2 ** folioOrder(k, page, from, to) : 1);
  if (dontcache) markDropbehind(k, page);
}

/** fgf_set_order() and __filemap_get_folio(): as long as the write, aligned, over absent pages. */
function folioOrder(k: Kernel, page: number, from: number, to: number): number {
  const { g } = k;
  const pages = (boundaryByte(g, to) - g.cellStart[from]!) / g.pageSize;
  const index = g.cellStart[g.pageCell[page]!]! / g.pageSize;
  let order = pages < 2 ? 0 : Math.floor(Math.log2(pages));
  while (order > 0 && (index % 2 ** order !== 0 || !isAbsent(k, page, page + 2 ** order))) order--;
  return order;
}

function isAbsent(k: Kernel, first: number, end: number): boolean {
  for (let p = first; p < end; p++) {
    if (p >= k.g.pages || k.folios.has(p, FolioFlag.PRESENT)) return false;
    if (p > first && k.g.gapBefore[p * k.g.blocksPerPage] === 1) return false;
  }
  return true;
}

/**
 * Initialises the blocks of `page` that a write of cells `[from, to)` covers only in part, by the thread's cached
 * map: zeroed unless that says written, else read from disk.
 */
export function writeBegin(k: Kernel, t: Thread, page: number, from: number, to: number): void {
  const { g, folios } = k;
  // A folio that is overwritten as a whole needs no per-block state, nor anything initialised.
  if (k.fixes.dirtyPerBlock && from <= folios.firstCell(page) && to >= folios.endCell(page)) return;
  folios.attachState(page);
  if (folios.has(page, FolioFlag.UPTODATE)) return;
  const end = k.blockRoundUp(to);
  const isize = k.isize;
  const eofBlock = isize === 0 ? -1 : g.cellBlock[isize - 1]!;
  let b = g.cellBlock[from]!;
  while (b < end) {
    if (folios.blockHas(b, BlockFlag.UPTODATE)) {
      b++;
      continue;
    }
    const runStart = b;
    b++;
    while (b < end && b - 1 !== eofBlock && !folios.blockHas(b, BlockFlag.UPTODATE)) b++;
    const runFrom = g.blockCell[runStart]!;
    const runTo = g.blockCell[b]!;
    if ((from <= runFrom || from >= runTo) && (to <= runFrom || to >= runTo)) continue;
    const zero = t.mapType !== ExtentType.WRITTEN || (t.mapFlags & IomapFlag.NEW) !== 0 || runFrom >= isize;
    for (let c = runFrom; c < runTo; c++) {
      if (!zero) folios.fill(c, c + 1, k.disk.cell(c));
      else if (c < from || c >= to) folios.fill(c, c + 1, Value.ZERO);
    }
    if (!k.fixes.shortCopyCure && !(zero && k.fixes.zeroedUptodateAtEnd))
      folios.setBlocksUptodate(page, runStart, b);
    if (k.tracer !== null) noteInit(k, t, zero, runFrom, runTo, from, to);
  }
}

function noteInit(
  k: Kernel,
  t: Thread,
  zero: boolean,
  runFrom: number,
  runTo: number,
  from: number,
  to: number,
): void {
  const byte = (c: number) => (c === runTo ? k.g.cellEnd[c - 1] : k.g.cellStart[c]);
  const parts: string[] = [];
  if (zero) {
    if (from > runFrom) parts.push(`${byte(runFrom)}..${byte(from)}`);
    if (to < runTo) parts.push(`${byte(to)}..${byte(runTo)}`);
  } else parts.push(`${byte(runFrom)}..${byte(runTo)}`);
  const actual = k.extents.type(k.g.cellBlock[runFrom]!);
  const stale =
    actual !== t.mapType ? ` <- map says ${EXTENT_NAMES[t.mapType]}, extent is ${EXTENT_NAMES[actual]}` : "";
  k.note(t, `${zero ? "zero" : "read"} ${parts.join(" and ")}${stale}`);
}

/** Ground truth for the window: the cached map covers a block that is no longer of its type. */
export function watchStaleMap(k: Kernel, t: Thread): void {
  for (let b = t.mapStart; b < t.mapEnd; b++) {
    if (k.extents.type(b) !== t.mapType) {
      k.reach(Window.MAP_STALE);
      return;
    }
  }
}
