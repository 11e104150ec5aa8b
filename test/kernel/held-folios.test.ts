/** What a pass, a fault and a truncation of real kernels were seen to wait for, to take and to hold on to, and what not. */
import { describe, expect, it } from "vitest";
import { ExtentType } from "../../src/kernel/objects/extent-types.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { Drive, engineOf } from "./drive.js";

const KERNELS = ["5.10", "6.1.192", "6.12", "7.3", "cured"];
const has = (d: Drive, page: number, flag: number): boolean => d.e.k.folios.has(page, flag);

describe("truncating down to what is on disk", () => {
  const cut = (kernel: string): Drive =>
    new Drive(
      {
        file: "{ size: 3k, block: 4k }",
        setup: ["write: 0..3k", "fsync: {}"],
        threads: { t: ["truncate: 2k"] },
      },
      kernel,
    ).run("t");

  it.each(["5.4", "5.10", "6.0", "6.1.192"])(
    "starts writeback of the zeroes and does not wait, on %s",
    (kernel) => {
      const d = cut(kernel);
      expect([d.isDone("t"), d.ioends().length]).toEqual([true, 1]);
    },
  );
  it.each(["6.2", "6.12", "7.3"])("leaves the zeroes to others, on %s", (kernel) => {
    const d = cut(kernel);
    expect([d.isDone("t"), d.ioends().length]).toEqual([true, 0]);
  });
});

describe.each(KERNELS)("on %s", (kernel) => {
  it("a pass takes what was dirty when it began", () => {
    const d = new Drive(
      {
        file: "{ size: 8k, block: 4k }",
        setup: ["write: 0..4k"],
        threads: { f: ["writeback: 0..8k"], m: ["store: 4k..5k"] },
      },
      kernel,
    );
    d.until("f", "B_CONVERT").end("m").endWithIo("f");
    expect([has(d, 0, FolioFlag.DIRTY), has(d, 1, FolioFlag.DIRTY)]).toEqual([false, true]);
  });

  it("reclaim leaves alone what a pass has looked up, until its end", () => {
    const d = new Drive(
      {
        file: "{ size: 8k, block: 4k }",
        setup: ["write: 0..4k", "write: 4k..8k"],
        threads: {
          f: ["writeback: 0..8k"],
          s: ["sync_file_range: 4k..8k"],
          e: ["evict: 4k..8k", "evict: 4k..8k"],
        },
      },
      kernel,
    );
    d.until("f", "B_CONVERT").endWithIo("s").untilOp("e", 1);
    expect([has(d, 1, FolioFlag.PRESENT), has(d, 1, FolioFlag.DIRTY)]).toEqual([true, false]);
    d.endWithIo("f").end("e");
    expect(has(d, 1, FolioFlag.PRESENT)).toBe(false);
  });

  it("a fault that read the page is made again, and holds on to what it finds then", () => {
    const d = new Drive(
      {
        file: "{ size: 8k, block: 4k }",
        setup: ["fallocate: 0..8k"],
        threads: { m: ["store: 4k..5k"], l: ["load: 0..4k"], e: ["evict: 0..8k", "evict: 4k..8k"] },
      },
      kernel,
    );
    d.step("l").step("m");
    expect([d.isAt("l", "L_FAULT"), d.isAt("m", "S_FAULT"), has(d, 1, FolioFlag.UPTODATE)]).toEqual([
      true,
      true,
      true,
    ]);
    d.untilOp("e", 1);
    expect(has(d, 1, FolioFlag.PRESENT)).toBe(false);
    d.step("m").step("m");
    expect(d.isAt("m", "S_MKWRITE")).toBe(true);
    d.end("e");
    expect(has(d, 1, FolioFlag.PRESENT)).toBe(true);
    d.end("m");
  });
});

it("a stale map truncates the page cache past EOF while it zeroes, too, as far as a kernel does that", () => {
  const zeroing = (kernel: string): number => {
    const d = new Drive(
      {
        file: "{ size: 1k, block: 4k }",
        setup: ["store: 0..2k"],
        threads: { w: ["write: 4k..8k"], f: ["writeback: 0..4k"] },
      },
      kernel,
    );
    d.until("w", "Z_LOCK").endWithIo("f").step("w");
    return d.thread("w").truncTo;
  };
  expect(zeroing("6.1.192")).toBeGreaterThan(0);
  expect(zeroing("6.1.192 +stale-no-write-failed")).toBe(0);
});

describe("pages that no operation names", () => {
  it("are of the hole around them", () => {
    const { k } = engineOf({
      file: "{ size: 24k, block: 4k }",
      threads: { w: ["write: 0..4k", "write: 20k..24k"] },
    });
    expect([k.g.blocks, k.extents.recordStart(1), k.extents.recordEnd(0)]).toEqual([2, 0, 2]);
  });
  it("come between records that were made apart, not into preallocation", () => {
    const { e } = new Drive({
      file: "{ size: 64k, block: 4k }",
      setup: ["write: 0..4k", "write: 64k..65k"],
      threads: { w: ["load: 32k..36k", "write: 80k..84k"] },
    });
    const { extents, g } = e.k;
    const starts = [...g.gapBefore.keys()].filter((b) => g.gapBefore[b] === 1);
    expect([starts, extents.recordEnd(0)]).toEqual([[0, 1, 2, 4], 1]);
    // The hole from the second page to 64k, and what was reserved from there on.
    expect([extents.recordStart(1), extents.recordEnd(1)]).toEqual([1, 3]);
    expect([extents.type(4), extents.recordStart(4)]).toEqual([ExtentType.DELALLOC, 3]);
  });
});
