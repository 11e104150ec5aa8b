/**
 * What is to be shown on a real kernel: the program and the moves, taken from a pinned run when user space can force
 * it, else looked for. A plan belongs to no kernel; realize() makes a program of it for each.
 */

import { examine, type Finding, judgedMask } from "../explore/finding/finding.js";
import { subjectOf } from "../explore/run/subject.js";
import { ORACLES } from "../kernel/oracle-table.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { RunSpec } from "../scenario/token.js";
import { type Bounds, DEFAULT_BOUNDS, type Found, findRealizable, type NoneFound } from "./find-moves.js";
import { movesOf } from "./follow.js";
import type { Move } from "./moves.js";

export interface Plan {
  /** The run that shows it, on the kernel whose model shows it. */
  readonly run: RunSpec;
  readonly moves: readonly Move[];
  /** What it shows there; undefined when it shows nothing. */
  readonly finding: Finding | undefined;
  /** Said when this is not the run that was asked for. */
  readonly note?: string;
}
export interface NoPlan {
  readonly problem: string;
  /** It is no matter of schedules: findings of its oracle are not exported. */
  readonly isDeclined: boolean;
}

/** A kernel on which a scenario is said to fail, and how. */
export interface Candidate {
  readonly variant: KernelVariant;
  readonly kind?: string | undefined;
}

/** The plan of one pinned run. */
export function planOfRun(run: RunSpec, bounds: Bounds = DEFAULT_BOUNDS): Plan | NoPlan {
  const subject = subjectOf(run);
  const finding = examine(subject, run.choices, judgedMask(subject));
  const declined = whyDeclined(finding?.oracle);
  if (finding !== undefined && declined !== undefined)
    return { problem: `${finding.kind} is not exported: ${declined}`, isDeclined: true };
  const made = movesOf(subject, run.choices);
  const isShown = finding === undefined || finding.oracle === "content";
  if ("moves" in made && isShown) return { run, moves: made.moves, finding };
  const why = "problem" in made ? made.problem : "its bytes are right in the end";
  const cannot = `user space cannot force this run: ${why}`;
  if (finding === undefined) return { problem: cannot, isDeclined: false };
  const found = findRealizable(subject, isShown ? finding.kind : undefined, bounds);
  if ("moves" in found) {
    const note = `user space cannot force the run that was found (${why}); this one loses the same: ${found.finding.kind}`;
    return { ...planOf(run, found), note };
  }
  const none = noneText(extent(found), [variantName(run.variant)]);
  return { problem: `${cannot}; ${none}`, isDeclined: false };
}

/** The first of the candidates on which a schedule that user space can force loses data. */
export function planOfScenario(
  base: RunSpec,
  candidates: readonly Candidate[],
  bounds = DEFAULT_BOUNDS,
): Plan | NoPlan {
  const declinedFor = new Set<string>();
  const none = new Map<string, string[]>();
  for (const { variant, kind } of candidates) {
    const run = { ...base, variant, choices: [] };
    const subject = subjectOf(run);
    const found = findRealizable(subject, kind?.startsWith("content") ? kind : undefined, bounds);
    if ("moves" in found) return planOf(run, found);
    const declined = whyDeclined(kind?.split(":")[0]);
    if (declined !== undefined) declinedFor.add(`${kind} is not exported: ${declined}`);
    else none.set(extent(found), [...(none.get(extent(found)) ?? []), variantName(variant)]);
  }
  const problems = [...none].map(([tried, kernels]) => noneText(tried, kernels));
  return { problem: [...declinedFor, ...problems].join("; "), isDeclined: problems.length === 0 };
}

/** Why findings of an oracle are not exported, if they are not. */
function whyDeclined(oracle: string | undefined): string | undefined {
  return ORACLES.find(({ name }) => name === oracle)?.declined;
}

function planOf(run: RunSpec, { moves, choices, finding }: Found): Plan {
  return { run: { ...run, choices }, moves, finding };
}

function extent({ runs, isComplete }: NoneFound): string {
  return isComplete ? "all that there are were tried" : `${runs} were tried, and there are more`;
}

function noneText(tried: string, kernels: readonly string[]): string {
  const where = kernels.join(", ").replace(/, ([^,]*)$/, " or $1");
  return `no schedule that user space can force loses these bytes on ${where} (${tried})`;
}
