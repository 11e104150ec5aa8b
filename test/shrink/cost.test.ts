/** What the shrinker holds for simpler: each number of a cost by hand, and which of two costs is the lower. */

import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/explore/finding/finding.js";
import { emptyBudget } from "../../src/scenario/budget.js";
import { NOTHING_STATED, type Op, type Scenario, WHOLE } from "../../src/scenario/types.js";
import { blocksTouched, compareCosts, departures, programCost, runCost } from "../../src/shrink/cost.js";
import { offsetsOf } from "../../src/shrink/reading-cost.js";

const K = 1024;

interface Change {
  readonly file?: Partial<Scenario["file"]>;
  readonly setup?: readonly Op[];
  readonly threads?: readonly (readonly Op[])[];
  readonly budget?: Partial<Scenario["budget"]>;
}

function scenarioOf({ file, setup = [], threads = [], budget }: Change): Scenario {
  return {
    name: "t",
    file: { size: 0, block: 4 * K, page: 4 * K, ...file },
    setup,
    threads: threads.map((ops, i) => ({ name: `t${i}`, ops })),
    budget: { ...emptyBudget(), ...budget },
    ...NOTHING_STATED,
  };
}

/** A finding of which nothing counts but this. */
function findingOf(order: readonly number[], rest: Partial<Finding> = {}): Finding {
  const steps = order.map((thread) => ({ thread }));
  return { choices: [], switches: 0, preemptions: 0, steps: 0, trace: { steps }, ...rest } as Finding;
}

const write = (from: number, to: number, rest: Partial<Op> = {}): Op => ({
  kind: "write",
  from,
  to,
  ...rest,
});
const truncate = (to: number): Op => ({ kind: "truncate", from: to, to });
const fsync: Op = { kind: "fsync", ...WHOLE };

describe("the cost of a program", () => {
  it.each<[string, Change, [ops: number, blocks: number, faults: number]]>([
    ["nothing", {}, [0, 0, 0]],
    ["setup and threads", { setup: [fsync], threads: [[fsync], [fsync, fsync]] }, [4, 0, 0]],
    ["blocks, each once", { setup: [write(0, 8 * K)], threads: [[write(4 * K, 12 * K)]] }, [2, 3, 0]],
    ["blocks, not pages", { file: { block: K }, setup: [write(0, 8 * K)] }, [1, 8, 0]],
    ["a byte on either side of a block's end", { setup: [write(4 * K - 1, 4 * K + 1)] }, [1, 2, 0]],
    ["the block that EOF lies in", { file: { size: 4 * K + 1 } }, [0, 1, 0]],
    ["EOF at the end of a named block", { file: { size: 4 * K }, setup: [write(0, K)] }, [1, 1, 0]],
    ["EOF beyond the named block", { file: { size: 4 * K + 1 }, setup: [write(0, K)] }, [1, 2, 0]],
    ["EOF at the end of a block that nothing names", { file: { size: 4 * K } }, [0, 1, 0]],
    ["EOF a byte before the end of a block", { file: { size: 4 * K - 1 } }, [0, 1, 0]],
    ["EOF of one byte", { file: { size: 1 } }, [0, 1, 0]],
    ["a new size: its last byte", { setup: [truncate(4 * K)], threads: [[write(0, 1)]] }, [2, 1, 0]],
    ["planned faults", { setup: [write(0, K, { faultAt: 1, shortCopy: 2 })] }, [1, 1, 2]],
    ["a flag is no fault", { setup: [{ kind: "zero", from: 0, to: K, keepSize: true }] }, [1, 1, 0]],
    [
      "budgets beside planned faults",
      { setup: [write(0, K, { faultAt: 0 })], budget: { shortCopy: 2, evictions: 3 } },
      [1, 1, 6],
    ],
    ["a cap is no budget", { budget: { deviceError: 1, faults: 7 } }, [0, 0, 1]],
  ])("of %s", (_, change, cost) => {
    const scenario = scenarioOf(change);
    expect(programCost(scenario)).toEqual(cost);
    expect(blocksTouched(scenario)).toBe(cost[1]);
  });
});

describe("the offsets that a program names", () => {
  it.each<[string, Change, number[]]>([
    ["the size, even of an empty file", {}, [0]],
    [
      "both ends, setup first",
      { setup: [write(1, 2)], threads: [[write(3, 4)], [write(5, 6)]] },
      [0, 1, 2, 3, 4, 5, 6],
    ],
    ["a new size once, the whole file never", { file: { size: 9 }, setup: [truncate(7), fsync] }, [9, 7]],
    ["where it fails", { setup: [write(1, 9, { faultAt: 3, shortCopy: 5 })] }, [0, 1, 9, 3, 5]],
  ])("%s", (_, change, offsets) => {
    expect(offsetsOf(scenarioOf(change))).toEqual(offsets);
  });
});

/** What follows the program's own cost and precedes the order of threads, of a run that is nothing else. */
type Reading = [
  threads: number,
  geometry: number,
  rank: number,
  blocks: number,
  rough: number,
  lengths: number,
  offsets: number,
];

describe("the cost of how a program reads", () => {
  it.each<[string, Change, Reading]>([
    ["nothing", {}, [0, 0, 0, 0, 0, 0, 0]],
    ["threads", { threads: [[], [], []] }, [3, 0, 0, 0, 0, 0, 0]],
    ["blocks of a quarter of a page", { file: { block: K } }, [0, 2, 0, 0, 0, 0, 0]],
    ["pages of 16k with one block each", { file: { block: 16 * K, page: 16 * K } }, [0, 32, 0, 0, 0, 0, 0]],
    ["pages of 64k in blocks of 4k", { file: { page: 64 * K } }, [0, 68, 0, 0, 0, 0, 0]],
    [
      "what could be simpler",
      { setup: [fsync], threads: [[{ kind: "read", from: 0, to: 4 * K }]] },
      [1, 0, 3, 1, 1, 4 * K, 4 * K],
    ],
    [
      "a flag, which is not a fault",
      { setup: [{ kind: "fallocate", from: 0, to: 4 * K, keepSize: true }] },
      [0, 0, 1, 1, 1, 4 * K, 4 * K],
    ],
    [
      "blocks as often as they are named",
      { setup: [write(0, 8 * K), write(0, 8 * K)] },
      [0, 0, 0, 4, 1, 16 * K, 16 * K],
    ],
    [
      "a byte on either side of a block's end",
      { setup: [write(4 * K - 1, 4 * K + 1)] },
      [0, 0, 0, 2, 12, 2, 8 * K],
    ],
    ["an offset on a page", { file: { size: 4 * K } }, [0, 0, 0, 0, 1, 0, 8 * K]],
    ["on a block", { file: { size: K, block: K } }, [0, 2, 0, 0, 2, 0, 2 * K]],
    ["on half a block", { file: { size: 2 * K } }, [0, 0, 0, 0, 3, 0, 4 * K]],
    ["on a quarter of a block", { file: { size: K } }, [0, 0, 0, 0, 4, 0, 2 * K]],
    ["on 64 bytes", { file: { size: 64 } }, [0, 0, 0, 0, 5, 0, 128]],
    ["on none", { file: { size: 1 } }, [0, 0, 0, 0, 6, 0, 2]],
    [
      "one offset named twice, rough once",
      { file: { size: K }, setup: [truncate(K)] },
      [0, 0, 0, 1, 4, 1, 3 * K],
    ],
    ["where it fails", { setup: [write(0, 4 * K, { faultAt: 1 })] }, [0, 0, 0, 1, 7, 4 * K, 4 * K + 1]],
  ])("of %s", (_, change, reading) => {
    expect(runCost(scenarioOf(change), findingOf([])).slice(7, 14)).toEqual(reading);
  });
});

describe("the cost of a run", () => {
  it("has the program first, then the schedule, then how it reads, then the order of threads and choices", () => {
    const scenario = scenarioOf({
      file: { size: 4 * K, block: 2 * K },
      setup: [write(0, 6 * K, { faultAt: 0 })],
      threads: [[fsync], [truncate(4 * K)]],
      budget: { evictions: 2 },
    });
    const finding = findingOf([1, 1, 0], { choices: [0, 3, 0, 5], switches: 21, preemptions: 22, steps: 23 });
    const program = [3, 3, 3];
    const schedule = [2, 21, 22, 23];
    const reading = [2, 1, 2, 4, 1 + 2, 6 * K + 1, 4 * K + 4 * K + 6 * K + 4 * K];
    expect(runCost(scenario, finding)).toEqual([...program, ...schedule, ...reading, 1, 4, 8]);
  });

  it.each<[readonly number[], number]>([
    [[], 0],
    [[0, 1, 2], 0],
    [[0, 0, 1, 0, 1], 0],
    [[1, 0], 1],
    [[1, 0, 1, 0], 1],
    [[2, 0, 1], 2],
    [[2, 1, 0], 3],
    [[0, 2, 1], 1],
  ])("where threads first run in the order %j counts %d pairs that stand the other way", (order, pairs) => {
    expect(runCost(scenarioOf({}), findingOf(order)).at(-3)).toBe(pairs);
  });

  it("counts departures, not how far they go", () => {
    expect([[], [0, 0], [0, 1], [7, 0, 9]].map(departures)).toEqual([0, 0, 1, 2]);
  });
});

describe("of two costs", () => {
  it.each<[number[], number[], number]>([
    [[], [], 0],
    [[1, 2], [1, 2], 0],
    [[1, 9], [2, 0], -1],
    [[2, 0], [1, 9], 1],
    [[1, 2], [1, 3], -1],
    [[1], [1, 0], 0],
    [[1], [1, 1], -1],
    [[1, 1], [1], 1],
  ])("%j against %j: %d", (a, b, sign) => {
    expect(Math.sign(compareCosts(a, b))).toBe(sign);
  });
});
