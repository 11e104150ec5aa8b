/**
 * Makes a failing run small and says what cures it.
 */
import { examine, type Finding } from "../explore/finding/finding.js";
import { subjectOf } from "../explore/run/subject.js";
import { canForce } from "../force/follow.js";
import { shrinkRealizable } from "../force/shrink-moves.js";
import type { RunSpec } from "../scenario/token.js";
import { shrink } from "../shrink/shrink.js";
import { curesOf } from "./cure.js";

export interface ShrinkJob {
  readonly kind: "shrink";
  readonly run: RunSpec;
  readonly mask: number;
  /** Only schedules that user space can force. */
  readonly isRealizable?: boolean;
}

export interface ShrinkResult {
  readonly run: RunSpec;
  readonly finding: Finding;
  /** Whether user space can force the run. */
  readonly realizable: boolean;
  readonly before: { readonly ops: number; readonly steps: number; readonly switches: number };
  /** Toggles that together cure it. */
  readonly curedBy: readonly string[];
}

export function shrinkFinding({ run, mask, isRealizable }: ShrinkJob): ShrinkResult {
  const found = examine(subjectOf(run), run.choices, mask);
  if (found === undefined) throw new Error("a failing run does not fail when it is replayed");
  const small = isRealizable === true ? shrinkRealizable(run, found, mask) : shrink(run, found, mask);
  return {
    run: small.run,
    finding: small.finding,
    realizable: canForce(subjectOf(small.run), small.finding.choices),
    before: { ops: found.ops, steps: found.steps, switches: found.switches },
    curedBy: curesOf(small.run, small.finding),
  };
}
