/**
 * Random cases, one after the other, and which of them fail.
 */
import { examine } from "../explore/finding/finding.js";
import { CachedRuns } from "../explore/run/memo.js";
import { subjectOf } from "../explore/run/subject.js";
import { Turns } from "../explore/sample/turns.js";
import { MAKERS } from "../force/walk.js";
import { type CaseOptions, runCase } from "../fuzz/case.js";
import { CasesDigest } from "../fuzz/case-digest.js";
import { WINDOWS } from "../kernel/machine/windows.js";
import type { RunSpec } from "../scenario/token.js";

/** Cases `from .. from + count`; stops after the first failing one unless `keepGoing`. */
export interface FuzzJob {
  readonly kind: "fuzz";
  readonly options: CaseOptions;
  readonly from: number;
  readonly count: number;
  readonly keepGoing: boolean;
}

export interface FailedCase {
  readonly n: number;
  readonly run: RunSpec;
  readonly kind: string;
  /** Schedules of the case, the failing one included. */
  readonly schedules: number;
}

export interface FuzzResult {
  readonly cases: number;
  readonly schedules: number;
  readonly steps: number;
  readonly failures: readonly FailedCase[];
  /** Times that each window was entered, in the order of WINDOWS. */
  readonly windows: readonly number[];
  /** What each strategy showed; see Turns. */
  readonly turns: readonly number[];
  /** Of what the cases came to; see CasesDigest. */
  readonly digest: string;
}

/** Serves one job after the other, as its arrays have grown by then; what it knew of another program is forgotten. */
const runs = new CachedRuns();

export function fuzzCases({ options, from, count, keepGoing }: FuzzJob): FuzzResult {
  const failures: FailedCase[] = [];
  let cases = 0;
  let schedules = 0;
  let steps = 0;
  const digest = new CasesDigest();
  const windows = WINDOWS.map(() => 0);
  const turns = new Turns(options.strategy, options.depth);
  while (cases < count) {
    const n = from + cases++;
    const outcome = runCase(options, n, runs, MAKERS, turns);
    schedules += outcome.schedules;
    steps += outcome.steps;
    digest.add(outcome);
    for (let w = 0; w < windows.length; w++) windows[w] = (windows[w] ?? 0) + (outcome.windows[w] ?? 0);
    if (outcome.choices === undefined) continue;
    const run = { scenario: outcome.scenario, variant: options.variant, choices: outcome.choices };
    const kind = examine(subjectOf(run), run.choices, options.mask)?.kind ?? "unknown";
    failures.push({ n, run, kind, schedules: outcome.schedules });
    if (!keepGoing) break;
  }
  return { cases, schedules, steps, failures, windows, turns: [...turns.counts], digest: digest.text };
}
