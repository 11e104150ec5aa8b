/** What a clean verdict names: budgets that changed nothing, orders that said nothing, what a file says in vain. */
import { describe, expect, it } from "vitest";
import { makeSubject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { parseFsxOps } from "../../src/scenario/reports/fsx.js";
import type { Scenario } from "../../src/scenario/types.js";
import { doJob } from "../../src/tasks/index.js";
import { type Judgement, judge } from "../../src/verdict/judge-scenario.js";
import { limitsOf } from "../../src/verdict/verdict-limits.js";

const VARIANT = { base: "cured", with: [], without: [] };

function scenarioOf(more: string): Scenario {
  const text = `name: x\nfile: { size: 8k }\nthreads:\n  w: [ { write: 0..4k } ]\n  f: [ { writeback: 0..8k } ]\n${more}`;
  const read = parseScenario(text, "x.yaml");
  if ("diagnostics" in read) throw new Error(read.diagnostics[0]?.message);
  return read.scenario;
}

function judged(scenario: Scenario, exhaustive: boolean): Judgement {
  const work = judge({ subject: { scenario, variant: VARIANT }, seed: "1", schedules: 300, exhaustive });
  let next = work.next();
  while (next.done !== true) next = work.next(doJob(next.value));
  return next.value;
}

const BUDGETS: readonly (readonly [string, readonly string[]])[] = [
  ["{}", []],
  ["{ short-copy: 1 }", []],
  ["{ device-error: 1, reservation-failure: 1 }", []],
  ["{ evictions: 1 }\nsetup: [ { write: 4k..8k }, { fsync: {} } ]", []],
  ["{ evictions: 1 }", ["no step could use the budget of evictions"]],
  [
    "{ faults: 0, device-error: 1 }",
    ["no fault at all was allowed: the budget of device-error was not used"],
  ],
];

describe.each([true, false])("a verdict over every state: %s", (exhaustive) => {
  it.each(BUDGETS)("with the budget %s", (budget, limits) => {
    const { verdict, limits: named } = judged(scenarioOf(`budget: ${budget}\n`), exhaustive);
    expect([verdict, named]).toEqual(["ok", limits]);
  });

  it("names budgets that no step can use", () => {
    const text = "budget: { short-copy: 1, fatal-signal: 2, reservation-failure: 1, evictions: 1 }\n";
    const scenario = {
      ...scenarioOf(text),
      threads: [{ name: "f", ops: [{ kind: "evict" as const, from: 0, to: 4096 }] }],
    };
    expect(judged(scenario, exhaustive).limits).toEqual([
      "no step could use the budget of reservation-failure, short-copy, fatal-signal and evictions",
    ]);
  });

  it.each([
    ["f:copy_page_from_iter_atomic < w:iomap_writepages", "w never made the step iomap_writepages"],
    [
      "w:copy_page_from_iter_atomic < f:copy_page_from_iter_atomic",
      "f never made the step copy_page_from_iter_atomic",
    ],
    ["w:copy_page_from_iter_atomic < f:iomap_writepages@64k", "f never made the step iomap_writepages"],
  ])("cannot be had under an order that says nothing: %s", (order, why) => {
    const { verdict, problem } = judged(scenarioOf(`order: [ "${order}" ]\n`), exhaustive);
    expect([verdict, problem]).toEqual([
      "undecided",
      `entry 1 of order, "${order.slice(0, 39)}${order.length > 40 ? "…" : ""}", binds nothing: ${why}`,
    ]);
  });

  it("is had under one that says something", () => {
    const order = "order: [ 'w:copy_page_from_iter_atomic < f:xfs_vm_writepages' ]\n";
    expect(judged(scenarioOf(order), exhaustive)).toMatchObject({ verdict: "ok", problem: undefined });
  });
});

it("a search says which part of an order says nothing", () => {
  const scenario = scenarioOf('order: [ "f:copy_page_from_iter_atomic < w:iomap_writepages" ]\n');
  const result = exploreScenario(makeSubject(scenario, VARIANT));
  expect(result).toMatchObject({
    verdict: "undecided",
    undecided: "idle-order",
    idleOrder: expect.stringContaining("w never made the step"),
  });
});

it("a schedule that breaks the order of its file is not judged", () => {
  const order = "order: [ 'w:copy_page_from_iter_atomic < f:xfs_vm_writepages' ]\n";
  const broken = scenarioOf(`${order}schedule: [ f end, w end ]\n`);
  expect(judged(broken, false)).toMatchObject({
    verdict: "undecided",
    problem: expect.stringContaining("it does not keep the order: f:xfs_vm_writepages cannot wait"),
  });
  expect(judged(scenarioOf(`${order}schedule: [ w end, f end ]\n`), false).verdict).toBe("ok");
});

it("what an fsx file says in vain is part of the verdict", () => {
  const read = parseFsxOps("write 0x0 0x1000 0x0 close_open\nskip read 0x0 0x0 0x1000\n", "x.fsxops");
  if (!("scenario" in read)) throw new Error("not read");
  expect(judged(read.scenario, true)).toMatchObject({ verdict: "ok", limits: read.scenario.notes });
  // A close and an open are operations of the model.
  expect(read.scenario.notes).toHaveLength(1);
  expect(read.scenario.threads.flatMap(({ ops }) => ops.map(({ kind }) => kind))).toContain("close");
});

it("evictions beyond what a run can count are named", () => {
  const scenario = scenarioOf("budget: { evictions: 255 }\n");
  expect(limitsOf(scenario, -1)).toEqual(["of 255 evictions asked for there were 250"]);
});

it("operations that move no whole blocks are named", () => {
  const scenario = scenarioOf("setup: [ { write: 0..8k }, { collapse: 1k..3k }, { insert: 0..4k } ]\n");
  expect(limitsOf(scenario, 0)).toEqual([
    "collapse 1k..3k: no whole blocks of 4k: the kernel refuses it with EINVAL",
  ]);
});
