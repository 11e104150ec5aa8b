/** The run that led to a state, from the moves that were noted on the way. */

import { describe, expect, it } from "vitest";
import { LineOrigins, TreeOrigins } from "../../../src/explore/search/origins.js";

const CHUNK = 4096;

describe("the origins of states that are taken last in, first out", () => {
  it("are the last move of each depth", () => {
    const origins = new LineOrigins();
    origins.enter(origins.add(0), 0);
    expect(origins.path()).toEqual([]);
    const [left, right] = [origins.add(5), origins.add(300_000)];
    origins.enter(right, 1);
    expect(origins.path()).toEqual([300_000]);
    origins.enter(origins.add(9), 2);
    expect(origins.path()).toEqual([300_000, 9]);
    origins.enter(left, 1);
    expect(origins.path()).toEqual([5]);
  });

  it("take room for the depth alone", () => {
    const origins = new LineOrigins();
    expect([origins.bytes, origins.chunkBytes]).toEqual([1024, 0]);
    const moves = Array.from({ length: 600 }, (_, i) => i * 3);
    origins.enter(0, 0);
    moves.forEach((move, i) => {
      origins.enter(origins.add(move), i + 1);
      if (i === 254) expect(origins.bytes).toBe(1024);
      if (i === 255) expect(origins.bytes).toBe(2048);
    });
    expect(origins.path()).toEqual(moves);
  });
});

describe("the origins of states in any order", () => {
  it("are by number", () => {
    const origins = new TreeOrigins();
    const root = origins.add(0);
    origins.enter(root);
    expect(origins.path()).toEqual([]);
    const [a, b] = [origins.add(7), origins.add(8)];
    origins.enter(b);
    const c = origins.add(9);
    origins.enter(a);
    const d = origins.add(0);
    for (const [number, path] of [
      [a, [7]],
      [b, [8]],
      [c, [8, 9]],
      [d, [7, 0]],
      [root, []],
    ] as const) {
      origins.enter(number);
      expect(origins.path()).toEqual(path);
    }
  });

  it.each([0, 1, 254, 255, 256, 257, 511, 2 ** 31 - 1])("keep the move %d", (move) => {
    const origins = new TreeOrigins();
    origins.enter(origins.add(0));
    origins.enter(origins.add(move));
    origins.enter(origins.add(3));
    expect(origins.path()).toEqual([move, 3]);
  });

  it("take five bytes a state, in chunks, and 32 for a large move", () => {
    const origins = new TreeOrigins();
    expect([origins.bytes, origins.chunkBytes]).toEqual([0, 5 * CHUNK]);
    const moves = Array.from({ length: 2 * CHUNK }, (_, i) => i % 200);
    origins.enter(origins.add(0));
    moves.forEach((move, i) => {
      origins.enter(origins.add(move));
      if (i === CHUNK - 2) expect(origins.bytes).toBe(5 * CHUNK);
      if (i === CHUNK - 1) expect(origins.bytes).toBe(10 * CHUNK);
    });
    expect(origins.path()).toEqual(moves);
    const before = origins.bytes;
    origins.add(254);
    expect(origins.bytes).toBe(before);
    origins.add(255);
    expect(origins.bytes).toBe(before + 32);
  });
});
