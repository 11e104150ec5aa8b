/** The table that threads share tells fingerprints apart, before and after it grows in place. */

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { reserveTable, SharedTable } from "../../../src/explore/search/shared-table.js";
import { makeRng } from "../../../src/explore/strategies/rng.js";

const word = (rng: { below(n: number): number }): number => (rng.below(2 ** 31) * 2 + rng.below(2)) | 0;

describe("the shared table", () => {
  it.each([
    ["by little", 2 ** 18, 20],
    ["by two while it is small", 2 ** 23, 9],
  ])("has each fingerprint once, however often it grows %s", (_, memory, often) => {
    const rng = makeRng("shared table");
    const table = new SharedTable(reserveTable(memory), 64);
    const known: [number, number][] = [];
    let grown = 0;
    for (let i = 0; i < 20_000; i++) {
      const [low, high] = [word(rng), word(rng)];
      known.push([low, high]);
      table.touch(low);
      expect([table.add(low, high), table.add(low, high)]).toEqual([true, false]);
      if (known.length <= table.limit) continue;
      const before = table.bytes;
      expect(table.nextBytes).toBeGreaterThan(before);
      const { nextBytes } = table;
      table.grow();
      expect(table.bytes).toBe(nextBytes);
      grown++;
    }
    expect(grown).toBeGreaterThan(often);
    for (const [low, high] of known) expect(table.add(low, high)).toBe(false);
    for (const [low, high] of known.slice(0, 500)) expect(table.add(low, ~high)).toBe(true);
  });

  it("tells apart what lies at its ends, and many of one first word", () => {
    const table = new SharedTable(reserveTable(2 ** 20), 64);
    const all: [number, number][] = [
      [0, 0],
      [0, 2],
      [2, 0],
      [-1, -1],
      [-1, 1],
      [0x7fffffff, 1],
      [-0x80000000, 0],
      ...Array.from({ length: 30 }, (_, i) => [-1, i + 5] as [number, number]),
      ...Array.from({ length: 30 }, (_, i) => [5 + i * 2 ** 20, 9] as [number, number]),
    ];
    for (const [low, high] of all) expect(table.add(low, high)).toBe(true);
    table.grow();
    for (const [low, high] of all) expect(table.add(low, high)).toBe(false);
  });

  it("is taken over at the size that another thread gave it", () => {
    const buffer = reserveTable(2 ** 20);
    const [one, other] = [new SharedTable(buffer, 64), new SharedTable(buffer, 64)];
    for (let i = 1; i < 50; i++) one.add(Math.imul(i, 0x9e3779b1), i);
    one.grow();
    other.resize(one.slots);
    for (let i = 1; i < 50; i++) expect(other.add(Math.imul(i, 0x9e3779b1), i)).toBe(false);
    const { limit } = other;
    other.resize(one.slots, true);
    expect(other.limit).toBeGreaterThan(limit);
  });

  it("stops growing where its memory ends", () => {
    const table = new SharedTable(reserveTable(2 ** 14), 64);
    let bytes = 0;
    while (bytes !== table.bytes) {
      bytes = table.bytes;
      table.grow();
    }
    expect(table.bytes).toBeLessThanOrEqual(2 ** 14);
    expect(table.nextBytes).toBe(bytes);
  });

  it("that is empty takes so little that a process with many of them can still fork", () => {
    const many = Array.from({ length: 64 }, () => reserveTable(2 ** 32));
    expect(execFileSync("echo", ["forked"], { encoding: "utf8" })).toBe("forked\n");
    expect(new Set(many.map(({ byteLength }) => byteLength))).toEqual(new Set([0]));
    const table = new SharedTable(many.at(-1)!, 64);
    expect(many.at(-1)!.byteLength).toBe(table.bytes);
  });

  it("stays as it is when the machine has no memory for a larger one, and throws what else goes wrong", () => {
    const buffer = reserveTable(2 ** 20);
    const table = new SharedTable(buffer, 64);
    for (let i = 1; i < 50; i++) table.add(Math.imul(i, 0x9e3779b1), i);
    const { slots, limit } = table;
    const refuse = (error: Error) =>
      Object.defineProperty(buffer, "grow", {
        configurable: true,
        value: () => {
          throw error;
        },
      });
    refuse(new RangeError("no memory"));
    expect(table.grow()).toBe(false);
    expect([table.slots, table.limit]).toEqual([slots, limit]);
    for (let i = 1; i < 50; i++) expect(table.add(Math.imul(i, 0x9e3779b1), i)).toBe(false);
    refuse(new TypeError("something else"));
    expect(() => table.grow()).toThrow("something else");
  });
});
