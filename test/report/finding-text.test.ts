import { describe, expect, it } from "vitest";
import { cures, findingText, type ReportedFinding } from "../../src/report/finding-text.js";
import type { Palette } from "../../src/report/style.js";
import { FAILED_WRITE, IN_SETUP, MANY_THREADS, reported, UNWRITTEN_TAIL } from "./runs.js";

const MARKED: Palette = {
  bold: (t) => `<b>${t}</b>`,
  dim: (t) => `<d>${t}</d>`,
  red: (t) => `<r>${t}</r>`,
  green: (t) => `<g>${t}</g>`,
  yellow: (t) => `<y>${t}</y>`,
  cyan: (t) => `<c>${t}</c>`,
};

const CONTEXT: Partial<ReportedFinding> = {
  foundIn: "schedule 1,204",
  before: { ops: 5, steps: 31, switches: 14 },
  curedBy: ["validate", "cookie-under-ilock"],
  token: "sm3.TOKEN",
  file: "scenarios/found/x.yaml",
  caseSeed: "3:6.0:42:17",
};

describe("a finding in the terminal", () => {
  it("is the race of the RFC, in columns", () => {
    expect(findingText(reported(UNWRITTEN_TAIL, "6.0", CONTEXT))).toMatchInlineSnapshot(`
      "x unwritten-tail on 6.0: 2,048 bytes lost at 10k..12k
        expected setup.2 (write 10k..12k), found zero
        lost at step 11, first visible to a reader after the last step
        kind content: write -> zero, UNWRITTEN map over WRITTEN
        found in schedule 1,204, shrunk 31 -> 12 steps, 14 -> 4 switches

        file        size 12k, block 4k
        setup       fallocate 0..12k; write 10k..12k
        writer      write 0..10k
        flusher     writeback 8k..12k
        reclaim-8k  evict 8k..12k

           writer                                  flusher / kworker/1 / reclaim-8k
           --------------------------------------  ----------------------------------
         1 xfs_buffered_write_iomap_begin
             maps 0..12k UNWRITTEN, seq 0
         2                                         flusher: iomap_do_writepage
                                                     page 8k: clean, write-protected
                                                   xfs_map_blocks
                                                     adds 8k..12k UNWRITTEN to an
                                                       ioend
         3                                         kworker/1: iomap_writepage_end_bio
                                                     8k..12k is on disk
         4                                         xfs_iomap_write_unwritten
                                                     8k..12k UNWRITTEN -> WRITTEN,
                                                       seq 1
         5                                         iomap_finish_ioends
                                                     8k..12k ends writeback
         6                                         reclaim-8k:
                                                       invalidate_mapping_pages
                                                     drops page 8k
         7 __iomap_write_begin at 0
         8 copy_page_from_iter_atomic
             copies 0..4k
         9 __iomap_write_begin at 4k
        10 copy_page_from_iter_atomic
             copies 4k..8k
      x 11 __iomap_write_begin
      |      zero 10k..12k
      |      <- map says UNWRITTEN, extent
      |        is WRITTEN
        12 copy_page_from_iter_atomic
             copies 8k..10k

        why       step 11 used a map taken at step 1 (UNWRITTEN); step 4 made the
                  extent WRITTEN
        cured by  xfs: use iomap_valid method to detect stale cached iomaps
                  (304a68b9c63b, 6.2; toggle validate, cookie-under-ilock)
        again     npx stalemap repro sm3.TOKEN
        keep      scenarios/found/x.yaml
        case      3:6.0:42:17
      "
    `);
  });

  it("gives two threads a column each", () => {
    expect(findingText(reported(FAILED_WRITE, "6.0"))).toMatchInlineSnapshot(`
      "x failed-write-drops-store on 6.0: 1,024 bytes lost at 5k..6k
        expected mapper.1 (store 5k..6k), found zero
        lost at step 6, first visible to a reader after the last step
        kind content: store -> zero
        7 steps, 2 switches

        file    size 8k, block 4k
        writer  write 0..8k fault-at 0
        mapper  store 5k..6k

          writer                            mapper
          --------------------------------  ----------------------------
        1 xfs_buffered_write_iomap_begin
            maps 0..8k DELALLOC NEW, seq 1
        2                                   iomap_read_folio
                                              zero-fills 4k..8k
        3                                   xfs_filemap_fault at 5k
        4                                   iomap_page_mkwrite
                                              maps 0..8k DELALLOC, seq 1
        5                                   store stores 5k..6k
      x 6 fault_in_iov_iter_readable
      |     source is not readable: EFAULT
      |   truncate_inode_folio
      |     drops page 4k
        7 xfs_bmap_punch_delalloc_range
            punches delalloc 0..8k, seq 2
      "
    `);
  });

  it("shows setup when no race is needed", () => {
    expect(findingText(reported(IN_SETUP, "6.0"))).toMatchInlineSnapshot(`
      "x in-setup on 6.0: 2,048 bytes of stale data appear at 2k..4k
        expected zero, found setup.1 (store 2k..4k)
        lost in setup: no race is needed
        kind content: zero -> older data
        0 steps, 0 switches

        file   size 2k, block 2k
        setup  store 2k..4k; truncate 4k

          setup
          --------------------------------
        1 iomap_read_folio
            zero-fills 0..2k
            zero-fills 2k..4k
        2 iomap_page_mkwrite
            maps 0..2k DELALLOC NEW, seq 1
        3 store stores 2k..4k
        4 xfs_buffered_write_iomap_begin
            maps 2k..4k HOLE, seq 1
            skips 2k..4k
        5 truncate_setsize i_size is set
        6 pagecache_isize_extended
            page 0: write-protected
      "
    `);
  });

  it("puts everybody but the first thread into one column when there are many", () => {
    expect(findingText(reported(MANY_THREADS, "6.0"))).toMatchInlineSnapshot(`
      "x many on 6.0: 2,048 bytes lost at 6k..8k
        expected setup.2 (write 6k..8k), found zero
        lost at step 9, first visible to a reader after the last step
        kind content: write -> zero, UNWRITTEN map over WRITTEN
        14 steps, 6 switches

        file     size 8k, block 4k
        setup    fallocate 0..8k; write 6k..8k
        writer   write 0..6k
        flusher  writeback 4k..8k
        a        load 0..1k; load 1k..2k
        b        read 0..1k
        evicter  evict 4k..8k

           writer                                  flusher / kworker/1 / evicter / a
                                                     / b
           --------------------------------------  ----------------------------------
         1 xfs_buffered_write_iomap_begin
             maps 0..8k UNWRITTEN, seq 0
         2                                         flusher: iomap_do_writepage
                                                     page 4k: clean, write-protected
                                                   xfs_map_blocks
                                                     adds 4k..8k UNWRITTEN to an
                                                       ioend
         3                                         kworker/1: iomap_writepage_end_bio
                                                     4k..8k is on disk
         4                                         xfs_iomap_write_unwritten
                                                     4k..8k UNWRITTEN -> WRITTEN,
                                                       seq 1
         5                                         iomap_finish_ioends
                                                     4k..8k ends writeback
         6                                         evicter: invalidate_mapping_pages
                                                     drops page 4k
         7 __iomap_write_begin at 0
         8 copy_page_from_iter_atomic
             copies 0..4k
      x  9 __iomap_write_begin
      |      zero 6k..8k
      |      <- map says UNWRITTEN, extent
      |        is WRITTEN
        10 copy_page_from_iter_atomic
             copies 4k..6k
        11                                         a: (load 0..1k)
                                                   xfs_filemap_fault at 0
        12                                         load
        13                                         (load 1k..2k)
                                                   load
        14                                         b: copy_folio_to_iter

        why       step 9 used a map taken at step 1 (UNWRITTEN); step 4 made the
                  extent WRITTEN
      "
    `);
  });

  it.each([
    ["UNWRITTEN_TAIL", UNWRITTEN_TAIL],
    ["FAILED_WRITE", FAILED_WRITE],
    ["MANY_THREADS", MANY_THREADS],
  ])("keeps within 80 columns, and colour adds nothing: %s", (_name, text) => {
    const finding = reported(text, "6.0", CONTEXT);
    const plain = findingText(finding);
    for (const line of plain.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const marked = findingText(finding, MARKED);
    expect(marked).toContain("<r>x</r>");
    expect(marked.replace(/<\/?[bdrgyc]>/g, "")).toBe(plain);
  });

  it("says which patches cure it, and which behaviour does by its absence", () => {
    expect(cures(["validate", "discard-end", "truncdown-zero-flushes"])).toEqual([
      expect.stringMatching(/^xfs: use iomap_valid method .* \(304a68b9c63b, 6\.2; toggle validate\)$/),
      expect.stringMatching(/^.* \(.*; toggle discard-end\)$/),
      expect.stringMatching(
        /^going without truncdown-zero-flushes \(c5c810b94cfd, 7d9b474ee4cc, 6\.12: iomap: .*\)$/,
      ),
    ]);
  });
});
