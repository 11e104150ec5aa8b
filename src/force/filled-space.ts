/** The free space of the file system after a program has taken all of it: what the file gives back is free again. */
import type { Kernel } from "../kernel/machine/kernel.js";
import type { Thread } from "../kernel/machine/thread.js";
import { ExtentType } from "../kernel/objects/extent-types.js";

/** Blocks that may be left when free space is taken: filling up to the last one would make XFS write everything back. */
const SLACK = 16;

export class FilledSpace {
  /** Blocks that the file had when free space was taken. */
  readonly #used: number;

  constructor(k: Kernel) {
    this.#used = usedBlocks(k);
  }

  /** Whether there is room for the blocks that the thread wants. */
  fits(k: Kernel, t: Thread): boolean {
    return wantedBlocks(k, t) <= this.#free(k);
  }

  /** Whether a real file system would say the same: it wants clearly more than there can be. */
  isClear(k: Kernel, t: Thread): boolean {
    return k.opOf(t).kind === "write" && wantedBlocks(k, t) > this.#free(k) + SLACK;
  }

  #free(k: Kernel): number {
    return this.#used - usedBlocks(k);
  }
}

function wantedBlocks(k: Kernel, t: Thread): number {
  const block = k.blockOfCell(t.pos);
  return Math.min(k.blockRoundUp(t.end), k.extents.recordEnd(block)) - block;
}

function usedBlocks(k: Kernel): number {
  let n = 0;
  for (let b = 0; b < k.g.blocks; b++) if (k.extents.type(b) !== ExtentType.HOLE) n++;
  return n;
}
