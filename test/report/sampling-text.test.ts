import { describe, expect, it } from "vitest";
import type { SamplingStatistics, Statistics } from "../../src/explore/sample/statistics.js";
import { bugBound } from "../../src/explore/sample/unseen.js";
import { WINDOW_NAMES } from "../../src/kernel/machine/windows.js";
import { samplingText } from "../../src/report/sampling-text.js";

function statistics(
  schedules: number,
  finalStates: number,
  unseen: number,
  stale: number,
  counted = schedules,
): Statistics {
  const windows = WINDOW_NAMES.map((name) => (name === "write-map-stale-at-folio" ? stale : 0));
  return { schedules, finalStates, counted, unseen, bugBound: bugBound(schedules), windows };
}

const MIXED: SamplingStatistics = {
  ...statistics(20_000, 1312, 0.0123, 9204),
  strategies: [
    { strategy: "pct depth 2", ...statistics(4000, 35, 0, 1128) },
    { strategy: "sticky", ...statistics(4000, 1210, 0.25, 0) },
    { strategy: "random", ...statistics(12_000, 290, 7.5e-4, 8076) },
  ],
};

describe("a clean sample", () => {
  it("of a mix, strategy by strategy", () => {
    const { lines, table } = samplingText(MIXED, "mixed", ["write-map-stale-at-folio"]);
    expect([...lines, ...table].join("\n")).toBe(
      `
20,000 schedules (mixed) ended in 1,312 different states
if a random schedule fails with probability p, then p < 1.5e-4 (95 %)
the next ends in a state not seen yet: p about 0.012 (Good-Turing)
entered write-map-stale-at-folio 9,204 times (pct depth 2: 1,128; sticky: 0; random: 8,076)
strategy     schedules  states  next is new  fails, p <
pct depth 2      4,000      35            0      7.5e-4
sticky           4,000   1,210         0.25      7.5e-4
random          12,000     290       7.5e-4      2.5e-4
`.trim(),
    );
  });

  it("of one strategy, without a table", () => {
    const one = statistics(1, 1, 1, 1);
    const { lines, table } = samplingText({ ...one, strategies: [{ strategy: "urw", ...one }] }, "urw", [
      "write-map-stale-at-folio",
      "page-evicted-while-mapped",
    ]);
    expect(table).toEqual([]);
    expect(lines).toEqual([
      "1 schedule (urw) ended in 1 different state",
      "if a random schedule fails with probability p, then p < 1 (95 %)",
      "the next ends in a state not seen yet: p about 1 (Good-Turing)",
      "entered write-map-stale-at-folio 1 time",
      "entered page-evicted-while-mapped 0 times",
    ]);
  });

  it("of too many different states, with how many schedules were counted", () => {
    const many = statistics(1_000_000, 262_144, 0.9, 0, 270_000);
    const { lines } = samplingText({ ...many, strategies: [] }, "mixed", []);
    expect(lines.at(-1)).toBe("there are too many states to count them all: those of 270,000 schedules were");
  });
});
