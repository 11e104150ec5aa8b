/** What a player prints, read: what a task waits for, by its stack and by who has the locks. */
import { expect, test } from "vitest";
import { readPlayed, waitOf } from "../../../src/real/force/read-played.js";

test.each([
  ["folio_wait_bit_common<folio_wait_writeback<truncate_inode_pages_range", "writeback"],
  ["io_schedule<folio_wait_bit_common<__filemap_get_folio", "folio lock"],
  ["rwsem_down_read_slowpath<down_read<filemap_fault<__xfs_filemap_fault", "invalidate_lock"],
  ["rwsem_down_read_slowpath<down_read<xfs_ilock<do_page_mkwrite<do_wp_page", "invalidate_lock"],
  ["down_write<iomap_write_delalloc_release<xfs_buffered_write_iomap_next<iomap_iter", "invalidate_lock"],
  ["rwsem_down_write_slowpath<down_write<xfs_file_buffered_write", "IOLOCK"],
  ["flush_work<xfs_file_buffered_write", "writeback"],
  ["__flush_work<xfs_flush_inodes<xfs_file_buffered_write", "writeback"],
  ["schedule<do_nanosleep", "unknown"],
])("%s is a wait for %s", (stack, wait) => expect(waitOf(stack.split("<"))).toBe(wait));

test("a write past EOF has IOLOCK where it waits for invalidate_lock", () => {
  const stack = "down_write<xfs_file_write_checks<xfs_file_buffered_write".split("<");
  expect([waitOf(stack), waitOf(stack, true)]).toEqual(["IOLOCK", "invalidate_lock"]);
});

test("fallocate, which takes both locks of an inode at once, waits for the one that it has not", () => {
  const stack = "rwsem_down_write_slowpath<down_write<xfs_ilock<xfs_file_fallocate<vfs_fallocate";
  const move = (n: number, ...locks: readonly string[]) => [
    `is puncher waits -1 1 0 0 0 0 0 ${stack}`,
    "is writer held 2 1 0 0 0 0 0 -",
    ...locks,
    `move ${n}`,
  ];
  const lines = [
    "@P plan x",
    ...move(1, "lock i_rwsem writer"),
    ...move(2, "lock i_rwsem puncher"),
    ...move(3),
    "@P played x",
  ];
  const [played] = readPlayed(lines.join("\n"), ["a", "b", "c"]);
  const waits = played?.stands.map((stands) => stands.map(({ stand }) => stand.is === "waits" && stand.for));
  expect(waits).toEqual([
    ["IOLOCK", false],
    ["invalidate_lock", false],
    ["IOLOCK", false],
  ]);
});
