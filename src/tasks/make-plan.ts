/**
 * A schedule that user space can force: of one run, or of a program on the first kernel that has one.
 */
import { type Candidate, type NoPlan, type Plan, planOfRun, planOfScenario } from "../force/plan.js";
import type { RunSpec } from "../scenario/token.js";

export interface PlanJob {
  readonly kind: "plan";
  readonly run: RunSpec;
  /** Kernels to look at, for a program of which no run is pinned. */
  readonly candidates?: readonly Candidate[] | undefined;
}

export function makePlan({ run, candidates }: PlanJob): Plan | NoPlan {
  return candidates === undefined ? planOfRun(run) : planOfScenario(run, candidates);
}
