/**
 * Which of the causes that are known of its kind a failing case has: one whose cure makes that kind go away.
 */
import { examine } from "../explore/finding/finding.js";
import { makeSubject } from "../explore/run/subject.js";
import { sampleScenario } from "../explore/sample/sample.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { RunSpec } from "../scenario/token.js";
import { withCure } from "./cure.js";

export interface CauseJob {
  readonly kind: "cause";
  readonly run: RunSpec;
  readonly mask: number;
  /** Of the finding, as the run shows it. */
  readonly shown: string;
  /** Toggles that together cure each of the known causes. */
  readonly cures: readonly (readonly string[])[];
}

/** Beside the run's own choices, which mostly tell: a case of another cause fails on in the same schedule. */
const SCHEDULES = 100;

export interface CauseResult {
  /** Index of the first cure under which the case shows its kind no more; -1 when it has another cause than these. */
  readonly cause: number;
}

export function tellCause({ run, mask, shown, cures }: CauseJob): CauseResult {
  return { cause: cures.findIndex((cure) => !showsOn(withCure(run.variant, cure))) };

  function showsOn(variant: KernelVariant): boolean {
    const subject = makeSubject(run.scenario, variant);
    const isShown = (choices: readonly number[]) => examine(subject, choices, mask)?.kind === shown;
    if (isShown(run.choices)) return true;
    const { first } = sampleScenario(subject, {
      schedules: SCHEDULES,
      seed: "cause",
      mask,
      stopAtFirst: true,
    });
    return first !== undefined && isShown(first.choices);
  }
}
