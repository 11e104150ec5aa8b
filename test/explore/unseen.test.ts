import { describe, expect, it } from "vitest";
import { Behaviours, bugBound } from "../../src/explore/sample/unseen.js";

/** Counts given one by one, as letters. */
function seen(letters: string, most?: number): Behaviours {
  const behaviours = new Behaviours(most);
  for (const letter of letters) behaviours.add(letter.charCodeAt(0));
  return behaviours;
}

describe("unseen behaviours", () => {
  it.each([
    // what was seen, distinct, seen once, Good-Turing
    ["", 0, 0, 1],
    ["a", 1, 1, 1],
    ["aa", 1, 0, 0],
    ["ab", 2, 2, 1],
    ["aab", 2, 1, 1 / 3],
    ["abbcccda", 4, 1, 1 / 8],
    ["abcdefghij", 10, 10, 1],
    ["aaaaaaaaab", 2, 1, 1 / 10],
    ["abcabcabcd", 4, 1, 1 / 10],
    ["aabbccddee", 5, 0, 0],
  ])("of %j: %d distinct, %d once, next is new with %d", (letters, distinct, once, unseen) => {
    const behaviours = seen(letters);
    expect([behaviours.total, behaviours.distinct, behaviours.once]).toEqual([
      letters.length,
      distinct,
      once,
    ]);
    expect(behaviours.unseen).toBeCloseTo(unseen, 12);
  });

  it.each([
    ["", "abca"],
    ["abca", ""],
    ["ab", "ab"],
    ["aab", "bcc"],
    ["a", "bbb"],
    ["abc", "cde"],
  ])("of %j and %j are those of both one after the other", (first, second) => {
    const sum = seen(first);
    sum.addAll(seen(second).counts);
    const whole = seen(first + second);
    expect([sum.total, sum.distinct, sum.once, sum.unseen]).toEqual([
      whole.total,
      whole.distinct,
      whole.once,
      whole.unseen,
    ]);
  });

  it("stop at the most that are told apart, and say of how many they speak", () => {
    const behaviours = seen("aabc", 3);
    expect(behaviours.isCapped).toBe(false);
    behaviours.addAll(seen("xy").counts);
    expect(behaviours.isCapped).toBe(true);
    behaviours.add(97);
    behaviours.addAll(seen("a").counts);
    expect([behaviours.total, behaviours.distinct]).toEqual([4, 3]);
  });

  it.each([
    [0, 1],
    [1, 0.95],
    [2, 0.776393],
    [100, 0.029513],
    [1000, 0.0029912],
    [20_000, 0.000149775],
  ])("a bug that %d clean runs did not show has at most %d", (runs, bound) => {
    expect(bugBound(runs)).toBeCloseTo(bound, 6);
    // At the bound itself all runs are clean with 5 %.
    if (runs > 0) expect((1 - bugBound(runs)) ** runs).toBeCloseTo(0.05, 10);
  });
});
