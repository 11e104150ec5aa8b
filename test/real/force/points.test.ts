/** The table of points: what each kernel has was looked up in its available_filter_functions; "probed" is in lib/. */
import { expect, test } from "vitest";
import { Pc } from "../../../src/kernel/machine/labels.js";
import { STEPS } from "../../../src/kernel/paths/index.js";
import { kernelOf } from "../../../src/kernel/versions/variant.js";
import { pointAtOf, pointsOf, pointTable } from "../../../src/real/force/points.js";
import { Drive } from "../../kernel/drive.js";

const fixesOf = (base: string) => kernelOf({ base, with: [], without: [] });

const EVERYWHERE = [
  ..."submit_bio xfs_bmapi_reserve_delalloc xfs_buffered_write_iomap_begin iomap_write_begin iomap_write_end".split(
    " ",
  ),
  ..."truncate_pagecache_range xfs_bmap_punch_delalloc_range".split(" "),
  ..."truncate_inode_pages_range pagecache_isize_extended xfs_filemap_page_mkwrite".split(" "),
  ..."balance_dirty_pages_ratelimited iomap_finish_ioends truncate_setsize".split(" "),
  ..."truncate_pagecache xfs_trans_alloc xfs_alloc_file_space vfs_open iter_file_splice_write".split(" "),
  "xfs_bmap_can_insert_extents",
];
const UNTIL_6_16 = "xfs_buffered_write_iomap_end xfs_map_blocks xfs_end_ioend".split(" ");
const SINCE_6_1 =
  "fault_in_readable mapping_seek_hole_data iomap_read_folio iomap_readahead folio_clear_dirty_for_io xfs_bmapi_convert_one_delalloc xfs_discard_folio xfs_truncate_page";
const THERE: Readonly<Record<string, readonly string[]>> = {
  "5.10": [
    ...EVERYWHERE,
    ...UNTIL_6_16,
    ..."iomap_readpage iomap_readahead clear_page_dirty_for_io xfs_bmapi_convert_delalloc xfs_discard_page".split(
      " ",
    ),
    ..."iomap_truncate_page iov_iter_fault_in_readable iov_iter_copy_from_user_atomic".split(" "),
  ],
  "6.1.192": [...EVERYWHERE, ...UNTIL_6_16, ...SINCE_6_1.split(" "), "copy_page_from_iter_atomic"],
  "6.12": [
    ...EVERYWHERE,
    ...UNTIL_6_16,
    ...SINCE_6_1.split(" "),
    "copy_page_from_iter_atomic",
    "writeback_iter",
    "find_get_entries",
  ],
  "7.2": [
    ...EVERYWHERE,
    ...SINCE_6_1.split(" "),
    ..."copy_folio_from_iter_atomic writeback_iter find_get_entries xfs_buffered_write_iomap_end".split(" "),
    ..."xfs_writeback_range xfs_end_ioend_write".split(" "),
  ],
  // ->iomap_end() and xfs_end_ioend_write() are inlined.
  "7.3": [
    ...EVERYWHERE,
    ...SINCE_6_1.split(" "),
    ..."copy_folio_from_iter_atomic writeback_iter find_get_entries xfs_buffered_write_iomap_next".split(" "),
    ..."xfs_writeback_range xfs_iomap_write_unwritten xfs_setfilesize".split(" "),
  ],
};

test.each(Object.keys(THERE))(
  "%s has every function that is hooked on it, and the module room for them",
  (base) => {
    const { hooks } = pointsOf(fixesOf(base));
    expect(hooks.map(({ fn }) => fn).sort()).toEqual([...(THERE[base] ?? [])].sort());
    expect(pointsOf(fixesOf(base)).hooks.length).toBeLessThanOrEqual(48);
  },
);

test.each(Object.keys(THERE))("on %s no label is in the table twice", (base) => {
  const rows = pointTable(fixesOf(base)).map(({ label }) => label);
  expect(rows).toEqual([...new Set(rows)]);
});

test("every boundary between merged steps has a point, or a reason why it has none", () => {
  const known = new Set(pointTable(fixesOf("6.12")).map(({ label }) => label));
  const without = STEPS.flatMap((step, label) =>
    step?.boundary !== undefined && !known.has(label) ? [step.fn] : [],
  );
  expect(without, "one of POINTS or NO_POINT in src/real/force/points.ts").toEqual([]);
});

test.each([
  ["7.2", "xfs_end_ioend_write", "xfs_end_ioend_write"],
  ["7.3", "xfs_setfilesize", undefined],
])(
  "on %s an ioend stands before i_disk_size, or goes on where another has raised it",
  (base, before, after) => {
    const setup = [
      "fallocate: 0..4k, keep-size: true",
      "write: 0..1k",
      "fsync: {}",
      "store: 0..1k",
      "write: 1k..2k",
    ];
    const { e } = new Drive(
      { file: "{ size: 0, block: 4k }", setup, threads: { f: ["writeback: 0..4k"] } },
      base,
    ).end("f");
    const io = e.k.kworkers[0]!;
    const fnAt = () => pointAtOf(pointsOf(e.k.fixes))(e.k, io, Pc.C_SETSIZE);
    expect([io.pc !== 0, fnAt()]).toEqual([true, before]);
    e.k.diskSize = e.k.isize;
    expect(fnAt()).toBe(after);
  },
);
