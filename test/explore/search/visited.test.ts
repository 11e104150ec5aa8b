/** What is told apart as visited: fingerprints in a table that grows while it may, and exact states. */

import { describe, expect, it } from "vitest";
import type { Canonical } from "../../../src/explore/search/canonical.js";
import { Fingerprints } from "../../../src/explore/search/fingerprints.js";
import { ExactStates, type Visited } from "../../../src/explore/search/visited.js";
import { makeRng } from "../../../src/explore/strategies/rng.js";

const BESIDE = Int32Array.of(1, 2);

/** A state with this fingerprint; asked with other numbers beside it, it has another. */
function stateOf(low: number, high: number): Canonical {
  const state = {
    low: 0,
    high: 0,
    hash(beside: Int32Array): void {
      this.low = low;
      this.high = beside === BESIDE ? high : ~high;
    },
    key: (beside: Int32Array) => `${low} ${high} ${beside.join()}`,
  };
  return state as unknown as Canonical;
}

/** Adds every one twice: new the first time only. */
function addAll(visited: Visited, states: readonly Canonical[]): void {
  const before = visited.count;
  states.forEach((state, i) => {
    expect(visited.add(state, BESIDE)).toBe(true);
    expect(visited.count).toBe(before + i + 1);
    expect(visited.add(state, BESIDE)).toBe(false);
  });
  for (const state of states) expect(visited.add(state, BESIDE)).toBe(false);
  expect(visited.count).toBe(before + states.length);
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("fingerprints", () => {
  it.each<[string, [number, number][]]>([
    [
      "small numbers",
      [
        [0, 0],
        [0, 1],
        [2, 0],
        [2, 1],
        [1, 2],
      ],
    ],
    [
      "signs",
      [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 0x7fffffff],
        [0x7fffffff, 1],
        [-0x80000000, 0],
        [0, -0x80000000],
      ],
    ],
    ["many for one slot", range(40).map((i) => [7 + i * 2 ** 20, 9] as [number, number])],
    ["many for the last slot", range(40).map((i) => [-1 - i * 2 ** 20, 9] as [number, number])],
    ["many with one low word", range(40).map((i) => [5, i] as [number, number])],
  ])("tell apart %s, before and after the table grows", (_, pairs) => {
    const visited = new Fingerprints(2 ** 20);
    const states = pairs.map(([low, high]) => stateOf(low, high));
    addAll(visited, states);
    addAll(
      visited,
      range(100).map((i) => stateOf(0x5bd1e995 ^ (i << 8), 77)),
    );
    for (const state of states) expect(visited.add(state, BESIDE)).toBe(false);
    for (const state of states) expect(visited.add(state, Int32Array.of(3))).toBe(true);
  });

  it("take the empty fingerprint for one of their own", () => {
    const visited = new Fingerprints(2 ** 20);
    expect([visited.add(stateOf(0, 0), BESIDE), visited.add(stateOf(0, 0), BESIDE)]).toEqual([true, false]);
    expect(visited.add(stateOf(1, 0), BESIDE)).toBe(false);
  });

  it("tell apart thousands, and say how likely one is missed", () => {
    const rng = makeRng("fingerprints");
    const visited = new Fingerprints(2 ** 22);
    addAll(
      visited,
      range(5000).map(() => stateOf(rng.below(2 ** 31) * 2 - 2 ** 31, rng.below(2 ** 31))),
    );
    expect(visited.isFull).toBe(false);
    expect(visited.expectedMissed).toBe((5000 * 4999) / 2 / 2 ** 64);
    expect(visited.bytes).toBe(8192 * 8);
  });

  // 8 bytes an entry; while the table grows, the old one and the new one of twice as many slots are there together.
  it.each<[bytes: number, slots: number, most: number]>([
    [0, 64, 58],
    [3 * 512 - 1, 64, 58],
    [3 * 512, 128, 117],
    [3 * 1024 - 1, 128, 117],
    [3 * 1024, 256, 235],
  ])("in %d bytes have %d slots, and are full with %d", (bytes, slots, most) => {
    const visited = new Fingerprints(bytes);
    const sizes = range(most).map((i) => {
      expect(visited.isFull).toBe(false);
      visited.add(stateOf(Math.imul(i + 1, 0x9e3779b1), i), BESIDE);
      return visited.bytes;
    });
    expect(visited.isFull).toBe(true);
    expect(sizes.at(-1)).toBe(slots * 8);
    expect(sizes.slice(0, 43)).toEqual(Array(43).fill(512));
    // Grown as soon as 7 of 10 slots are taken.
    for (const [before, after] of [
      [512, 44],
      [1024, 89],
    ].filter(([size]) => size! < slots * 8))
      expect([sizes[after! - 2], sizes[after! - 1]]).toEqual([before, 2 * before!]);
  });
});

describe("exact states", () => {
  it("are told apart by their keys and what stands beside them, and miss nothing", () => {
    const visited = new ExactStates(2 ** 20);
    addAll(
      visited,
      range(9).map((i) => stateOf(i % 3, i)),
    );
    expect(visited.add(stateOf(0, 0), Int32Array.of(9))).toBe(true);
    expect(visited.expectedMissed).toBe(0);
  });

  it("count the bytes of their keys and 64 for each, until there are too many", () => {
    const key = 64 + "0 0 1,2".length;
    const visited = new ExactStates(2 * key);
    expect([visited.bytes, visited.isFull]).toEqual([0, false]);
    visited.add(stateOf(0, 0), BESIDE);
    visited.add(stateOf(0, 0), BESIDE);
    expect([visited.bytes, visited.isFull]).toEqual([key, false]);
    visited.add(stateOf(0, 1), BESIDE);
    expect([visited.bytes, visited.isFull]).toEqual([2 * key, true]);
  });
});
