/**
 * Accounting, at rest after everything was written back: reservations equal delalloc blocks, no delalloc is left
 * below EOF, and past EOF none but speculative preallocation.
 */

import { cellOfBlock } from "../kernel/machine/geometry.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { Global } from "../kernel/machine/layout.js";
import { ExtentType } from "../kernel/objects/extent-types.js";
import { FolioFlag } from "../kernel/objects/folios.js";
import { Oracle } from "../kernel/oracle-table.js";
import type { Verdict } from "./violations.js";

export function isLeakedBlock(k: Kernel, block: number): boolean {
  if (k.extents.type(block) !== ExtentType.DELALLOC) return false;
  return cellOfBlock(k.g, block) < k.isize || !k.extents.isPrealloc(block);
}

/** Whether the block's reservation is left behind now: nothing dirty is over it any more. */
export function isAbandonedBlock(k: Kernel, block: number): boolean {
  const page = k.folios.pageOf(block);
  const busy =
    k.folios.isLocked(page) || (k.folios.flags(page) & (FolioFlag.DIRTY | FolioFlag.IN_PASS)) !== 0;
  return !busy && isLeakedBlock(k, block);
}

export function judgeReservations(k: Kernel, verdict: Verdict): void {
  let delalloc = 0;
  for (let b = 0; b < k.g.blocks; b++) {
    if (k.extents.type(b) !== ExtentType.DELALLOC) continue;
    delalloc++;
    if (!isLeakedBlock(k, b)) continue;
    const from = cellOfBlock(k.g, b);
    verdict.record(Oracle.ACCOUNTING, from, cellOfBlock(k.g, b + 1), 0, ExtentType.DELALLOC, -1);
  }
  const reserved = k.s[Global.RESERVED] ?? 0;
  if (reserved !== delalloc) verdict.record(Oracle.ACCOUNTING, 0, 0, delalloc, reserved, -1);
}
