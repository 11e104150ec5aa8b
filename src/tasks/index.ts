/**
 * Work that a worker thread can do: what goes in and what comes out, as data that survives being copied.
 */

import { exhaust } from "./exhaust.js";
import { explainFailure } from "./explain-failure.js";
import { fitTrace } from "./fit-trace.js";
import { forceAll } from "./force-all.js";
import { fuzzCases } from "./fuzz-cases.js";
import { makePlan } from "./make-plan.js";
import { sampleSchedules } from "./sample-schedules.js";
import { shrinkFinding } from "./shrink-finding.js";
import { tellCause } from "./tell-cause.js";

/** Who does the jobs of each kind. */
const TASKS = {
  fuzz: fuzzCases,
  sample: sampleSchedules,
  shrink: shrinkFinding,
  cause: tellCause,
  exhaust,
  explain: explainFailure,
  fit: fitTrace,
  force: forceAll,
  plan: makePlan,
};
type Tasks = typeof TASKS;

export type Job = Parameters<Tasks[keyof Tasks]>[0];
export type ResultOf<J extends Job> = ReturnType<Tasks[J["kind"]]>;

/** Does a job, here and now. One that samples or searches ends with what it has when `shouldStop` says so. */
export function doJob<J extends Job>(job: J, shouldStop: () => boolean = () => false): ResultOf<J> {
  const task: (job: never, shouldStop: () => boolean) => unknown = TASKS[job.kind];
  return task(job as never, shouldStop) as ResultOf<J>;
}

/** Blocks that the operations of a program touch, roughly as many as a job may touch and still be a short one. */
const FEW_BLOCKS = 128;

/** Whether the job takes less than a second or so, where nothing else can be heard while it is done. */
export function isShort(job: Job): boolean {
  if (job.kind === "fuzz") return true;
  if (
    job.kind === "fit" ||
    job.kind === "force" ||
    job.kind === "explain" ||
    (job.kind === "plan" && job.candidates !== undefined)
  )
    return false;
  if (job.kind === "exhaust" && job.mostStates !== undefined) return false;
  const { file, setup, threads } = "run" in job ? job.run.scenario : job.subject.scenario;
  const blocks = [...setup, ...threads.flatMap(({ ops }) => ops)].map(({ from, to }) =>
    Math.min((to - from) / file.block, FEW_BLOCKS),
  );
  return blocks.reduce((sum, n) => sum + Math.max(1, n), 0) <= FEW_BLOCKS;
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
