import { describe, expect, it } from "vitest";
import { Behaviours, bugBound } from "../../src/explore/unseen.js";

describe("unseen behaviours", () => {
  it("estimates by what was seen once", () => {
    const seen = new Behaviours();
    expect(seen.unseen).toBe(1);
    for (const hash of [1, 2, 2, 3, 3, 3, 4, 1]) seen.add(hash);
    expect([seen.distinct, seen.once, seen.unseen]).toEqual([4, 1, 1 / 8]);
  });
  it("bounds a bug's probability by about three over the runs", () => {
    expect(bugBound(0)).toBe(1);
    expect(bugBound(1000)).toBeCloseTo(3 / 1000, 4);
  });
});
