import { describe, expect, it } from "vitest";
import { afterSetup, cache, disk, residency } from "./machine.js";

describe("page cache", () => {
  it.each([
    ["a partial write of a 4k block fills the page", "{ size: 12k }", ["write: 1k..2k"], "d.."],
    [
      "a partial write of 1k blocks leaves the others not uptodate",
      "{ size: 12k, block: 1k }",
      ["write: 1k..2k"],
      "q..",
    ],
    ["a store brings the whole page in", "{ size: 12k, block: 1k }", ["store: 1k..2k"], "d.."],
    ["fsync leaves pages clean", "{ size: 12k }", ["write: 0..8k", "fsync: {}"], "cc."],
    [
      "evict drops clean pages only",
      "{ size: 12k }",
      ["write: 0..4k", "fsync: {}", "write: 4k..8k", "evict: 0..12k"],
      ".d.",
    ],
    ["truncate drops pages past the new end", "{ size: 12k }", ["write: 0..12k", "truncate: 4k"], "d.."],
    ["a read fills what it reads", "{ size: 12k }", ["read: 0..5k"], "cc."],
    ["punch drops whole pages", "{ size: 12k }", ["write: 0..12k", "punch: 4k..8k"], "d.d"],
  ])("%s", (_, file, setup, expected) => {
    expect(residency(afterSetup(file, setup))).toBe(expected);
  });

  it.each(["evict: 16k..20k", "fadvise: 16k..20k"])(
    "%s of pages that nobody else names drops none of the others",
    (evict) => {
      const e = afterSetup("{ size: 32k }", ["read: 28k..32k", evict], "6.2", "8k");
      expect(residency(e)).toBe("..c");
    },
  );

  it("zeroes the parts of a block that a write into unwritten space does not cover", () => {
    const e = afterSetup("{ size: 4k }", ["fallocate: 0..4k", "write: 1k..2k"], "6.2", "4k");
    expect(cache(e)).toEqual([0, 4, 0]);
  });

  it("reads the parts of a written block that a write does not cover", () => {
    const e = afterSetup(
      "{ size: 4k }",
      ["write: 0..4k", "fsync: {}", "evict: 0..4k", "write: 1k..2k"],
      "6.2",
      "4k",
    );
    expect(cache(e)).toEqual([3, 6, 3]);
    expect(disk(e)).toEqual([3, 3, 3]);
  });

  it("zeroes past EOF at writeback", () => {
    const e = afterSetup("{ size: 1k }", ["store: 0..2k", "fsync: {}"], "6.2", "4k");
    expect(cache(e)).toEqual([3, 0, 0]);
  });
});
