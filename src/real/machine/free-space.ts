/**
 * Where the first file of a fresh image will lie: the free extents of its first allocation group and the block of its
 * inode, as xfs_db tells them. A replay needs that to know which records are neighbours on disk.
 */
import { mustRun, type Surroundings } from "./run-command.js";

export interface FreeSpace {
  /** Free extents `[from, to)` of disk blocks, ascending. */
  readonly free: readonly (readonly [number, number])[];
  /** Disk block of the inode. */
  readonly inode: number;
}

/** Inodes of a fresh file system: root, two of the realtime device, then the first file's. */
const FIRST_FILE = 3;

export async function freeSpaceOf(image: string, place?: Surroundings): Promise<FreeSpace> {
  const commands = ["freesp -d -a 0", "agf 0", "p flcount", "sb 0", "p rootino inopblock"];
  const args = commands.flatMap((command) => ["-c", command]);
  return parseFreeSpace(await mustRun("xfs_db", ["-r", ...args, image], place));
}

/** The blocks kept for growing the free space btrees are listed first, one by one. */
export function parseFreeSpace(text: string): FreeSpace {
  const number = (name: string) =>
    Number(new RegExp(`^${name} = (\\d+)$`, "m").exec(text)?.[1] ?? Number.NaN);
  const listed = [...text.matchAll(/^ +0 +(\d+) +(\d+) *$/gm)].map(
    ([, from, n]) => [Number(from), Number(n)] as const,
  );
  const free = listed.slice(number("flcount")).map(([from, n]) => [from, from + n] as const);
  const inode = Math.floor((number("rootino") + FIRST_FILE) / number("inopblock"));
  if (free.length === 0 || Number.isNaN(inode))
    throw new Error(`xfs_db says nothing of free space: ${text.slice(0, 200)}`);
  return { free: free.toSorted(([a], [b]) => a - b), inode };
}
