/**
 * Stand-in source trees: small files that define functions by the names that signatures look for, with bodies of our own
 * that show the one or the other side of each toggle. They do nothing and come from no kernel.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FixName } from "../../src/kernel/versions/fixes.js";

export type Files = Map<string, string>;

/** A tree in which just these toggles are on, as far as they can be had without each other. */
export function standIn(on: ReadonlySet<FixName>): Files {
  const yes = (name: FixName) => on.has(name);
  const if_ = (name: FixName, then: string, otherwise = "") => (yes(name) ? then : otherwise);
  return new Map([
    ["fs/iomap/buffered-io.c", iomap(yes, if_)],
    [
      "fs/iomap/iter.c",
      fn(
        "iomap_iter_advance",
        if_(
          "remap-on-zero-progress",
          "if (!moved && !stale) return 0;",
          "if (iter->processed <= 0) return 0;",
        ),
        if_("propagate-new", "next->flags |= last & IOMAP_F_NEW;"),
        "iter->processed = 0;",
      ),
    ],
    ["fs/xfs/xfs_aops.c", writeback(if_)],
    [
      "fs/xfs/xfs_inode.c",
      fn(
        "xfs_release",
        if_(
          "release-trims-once",
          "if (flag(ip, XFS_EOFBLOCKS_RELEASED))",
          "if (flag(ip, XFS_IDIRTY_RELEASE))",
        ),
        if_("release-under-iolock", "xfs_ilock_nowait(ip, XFS_IOLOCK_EXCL);"),
        "xfs_free_eofblocks(ip);",
      ),
    ],
    ["fs/xfs/xfs_iomap.c", maps(yes, if_)],
    [
      "fs/xfs/xfs_file.c",
      fn(
        "xfs_file_write_checks",
        if_("eof-zero-takes-invalidate-lock", "grab(ip, XFS_MMAPLOCK_EXCL);"),
        "xfs_zero_range(ip, from, to);",
      ) +
        fn(
          "xfs_file_buffered_write",
          ...(yes("append-under-iolock")
            ? ["xfs_ilock(ip, iolock);", "xfs_file_write_checks(iocb);"]
            : ["xfs_file_write_checks(iocb);", "xfs_ilock(ip, iolock);"]),
        ) +
        fn(
          "xfs_file_fallocate",
          "xfs_free_file_space(ip);",
          if_("falloc-flushes-first", "xfs_flush_unmap_range(ip, at);"),
          if_("insert-flushes-eof", "filemap_write_and_wait_range(m, isize, isize);"),
          if_("falloc-write-zeroes", "case FALLOC_FL_WRITE_ZEROES:"),
        ),
    ],
    [
      "fs/xfs/xfs_iops.c",
      fn(
        "xfs_setattr_size",
        yes("truncdown-flush-eof") && !yes("truncdown-zero-flushes")
          ? "filemap_write_and_wait_range(m, newsize, newsize);"
          : "",
        "xfs_truncate_page(ip, newsize);",
        ...swapped(
          yes("truncate-sets-size-first"),
          "truncate_setsize(inode, newsize);",
          "filemap_write_and_wait_range(m, ip->i_disk_size, newsize - 1);",
        ),
      ),
    ],
    [
      "fs/xfs/libxfs/xfs_bmap.c",
      fn(
        "xfs_bmapi_allocate",
        if_("bmapi-write-trims-delalloc", "", "bma->length = bma->got.br_blockcount;"),
        "bma->minlen = 1;",
      ) +
        fn(
          "xfs_bmapi_convert_delalloc",
          if_("delalloc-to-unwritten", "bma.flags = XFS_BMAPI_PREALLOC;"),
          "bma.wasdel = true;",
        ),
    ],
    [
      "fs/xfs/xfs_bmap_util.c",
      fn(
        "xfs_alloc_file_space",
        if_("falloc-rounds-tail", "endoffset_fsb =", "allocatesize_fsb ="),
        "last(to);",
        if_("falloc-allocates-on", "if (error == -ENOSR) continue;", "if (nimaps == 0) return full;"),
      ) +
        fn(
          "xfs_prepare_shift",
          "xfs_free_eofblocks(ip);",
          if_("shift-flushes-from-before", "offset -= block;"),
          if_("shift-flushes-cache", "xfs_flush_unmap_range(ip, at);"),
        ) +
        fn(
          "xfs_free_eofblocks",
          if_("eofblocks-keeps-prealloc", "xfs_bmap_punch_delalloc_range(ip, end);"),
          "xfs_itruncate_extents_flags(tp, ip);",
        ) +
        fn(
          "xfs_free_file_space",
          "xfs_zero_range(ip);",
          if_(
            "zeroing-flushes-eof-page",
            `flush(m, to${if_("punch-flush-eof-page", "", " & ~PAGE_MASK")}, LLONG_MAX);`,
          ),
        ),
    ],
    [
      "fs/xfs/libxfs/xfs_iext_tree.c",
      fn(
        "xfs_iext_update_extent",
        if_("seq-bump-on-convert", "xfs_iext_inc_seq(ifp);"),
        "xfs_iext_set(rec, new);",
      ),
    ],
    [
      "mm/truncate.c",
      fn(
        "pagecache_isize_extended",
        "at = round_up(from, bsize);",
        if_("isize-extend-write-protects", "folio_mkclean(folio);"),
        if_("isize-extend-zeroes", "folio_zero_segment(folio, from, to);"),
      ) +
        fn(
          "truncate_inode_partial_folio",
          if_("split-nonuniform", "try_folio_split(folio);", "split_folio(folio);"),
        ) +
        fn("truncate_inode_pages_range", "truncate_inode_partial_folio(folio);"),
    ],
    [
      "mm/filemap.c",
      fn(
        "filemap_write_and_wait_range",
        if_("flush-empty-range-noop", "if (lend < lstart) return 0;"),
        "return go(mapping, lstart, lend);",
      ) +
        fn(
          "filemap_fault",
          if_("fill-takes-invalidate-lock", "filemap_invalidate_lock_shared(m);"),
          "do_sync_mmap_readahead(f);",
        ) +
        fn(
          "__filemap_get_folio",
          "if (flags & FGP_LOCK) lock(folio);",
          if_("dontcache-kicks-flusher", "count(WB_DONTCACHE_DIRTY);"),
        ) +
        fn(
          "file_write_and_wait_range",
          if_("error-per-description", "file_check_and_advance_wb_err(file);", "filemap_check_errors(m);"),
        ),
    ],
    [
      "mm/memory.c",
      fn(
        "finish_fault",
        if_("fault-maps-folio", "set_pte_range(vmf, folio, page, nr_pages, a);", "do_set_pte(vmf);"),
      ),
    ],
  ]);
}

type Yes = (name: FixName) => boolean;
type If = (name: FixName, then: string, otherwise?: string) => string;

function iomap(yes: Yes, if_: If): string {
  const hasCheck = yes("validate") || yes("validate-after-lock");
  const zeroes = yes("zeroing-flushes-dirty");
  return [
    fn(
      "iomap_get_folio",
      if_("write-large-folios", "fgp |= fgf_set_order(len);", "fgp = FGP_CREAT;"),
      if_("rwf-dontcache", "fgp |= FGP_DONTCACHE;"),
    ),
    fn(
      "__iomap_write_begin",
      if_(
        "short-copy-cure",
        "folio_zero_segments(folio);",
        if_(
          "zeroed-uptodate-at-end",
          "if (cold) { fill(); iomap_set_range_uptodate(folio); }",
          "if (cold) { fill(); } iomap_set_range_uptodate(folio);",
        ),
      ),
    ),
    fn(
      "iomap_write_begin",
      ...swapped(
        yes("validate-after-lock"),
        "folio = iomap_get_folio(iter);",
        hasCheck ? "ok = ops->iomap_valid(map);" : "",
      ),
      "__iomap_write_begin(iter, folio);",
      if_("stale-no-write-failed", "", "iomap_write_failed(inode);"),
    ),
    fn(
      "__iomap_write_end",
      if_("dirty-per-block", "iomap_set_range_dirty(folio);", "filemap_dirty_folio(folio);"),
    ),
    fn(
      "iomap_write_end",
      if_("zeroing-keeps-isize", "", "i_size_write(inode, pos + ret);"),
      if_("short-copy-no-write-failed", "", "if (ret < len) iomap_write_failed(inode);"),
    ),
    fn(
      "iomap_write_iter",
      if_("write-large-chunks", "bytes = min(chunk - offset, bytes);", "bytes = PAGE_SIZE - offset;"),
      if_(
        "fault-in-partial",
        "if (fault_in_iov_iter_readable(i, bytes) == bytes) return 0;",
        "if (fault_in_iov_iter_readable(i, bytes)) return 0;",
      ),
      if_("zeroing-keeps-isize", "i_size_write(inode, pos + written);"),
      if_("short-copy-no-write-failed", "if (unlikely(written == 0)) { iomap_write_failed(inode); }"),
      if_("write-error-ends-iteration", "return status;", "return written ? written : status;"),
    ),
    fn(
      "iomap_zero_range",
      if_("zero-eof-in-memory", "iter.len = plen;"),
      zeroes ? "filemap_write_and_wait_range(m, from, to);" : "",
      if_("zero-hole-no-flush", "if (range_dirty && srcmap->type == IOMAP_UNWRITTEN) flush(m);"),
      "iomap_zero_iter(iter);",
    ),
    fn("iomap_zero_iter", "if (type == IOMAP_UNWRITTEN) return length;"),
    fn(
      "iomap_invalidate_folio",
      "folio_cancel_dirty(folio);",
      if_("invalidate-clears-dirty", "iomap_clear_range_dirty(folio, from, to);"),
    ),
    fn(
      "iomap_page_mkwrite",
      if_(
        "mkwrite-length-to-eof",
        "folio_mkwrite_check_truncate(folio);",
        "if (at > size - PAGE_SIZE) cut();",
      ),
    ),
    fn(
      "iomap_writepage_map",
      ...swapped(
        yes("wb-submits-at-once"),
        `folio_start_writeback(folio);${if_("wb-type-from-buffers", " buffer_unwritten(bh);")}`,
        if_(
          "discard-on-partial-error",
          "ops->map_blocks(folio); ops->discard_folio(folio);",
          "ops->map_blocks(folio); if (!count) { if (wpc->ops->discard_page) ops->discard_page(folio); }",
        ),
      ),
      if_("wb-maps-ranges", "iomap_find_dirty_range(folio);"),
      if_("wb-error-keeps-folio", "", "folio_clear_uptodate(folio);"),
      "mapping_set_error(m);",
    ),
    fn(
      "iomap_do_writepage",
      "size = i_size_read(inode);",
      if_("wb-past-eof-skip", "goto unlock;", "goto redirty;"),
    ),
    cleanUp(yes),
  ].join("");
}

function cleanUp(yes: Yes): string {
  const end = yes("eof-punch-cure") ? "round_up(end_byte, size)" : "end_byte";
  const scans = yes("punch-skips-dirty");
  return fn(
    "iomap_write_delalloc_release",
    yes("punch-under-invalidate-lock") ? "filemap_invalidate_lock(m);" : "",
    scans && yes("scan-limit-eof") ? "loff_t scan_end_byte = min(i_size_read(inode), end_byte);" : "",
    scans ? `scan_end_byte = ${end};` : "",
    scans
      ? "at = mapping_seek_hole_data(m, at, scan_end_byte);"
      : "truncate_pagecache_range(inode, at, end);",
    yes("release-rescans") ? "if (data_end == start_byte) continue;" : "",
  );
}

function writeback(if_: If): string {
  return [
    fn(
      "xfs_end_ioend",
      ...(if_("complete-before-end-writeback", "y") === "y"
        ? ["xfs_iomap_write_unwritten(ip);", "iomap_finish_ioends(ioend);"]
        : ["iomap_finish_ioends(ioend);", "xfs_iomap_write_unwritten(ip);"]),
    ),
    fn(
      "xfs_discard_folio",
      `xfs_bmap_punch_delalloc_range(ip, pos, ${if_("discard-end", "end", "round_up(pos, size)")});`,
    ),
    fn(
      "xfs_add_to_ioend",
      "ioend->io_size += len;",
      if_("ioend-clamps-to-eof", "ioend->io_size = end_pos - ioend->io_offset;"),
    ),
    fn("xfs_imap_valid", if_("wb-validates-seq", "seq = wpc->data_seq;"), "return imap->br_startoff <= at;"),
  ].join("");
}

function maps(yes: Yes, if_: If): string {
  return [
    fn("xfs_bmbt_to_iomap", "isnullstartblock(block);", if_("validate", "iomap->validity_cookie = cookie;")),
    yes("validate") ? fn("xfs_iomap_valid", "return iomap->validity_cookie == now;") : "",
    fn(
      "xfs_buffered_write_iomap_begin",
      if_("zero-convert-post-eof", "if (past) goto convert_delay;"),
      if_("zero-folio-batch", "iomap_fill_dirty_folios(iter);"),
      "xfs_bmapi_reserve_delalloc(ip);",
      if_("zero-convert-looks-again", "if (error == -EAGAIN) goto again;"),
      "found_imap:",
      if_("cookie-under-ilock", "seq = xfs_iomap_inode_sequence(ip);"),
      "xfs_iunlock(ip);",
      if_("cookie-under-ilock", "", "seq = xfs_iomap_inode_sequence(ip);"),
    ),
    fn(
      "xfs_buffered_write_iomap_end",
      if_("punch-on-stale", "", "if (iomap->flags & IOMAP_F_STALE) return 0;"),
      "if (!(iomap->flags & IOMAP_F_NEW)) return 0;",
    ),
  ].join("");
}

function fn(name: string, ...body: readonly string[]): string {
  const lines = body.filter((line) => line !== "").map((line) => `\t${line}\n`);
  return `static int\n${name}(\n\tvoid *arg)\n{\n${lines.join("")}}\n\n`;
}

function swapped(isKept: boolean, first: string, second: string): string[] {
  return isKept ? [first, second] : [second, first];
}

/** Writes the files into a directory. */
export function writeTree(directory: string, files: Files): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}
