/**
 * Some schedules of one scenario on one kernel: drawn by strategies, or as the scenario pins them.
 */
import { examine } from "../explore/finding/finding.js";
import { type PinnedSample, runSchedule, sampleOrdered } from "../explore/pin/pinned-sample.js";
import { type SubjectSpec, subjectOf } from "../explore/run/subject.js";
import { type SampleOptions, sampleScenario } from "../explore/sample/sample.js";
import { MAKERS } from "../force/walk.js";

export interface SampleJob {
  readonly kind: "sample";
  readonly subject: SubjectSpec;
  readonly options: SampleOptions;
}

export interface SampleResult extends PinnedSample {
  /** Kind of the first failing schedule. */
  readonly kind: string | undefined;
}

export function sampleSchedules(
  { subject: spec, options }: SampleJob,
  shouldStop: () => boolean,
): SampleResult {
  const subject = subjectOf(spec);
  const { schedule, order } = spec.scenario;
  const stoppable = { ...options, shouldStop };
  const result: PinnedSample =
    schedule !== undefined
      ? runSchedule(subject, schedule, options)
      : order !== undefined
        ? sampleOrdered(subject, stoppable, MAKERS)
        : sampleScenario(subject, stoppable, MAKERS);
  const kind =
    result.first === undefined ? undefined : examine(subject, result.first.choices, options.mask)?.kind;
  return { ...result, kind };
}
