/** The disk of a recording: what is free on it, and what is busy where it starts. */
import type * as P from "../../kernel/machine/program.js";

/** The disk at the start, however long the replay. */
export type StartDisk = Omit<P.ModelDisk, "blocks">;

const FAR = 1 << 30;

/**
 * A new image of recordings that do not say what was free, as mkfs.xfs 6.1 lays it out: a gap before the inodes, and
 * the rest. For other block sizes one free region.
 */
export function recordingDisk(block: number): Pick<StartDisk, "free" | "inode"> {
  if (block !== 1024 && block !== 4096) return { free: [[0, FAR]], inode: 0 };
  const [gap, rest, inode] = block === 1024 ? ([[11, 32], 64, 33] as const) : ([[10, 16], 24, 16] as const);
  return { free: [gap, [rest, FAR]], inode };
}
