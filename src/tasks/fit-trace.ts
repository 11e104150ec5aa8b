/**
 * A kernel's trace against the model: whether it is one of a possible run, and what that run shows.
 */
import { examine } from "../explore/finding/finding.js";
import { Fit, type FitResult } from "../explore/fit/fit.js";
import { mergedChoices } from "../explore/fit/merged-run.js";
import { choicesOf } from "../explore/run/choice-lists.js";
import { makeSubject, type SubjectSpec } from "../explore/run/subject.js";

export interface FitJob {
  readonly kind: "fit";
  readonly subject: SubjectSpec;
  readonly mask: number;
}

export interface Fitted extends Omit<FitResult, "decisions"> {
  /** Some run fits. */
  readonly isPossible: boolean;
  /** What the failing run shows. */
  readonly shows?: { readonly kind: string; readonly range: readonly [number, number] } | undefined;
  /** The same as a run of merged steps, where there is one that shows the same. */
  readonly choices?: readonly number[] | undefined;
}

export function fitTrace(
  { subject: { scenario, variant }, mask }: FitJob,
  shouldStop: () => boolean,
): Fitted {
  const { observed, ...program } = scenario;
  if (observed === undefined) throw new Error("no trace to fit");
  const fine = makeSubject(scenario, variant, { fine: true });
  const names = scenario.threads.map(({ name }) => name);
  const { decisions, ...result } = new Fit(fine.engine, names, observed, mask).search(shouldStop);
  const { contrary } = observed;
  // Of two lines that are at odds the model may know which is wrong.
  if (contrary !== undefined && (result.misfit?.event.line ?? Number.POSITIVE_INFINITY) > contrary.line)
    return {
      ...result,
      found: 0,
      isPossible: false,
      isComplete: true,
      misfit: { event: contrary, instead: undefined, why: contrary.why },
    };
  if (decisions === undefined) return { ...result, isPossible: false };
  const choices = mergedChoices(fine, decisions);
  if (result.found === 0) return { ...result, isPossible: true, choices };
  const finding = examine(fine, choicesOf(fine.engine, decisions), mask);
  const same = examine(makeSubject(program, variant), choices, mask);
  return {
    ...result,
    isPossible: true,
    shows: finding === undefined ? undefined : { kind: finding.kind, range: finding.range },
    choices: same !== undefined && same.kind === finding?.kind ? choices : undefined,
  };
}
