/**
 * Judging one scenario on one kernel: chunks of schedules until the expectation is settled or the count is used up.
 * The sequence of chunks depends on nothing but the options, so neither does the result.
 */

import { ORACLE_NAMES } from "../check/violations.js";
import { oracleMask } from "../explore/finding/finding.js";
import type { Sample } from "../explore/sample/sample.js";
import { type SamplingStatistics, SamplingSum } from "../explore/sample/statistics.js";
import type { StrategyName } from "../explore/strategies/index.js";
import { timesByName, WINDOWS } from "../kernel/machine/windows.js";
import type { Expectation, OracleName } from "../scenario/types.js";
import type { ExhaustResult } from "../tasks/exhaust.js";
import type { SubjectSpec } from "../tasks/index.js";
import type { Pool } from "../workers/pool.js";

/** Small enough that a signal is heard soon, large enough that setting up does not count. */
const CHUNK = 2_000;
export const DEFAULT_SCHEDULES = 20_000;

export interface JudgeOptions {
  readonly subject: SubjectSpec;
  readonly seed: string;
  readonly schedules: number;
  readonly strategy?: StrategyName | undefined;
  readonly depth?: number | undefined;
  readonly oracles?: readonly OracleName[] | undefined;
  /** Looks at every state instead where there are few enough of them. */
  readonly exhaustive?: boolean;
  /** Says of a clean sample what its strategies showed. */
  readonly statistics?: boolean;
  readonly expected?: { readonly expect: Expectation; readonly kind?: string } | undefined;
}

export interface Judgement {
  readonly verdict: "ok" | "mismatch" | "undecided";
  /** All oracles seen violated. */
  readonly oracles: readonly OracleName[];
  readonly kinds: readonly string[];
  /** Whether the expectation holds; null when there is none or it cannot be judged. */
  readonly met: boolean | null;
  readonly schedules: number;
  readonly steps: number;
  /** How many states there are, when all were looked at. */
  readonly states: number | undefined;
  /** What a clean sample showed, when that was asked for. */
  readonly sampling: SamplingStatistics | undefined;
  /** Times each window was entered, by its name. */
  readonly windows: Readonly<Record<string, number>>;
  /** Windows of `reached` that no schedule entered. */
  readonly notReached: readonly string[];
  /** The run to report: the first that shows what was expected, else the first that fails. */
  readonly failure:
    | { readonly schedule: number; readonly choices: readonly number[]; readonly kind: string }
    | undefined;
  /** Why the scenario's own schedule or order could not be followed. */
  readonly problem: string | undefined;
  /** False when it was cut short by a signal or by time. */
  readonly isComplete: boolean;
}

/** Runs chunks on the pool; `stop` is asked between them, `tick` is told how far it is. */
export async function judge(
  pool: Pool,
  options: JudgeOptions,
  stop: () => boolean,
  tick: (schedules: number) => void = () => {},
): Promise<Judgement> {
  const { subject, expected } = options;
  const mask = oracleMask(options.oracles ?? subject.scenario.oracles);
  if (options.exhaustive === true && !stop()) {
    const result = await pool.run({ sort: "exhaust", subject, mask });
    if (result.isComplete) return concludeAll(options, result);
  }
  const windows = new Array<number>(WINDOWS.length).fill(0);
  const kinds: string[] = [];
  let found = 0;
  let schedules = 0;
  let steps = 0;
  let failure: Judgement["failure"];
  let isSettled = false;
  let problem: string | undefined;
  const most = subject.scenario.schedule === undefined ? options.schedules : 1;
  const sum = new SamplingSum();
  let chunk = 0;
  for (; chunk * CHUNK < most && !isSettled && !stop(); chunk++) {
    const result = await pool.run({
      sort: "sample",
      subject,
      options: {
        schedules: Math.min(CHUNK, most - chunk * CHUNK),
        seed: chunk === 0 ? options.seed : `${options.seed}/${chunk}`,
        mask,
        stopAtFirst: true,
        ...(options.statistics === true ? { statistics: true } : {}),
        ...(options.strategy === undefined ? {} : { strategy: options.strategy }),
        ...(options.depth === undefined ? {} : { depth: options.depth }),
      },
    });
    add(windows, result);
    sum.add(result.strategies ?? []);
    steps += result.steps;
    problem ??= result.problem;
    if (result.first !== undefined) {
      const kind = result.kind ?? "unknown";
      found |= result.found;
      const isShown = shows(expected, result.found, kind);
      if (failure === undefined || (isShown && !kinds.includes(kind))) {
        failure = { schedule: schedules + result.first.schedule, choices: result.first.choices, kind };
      }
      if (!kinds.includes(kind)) kinds.push(kind);
      // Oracles may be violated in different runs; a kind is one run's.
      isSettled = isShown || (expected?.kind === undefined && shows(expected, found, kind));
    }
    schedules += result.schedules;
    tick(schedules);
  }
  const isComplete = isSettled || chunk * CHUNK >= most;
  const { statistics } = sum;
  return conclude(options, {
    windows,
    kinds,
    found,
    schedules,
    steps,
    states: undefined,
    sampling: statistics.schedules > 0 ? statistics : undefined,
    failure,
    isComplete,
    problem,
  });
}

/** Every state was looked at. */
function concludeAll(options: JudgeOptions, result: ExhaustResult): Judgement {
  const { windows, found, states, failures } = result;
  const shown = failures.find(({ kind }) => shows(options.expected, found, kind)) ?? failures[0];
  return conclude(options, {
    windows: [...windows],
    kinds: failures.map(({ kind }) => kind),
    found,
    schedules: 0,
    steps: 0,
    states,
    sampling: undefined,
    failure: shown === undefined ? undefined : { schedule: 0, ...shown },
    isComplete: true,
    problem: undefined,
  });
}

function add(windows: number[], sample: Sample): void {
  for (let i = 0; i < windows.length; i++) windows[i]! += sample.windows[i] ?? 0;
}

/** Whether a failure is what was expected; without an expectation, or where ok was, any failure settles it. */
function shows(expected: JudgeOptions["expected"], found: number, kind: string): boolean {
  if (expected === undefined || expected.expect === "ok") return true;
  if (expected.kind !== undefined && expected.kind !== kind) return false;
  if (expected.expect === "mismatch") return true;
  const wanted = oracleMask(expected.expect);
  return (found & wanted) === wanted;
}

function conclude(
  { expected, subject }: JudgeOptions,
  seen: {
    windows: number[];
    kinds: string[];
    found: number;
    schedules: number;
    steps: number;
    states: number | undefined;
    sampling: SamplingStatistics | undefined;
    failure: Judgement["failure"];
    isComplete: boolean;
    problem: string | undefined;
  },
): Judgement {
  const { found, windows, failure, kinds, schedules, steps, states, sampling, isComplete, problem } = seen;
  const counts = timesByName(windows);
  const notReached = subject.scenario.reached.filter((name) => (counts[name] ?? 0) === 0);
  const isClean = found === 0;
  const cannotSay =
    isClean &&
    (notReached.length > 0 ||
      (schedules === 0 && states === undefined) ||
      (!isComplete && expected?.expect !== "ok"));
  const verdict = !isClean ? "mismatch" : cannotSay ? "undecided" : "ok";
  let met: boolean | null = null;
  if (expected !== undefined && verdict !== "undecided") {
    if (expected.expect === "ok") met = isClean;
    else met = !isClean && kinds.some((kind) => shows(expected, found, kind));
  }
  const oracles = ORACLE_NAMES.filter((_, i) => (found & (1 << i)) !== 0);
  return {
    verdict,
    oracles,
    kinds,
    met,
    schedules,
    steps,
    states,
    sampling: verdict === "ok" ? sampling : undefined,
    windows: counts,
    notReached,
    failure,
    isComplete,
    problem,
  };
}
