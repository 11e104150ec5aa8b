/**
 * Work that a worker thread can do: what goes in and what comes out, as data that survives being copied.
 */
import { exhaust } from "./exhaust.js";
import { fuzzCases } from "./fuzz-cases.js";
import { sampleSchedules } from "./sample-schedules.js";
import { shrinkFinding } from "./shrink-finding.js";

/** Who does the jobs of each kind. */
const TASKS = { fuzz: fuzzCases, sample: sampleSchedules, shrink: shrinkFinding, exhaust };
type Tasks = typeof TASKS;

export type Job = Parameters<Tasks[keyof Tasks]>[0];
export type ResultOf<J extends Job> = ReturnType<Tasks[J["kind"]]>;

/** Does a job, here and now. */
export function doJob<J extends Job>(job: J): ResultOf<J> {
  const task: (job: never) => unknown = TASKS[job.kind];
  return task(job as never) as ResultOf<J>;
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
