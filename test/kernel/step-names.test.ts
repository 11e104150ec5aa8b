/** Steps are named as the kernel at hand names its functions; schedules may use the names of the others. */
import { describe, expect, it } from "vitest";
import { fileOf } from "../../src/explain/step-places.js";
import type { LabelName } from "../../src/kernel/machine/labels.js";
import { FUNCTION_NAMES, type StepName, stepNames } from "../../src/kernel/paths/step-names.js";
import { kernelOf } from "../../src/kernel/versions/variant.js";
import { LABEL_NAMES } from "./label-names.js";

const on = (base: string, withs: string[] = []): readonly StepName[] =>
  stepNames(kernelOf({ base, with: withs, without: [] }));
const at = (names: readonly StepName[], label: LabelName): StepName => names[LABEL_NAMES.indexOf(label)]!;

/** As read in the sources of each: 5.10.262, 6.1.192, 6.12.117, 6.18.9, 7.2.12, 7.3.4. */
const KERNELS = ["5.10", "6.1.192", "6.12", "6.18", "7.2", "7.3"];
const NAMED: readonly (readonly [LabelName, ...string[]])[] = [
  ["W_IOLOCK", "xfs_file_buffered_aio_write", "xfs_file_buffered_write"],
  ["W_FAULT_IN", "iov_iter_fault_in_readable", "fault_in_iov_iter_readable"],
  ["W_COPY", "iov_iter_copy_from_user_atomic", "copy_page_from_iter_atomic", "copy_folio_from_iter_atomic"],
  ["W_ADVANCE", "iomap_apply", "iomap_iter_advance"],
  ["Z_WRITE", "iomap_zero_range_actor", "iomap_zero_iter"],
  ["R_IOLOCK", "xfs_file_buffered_aio_read", "xfs_file_buffered_read"],
  ["R_READ_MAP", "iomap_readpage", "iomap_read_folio"],
  ["R_PAGE", "generic_file_buffered_read", "filemap_read"],
  ["R_COPY", "copy_page_to_iter", "copy_folio_to_iter"],
  ["B_NEXT", "write_cache_pages", "write_cache_pages", "writeback_iter"],
  ["B_WAIT", "wait_on_page_writeback", "folio_wait_writeback"],
  [
    "B_CLEAR_DIRTY",
    "iomap_do_writepage",
    "iomap_do_writepage",
    "iomap_writepage_map",
    "iomap_writeback_folio",
  ],
  [
    "B_FOLIO_END",
    "iomap_writepage_map",
    "iomap_writepage_map",
    "iomap_writepage_map",
    "iomap_writeback_folio",
  ],
  ["B_LOCK", "lock_page", "folio_lock"],
  ["B_DISCARD", "xfs_discard_page", "xfs_discard_folio"],
  [
    "B_FINISH",
    "iomap_submit_ioend",
    "iomap_submit_ioend",
    "iomap_submit_ioend",
    "iomap_ioend_writeback_submit",
  ],
  [
    "C_ENDIO",
    "iomap_writepage_end_bio",
    "iomap_writepage_end_bio",
    "iomap_writepage_end_bio",
    "ioend_writeback_end_bio",
  ],
  ["K_RECLAIM", "shrink_page_list", "shrink_folio_list"],
  ["T_WAIT", "truncate_inode_page", "truncate_inode_folio"],
  ["TR_FLUSHED", "iomap_truncate_page", "xfs_truncate_page"],
  [
    "TR_INVALIDATE_LOCK",
    "xfs_setattr_size",
    "xfs_setattr_size",
    "xfs_setattr_size",
    "xfs_setattr_size",
    "xfs_vn_setattr_size",
  ],
  ["FS_START", "xfs_file_fsync"],
  ["SF_START", "sync_file_range"],
  ["SF_RETURN", "file_fdatawait_range"],
  ["MA_ZAP", "zap_page_range", "zap_page_range", "zap_page_range_single"],
  ["CL_RELEASE", "xfs_release", "xfs_release", "xfs_file_release"],
];

describe("the name of a step", () => {
  it.each(NAMED)("%s", (label, ...names) => {
    KERNELS.forEach((kernel, i) => {
      expect(at(on(kernel), label as LabelName).fn, kernel).toBe(names[Math.min(i, names.length - 1)]);
    });
  });

  it("is the same on all kernels for every other step", () => {
    const renamed = NAMED.map(([label]) => at(on("5.10"), label).fn);
    LABEL_NAMES.forEach((label, pc) => {
      const names = new Set(KERNELS.map((kernel) => on(kernel)[pc]!.fn));
      if (names.size > 1) expect([label, renamed.includes(on("5.10")[pc]!.oldest)]).toEqual([label, true]);
    });
  });

  it("goes by the kernel, not by its toggles", () => {
    expect(on("6.2", ["wb-submits-at-once"])).toBe(on("6.2"));
    expect(at(on("cured"), "B_CLEAR_DIRTY").fn).toBe("iomap_do_writepage");
    expect(at(on("rfc-v1"), "B_NEXT").fn).toBe("write_cache_pages");
  });
});

describe("the names that a schedule may use", () => {
  it("are all that the step ever had, unless another step of the kernel is called so", () => {
    const aliases = (kernel: string, label: LabelName): string[] => [...at(on(kernel), label).aliases].sort();
    expect(aliases("6.0", "B_CLEAR_DIRTY")).toEqual(["iomap_do_writepage", "iomap_writeback_folio"]);
    expect(aliases("6.0", "B_FOLIO_END")).toEqual(["iomap_writeback_folio", "iomap_writepage_map"]);
    expect(aliases("6.12", "B_CLEAR_DIRTY")).toEqual([
      "iomap_do_writepage",
      "iomap_writeback_folio",
      "iomap_writepage_map",
    ]);
    expect(aliases("6.18", "B_FOLIO_END")).toEqual(["iomap_writeback_folio", "iomap_writepage_map"]);
  });

  it("name some step on every kernel", () => {
    for (const kernel of KERNELS) {
      const known = new Set(on(kernel).flatMap((s) => [...s.aliases]));
      for (const name of FUNCTION_NAMES) expect([name, known.has(name)]).toEqual([name, true]);
    }
  });
});

it("every function that a step is named after has its file in src/explain/step-places.ts", () => {
  // What the processor does, and what a thread that repeats does.
  const others = ["store", "load", "repeat"];
  expect([...FUNCTION_NAMES].filter((name) => fileOf(name) === undefined).sort()).toEqual(others.sort());
});
