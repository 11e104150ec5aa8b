/**
 * Where in the files of a kernel signatures look: the functions there by each name that they have had from Linux 4.18
 * to 7.3, and patterns that several signatures have in common.
 */
import { place } from "./signature.js";
import { AOPS, FILEMAP, IO, ITER, TRUNCATE, XFS_BMAP, XFS_FILE, XFS_IOMAP, XFS_IOPS } from "./tree-files.js";

export const WRITE_BEGIN = place(IO, "iomap_write_begin");
export const FILL = place(IO, "__iomap_write_begin");
export const WRITE = place(IO, "iomap_write_iter", "iomap_write_actor");
export const GET_FOLIO = place(IO, "iomap_get_folio", "iomap_write_begin");
export const ZERO = place(IO, "iomap_zero_range", "iomap_zero_iter", "iomap_zero_range_actor");
export const WRITEBACK = place(
  [...IO, ...AOPS],
  "iomap_writeback_folio",
  "iomap_writepage_map",
  "xfs_writepage_map",
);
export const ITERATION = place(
  ITER,
  "iomap_iter",
  "iomap_iter_advance",
  "iomap_iter_continue",
  "iomap_apply",
);
export const XFS_BEGIN = place(XFS_IOMAP, "xfs_buffered_write_iomap_begin", "xfs_file_iomap_begin_delay");
export const XFS_END = place(XFS_IOMAP, "xfs_buffered_write_iomap_end", "xfs_file_iomap_end_delalloc");
/** What runs from ->iomap_end of a write to the punch: in iomap, in XFS, or in both. */
export const CLEAN_UP = place(
  [...IO, XFS_IOMAP],
  "iomap_write_delalloc_release",
  "xfs_iomap_write_delalloc_release",
  "iomap_file_buffered_write_punch_delalloc",
  ...XFS_END.names,
  "xfs_buffered_write_delalloc_punch",
);
export const IOEND = place(AOPS, "xfs_end_ioend_write", "xfs_end_ioend", "xfs_end_io");
export const DISCARD = place(AOPS, "xfs_discard_folio", "xfs_discard_page", "xfs_aops_discard_page");
export const TRUNCATION = place(XFS_IOPS, "xfs_setattr_size", "xfs_vn_setattr_size");
export const EXTEND = place(TRUNCATE, "pagecache_isize_extended");
export const ALLOCATE = place(XFS_BMAP, "xfs_bmapi_allocate");
export const ZERO_EOF = place(
  XFS_FILE,
  "xfs_file_write_zero_eof",
  "xfs_file_write_checks",
  "xfs_file_aio_write_checks",
);
export const EOF_TEST = place(
  [...IO, ...AOPS],
  "iomap_writeback_handle_eof",
  "iomap_writepage_handle_eof",
  "iomap_do_writepage",
  "xfs_do_writepage",
);
export const SPLIT = place(
  TRUNCATE,
  "truncate_inode_partial_folio",
  "try_folio_split_or_unmap",
  "folio_split_or_unmap",
  "truncate_inode_pages_range",
);

/** Where folios are looked up and created. */
export const LOOK_UP = place(
  FILEMAP,
  "__filemap_get_folio_mpol",
  "__filemap_get_folio",
  "pagecache_get_page",
);

export const TRUNCATES_CACHE = "truncate_pagecache_range (";
export const FLUSH = "filemap_write_and_wait_range (";
export const FLUSH_NEW_EOF = `${FLUSH} ... , newsize , newsize )`;
/** How write_begin fills the folio; up to 4.18 always through buffer heads. */
export const USES_BUFFER_HEADS = "; status = __block_write_begin_int (";
export const FILLS = ["__iomap_write_begin (", USES_BUFFER_HEADS];
export const STARTS_WRITEBACK =
  "folio_start_writeback|set_page_writeback|set_page_writeback_keepwrite|xfs_start_page_writeback (";
export const MAPPING =
  "map_blocks|xfs_map_blocks|iomap_writepage_map_block|iomap_writepage_map_blocks|iomap_writeback_range (";
