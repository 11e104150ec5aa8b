/**
 * Work that a worker thread can do: what goes in and what comes out, as data that survives being copied.
 */

import { examine, type Finding } from "../explore/finding/finding.js";
import { CachedRuns } from "../explore/run/memo.js";
import { type KernelVariant, makeSubject, type Subject } from "../explore/run/subject.js";
import { type Sample, type SampleOptions, sampleScenario } from "../explore/sample/sample.js";
import { canForce } from "../force/moves.js";
import { shrinkRealizable } from "../force/shrink-moves.js";
import { type CaseOptions, runCase } from "../fuzz/case.js";
import type { PinnedRun } from "../scenario/token.js";
import type { Scenario } from "../scenario/types.js";
import { shrink } from "../shrink/shrink.js";
import { runSchedule, sampleOrdered } from "../verdict/pinned-run.js";
import { curesOf } from "./cure.js";
import { type ExhaustJob, type ExhaustResult, exhaust } from "./exhaust.js";

/** Cases `from .. from + count`; stops after the first failing one unless `keepGoing`. */
export interface FuzzJob {
  readonly sort: "fuzz";
  readonly options: CaseOptions;
  readonly from: number;
  readonly count: number;
  readonly keepGoing: boolean;
}

export interface FailedCase {
  readonly n: number;
  readonly run: PinnedRun;
  readonly kind: string;
  /** Schedules of the case, the failing one included. */
  readonly schedules: number;
}

export interface FuzzResult {
  readonly cases: number;
  readonly schedules: number;
  readonly steps: number;
  /** Over the digests of all cases. */
  readonly digest: number;
  readonly failures: readonly FailedCase[];
}

/** Some schedules of one scenario on one kernel. */
export interface SampleJob {
  readonly sort: "sample";
  readonly subject: SubjectSpec;
  readonly options: SampleOptions;
}

export interface SubjectSpec {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly faultCap?: number;
  readonly evictions?: number;
  readonly fine?: boolean;
}

export interface SampleResult extends Sample {
  /** Why the scenario's own schedule or order could not be followed. */
  readonly problem?: string;
  /** Kind of the first failing schedule. */
  readonly kind: string | undefined;
}

/** Makes a failing run small and says what cures it. */
export interface ShrinkJob {
  readonly sort: "shrink";
  readonly run: PinnedRun;
  readonly mask: number;
  readonly withCures: boolean;
  /** Only schedules that user space can force. */
  readonly isRealizable?: boolean;
}

export interface ShrinkResult {
  readonly run: PinnedRun;
  readonly finding: Finding;
  readonly before: { readonly ops: number; readonly steps: number; readonly switches: number };
  readonly curedBy: readonly string[] | undefined;
  /** Whether user space can force the run. */
  readonly realizable: boolean;
}

export type Job = FuzzJob | SampleJob | ShrinkJob | ExhaustJob;
export type ResultOf<J extends Job> = J extends FuzzJob
  ? FuzzResult
  : J extends SampleJob
    ? SampleResult
    : J extends ExhaustJob
      ? ExhaustResult
      : ShrinkResult;

/** Does a job, here and now. */
export function doJob<J extends Job>(job: J): ResultOf<J> {
  const any: Job = job;
  switch (any.sort) {
    case "fuzz":
      return fuzz(any) as ResultOf<J>;
    case "sample":
      return sample(any) as ResultOf<J>;
    case "shrink":
      return shrinkRun(any) as ResultOf<J>;
    case "exhaust":
      return exhaust(any) as ResultOf<J>;
  }
}

function fuzz({ options, from, count, keepGoing }: FuzzJob): FuzzResult {
  const failures: FailedCase[] = [];
  let cases = 0;
  let schedules = 0;
  let steps = 0;
  let digest = 0;
  const runs = new CachedRuns();
  while (cases < count) {
    const n = from + cases++;
    const outcome = runCase(options, n, runs);
    schedules += outcome.schedules;
    steps += outcome.steps;
    digest = (Math.imul(digest, 31) + outcome.digest) >>> 0;
    if (outcome.choices === undefined) continue;
    const run = pinned(outcome.scenario, options.variant, outcome.choices, options.faults, options.evictions);
    const kind = examine(subjectOf(run), run.choices, options.mask)?.kind ?? "unknown";
    failures.push({ n, run, kind, schedules: outcome.schedules });
    if (!keepGoing) break;
  }
  return { cases, schedules, steps, digest, failures };
}

function sample({ subject: spec, options }: SampleJob): SampleResult {
  const subject = subjectOf(spec);
  const { schedule, order } = spec.scenario;
  const result =
    schedule !== undefined
      ? runSchedule(subject, schedule, options)
      : order !== undefined
        ? sampleOrdered(subject, options)
        : sampleScenario(subject, options);
  const kind =
    result.first === undefined ? undefined : examine(subject, result.first.choices, options.mask)?.kind;
  return { ...result, kind };
}

function shrinkRun({ run, mask, withCures, isRealizable }: ShrinkJob): ShrinkResult {
  const found = examine(subjectOf(run), run.choices, mask);
  if (found === undefined) throw new Error("a failing run does not fail when it is replayed");
  const small = isRealizable === true ? shrinkRealizable(run, found, mask) : shrink(run, found, mask);
  return {
    run: small.run,
    finding: small.finding,
    before: { ops: found.ops, steps: found.steps, switches: found.switches },
    curedBy: withCures ? curesOf(small.run, small.finding) : undefined,
    realizable: canForce(subjectOf(small.run), small.finding.choices),
  };
}

/** A run as a token holds it. */
export function pinned(
  scenario: Scenario,
  variant: KernelVariant,
  choices: readonly number[],
  faultCap: number | undefined,
  evictions: number | undefined,
): PinnedRun {
  return {
    scenario,
    variant: { base: variant.base, with: variant.with, without: variant.without },
    choices,
    ...(faultCap === undefined ? {} : { faultCap }),
    ...(evictions === undefined ? {} : { evictions }),
  };
}

/** The subject of a pinned run or of a job. */
export function subjectOf(spec: SubjectSpec | PinnedRun): Subject {
  const { scenario, variant, faultCap, evictions } = spec;
  return makeSubject(scenario, variant, {
    ...(faultCap === undefined ? {} : { faultCap }),
    ...(evictions === undefined ? {} : { evictions }),
    fine: "fine" in spec && spec.fine === true,
  });
}
