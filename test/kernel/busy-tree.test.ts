import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BusyTree } from "../../src/kernel/objects/busy-tree.js";

function tree(...extents: readonly (readonly [number, number])[]): BusyTree {
  const busy = new BusyTree();
  for (const [start, end] of extents) busy.insert(start, end);
  return busy;
}

describe("a free extent trimmed to what is not busy", () => {
  it.each([
    ["nothing busy", [], [10, 20]],
    ["its end", [[18, 30]], [10, 18]],
    ["its start", [[5, 12]], [12, 20]],
    ["all of it", [[10, 20]], undefined],
    ["its middle, with room before it", [[14, 16]], [10, 14]],
    ["its middle, with too little on both sides", [[13, 17]], undefined],
    ["others", [[20, 30]], [10, 20]],
  ] as const)("%s", (_, busy, room) => {
    expect(tree(...busy).trim(10, 20, 4)).toEqual(room);
  });

  it("goes past a busy middle only for four times as much", () => {
    expect(tree([12, 14]).trim(10, 29, 4)).toBeUndefined();
    expect(tree([12, 14]).trim(10, 30, 4)).toEqual([14, 30]);
  });
});

describe("the order of the search", () => {
  const a = [66, 68] as const;
  const b = [80, 90] as const;
  const c = [100, 110] as const;

  it("begins at what was freed first", () => {
    expect(tree(a, b).trim(64, 1000, 4)).toEqual([68, 80]);
    expect(tree(b, a).trim(64, 1000, 4)).toBeUndefined();
  });
  it("begins in the middle once the tree is balanced", () => {
    for (const order of [
      [a, b, c],
      [c, b, a],
      [a, c, b],
      [c, a, b],
    ])
      expect(tree(...order).trim(64, 1000, 4)).toBeUndefined();
  });
});

it("what is left is free, large enough, and inside", () => {
  const extents = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  fc.assert(
    fc.property(extents, fc.integer({ min: 1, max: 8 }), (starts, n) => {
      const busy = tree(...starts.map((s) => [s * 4, s * 4 + 1 + (s % 4)] as const));
      const room = busy.trim(20, 220, n);
      if (room === undefined) return;
      expect(room[0]).toBeGreaterThanOrEqual(20);
      expect(room[1]).toBeLessThanOrEqual(220);
      expect(room[1] - room[0]).toBeGreaterThanOrEqual(n);
      for (const s of starts) expect(s * 4 >= room[1] || s * 4 + 1 + (s % 4) <= room[0]).toBe(true);
    }),
  );
});
