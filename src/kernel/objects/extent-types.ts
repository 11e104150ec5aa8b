/**
 * What the extent tree says of one block: its type (xfs_bmbt_irec: br_startblock and br_state) and flags, in one byte.
 */

export const enum ExtentType {
  HOLE = 0,
  DELALLOC = 1,
  UNWRITTEN = 2,
  WRITTEN = 3,
}

/** Names by type, as traces print them. */
export const EXTENT_NAMES: readonly string[] = ["HOLE", "DELALLOC", "UNWRITTEN", "WRITTEN"];

/** Bits beside the type. */
export const enum ExtentFlag {
  /** The bits that hold the type. */
  TYPE_MASK = 3,
  /** On a real block whose predecessor in the file is not its predecessor on disk: a record starts here. */
  BREAK = 4,
  /** On a delalloc block that xfs_iomap_prealloc_size() added past the end of a write. */
  PREALLOC = 8,
  /** On a block before which pages are not modelled: the record of the block before them reaches over them to this one. */
  JOINED = 16,
}
