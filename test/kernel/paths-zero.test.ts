/** What 7.2 and 7.3 do otherwise when they zero, cut a folio, and give up a write. */
import { describe, expect, it } from "vitest";
import { BlockFlag, FolioFlag } from "../../src/kernel/objects/folios.js";
import { Drive, type Machine } from "./drive.js";
import { extents } from "./machine.js";

const isDirty = (d: Drive, page = 0): boolean => d.e.k.folios.has(page, FolioFlag.DIRTY);

/** EOF lies in a block that is unwritten under a dirty page. */
const UNWRITTEN: Machine = {
  file: "{ size: 0, block: 4k }",
  setup: ["fallocate: 0..4k, keep-size: true", "write: 0..1k"],
  threads: { w: ["write: 8k..12k"], f: ["writeback: 0..4k"], e: ["evict: 0..4k"] },
};

describe("zeroing over an unwritten extent under a dirty folio", () => {
  it.each([
    ["6.12", "W"],
    ["7.2 -zero-folio-batch", "W"],
    ["6.18", "U"],
    ["7.2", "U"],
    ["7.3", "U"],
  ])("flushes it, or zeroes it in memory: %s", (kernel, extent) => {
    const d = new Drive(UNWRITTEN, kernel).endWithIo("w");
    expect([extents(d.e)[0], isDirty(d)]).toEqual([extent, true]);
    expect(d.endWithIo("f").complete().end("e").finish()).toEqual([]);
  });

  it("holds the folio that it found, though it is clean by now, and maps once more", () => {
    const d = new Drive(UNWRITTEN, "7.2").until("w", "Z_LOCK");
    d.end("f").complete();
    expect([isDirty(d), extents(d.e)[0]]).toEqual([false, "W"]);
    d.end("e");
    expect(d.e.k.folios.has(0, FolioFlag.PRESENT)).toBe(true);
    d.step("w");
    expect(d.isAt("w", "Z_BEGIN_NEXT")).toBe(true);
    d.endWithIo("w");
    expect(d.e.k.folios.blockHas(0, BlockFlag.IN_BATCH)).toBe(false);
    expect(d.finish()).toEqual([]);
  });

  it("flushes past the block of EOF, where no folio is looked up", () => {
    const m: Machine = {
      file: "{ size: 0, block: 1k }",
      setup: ["fallocate: 0..4k, keep-size: true", "write: 0..512"],
      threads: { w: ["write: 3k..4k"] },
    };
    const d = new Drive(m, "7.2").endWithIo("w");
    expect(extents(d.e)).toBe("WUUU");
  });
});

describe("zeroing over a hole that goes on past EOF", () => {
  it.each(["6.12", "6.18", "7.2", "7.3"])("skips it in one map: %s", (kernel) => {
    const m: Machine = { file: "{ size: 1k, block: 4k }", threads: { w: ["write: 5k..8k"] } };
    const d = new Drive(m, kernel);
    for (; !d.isDone("w"); d.step("w")) expect(d.isAt("w", "Z_BEGIN_NEXT")).toBe(false);
    expect(d.finish()).toEqual([]);
  });
});

describe("zeroing over a hole under a dirty folio", () => {
  const m: Machine = {
    file: "{ size: 1k, block: 1k }",
    setup: ["write: 0..1k", "store: 2k..3k"],
    threads: { w: ["write: 3k..4k"] },
  };

  it.each([
    ["6.18", "W--D"],
    ["7.2", "D--D"],
    ["7.2 -zero-hole-no-flush", "W--D"],
  ])("flushes it, or leaves it: %s", (kernel, after) => {
    const d = new Drive(m, kernel).endWithIo("w");
    expect([extents(d.e), isDirty(d)]).toEqual([after, true]);
    expect(d.complete().finish()).toEqual([]);
  });
});

describe("truncating within a folio", () => {
  const m: Machine = {
    file: "{ size: 0, block: 1k }",
    setup: ["write: 0..2k", "write: 2k..4k"],
    threads: { t: ["truncate: 1536"] },
  };

  it.each([
    ["6.18", [true, true, true, true]],
    ["7.2", [true, true, false, false]],
  ])("cleans the blocks that go, or not: %s", (kernel, dirty) => {
    const d = new Drive(m, kernel, true).until("t", "TR_TRUNCATED");
    expect([0, 1, 2, 3].map((b) => d.e.k.folios.blockHas(b, BlockFlag.DIRTY))).toEqual(dirty);
    expect(d.endWithIo("t").complete().finish()).toEqual([]);
  });
});

describe("a write whose source ends in the middle of its map", () => {
  const m: Machine = { file: "{ size: 0, block: 4k }", threads: { w: ["write: 0..8k, fault-at: 4k"] } };

  it.each([
    ["7.2", 2],
    ["7.3", 1],
  ])("on %s maps %i times, with the same result", (kernel, maps) => {
    const d = new Drive(m, kernel, true);
    let begun = 0;
    while (!d.isDone("w")) {
      if (d.isAt("w", "W_BEGIN") || d.isAt("w", "W_BEGIN_NEXT")) begun++;
      d.step("w");
    }
    expect(begun).toBe(maps);
    expect(d.returns).toMatchObject([{ thread: "w", done: d.e.k.g.cells / 2 }]);
    expect(d.finish()).toEqual([]);
  });
});

describe("a short copy that is rejected", () => {
  const m: Machine = {
    file: "{ size: 4k, block: 1k }",
    threads: { w: ["write: 0x200..0x600, fault-at: 0x500"] },
  };

  it.each([
    ["7.2", true],
    ["7.3", false],
    ["7.2 +zeroed-uptodate-at-end", false],
  ])("leaves blocks uptodate that write_begin zeroed: %s", (kernel, uptodate) => {
    const d = new Drive(m, kernel).until("w", "W_COPY").until("w", "W_FAULT_IN");
    expect(d.e.k.folios.blockHas(0, BlockFlag.UPTODATE)).toBe(uptodate);
  });
});
