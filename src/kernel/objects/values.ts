/**
 * The small integers that the model computes with: what a cell can hold, what an extent can be, what a folio and a
 * block can be marked with. All fit a byte.
 */

export const enum V {
  /** What one cell of cache or disk holds. Data ids start at FIRST_DATA, one per write or store of the program. */
  ZERO = 0,
  /** Fresh page memory that nobody filled. */
  UNINITIALISED = 1,
  /** What a free disk block held before; the block is the cell's own. */
  GARBAGE = 2,
  FIRST_DATA = 3,

  /** Extent types of one block (xfs_bmbt_irec: br_startblock and br_state). */
  HOLE = 0,
  DELALLOC = 1,
  UNWRITTEN = 2,
  WRITTEN = 3,
  EXTENT_TYPE_MASK = 3,
  /** Set on a real block whose predecessor in the file is not its predecessor on disk: a record starts here. */
  EXTENT_BREAK = 4,
  /** Set on a delalloc block that xfs_iomap_prealloc_size() added past the end of a write. */
  EXTENT_PREALLOC = 8,

  /** Folio flags (struct folio, page tables of the one shared mapping). */
  PRESENT = 1,
  UPTODATE = 2,
  DIRTY = 4,
  WRITEBACK = 8,
  PTE_PRESENT = 16,
  PTE_WRITABLE = 32,
  /** Between clear_page_dirty_for_io() and folio_start_writeback(): not dirty, but still tagged so in the page cache. */
  TAGGED = 64,
  /** The page belongs to the same folio as the page before it. */
  TAIL = 128,

  /** Block flags (struct iomap_page / iomap_folio_state). DIRTIED: write_end or page_mkwrite dirtied the block since
   * the folio was last written back; kernels without per-block dirty bits do not look at it. */
  BLOCK_UPTODATE = 1,
  BLOCK_DIRTIED = 2,
  BLOCK_WRITEBACK = 4,
  /** Dirty bit of struct iomap_folio_state, on kernels that have it; unlike DIRTIED it is also set past EOF. */
  BLOCK_DIRTY = 8,
  /** On the first block of a folio: per-block state is attached to it; only kept where that makes a difference. */
  BLOCK_STATE = 16,

  /** struct iomap flags of a cached map. */
  IOMAP_F_NEW = 1,
  IOMAP_F_STALE = 2,
  /** The NEW flag of a stale map that RFC v1 hands to the next ->iomap_begin. */
  IOMAP_F_INHERITED_NEW = 4,

  /** Validity cookie of a cached map: not sampled, equal to if_seq, or if_seq was bumped since. */
  COOKIE_NONE = 0,
  COOKIE_CURRENT = 1,
  COOKIE_BUMPED = 2,

  /** Errors that a call can return; 0 is success. */
  EFAULT = 1,
  ENOSPC = 2,
  EINTR = 3,
  EIO = 4,
  SIGBUS = 5,
  EAGAIN = 6,
  EFBIG = 7,
  EINVAL = 8,

  /** Second value that the ghost file allows for a cell; ALSO + v allows value v. */
  ALSO_NOTHING = 0,
  /** Any data or zero: the result is undefined (never garbage or uninitialised). */
  ALSO_ANY = 1,
  /** Lost with a reported error: content is not judged until the next write. */
  ALSO_LOST = 2,
  ALSO = 3,
}

export const EXTENT_NAMES: readonly string[] = ["HOLE", "DELALLOC", "UNWRITTEN", "WRITTEN"];

export const ERROR_NAMES: readonly string[] = [
  "ok",
  "EFAULT",
  "ENOSPC",
  "EINTR",
  "EIO",
  "SIGBUS",
  "EAGAIN",
  "EFBIG",
  "EINVAL",
];
