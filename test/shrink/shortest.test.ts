/**
 * Shrunk findings beside the shortest counterexample of a breadth-first search and the calmest of a deepening one.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import type { Scenario } from "../../src/scenario/types.js";
import type { Shrunk } from "../../src/shrink/shrink.js";
import { witness } from "../scenarios.js";
import { kernel } from "./findings.js";
import { firstFailing, shortestOf, shrunkFrom } from "./sampled.js";

/** A run that fails with the fewest preemptions: no run with less does. */
function calmestOf(scenario: Scenario, variant: KernelVariant): Finding {
  const result = exploreScenario(makeSubject(scenario, variant), { preemptions: 40 });
  expect(result.finding!.preemptions).toBe(result.deepening.at(-1)!.preemptions);
  return result.finding!;
}

const SCHEDULES = 50;
const FACTOR = 1.25;
const TIMEOUT = 300_000;

/** Races of several sorts, and how many different programs the schedules of each are shrunk to at most. */
const RACES: readonly (readonly [string, KernelVariant, number])[] = [
  ["unwritten-tail", kernel("6.0"), 1],
  ["delalloc-head", kernel("6.0"), 2],
  ["new-delalloc-store", kernel("rfc-v1"), 3],
  ["failed-write-drops-store", kernel("6.0"), 1],
  ["refault-before-punch", kernel("6.2", "punch-under-invalidate-lock"), 1],
  ["zero-progress", kernel("6.2", "remap-on-zero-progress"), 1],
  ["truncate-trusts-unwritten", kernel("cured", "truncdown-flush-eof"), 1],
];

/**
 * Here the shrinker leaves out the preallocation, without which writeback has to convert the delalloc first: one
 * operation less, one step more. The witness fails in 7 steps, the smaller program in 8.
 */
const FEWER_OPERATIONS = "truncate-trusts-unwritten";

describe.each(RACES)(`${SCHEDULES} failing schedules of %s`, (name, variant, mostPrograms) => {
  const scenario = witness(name);
  let findings: readonly Finding[];
  let shrunk: readonly Shrunk[];

  beforeAll(() => {
    findings = firstFailing(scenario, variant, SCHEDULES);
    shrunk = findings.map((finding) => shrunkFrom(scenario, variant, finding));
  }, TIMEOUT);

  it("are there, and keep their kinds", () => {
    expect(shrunk.map((s) => s.finding.kind)).toEqual(findings.map((f) => f.kind));
    expect(shrunk).toHaveLength(SCHEDULES);
  });

  it(`shrink to at most ${FACTOR} times the steps of the shortest counterexample`, () => {
    const { steps } = shortestOf(scenario, variant)!;
    const own = new Map<string, number>();
    for (const { run, finding } of shrunk) {
      const program = JSON.stringify([run.scenario.file, run.scenario.setup, run.scenario.threads]);
      const fewest = own.get(program) ?? shortestOf(run.scenario, variant)!.steps;
      own.set(program, fewest);
      expect(finding.steps).toBeGreaterThanOrEqual(fewest);
      expect(finding.steps).toBeLessThanOrEqual(FACTOR * fewest);
      if (name !== FEWER_OPERATIONS) expect(finding.steps).toBeLessThanOrEqual(FACTOR * steps);
      else expect([steps, fewest, finding.steps, finding.ops]).toEqual([7, 8, 9, 3]);
    }
    expect(own.size).toBeLessThanOrEqual(mostPrograms);
  });

  it("have no more switches than the smallest preemption bound allows", () => {
    const calmest = calmestOf(scenario, variant);
    for (const { finding } of shrunk) {
      expect(finding.preemptions).toBeLessThanOrEqual(calmest.preemptions);
      expect(finding.switches).toBeLessThanOrEqual(calmest.switches);
    }
  });
});
