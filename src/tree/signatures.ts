/**
 * The signature of every toggle in which kernels differ: one entry each. A kernel that has neither side of a signature is
 * unknown there, and the entry is where to teach its shape. What no kernel has, or all have, needs none.
 */
import type { FixName } from "../kernel/versions/toggles.js";
import {
  ALLOCATE,
  CLEAN_UP,
  DISCARD,
  EOF_TEST,
  EXTEND,
  FILL,
  FILLS,
  FLUSH,
  FLUSH_NEW_EOF,
  GET_FOLIO,
  IOEND,
  ITERATION,
  LOOK_UP,
  MAPPING,
  SPLIT,
  STARTS_WRITEBACK,
  TRUNCATES_CACHE,
  TRUNCATION,
  USES_BUFFER_HEADS,
  WRITE,
  WRITE_BEGIN,
  WRITEBACK,
  XFS_BEGIN,
  XFS_END,
  ZERO,
  ZERO_EOF,
} from "./places.js";
import { all, inOrder, not, place, type Rule, shows, some } from "./signature.js";
import {
  ADDS_TO_IOEND,
  AOPS,
  FILEMAP,
  IO,
  MEMORY,
  XFS_BMAP,
  XFS_BMAP_UTIL,
  XFS_FILE,
  XFS_IEXT,
  XFS_INODE,
  XFS_IOMAP,
} from "./tree-files.js";

const zeroingFlushes = shows(ZERO, [FLUSH, "iomap_zero_iter_flush_and_stale ("], "IOMAP_UNWRITTEN ) return");
const truncationFlushes = shows(TRUNCATION, FLUSH_NEW_EOF, "xfs_truncate_page|iomap_truncate_page (");
const marksNothingUptodate = not(
  shows(
    place(IO, ...FILL.names, "iomap_read_page_sync", ...WRITE_BEGIN.names),
    ["iomap_set_range_uptodate (", USES_BUFFER_HEADS],
    "zero_user_segments|folio_zero_segments (",
  ),
);

const FALLOCATE = place(XFS_FILE, "__xfs_file_fallocate", "xfs_file_fallocate");
const PREPARE_SHIFT = place(XFS_BMAP_UTIL, "xfs_prepare_shift", "xfs_shift_file_space");
const RELEASE = place([XFS_FILE, XFS_INODE], "xfs_release", "xfs_file_release");

export const SIGNATURES: { readonly [N in FixName]?: Rule } = {
  validate: all(
    shows(WRITE_BEGIN, "iomap_valid (", FILLS),
    shows(place(XFS_IOMAP, "xfs_bmbt_to_iomap"), "validity_cookie", "isnullstartblock ("),
    shows(place(XFS_IOMAP, "xfs_iomap_valid"), "validity_cookie", []),
  ),
  "validate-after-lock": all(
    shows(WRITE_BEGIN, "iomap_valid (", FILLS),
    inOrder(
      WRITE_BEGIN,
      "__iomap_get_folio|iomap_get_folio|get_folio|__filemap_get_folio|grab_cache_page_write_begin (",
      "iomap_valid (",
    ),
    inOrder(WRITE_BEGIN, "iomap_valid (", "__iomap_write_begin ("),
  ),
  "cookie-under-ilock": all(
    shows(XFS_BEGIN, "xfs_iomap_inode_sequence (", "xfs_bmapi_reserve_delalloc ("),
    inOrder(XFS_BEGIN, "xfs_iomap_inode_sequence (", "xfs_iunlock (", "found_imap :"),
  ),
  "remap-on-zero-progress": shows(
    ITERATION,
    ["&& ! stale", "! stale &&", "! written && ... IOMAP_F_STALE"],
    ["iter -> processed <= 0", "( ! iter -> processed )", "|| ! advanced", "written = actor ("],
  ),
  "punch-skips-dirty": shows(CLEAN_UP, "mapping_seek_hole_data (", TRUNCATES_CACHE),
  "punch-under-invalidate-lock": shows(
    CLEAN_UP,
    ["filemap_invalidate_lock (", "XFS_MMAPLOCK_EXCL"],
    TRUNCATES_CACHE,
  ),
  "punch-on-stale": not(shows(XFS_END, "IOMAP_F_STALE", ["IOMAP_F_NEW", "written ,"])),
  "propagate-new": shows(ITERATION, "IOMAP_F_NEW", [
    "IOMAP_F_STALE",
    "iter -> processed",
    "written = actor (",
  ]),
  "scan-limit-eof": shows(CLEAN_UP, "scan_end_byte = min ( i_size_read", [
    TRUNCATES_CACHE,
    "scan_end_byte =",
  ]),
  "complete-before-end-writeback": inOrder(
    IOEND,
    "xfs_iomap_write_unwritten (",
    "iomap_finish_ioends|xfs_destroy_ioend (",
  ),
  "seq-bump-on-convert": shows(
    place(XFS_IEXT, "xfs_iext_update_extent"),
    ["xfs_iext_inc_seq (", "if_seq"],
    "xfs_iext_set (",
  ),
  "discard-end": not(shows(DISCARD, "round_up ( pos", "xfs_bmap_punch_delalloc_range (")),
  "eof-punch-cure": shows(CLEAN_UP, "scan_end_byte = ... round_up (", ["scan_end_byte =", TRUNCATES_CACHE]),
  "short-copy-cure": marksNothingUptodate,
  "zeroing-flushes-dirty": zeroingFlushes,
  "fault-in-partial": shows(
    WRITE,
    "fault_in_iov_iter_readable ( i , bytes ) == bytes",
    "iov_iter_fault_in_readable|fault_in_iov_iter_readable ( i , bytes ) )",
  ),
  "dirty-per-block": shows(
    place(IO, "__iomap_write_end", ...WRITE_BEGIN.names),
    ["iomap_set_range_dirty|ifs_set_range_dirty (", USES_BUFFER_HEADS],
    "iomap_set_page_dirty|filemap_dirty_folio|__set_page_dirty_nobuffers (",
  ),
  "write-large-folios": shows(GET_FOLIO, "fgf_set_order (", [
    "grab_cache_page_write_begin (",
    "FGP_CREAT",
    "FGP_WRITEBEGIN",
  ]),
  "zeroing-keeps-isize": not(
    shows(
      place(IO, "__iomap_write_end", "iomap_write_end", "iomap_write_iter"),
      ["i_size_write ( ... , pos + ret", "generic_write_end|__generic_write_end ("],
      "i_size_write ( ... , pos + written|status",
    ),
  ),
  "zero-convert-post-eof": shows(XFS_BEGIN, "goto convert_delay", "xfs_bmapi_reserve_delalloc ("),
  "zero-eof-in-memory": shows(ZERO, "iter . len = plen", ["iomap_zero_iter (", "iomap_zero_range_actor )"]),
  "truncdown-flush-eof": some(truncationFlushes, zeroingFlushes),
  "truncdown-zero-flushes": all(not(truncationFlushes), zeroingFlushes),
  "truncate-sets-size-first": inOrder(TRUNCATION, "truncate_setsize (", [
    `${FLUSH} ... i_disk_size`,
    `${FLUSH} ... di_size`,
  ]),
  "isize-extend-write-protects": shows(EXTEND, "page_mkclean|folio_mkclean (", "round_up ( from"),
  "bmapi-write-trims-delalloc": not(
    shows(ALLOCATE, "bma -> length = ... got . br_blockcount", "bma -> minlen ="),
  ),
  "flush-empty-range-noop": shows(
    place(FILEMAP, "filemap_write_and_wait_range"),
    "if ( lend < lstart ) return 0",
    "lstart , lend",
  ),
  "isize-extend-zeroes": shows(EXTEND, "folio_zero_segment|zero_user_segment (", "round_up ( from"),
  "split-nonuniform": shows(SPLIT, "folio_split|try_folio_split|try_folio_split_to_order (", [
    "split_folio (",
    "zero_user_segment (",
  ]),
  // The third was in the file of ioends from the start, when the first was not yet.
  "ioend-clamps-to-eof": shows(
    place([...ADDS_TO_IOEND, ...AOPS], "iomap_add_to_ioend", "xfs_add_to_ioend", "iomap_finish_ioends"),
    "io_size = end_pos -",
    "io_size += len|map_len|bh",
  ),
  "fault-maps-folio": not(
    shows(
      place(MEMORY, "finish_fault"),
      ["vma_is_anon_shmem|vma_is_shmem|alloc_set_pte|do_set_pte (", "set_pte_range ( vmf , folio , page , 1"],
      "set_pte_range ( ... , nr_pages",
    ),
  ),
  "stale-no-write-failed": not(shows(WRITE_BEGIN, "iomap_write_failed (", "__iomap_write_begin (")),
  "eof-zero-takes-invalidate-lock": all(
    shows(ZERO_EOF, "XFS_MMAPLOCK_EXCL", "xfs_zero_range|iomap_zero_range ("),
    inOrder(ZERO_EOF, "XFS_MMAPLOCK_EXCL", "xfs_zero_range|iomap_zero_range ("),
  ),
  "wb-past-eof-skip": shows(EOF_TEST, ["goto unlock", "return false"], "goto redirty"),
  "wb-submits-at-once": inOrder(WRITEBACK, STARTS_WRITEBACK, MAPPING),
  "wb-maps-ranges": shows(WRITEBACK, "iomap_find_dirty_range (", MAPPING),
  "write-large-chunks": shows(WRITE, "min ( chunk - offset", "PAGE_SIZE - offset"),
  "short-copy-no-write-failed": shows(
    place(IO, "iomap_write_iter", "iomap_write_end"),
    "written == 0 ) ) { iomap_write_failed (",
    "ret|status|written < len|bytes ) iomap_write_failed (",
  ),
  "error-per-description": shows(
    place(FILEMAP, "file_write_and_wait_range"),
    "file_check_and_advance_wb_err (",
    "filemap_check_errors (",
  ),
  "zeroing-flushes-eof-page": shows(
    place(XFS_BMAP_UTIL, "xfs_free_file_space"),
    "LLONG_MAX",
    "xfs_zero_range|iomap_zero_range (",
  ),
  "falloc-allocates-on": shows(
    place(XFS_BMAP_UTIL, "xfs_alloc_file_space"),
    // Kernels in between ask for more where they got nothing, and know no ENOSR.
    ["- ENOSR", "if ( nimaps ) {"],
    "nimaps == 0",
  ),
  "release-rescans": shows(CLEAN_UP, "data_end == start_byte ) continue", [
    "mapping_seek_hole_data (",
    TRUNCATES_CACHE,
  ]),
  "zero-convert-looks-again": shows(XFS_BEGIN, "error == - EAGAIN", "xfs_bmapi_reserve_delalloc ("),
  "zero-hole-no-flush": shows(ZERO, "range_dirty && srcmap -> type == IOMAP_UNWRITTEN", [
    "iomap_zero_iter (",
    "iomap_zero_range_actor )",
  ]),
  "zero-folio-batch": shows(XFS_BEGIN, "iomap_fill_dirty_folios (", "xfs_bmapi_reserve_delalloc ("),
  "invalidate-clears-dirty": shows(
    place([...IO, ...AOPS], "iomap_invalidate_folio", "iomap_invalidatepage", "xfs_vm_invalidatepage"),
    "iomap_clear_range_dirty (",
    "folio_cancel_dirty|cancel_dirty_page|block_invalidatepage (",
  ),
  "zeroed-uptodate-at-end": some(
    marksNothingUptodate,
    shows(place(IO, ...FILL.names, ...WRITE_BEGIN.names), "; iomap_set_range_uptodate (", [
      "} iomap_set_range_uptodate (",
      "iomap_read_page_sync (",
      USES_BUFFER_HEADS,
    ]),
  ),
  "write-error-ends-iteration": shows(WRITE, "return status ;", "? written|total_written|0 : status ;"),
  "delalloc-to-unwritten": shows(
    place(
      [XFS_BMAP, XFS_IOMAP],
      "xfs_bmapi_convert_one_delalloc",
      "xfs_bmapi_convert_delalloc",
      "xfs_iomap_write_allocate",
    ),
    "bma . flags = XFS_BMAPI_PREALLOC ;",
    ["bma . wasdel =", "xfs_bmapi_write ("],
  ),
  "append-under-iolock": inOrder(
    place(XFS_FILE, "xfs_file_buffered_write", "xfs_file_buffered_aio_write"),
    "xfs_ilock|xfs_ilock_iocb|xfs_rw_ilock (",
    "xfs_file_write_checks|xfs_file_aio_write_checks (",
  ),
  "shift-flushes-cache": shows(
    PREPARE_SHIFT,
    ["xfs_flush_unmap_range (", "invalidate_inode_pages2_range ("],
    "xfs_free_eofblocks (",
  ),
  "release-under-iolock": shows(RELEASE, "xfs_ilock_nowait (", "xfs_free_eofblocks ("),
  "release-trims-once": shows(RELEASE, "XFS_EOFBLOCKS_RELEASED", "XFS_IDIRTY_RELEASE"),
  "eofblocks-keeps-prealloc": shows(
    place(XFS_BMAP_UTIL, "xfs_free_eofblocks"),
    "xfs_bmap_punch_delalloc_range (",
    "xfs_itruncate_extents_flags|xfs_itruncate_extents (",
  ),
  "falloc-rounds-tail": shows(
    place(XFS_BMAP_UTIL, "xfs_alloc_file_space"),
    "endoffset_fsb =",
    "allocatesize_fsb =",
  ),
  "punch-flush-eof-page": not(
    shows(place(XFS_BMAP_UTIL, "xfs_free_file_space"), "& ~ PAGE_MASK", [
      "LLONG_MAX",
      "xfs_zero_range|iomap_zero_range (",
    ]),
  ),
  "wb-validates-seq": shows(place(AOPS, "xfs_imap_valid", "xfs_map_blocks"), "data_seq", [
    "xfs_trim_extent_eof (",
    "imap -> br_startoff",
  ]),
  "mkwrite-length-to-eof": not(
    shows(place(IO, "iomap_page_mkwrite"), "> size - PAGE_SIZE", [
      "page_mkwrite_check_truncate|folio_mkwrite_check_truncate (",
      "length = PAGE_SIZE",
    ]),
  ),
  "discard-on-partial-error": not(
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
  "wb-error-keeps-folio": all(
    not(
      shows(
        DISCARD,
        "iomap_invalidatepage|iomap_invalidate_folio|xfs_vm_invalidatepage (",
        "xfs_bmap_punch_delalloc_range (",
      ),
    ),
    not(shows(WRITEBACK, "ClearPageUptodate|folio_clear_uptodate (", "mapping_set_error (")),
  ),
  "wb-type-from-buffers": shows(WRITEBACK, "buffer_unwritten (", MAPPING),
  "rwf-dontcache": shows(GET_FOLIO, "FGP_DONTCACHE", [
    "fgf_set_order (",
    "grab_cache_page_write_begin (",
    "FGP_CREAT",
    "FGP_WRITEBEGIN",
  ]),
  // What a write ends with is in a header; this is what it leaves to be counted.
  "dontcache-kicks-flusher": shows(LOOK_UP, "WB_DONTCACHE_DIRTY", "FGP_LOCK"),
  "falloc-flushes-first": shows(FALLOCATE, "xfs_flush_unmap_range (", "xfs_free_file_space ("),
  "shift-flushes-from-before": shows(PREPARE_SHIFT, "offset -=", "xfs_free_eofblocks ("),
  "insert-flushes-eof": shows(
    place(XFS_FILE, "xfs_falloc_insert_range", ...FALLOCATE.names),
    `${FLUSH} ... isize , isize )`,
    ["xfs_insert_file_space (", "xfs_free_file_space ("],
  ),
  "falloc-write-zeroes": shows(FALLOCATE, "FALLOC_FL_WRITE_ZEROES", "xfs_free_file_space ("),
  "fill-takes-invalidate-lock": shows(
    place(FILEMAP, "filemap_fault"),
    "filemap_invalidate_lock_shared (",
    "do_sync_mmap_readahead (",
  ),
};
