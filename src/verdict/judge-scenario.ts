/**
 * Judging one scenario on one kernel: chunks of schedules until the expectation is settled or the count is used up.
 * The sequence of chunks depends on nothing but the options, so neither does the result.
 */

import { oracleMask } from "../explore/finding/finding.js";
import { ANOTHER_RESULT } from "../explore/finding/kinds.js";
import { idleOrder } from "../explore/pin/order.js";
import type { SubjectSpec } from "../explore/run/subject.js";
import { type SamplingStatistics, SamplingSum } from "../explore/sample/statistics.js";
import type { StrategyName } from "../explore/strategies/index.js";
import { timesByName, WINDOWS } from "../kernel/machine/windows.js";
import { type OracleName, oraclesIn } from "../kernel/oracle-table.js";
import { isLong } from "../scenario/limits.js";
import { allOps, isWhole } from "../scenario/op-bytes.js";
import type { ExhaustResult } from "../tasks/exhaust.js";
import type { Fitted } from "../tasks/fit-trace.js";
import { type Asking, ask } from "../tasks/index.js";
import { type Expected, withReturns } from "./expectation.js";
import { fitText, misfitText } from "./fit-text.js";
import { limitsOf } from "./verdict-limits.js";

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
  readonly expected?: Expected | undefined;
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
  /** How the kernel's trace fits the model, in a sentence. */
  readonly fit?: string | undefined;
  /** What of the scenario was not part of what was judged, in sentences. */
  readonly limits: readonly string[];
  /** False when it was cut short by a signal or by time. */
  readonly isComplete: boolean;
}

/** Operations run at most where a program is longer than the language allows: its schedules are fewer in turn. */
const LONG_WORK = 20_000;
/** Bytes of an operation up to which it counts as one. */
const USUAL = 64 * 1024;

/** Of a long program fewer schedules are run, and not all states looked at. */
function within(options: JudgeOptions): JudgeOptions {
  const { scenario } = options.subject;
  if (!isLong(scenario)) return options;
  const work = allOps(scenario).map((op) => (isWhole(op) ? 1 : Math.max(1, (op.to - op.from) / USUAL)));
  const most = Math.max(2, Math.floor(LONG_WORK / work.reduce((sum, one) => sum + one, 0)));
  return { ...options, exhaustive: false, schedules: Math.min(options.schedules, most) };
}

/** Asks for every state or for chunks of schedules; ends with what it has when it is sent no result. */
export function* judge(asked: JudgeOptions): Asking<Judgement> {
  const { scenario, variant } = asked.subject;
  const subject = { ...asked.subject, scenario: withReturns(scenario, variant) };
  const options = within({ ...asked, subject });
  const mask = oracleMask(options.oracles ?? subject.scenario.oracles);
  if (subject.scenario.observed !== undefined) {
    const fitted = yield* ask({ kind: "fit", subject, mask });
    return conclude(options, seenInTrace(subject, fitted));
  }
  if (options.exhaustive === true) {
    const result = yield* ask({ kind: "exhaust", subject, mask });
    // What a search has seen go wrong counts, complete or not.
    if (result !== undefined && (result.isComplete || result.found !== 0)) {
      const all = concludeAll(options, result);
      if (result.isComplete && !isOtherKind(options, all)) return all;
      const sampled = yield* judgeBySampling(options, mask);
      const isBetter = sampled.met === true || (!result.isComplete && sampled.verdict === "mismatch");
      return isBetter ? { ...sampled, states: all.states } : all;
    }
    // One schedule says what cannot wait for what.
    if (result?.isUnordered === true) return yield* judgeBySampling({ ...options, schedules: 1 }, mask);
  }
  return yield* judgeBySampling(options, mask);
}

/** A search keeps one way into each state, but the kind of a loss is the way's: schedules may show the one expected. */
function isOtherKind({ expected }: JudgeOptions, { verdict, met }: Judgement): boolean {
  return verdict === "mismatch" && met === false && expected?.kind !== undefined && expected.expect !== "ok";
}

function* judgeBySampling(options: JudgeOptions, mask: number): Asking<Judgement> {
  const { subject, expected, seed, strategy, depth, statistics } = options;
  const seen = nothingSeen();
  const { kinds } = seen;
  const shared = { mask, stopAtFirst: true, strategy, depth, statistics };
  const most = subject.scenario.schedule === undefined ? options.schedules : 1;
  const sum = new SamplingSum();
  let isSettled = false;
  let chunk = 0;
  let isCut = false;
  for (; chunk * CHUNK < most && !isSettled && !isCut; chunk++) {
    const schedules = Math.min(CHUNK, most - chunk * CHUNK);
    const drawn = { ...shared, schedules, seed: chunk === 0 ? seed : `${seed}/${chunk}` };
    const result = yield* ask({ kind: "sample", subject, options: drawn });
    if (result === undefined) break;
    seen.windows = seen.windows.map((times, i) => times + (result.windows[i] ?? 0));
    sum.add(result.strategies ?? []);
    seen.steps += result.steps;
    seen.problem ??= result.problem;
    seen.offered |= result.offered;
    result.met?.forEach((one, i) => {
      seen.met[i] = Math.max(one, seen.met[i] ?? 0);
    });
    if (result.first !== undefined) {
      const { choices, schedule } = result.first;
      const kind = result.kind ?? "unknown";
      seen.found |= result.found;
      const isShown = shows(expected, result.found, kind);
      if (seen.failure === undefined || (isShown && !kinds.includes(kind))) {
        seen.failure = { schedule: seen.schedules + schedule, choices, kind };
      }
      if (!kinds.includes(kind)) kinds.push(kind);
      // Oracles may be violated in different runs; a kind is one run's.
      isSettled = isShown || (expected?.kind === undefined && shows(expected, seen.found, kind));
    }
    seen.schedules += result.schedules;
    isCut = result.isCut === true;
  }
  seen.isComplete = isSettled || (chunk * CHUNK >= most && !isCut);
  if (sum.statistics.schedules > 0) seen.sampling = sum.statistics;
  return conclude(options, seen);
}

/** Every state was looked at, or enough of them to see something go wrong. */
function concludeAll(options: JudgeOptions, result: ExhaustResult): Judgement {
  const { windows, found, offered, states, failures, isComplete } = result;
  const shown = failures.find(({ kind }) => shows(options.expected, found, kind)) ?? failures[0];
  return conclude(options, {
    ...nothingSeen(),
    windows: [...windows],
    kinds: failures.map(({ kind }) => kind),
    found,
    offered,
    states: isComplete ? states : undefined,
    failure: shown === undefined ? undefined : { schedule: 0, ...shown },
    isComplete,
  });
}

/** Whether a failure is what was expected; without an expectation, or where ok was, any failure settles it. */
function shows(expected: JudgeOptions["expected"], found: number, kind: string): boolean {
  if (expected === undefined || expected.expect === "ok") return true;
  if (expected.kind !== undefined && expected.kind !== kind) return false;
  if (expected.expect === "mismatch") return true;
  const wanted = oracleMask(expected.expect);
  return (found & wanted) === wanted;
}

/** What no verdict expects. */
const OTHER = `results: ${ANOTHER_RESULT}`;

type Counted = "fit" | "schedules" | "steps" | "states" | "sampling" | "failure" | "isComplete" | "problem";

/** What the runs show that fit a kernel's trace. */
function seenInTrace({ scenario: { observed }, variant }: SubjectSpec, fitted: Fitted | undefined): Seen {
  const seen = nothingSeen();
  if (fitted === undefined || observed === undefined) return seen;
  const { isPossible, misfit, found, shows, choices, states, isComplete } = fitted;
  if (!isPossible) {
    const problem = misfit === undefined ? undefined : misfitText(observed, variant, misfit);
    return { ...seen, problem, isComplete };
  }
  const kind = shows?.kind ?? "unknown";
  return {
    ...seen,
    found,
    states,
    isComplete: true,
    kinds: found === 0 ? [] : [kind],
    fit: fitText(observed, fitted),
    failure: choices === undefined || found === 0 ? undefined : { schedule: 0, choices, kind },
  };
}

/** What the schedules or states so far have shown. */
type Seen = { -readonly [K in Counted]: Judgement[K] } & {
  windows: number[];
  kinds: string[];
  found: number;
  /** Kinds of choices that were asked for: a mask over Choice. */
  offered: number;
  /** Per constraint of an order: 1 where some run made its second step; empty when none was judged by it. */
  met: number[];
};

function nothingSeen(): Seen {
  return {
    windows: new Array<number>(WINDOWS.length).fill(0),
    kinds: [],
    found: 0,
    offered: 0,
    met: [],
    schedules: 0,
    steps: 0,
    states: undefined,
    sampling: undefined,
    failure: undefined,
    isComplete: false,
    problem: undefined,
    fit: undefined,
  };
}

function conclude({ expected, subject }: JudgeOptions, seen: Seen): Judgement {
  const { found, windows, kinds, schedules, states, isComplete, met, offered, ...rest } = seen;
  const { scenario } = subject;
  const isUnjudged = schedules === 0 && states === undefined;
  const idle = met.length > 0 ? idleOrder(scenario.order ?? [], met) : undefined;
  const problem = isUnjudged ? rest.problem : idle;
  const counts = timesByName(windows);
  const notReached = scenario.reached.filter((name) => (counts[name] ?? 0) === 0);
  const isClean = found === 0;
  const cannotSay =
    isClean &&
    (problem !== undefined ||
      scenario.isPart === true ||
      notReached.length > 0 ||
      isUnjudged ||
      (!isComplete && expected?.expect !== "ok"));
  const verdict = !isClean ? "mismatch" : cannotSay ? "undecided" : "ok";
  let isMet: boolean | null = null;
  if (expected !== undefined && verdict !== "undecided") {
    if (expected.expect === "ok") isMet = isClean;
    else if (!isClean) isMet = kinds.some((kind) => shows(expected, found, kind)) && !kinds.includes(OTHER);
    else isMet = false;
  }
  return {
    ...rest,
    kinds,
    schedules,
    states,
    isComplete,
    problem,
    // Where nothing was looked at, nobody knows what steps ask for.
    limits: limitsOf(scenario, isUnjudged ? -1 : offered),
    verdict,
    oracles: oraclesIn(found),
    met: isMet,
    sampling: verdict === "ok" ? seen.sampling : undefined,
    windows: counts,
    notReached,
  };
}
