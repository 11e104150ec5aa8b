/**
 * Backing: writeback never finds a hole below EOF under a block that a write or a fault dirtied since the folio was
 * last written back.
 */

import type { Kernel } from "../kernel/machine/kernel.js";
import { V } from "../kernel/objects/values.js";
import { expected } from "./ghost.js";
import { BACKING, type Verdict } from "./violations.js";

export function judgeHole(k: Kernel, verdict: Verdict, block: number, thread: number): void {
  const from = k.g.blockCell[block]!;
  if (from >= k.isize) return;
  const to = Math.min(k.g.blockCell[block + 1]!, k.isize);
  verdict.record(BACKING, from, to, expected(k, from), 0, thread);
}

/** Whether the block is backed now; the rule may be broken for a while between punch and remap. */
export function isBacked(k: Kernel, block: number): boolean {
  return !(
    k.extents.type(block) === V.HOLE &&
    k.folios.blockHas(block, V.BLOCK_DIRTIED) &&
    k.folios.has(k.folios.pageOf(block), V.DIRTY) &&
    k.g.blockCell[block]! < k.isize
  );
}
