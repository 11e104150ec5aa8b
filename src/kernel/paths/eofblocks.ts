/**
 * Blocks past EOF that nobody wrote: speculative preallocation, freed where extents are about to move and at a close
 * (xfs_can_free_eofblocks(), xfs_free_eofblocks(), fs/xfs/xfs_bmap_util.c), but for what fallocate put there.
 */
import type { Kernel } from "../machine/kernel.js";
import { Global } from "../machine/layout.js";
import type { Thread } from "../machine/thread.js";

/** Flags of the inode, kept in the state where an operation of the program asks for them. */
export const enum InodeFlag {
  /** XFS_DIFLAG_PREALLOC: somebody called fallocate. */
  PREALLOC = 1,
  /** XFS_ITRUNCATED: a truncate has taken blocks away since the last close or writeback. */
  TRUNCATED = 2,
  /** XFS_EOFBLOCKS_RELEASED, or XFS_IDIRTY_RELEASE before 6.12: closes free nothing any more. */
  RELEASED = 4,
  /** The last writeback error of the mapping has not been reported to anybody (ERRSEQ_SEEN is clear). */
  ERROR_UNSEEN = 8,
}

export function setInodeFlag(k: Kernel, flag: InodeFlag): void {
  if (k.layout.hasInodeFlags) k.s[k.layout.inodeFlags]! |= flag;
}

export function clearInodeFlag(k: Kernel, flag: InodeFlag): void {
  if (k.layout.hasInodeFlags) k.s[k.layout.inodeFlags]! &= ~flag;
}

export function hasInodeFlag(k: Kernel, flag: InodeFlag): boolean {
  return k.layout.hasInodeFlags && (k.s[k.layout.inodeFlags]! & flag) !== 0;
}

/** Both functions, under ILOCK; the caller has IOLOCK exclusive. Of a preallocated file delalloc alone goes. */
export function freeEofblocks(k: Kernel, t: Thread): void {
  const from = k.blockRoundUp(k.isize);
  const { blocks } = k.g;
  const isPreallocated = hasInodeFlag(k, InodeFlag.PREALLOC);
  k.ilock.acquire(t);
  if (!isPreallocated || (!k.fixes.eofblocksKeepsPrealloc && k.s[Global.RESERVED] !== 0))
    k.extents.unmap(from, blocks);
  else k.extents.punchDelalloc(from, blocks);
  k.ilock.release(t);
}
