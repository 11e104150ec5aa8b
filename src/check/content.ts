/**
 * Content and exposure: what is read is what the ghost file says, and never garbage or uninitialised memory.
 */

import { cellOfBlock } from "../kernel/machine/geometry.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { BlockFlag, FolioFlag } from "../kernel/objects/folios.js";
import { Oracle } from "../kernel/oracle-table.js";
import { allows, expected, expectsExactly, isExcused, isLeak, isUndefined, settle } from "./ghost.js";
import type { Verdict } from "./violations.js";

/** A cell below i_size was read as `value` by thread index `thread` (-1: the check at the end). */
export function judgeCell(k: Kernel, verdict: Verdict, cell: number, value: number, thread: number): void {
  if (expectsExactly(k, cell, value)) return;
  if (isLeak(value)) verdict.record(Oracle.EXPOSURE, cell, cell + 1, expected(k, cell), value, thread);
  else if (isUndefined(k, cell)) return;
  else if (!allows(k, cell, value))
    verdict.record(Oracle.CONTENT, cell, cell + 1, expected(k, cell), value, thread);
  else settle(k, cell, value);
}

/** `value` was seen past EOF: zero, unless a store put it there. */
export function judgePastEof(k: Kernel, verdict: Verdict, cell: number, value: number, thread: number): void {
  if (isUndefined(k, cell) || allows(k, cell, value)) return;
  const oracle = isLeak(value) ? Oracle.EXPOSURE : Oracle.CONTENT;
  verdict.record(oracle, cell, cell + 1, expected(k, cell), value, thread);
}

/** At rest, before the drain: what the cache shows. */
export function judgeCache(k: Kernel, verdict: Verdict): void {
  for (let c = 0; c < k.isize; c++) {
    if (k.folios.blockHas(k.blockOfCell(c), BlockFlag.UPTODATE))
      judgeCell(k, verdict, c, k.folios.cell(c), -1);
  }
}

/** After everything was written back and evicted: what the extents show. */
export function judgeDisk(k: Kernel, verdict: Verdict): void {
  for (let c = 0; c < k.isize; c++) {
    const value = k.throughExtents(c);
    if (expectsExactly(k, c, value)) continue;
    if (!isExcused(k, c) || isLeak(value)) judgeCell(k, verdict, c, value, -1);
  }
  // What lies behind EOF in its block is zero on disk, or a mapping of the last page would show it.
  if (k.isize === 0) return;
  const blockEnd = cellOfBlock(k.g, k.blockRoundUp(k.isize));
  for (let c = k.isize; c < blockEnd; c++) judgePastEof(k, verdict, c, k.throughExtents(c), -1);
}

/**
 * Whether cell `c` is coherent now: the rule of the checks after every step, which locate a loss but decide nothing.
 * Cells of a locked folio are in somebody's hands and pass.
 */
export function isCoherent(k: Kernel, cell: number): boolean {
  if (cell >= k.isize || isUndefined(k, cell) || isExcused(k, cell)) return true;
  const page = k.pageOfCell(cell);
  if (k.folios.isLocked(page)) return true;
  const cached = k.folios.blockHas(k.blockOfCell(cell), BlockFlag.UPTODATE);
  if (cached && !allows(k, cell, k.folios.cell(cell))) return false;
  const volatile = cached && (k.folios.flags(page) & (FolioFlag.DIRTY | FolioFlag.WRITEBACK)) !== 0;
  return volatile || allows(k, cell, k.throughExtents(cell));
}
