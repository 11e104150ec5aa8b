/**
 * The small integers that the model computes with: what a cell can hold, what an extent can be, what a folio and a
 * block can be marked with. All fit a byte.
 */

/** What one cell of cache or disk holds. Data ids start at FIRST_DATA, one per write or store of the program. */
export const ZERO = 0;
/** Fresh page memory that nobody filled. */
export const UNINITIALISED = 1;
/** What a free disk block held before; the block is the cell's own. */
export const GARBAGE = 2;
export const FIRST_DATA = 3;

/** Extent types of one block (xfs_bmbt_irec: br_startblock and br_state). */
export const HOLE = 0;
export const DELALLOC = 1;
export const UNWRITTEN = 2;
export const WRITTEN = 3;
export const EXTENT_TYPE_MASK = 3;
/** Set on a real block whose predecessor in the file is not its predecessor on disk: a record starts here. */
export const EXTENT_BREAK = 4;
/** Set on a delalloc block that xfs_iomap_prealloc_size() added past the end of a write. */
export const EXTENT_PREALLOC = 8;

export const EXTENT_NAMES: readonly string[] = ["HOLE", "DELALLOC", "UNWRITTEN", "WRITTEN"];

/** Folio flags (struct folio, page tables of the one shared mapping). */
export const PRESENT = 1;
export const UPTODATE = 2;
export const DIRTY = 4;
export const WRITEBACK = 8;
export const PTE_PRESENT = 16;
export const PTE_WRITABLE = 32;
/** Between clear_page_dirty_for_io() and folio_start_writeback(): not dirty, but still tagged so in the page cache. */
export const TAGGED = 64;
/** The page belongs to the same folio as the page before it. */
export const TAIL = 128;

/** Block flags (struct iomap_page / iomap_folio_state). DIRTIED: write_end or page_mkwrite dirtied the block since
 * the folio was last written back; kernels without per-block dirty bits do not look at it. */
export const BLOCK_UPTODATE = 1;
export const BLOCK_DIRTIED = 2;
export const BLOCK_WRITEBACK = 4;
/** Dirty bit of struct iomap_folio_state, on kernels that have it; unlike DIRTIED it is also set past EOF. */
export const BLOCK_DIRTY = 8;
/** On the first block of a folio: per-block state is attached to it; only kept where that makes a difference. */
export const BLOCK_STATE = 16;

/** struct iomap flags of a cached map. */
export const IOMAP_F_NEW = 1;
export const IOMAP_F_STALE = 2;
/** The NEW flag of a stale map that RFC v1 hands to the next ->iomap_begin. */
export const IOMAP_F_INHERITED_NEW = 4;

/** Validity cookie of a cached map: not sampled, equal to if_seq, or if_seq was bumped since. */
export const COOKIE_NONE = 0;
export const COOKIE_CURRENT = 1;
export const COOKIE_BUMPED = 2;

/** Errors that a call can return; 0 is success. */
export const EFAULT = 1;
export const ENOSPC = 2;
export const EINTR = 3;
export const EIO = 4;
export const SIGBUS = 5;
export const EAGAIN = 6;
export const EFBIG = 7;
export const EINVAL = 8;
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

/** Second value that the ghost file allows for a cell; ALSO + v allows value v. */
export const ALSO_NOTHING = 0;
/** Any data or zero: the result is undefined (never garbage or uninitialised). */
export const ALSO_ANY = 1;
/** Lost with a reported error: content is not judged until the next write. */
export const ALSO_LOST = 2;
export const ALSO = 3;
