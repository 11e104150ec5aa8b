/** The kernel's files, and the functions in each that steps are named after: the file where they were defined first. */
const FILES: { readonly [file: string]: string } = {
  "fs/iomap/buffered-io.c":
    "iomap_write_begin __iomap_write_begin iomap_write_end iomap_write_failed iomap_zero_range_actor " +
    "iomap_zero_iter iomap_zero_iter_flush_and_stale iomap_write_delalloc_scan iomap_readpage " +
    "iomap_read_folio iomap_page_mkwrite iomap_do_writepage iomap_writepage_map iomap_writeback_folio " +
    "iomap_submit_ioend iomap_writepage_end_bio iomap_finish_ioends iomap_truncate_page",
  "fs/iomap/ioend.c": "iomap_ioend_writeback_submit ioend_writeback_end_bio",
  "fs/iomap/apply.c, iter.c": "iomap_apply iomap_iter iomap_iter_advance",
  "fs/xfs/libxfs/xfs_bmap.c": "xfs_bmapi_convert_delalloc xfs_bmap_shift_update_extent",
  "fs/xfs/xfs_aops.c": "xfs_vm_writepages xfs_map_blocks xfs_discard_page xfs_discard_folio xfs_setfilesize",
  "fs/xfs/xfs_bmap_util.c":
    "xfs_bmap_punch_delalloc_range xfs_alloc_file_space xfs_flush_unmap_range xfs_unmap_extent " +
    "xfs_free_file_space xfs_prepare_shift",
  "fs/xfs/xfs_file.c":
    "xfs_file_buffered_aio_write xfs_file_buffered_write xfs_file_write_zero_eof xfs_filemap_fault " +
    "xfs_filemap_page_mkwrite xfs_file_buffered_aio_read xfs_file_buffered_read xfs_file_fallocate " +
    "xfs_file_fsync xfs_file_release xfs_falloc_insert_range",
  "fs/xfs/xfs_inode.c": "xfs_itruncate_extents xfs_release",
  "fs/xfs/xfs_iomap.c":
    "xfs_buffered_write_iomap_begin xfs_bmbt_to_iomap xfs_buffered_write_iomap_end " +
    "xfs_iomap_write_unwritten xfs_iomap_valid xfs_truncate_page",
  "fs/xfs/xfs_iops.c": "xfs_vn_setattr xfs_vn_setattr_size xfs_setattr_size",
  "fs/xfs/xfs_super.c": "xfs_flush_inodes",
  "fs/open.c": "do_dentry_open vfs_fallocate",
  "fs/read_write.c": "vfs_copy_file_range",
  "fs/sync.c": "ksys_sync_file_range sync_file_range",
  "include/linux/fs.h": "generic_write_sync kiocb_set_rw_flags",
  "lib/iov_iter.c":
    "iov_iter_fault_in_readable fault_in_iov_iter_readable iov_iter_copy_from_user_atomic " +
    "copy_page_from_iter_atomic copy_folio_from_iter_atomic copy_page_to_iter copy_folio_to_iter",
  "mm/fadvise.c": "generic_fadvise",
  "mm/filemap.c":
    "generic_file_buffered_read filemap_read filemap_fdatawait_range filemap_write_and_wait_range " +
    "file_fdatawait_range lock_page folio_lock",
  "mm/memory.c": "unmap_mapping_range zap_page_range zap_page_range_single",
  "mm/page-writeback.c": "write_cache_pages writeback_iter wait_on_page_writeback folio_wait_writeback",
  "mm/truncate.c":
    "truncate_inode_pages_range truncate_inode_page truncate_inode_folio pagecache_isize_extended " +
    "invalidate_mapping_pages truncate_setsize truncate_pagecache",
  "mm/vmscan.c": "shrink_page_list shrink_folio_list",
};

/** Where the kernel defines a function; undefined where that is not known, or where it is no function. */
export function fileOf(step: string): string | undefined {
  return Object.entries(FILES).find(([, names]) => names.split(" ").includes(step))?.[0];
}
