import { describe, expect, it } from "vitest";
import { ExtentType } from "../../src/kernel/objects/extent-types.js";
import { afterSetup, extents } from "./machine.js";

describe("extent tree", () => {
  it.each([
    ["a hole stays a hole", [], "---"],
    ["fallocate makes unwritten extents", ["fallocate: 4k..8k"], "-U-"],
    ["a write into a hole reserves delalloc for its blocks only", ["write: 1k..5k"], "DD-"],
    [
      "a write into unwritten leaves it so until it is written back",
      ["fallocate: 0..12k", "write: 0..4k"],
      "UUU",
    ],
    ["fsync converts what it wrote", ["fallocate: 0..12k", "write: 0..4k", "fsync: {}"], "WUU"],
    ["writeback of one page allocates the whole delalloc record", ["write: 0..12k", "fsync: 0..4k"], "WUU"],
    ["fallocate over delalloc allocates it", ["write: 0..4k", "fallocate: 0..8k"], "UU-"],
    ["truncate down frees what is past the new end", ["write: 0..12k", "fsync: {}", "truncate: 5k"], "WW-"],
    [
      "truncate down flushes the page of the new end, which allocates the record",
      ["write: 0..12k", "truncate: 4k"],
      "U--",
    ],
    [
      "punch frees whole blocks and keeps partial ones",
      ["write: 0..12k", "fsync: {}", "punch: 2k..10k"],
      "W-W",
    ],
    ["zero range leaves unwritten blocks", ["write: 0..12k", "fsync: {}", "zero: 4k..8k"], "WUW"],
    ["a store reserves its page", ["store: 5k..6k"], "-D-"],
  ])("%s", (_, setup, expected) => {
    expect(extents(afterSetup("{ size: 12k }", setup))).toBe(expected);
  });

  it("keeps records apart across a short allocation", () => {
    const e = afterSetup("{ size: 12k }", ["write: 0..12k"]).k;
    e.extents.allocate(0, 2, true, ExtentType.UNWRITTEN);
    e.extents.allocate(2, 3, false, ExtentType.UNWRITTEN);
    expect([e.extents.recordStart(1), e.extents.recordEnd(1)]).toEqual([0, 2]);
    expect([e.extents.recordStart(2), e.extents.recordEnd(2)]).toEqual([2, 3]);
  });

  it("bumps if_seq only when something changed", () => {
    const { extents: x } = afterSetup("{ size: 12k }", ["write: 0..4k"]).k;
    const before = x.sequence;
    expect(x.punchDelalloc(1, 3)).toBe(false);
    x.unmap(1, 3);
    expect(x.sequence).toBe(before);
    expect(x.punchDelalloc(0, 3)).toBe(true);
    expect(x.sequence).toBe(before + 1);
  });

  it("preallocates past EOF from 64 kB on, and only there", () => {
    expect(extents(afterSetup("{ size: 0 }", ["write: 0..60k"], "6.2", "60k")).replace(/-+$/, "")).toBe(
      "D".repeat(15),
    );
    const large = extents(afterSetup("{ size: 64k }", ["write: 64k..68k"], "6.2", "68k"));
    expect(large.slice(0, 16)).toBe("-".repeat(16));
    expect(large.slice(16, 32)).toBe("D".repeat(16));
  });
});
