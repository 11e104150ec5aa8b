/**
 * Shrinking a finding: passes over program and schedule to a fixpoint, each candidate kept when it still shows the
 * same kind and costs less (cost.ts). In the manner of Hypothesis' shrinker: passes are deterministic, adaptive, and
 * never loop inside; every acceptance lowers a well-founded cost, so that it ends. The cheap passes come first; the
 * ones that search for schedules run once those are stuck.
 */
import { examine, type Finding } from "../explore/finding/finding.js";
import { subjectOf } from "../explore/run/subject.js";
import type { RunSpec } from "../scenario/token.js";
import { NOTHING_STATED } from "../scenario/types.js";
import { Shrinker } from "./best-run.js";
import { nameThreads } from "./names.js";
import { FEWER, STAGES, type Stage } from "./stages.js";

export interface Shrunk {
  readonly run: RunSpec;
  readonly finding: Finding;
}

/** The simplest run found that shows the kind of `finding`, judged by the oracles of `mask`. */
export function shrink(run: RunSpec, finding: Finding, mask: number): Shrunk {
  const start = settle(run, finding, mask);
  const shrinker = new Shrinker(start.scenario, run.variant, start.finding, mask);
  do {
    while (STAGES.some((stage) => runStage(shrinker, stage))) {
      // From the first stage on again.
    }
  } while (shrinker.searchFewer(FEWER));
  const { best } = shrinker;
  const shrunk = { scenario: nameThreads(best.scenario), variant: run.variant, choices: best.choices };
  return { run: shrunk, finding: examine(subjectOf(shrunk), best.choices, mask) ?? best.finding };
}

/** Every pass once; true when something was accepted. */
function runStage(shrinker: Shrinker, { passes, effort }: Stage): boolean {
  const before = shrinker.best;
  for (const pass of passes) {
    let candidates = pass(shrinker.best);
    let i = 0;
    for (let next = candidates[i]; next !== undefined; next = candidates[i]) {
      if (shrinker.try(next, effort)) candidates = pass(shrinker.best);
      else i++;
    }
  }
  return shrinker.best !== before;
}

/**
 * What the scenario says about other runs (expectations, schedule, order) is left out, and the cap on all faults where
 * the run stays the same.
 */
function settle(run: RunSpec, finding: Finding, mask: number) {
  const { name, file, setup, threads, budget, oracles } = run.scenario;
  const bare = { name, file, setup, threads, oracles, ...NOTHING_STATED };
  const { faults, ...uncapped } = budget;
  const scenario = { ...bare, budget: uncapped };
  const found = examine(subjectOf({ ...run, scenario }), run.choices, mask);
  return found?.kind === finding.kind
    ? { scenario, finding: found }
    : { scenario: { ...bare, budget }, finding };
}
