/** The free space of the file system after a program has taken all of it: what the file gives back is free again. */
import type { Kernel } from "../kernel/machine/kernel.js";
import type { Thread } from "../kernel/machine/thread.js";
import { ExtentType } from "../kernel/objects/extent-types.js";

/** Blocks that may be left when free space is taken: filling up to the last one would make XFS write everything back. */
const SLACK = 16;

/**
 * Whether the thread's write wants clearly more blocks than there can be, when the file had `usedThen` as free space was
 * taken: only then does a real file system say the same.
 */
export function wantsTooMuch(k: Kernel, t: Thread, usedThen: number): boolean {
  const block = k.blockOfCell(t.pos);
  const wanted = Math.min(k.blockRoundUp(t.end), k.extents.recordEnd(block)) - block;
  return k.opOf(t).kind === "write" && wanted > usedThen - usedBlocks(k) + SLACK;
}

export function usedBlocks(k: Kernel): number {
  let n = 0;
  for (let b = 0; b < k.g.blocks; b++) if (k.extents.type(b) !== ExtentType.HOLE) n++;
  return n;
}
