/**
 * Backing: writeback never finds a hole below EOF under a block that a write or a fault dirtied since the folio was
 * last written back.
 */

import { cellOfBlock } from "../kernel/machine/geometry.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { ExtentType } from "../kernel/objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../kernel/objects/folios.js";
import { Oracle } from "../kernel/oracle-table.js";
import { expected } from "./ghost.js";
import type { Verdict } from "./violations.js";

export function judgeHole(k: Kernel, verdict: Verdict, block: number, thread: number): void {
  const from = cellOfBlock(k.g, block);
  if (from >= k.isize) return;
  const to = Math.min(cellOfBlock(k.g, block + 1), k.isize);
  verdict.record(Oracle.BACKING, from, to, expected(k, from), 0, thread);
}

/** Whether the block is backed now; the rule may be broken for a while between punch and remap. */
export function isBacked(k: Kernel, block: number): boolean {
  return !(
    k.extents.type(block) === ExtentType.HOLE &&
    k.folios.blockHas(block, BlockFlag.DIRTIED) &&
    k.folios.has(k.folios.pageOf(block), FolioFlag.DIRTY) &&
    cellOfBlock(k.g, block) < k.isize
  );
}
