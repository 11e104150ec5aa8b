/** The files of a kernel that signatures look into. */

export const IO = ["fs/iomap/buffered-io.c", "fs/iomap.c"];
export const ADDS_TO_IOEND = ["fs/iomap/ioend.c", ...IO];
export const ITER = ["fs/iomap/iter.c", "fs/iomap/apply.c", "fs/iomap.c"];
export const AOPS = ["fs/xfs/xfs_aops.c", "fs/xfs/xfs_ioend.c"];
export const XFS_IOMAP = "fs/xfs/xfs_iomap.c";
export const XFS_FILE = "fs/xfs/xfs_file.c";
export const XFS_IOPS = "fs/xfs/xfs_iops.c";
export const XFS_BMAP = "fs/xfs/libxfs/xfs_bmap.c";
export const XFS_BMAP_UTIL = "fs/xfs/xfs_bmap_util.c";
export const XFS_IEXT = "fs/xfs/libxfs/xfs_iext_tree.c";
export const XFS_INODE = "fs/xfs/xfs_inode.c";
export const TRUNCATE = "mm/truncate.c";
export const FILEMAP = "mm/filemap.c";
export const MEMORY = "mm/memory.c";

/** What is read of a kernel: of each line one file at least has to be there. */
export const TREE_FILES: readonly (readonly string[])[] = [
  IO,
  // In newer trees a file of its own.
  ADDS_TO_IOEND,
  ITER,
  ADDS_TO_IOEND,
  AOPS,
  // Before 6.12 a close is in xfs_inode.c, later in xfs_file.c.
  [XFS_FILE, XFS_INODE],
  ...[XFS_IOMAP, XFS_FILE, XFS_IOPS, XFS_BMAP, XFS_BMAP_UTIL, XFS_IEXT, TRUNCATE, FILEMAP, MEMORY].map(
    (file) => [file],
  ),
];

/** Newer trees have this file without any function that is looked for. */
export const MAY_DEFINE_NOTHING: ReadonlySet<string> = new Set([XFS_INODE]);
