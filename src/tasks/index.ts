/**
 * Work that a worker thread can do: what goes in and what comes out, as data that survives being copied.
 */
import { type ExhaustJob, type ExhaustResult, exhaust } from "./exhaust.js";
import { type FuzzJob, type FuzzResult, fuzzCases } from "./fuzz-cases.js";
import { type SampleJob, type SampleResult, sampleSchedules } from "./sample-schedules.js";
import { type ShrinkJob, type ShrinkResult, shrinkFinding } from "./shrink-finding.js";

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
  switch (any.kind) {
    case "fuzz":
      return fuzzCases(any) as ResultOf<J>;
    case "sample":
      return sampleSchedules(any) as ResultOf<J>;
    case "shrink":
      return shrinkFinding(any) as ResultOf<J>;
    case "exhaust":
      return exhaust(any) as ResultOf<J>;
  }
}

/**
 * Work that needs jobs done on its way and does not care where: it yields each job and is sent its result, or
 * undefined when it has to end with what it has.
 */
export type Asking<T> = Generator<Job, T, ResultOf<Job> | undefined>;

/** Has one job done. */
export function* ask<J extends Job>(
  job: J,
): Generator<J, ResultOf<J> | undefined, ResultOf<Job> | undefined> {
  return (yield job) as ResultOf<J> | undefined;
}
