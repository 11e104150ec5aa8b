/** How a campaign is cut into ranges, and that the cut changes nothing. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextRanges, rangeSeconds, rangeSize, split } from "../../src/campaign/cut-ranges.js";
import { isChecked, type Part, sumOfDigests } from "../../src/campaign/ranges.js";
import { fuzzCases } from "../../src/tasks/fuzz-cases.js";

const SEED = { seed: 20 };
const variant = { base: "6.2", with: [], without: [] };

describe("programs shared among kernels", () => {
  test.each([
    [10, [1], [10]],
    [10, [1, 1, 1], [4, 3, 3]],
    [7, [3, 1], [6, 1]],
    [1, [1, 5], [1, 0]],
  ])("%i by %j is %j", (programs, weights, shares) => expect(split(programs, weights)).toEqual(shares));

  test("none is lost", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), weights, (programs, w) => {
        const shares = split(programs, w);
        expect(shares.reduce((a, b) => a + b)).toBe(programs);
        expect(shares.every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
      }),
      SEED,
    );
  });
});

test("ranges cover the cases once, in order", () => {
  const whole = fc.record({
    programs: fc.integer({ min: 1, max: 100_000 }),
    size: fc.integer({ min: 1, max: 5_000 }),
    most: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(whole, ({ programs, size, most }) => {
      const part: Part = { id: 3, variant, programs, queued: 0, scenario: null, explores: false };
      let queued = 0;
      let isRight = true;
      while (queued < programs && isRight) {
        const ranges = nextRanges({ ...part, queued }, size, most);
        isRight = ranges.length > 0;
        for (const { first, count, part: its } of ranges) {
          isRight &&= first === queued && its === 3 && count > 0;
          queued += count;
        }
      }
      expect(isRight).toBe(true);
      expect(queued).toBe(programs);
      expect(nextRanges({ ...part, queued }, size, most)).toEqual([]);
    }),
    SEED,
  );
});

test.each([
  [0, 0, 1_000],
  [100, 10, 1_000],
  [50_000, 10, 50_000],
  [30_001, 10, 30_025],
  [1e9, 1, 1_000_000],
])("after %i programs in %i s a range has %i", (programs, seconds, size) =>
  expect(rangeSize(programs, seconds)).toBe(size),
);

test.each([
  [1, 10],
  [200, 10],
  [1_000, 50],
])("with %i workers a range takes %i s", (workers, seconds) => {
  expect(rangeSeconds(workers)).toBe(seconds);
  expect(rangeSize(1_000, 1, workers)).toBe(1_000 * seconds);
});

test("about the share that was asked for is done twice, always the same ranges", () => {
  const ranges = Array.from({ length: 20_000 }, (_, i) => ({
    part: 1 + (i % 5),
    first: 1000 * i,
    count: 1000,
  }));
  const chosen = (share: number) => ranges.filter((range) => isChecked(range, share));
  for (const share of [0, 0.01, 0.2, 1]) {
    expect(Math.abs(chosen(share).length / ranges.length - share)).toBeLessThan(0.01);
    expect(chosen(share)).toEqual(chosen(share));
  }
});

describe("digests", () => {
  test.each([
    [[], "0000000000000000"],
    [["00000001ffffffff", "0000000200000002"], "0000000300000001"],
    [["ffffffff00000000", "0000000100000005"], "0000000000000005"],
  ])("%j sum up to %s", (digests, sum) => expect(sumOfDigests(digests)).toBe(sum));

  const digestOf = (seed: string, from: number, count: number) =>
    fuzzCases({ kind: "fuzz", options: { variant, seed, mask: -1 }, from, count, keepGoing: true }).digest;

  test("do not depend on how the cases are cut, and do on which they are", () => {
    const whole = digestOf("7", 0, 12);
    for (const at of [1, 5, 11])
      expect(sumOfDigests([digestOf("7", at, 12 - at), digestOf("7", 0, at)])).toBe(whole);
    expect(digestOf("7", 1, 12)).not.toBe(whole);
    expect(digestOf("8", 0, 12)).not.toBe(whole);
  });
});
