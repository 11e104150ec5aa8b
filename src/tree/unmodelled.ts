/**
 * Differences between kernels that the model has no toggle for, with their signatures: a tree that has them otherwise than
 * the model is said to.
 */
import {
  AOPS,
  CLEAN_UP,
  DISCARD,
  FILEMAP,
  IO,
  TRUNCATE,
  TRUNCATES_CACHE,
  WRITEBACK,
  XFS_BMAP,
  XFS_BMAP_UTIL,
  XFS_IOMAP,
} from "./places.js";
import { all, not, place, type Rule, shows } from "./signature.js";

/** A difference between kernels that the model has no toggle for. */
export interface Unmodelled {
  /** What every kernel of the model does; undefined where it makes no difference to it. */
  readonly usual: boolean | undefined;
  readonly rule: Rule;
}

/** By name; what becomes a toggle of the model moves to signatures.ts. */
export const UNMODELLED: { readonly [name: string]: Unmodelled } = {
  "delalloc-to-unwritten": {
    usual: true,
    rule: shows(
      place(
        [XFS_BMAP, XFS_IOMAP],
        "xfs_bmapi_convert_one_delalloc",
        "xfs_bmapi_convert_delalloc",
        "xfs_iomap_write_allocate",
      ),
      "bma . flags = XFS_BMAPI_PREALLOC ;",
      ["bma . wasdel =", "xfs_bmapi_write ("],
    ),
  },
  "falloc-rounds-tail": {
    usual: true,
    rule: shows(place(XFS_BMAP_UTIL, "xfs_alloc_file_space"), "endoffset_fsb =", "allocatesize_fsb ="),
  },
  "punch-flush-eof-page": {
    usual: true,
    rule: not(shows(place(XFS_BMAP_UTIL, "xfs_free_file_space"), "& ~ PAGE_MASK", "LLONG_MAX")),
  },
  "wb-validates-seq": {
    usual: true,
    rule: shows(place(AOPS, "xfs_imap_valid", "xfs_map_blocks"), "data_seq", [
      "xfs_trim_extent_eof (",
      "imap -> br_startoff",
    ]),
  },
  "mkwrite-length-to-eof": {
    usual: true,
    rule: not(
      shows(place(IO, "iomap_page_mkwrite"), "> size - PAGE_SIZE", [
        "page_mkwrite_check_truncate|folio_mkwrite_check_truncate (",
        "length = PAGE_SIZE",
      ]),
    ),
  },
  "discard-on-partial-error": {
    usual: true,
    rule: not(
      shows(
        place(WRITEBACK.files, "iomap_writepage_map_blocks", ...WRITEBACK.names, "xfs_writeback_range"),
        [
          "if ( ! count ) { xfs_aops_discard_page (",
          "else if ( error ) { xfs_aops_discard_page (",
          "if ( ! count ) { if ( wpc -> ops -> discard_page",
        ],
        "discard_page|discard_folio|xfs_discard_folio (",
      ),
    ),
  },
  "wb-error-keeps-folio": {
    usual: undefined,
    rule: all(
      not(
        shows(
          DISCARD,
          "iomap_invalidatepage|iomap_invalidate_folio|xfs_vm_invalidatepage (",
          "xfs_bmap_punch_delalloc_range (",
        ),
      ),
      not(shows(WRITEBACK, "ClearPageUptodate|folio_clear_uptodate (", "mapping_set_error (")),
    ),
  },
  "fill-takes-invalidate-lock": {
    usual: undefined,
    rule: shows(
      place(FILEMAP, "filemap_fault"),
      "filemap_invalidate_lock_shared (",
      "do_sync_mmap_readahead (",
    ),
  },
  "split-failure-unmaps": {
    usual: undefined,
    rule: shows(
      place(TRUNCATE, "truncate_inode_partial_folio", "truncate_inode_pages_range"),
      "try_folio_split_or_unmap|folio_split_or_unmap (",
      ["split_folio|try_folio_split|folio_split|try_folio_split_to_order (", "zero_user_segment ("],
    ),
  },
  "release-rescans": {
    usual: undefined,
    rule: shows(CLEAN_UP, "data_end == start_byte ) continue", ["mapping_seek_hole_data (", TRUNCATES_CACHE]),
  },
};
