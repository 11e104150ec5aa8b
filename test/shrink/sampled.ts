/**
 * Failing schedules of a scenario, what they shrink to, and its shortest counterexample.
 */
import { expect } from "vitest";
import { examine, type Finding, judgedMask } from "../../src/explore/finding/finding.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { makeStrategies } from "../../src/explore/strategies/index.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { type KernelVariant, variantName } from "../../src/kernel/versions/variant.js";
import type { Scenario } from "../../src/scenario/types.js";
import { type Shrunk, shrink } from "../../src/shrink/shrink.js";

/** Sampled schedules in which so many failing ones, or one of a kind, must turn up. */
const MOST_SCHEDULES = 40_000;

/** Failing schedules of the usual mix, in the order they turn up. */
function* failing(scenario: Scenario, variant: KernelVariant): Generator<Finding> {
  const subject = makeSubject(scenario, variant);
  const { engine } = subject;
  const mask = judgedMask(subject);
  const strategies = makeStrategies("mixed", makeRng(scenario.name), engine);
  for (let i = 0; i < MOST_SCHEDULES; i++) {
    engine.run(strategies[i % strategies.length]!);
    if ((engine.verdict.found & mask) !== 0) yield examine(subject, choicesOf(engine), mask)!;
  }
}

/** The first `n` of them. */
export function firstFailing(scenario: Scenario, variant: KernelVariant, n: number): readonly Finding[] {
  const found: Finding[] = [];
  for (const finding of failing(scenario, variant)) if (found.push(finding) === n) break;
  return found;
}

export function firstOfKind(scenario: Scenario, variant: KernelVariant, kind: string): Finding {
  for (const finding of failing(scenario, variant)) if (finding.kind === kind) return finding;
  throw new Error(`no schedule of ${scenario.name} on ${variantName(variant)} shows ${kind}`);
}

/** What the failing schedule is shrunk to. */
export function shrunkFrom(scenario: Scenario, variant: KernelVariant, finding: Finding): Shrunk {
  const mask = judgedMask(makeSubject(scenario, variant));
  return shrink({ scenario, variant, choices: finding.choices }, finding, mask);
}

/** A run that fails in the fewest steps. */
export function shortestOf(scenario: Scenario, variant: KernelVariant): Finding | undefined {
  const result = exploreScenario(makeSubject(scenario, variant), { bfs: true });
  expect(result.undecided).toBeUndefined();
  return result.finding;
}
