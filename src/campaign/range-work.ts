/**
 * The work that a range is: jobs for worker threads, and what their results come to.
 */
import { CasesDigest } from "../fuzz/case-digest.js";
import type { RunSpec } from "../scenario/token.js";
import type { ExhaustJob, ExhaustResult } from "../tasks/exhaust.js";
import type { FuzzJob, FuzzResult } from "../tasks/fuzz-cases.js";
import { BATCH } from "./cut-ranges.js";
import type { RangeResult } from "./range-results.js";
import { type Campaign, caseOptions, type Part, type Range, sumOfDigests } from "./ranges.js";

/** All runs of a program are looked at as long as they come to no more states. */
const MOST_STATES = 2_000_000;

/** The cases of a range, some at a time. */
export function* batches(campaign: Campaign, part: Part, { first, count }: Range): Generator<FuzzJob> {
  const options = caseOptions(campaign, part);
  for (let from = first; from < first + count; from += BATCH)
    yield { kind: "fuzz", options, from, count: Math.min(BATCH, first + count - from), keepGoing: true };
}

/** What the batches of a range come to. */
export function total(results: readonly FuzzResult[], seconds: number): RangeResult {
  const sum = (of: (one: FuzzResult) => number) => results.reduce((all, one) => all + of(one), 0);
  const each = (of: (one: FuzzResult) => readonly number[]) =>
    (results[0] === undefined ? [] : of(results[0])).map((_, i) => sum((one) => of(one)[i] ?? 0));
  return {
    programs: sum((one) => one.cases),
    schedules: sum((one) => one.schedules),
    steps: sum((one) => one.steps),
    failures: results.flatMap(({ failures }) => failures.map(({ n, kind }) => ({ n, kind }))),
    windows: each(({ windows }) => windows),
    turns: each(({ turns }) => turns),
    digest: sumOfDigests(results.map(({ digest }) => digest)),
    seconds,
  };
}

/** The one job of a part that is explored. */
export function exploration(campaign: Campaign, part: Part): ExhaustJob {
  const { scenario, variant, mask } = caseOptions(campaign, part);
  if (scenario === undefined) throw new Error("there is nothing to explore");
  return { kind: "exhaust", subject: { scenario, variant }, mask, mostStates: MOST_STATES };
}

/** What it comes to. */
export function explored(result: ExhaustResult, seconds: number): RangeResult {
  const { states, isComplete, failures, found, windows } = result;
  const digest = new CasesDigest();
  const choices = failures.flatMap((failure) => [...failure.choices]);
  digest.add({ n: 0, schedules: states, steps: Number(isComplete), found, choices });
  return {
    programs: 1,
    schedules: 0,
    steps: 0,
    failures: failures.map(({ kind }) => ({ n: 0, kind })),
    windows,
    turns: [],
    explored: { states, isComplete },
    digest: digest.text,
    seconds,
  };
}

/** The run of an exploration that shows the kind. */
export function runOfKind(
  { subject }: ExhaustJob,
  { failures }: ExhaustResult,
  kind: string,
): RunSpec | undefined {
  const choices = failures.find((failure) => failure.kind === kind)?.choices;
  return choices === undefined ? undefined : { ...subject, choices };
}
