import { describe, expect, it } from "vitest";
import { parseFreeSpace } from "../../src/real/machine/free-space.js";

describe("parseFreeSpace", () => {
  it("leaves out what is kept for the btrees, and finds the first file's inode", () => {
    const text = [
      "    agno    agbno      len",
      "       0        6        1",
      "       0        7        1",
      "       0       24    20456",
      "       0       10        6",
      "   from      to extents  blocks    pct",
      "      1       1       2       2   0.02",
      "flcount = 2",
      "rootino = 128",
      "inopblock = 8",
    ].join("\n");
    expect(parseFreeSpace(text)).toEqual({
      free: [
        [10, 16],
        [24, 20480],
      ],
      inode: 16,
    });
    expect(() => parseFreeSpace("no image")).toThrow("xfs_db says nothing");
  });
});
