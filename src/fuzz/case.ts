/**
 * A case: a random program, or a given one, and a number of schedules of it, drawn from the master seed and the case's number.
 * A case seed names one and means its first failing run, unshrunk, or its last run when none fails.
 */
import { OrderFilter } from "../explore/pin/happens-before.js";
import { choicesOf } from "../explore/run/choice-lists.js";
import { CachedRuns } from "../explore/run/memo.js";
import { makeSubject } from "../explore/run/subject.js";
import type { Turns } from "../explore/sample/turns.js";
import { inTurn, type Makers, makeStrategies, type StrategyName } from "../explore/strategies/index.js";
import { makeRng } from "../explore/strategies/rng.js";
import { FIXES } from "../kernel/versions/fixes.js";
import { MODEL } from "../kernel/versions/model-version.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { type BudgetEdit, withBudget } from "../scenario/budget.js";
import type { Scenario } from "../scenario/types.js";
import { randomProgram } from "./random-program.js";

export interface CaseOptions {
  readonly variant: KernelVariant;
  /** Master seed. */
  readonly seed: string;
  /** Oracles that count, as a mask. */
  readonly mask: number;
  readonly strategy?: StrategyName | undefined;
  readonly depth?: number | undefined;
  readonly schedules?: number;
  /** Instead of what the program's budget says. */
  readonly budget?: BudgetEdit;
  /** The program of all cases, instead of random ones; what its file pins but an order counts for nothing. */
  readonly scenario?: Scenario | undefined;
}

export interface CaseOutcome {
  readonly n: number;
  readonly scenario: Scenario;
  readonly schedules: number;
  readonly steps: number;
  /** The first failing run, or undefined. */
  readonly choices: readonly number[] | undefined;
  readonly found: number;
  /** Times that its schedules entered each window, in the order of WINDOWS. */
  readonly windows: ArrayLike<number>;
}

/** Schedules per program by default. */
const SCHEDULES = 60;

/**
 * Runs case `n` (from 0): the same options give the same outcome for ever within a model version. `runs` may have
 * served other cases before; `turns` is told of every schedule.
 */
export function runCase(
  options: CaseOptions,
  n: number,
  runs = new CachedRuns(),
  makers?: Makers,
  turns?: Turns,
): CaseOutcome {
  const scenario = programOf(options, n);
  const { engine } = makeSubject(scenario, options.variant);
  runs.start(engine);
  const strategies = makeStrategies(
    options.strategy ?? "mixed",
    makeRng(`${options.seed}:${n}:schedule`),
    engine,
    options.depth,
    makers,
    runs,
  );
  const { k } = engine;
  k.forgetWindows();
  turns?.start(k);
  const most = options.schedules ?? SCHEDULES;
  let schedules = 0;
  let steps = 0;
  let found = 0;
  const filters =
    scenario.order === undefined ? undefined : strategies.map((one) => new OrderFilter(one, scenario));
  while (found === 0 && schedules < most) {
    const turn = schedules++;
    const filter = filters === undefined ? undefined : inTurn(filters, turn);
    if (filter === undefined) runs.run(inTurn(strategies, turn));
    else engine.run(filter);
    steps += engine.steps;
    // A run that cannot keep the order says nothing.
    if (filter?.problem === undefined) found = engine.verdict.found & options.mask;
    turns?.end(k, turn, engine.steps, found !== 0);
  }
  // To know its choices the run is made once more.
  const windows = k.windows.slice();
  const choices = found === 0 ? undefined : choicesOf(engine);
  return { n, scenario, schedules, steps, choices, found, windows };
}

function programOf({ scenario, seed, strategy, budget = {} }: CaseOptions, n: number): Scenario {
  const drawn = strategy === "realizable" ? "realizable" : "all";
  return withBudget(scenario ?? randomProgram(makeRng(`${seed}:${n}:program`), `case-${n}`, drawn), budget);
}

/** `<model>:<kernel and differences>:<master seed>:<n>`; differences are `+id` and `-id` of toggles. */
export function caseSeedText(options: CaseOptions, n: number): string {
  const id = (name: string): number => FIXES.find((f) => f.name === name)?.id ?? 0;
  const plus = options.variant.with.map((f) => `+${id(f)}`).join("");
  const minus = options.variant.without.map((f) => `-${id(f)}`).join("");
  return `${MODEL}:${options.variant.base}${plus}${minus}:${options.seed}:${n}`;
}

const CASE_SEED = /^(\d{1,9}):([A-Za-z0-9._]+(?:-v\d+)?)((?:[+-]\d{1,4})*):([^:\s\p{C}]{1,100}):(\d{1,16})$/u;

export function looksLikeCaseSeed(text: string): boolean {
  return CASE_SEED.test(text);
}

/** Reads a case seed; `problem` is a sentence. */
export function parseCaseSeed(
  text: string,
):
  | { readonly variant: KernelVariant; readonly seed: string; readonly n: number }
  | { readonly problem: string } {
  const match = CASE_SEED.exec(text);
  if (match === null) return { problem: "it is not a case seed (<model>:<kernel>:<master seed>:<n>)" };
  const [, model, base = "", differences = "", seed = "", number] = match;
  if (Number(model) !== MODEL) {
    return {
      problem: `it is of model ${model} and this is model ${MODEL}: the same seed would mean another run`,
    };
  }
  const n = Number(number);
  if (!Number.isSafeInteger(n)) return { problem: "its number is over 2^53" };
  const on: string[] = [];
  const off: string[] = [];
  for (const [, sign, id] of differences.matchAll(/([+-])(\d+)/g)) {
    const fix = FIXES.find((f) => f.id === Number(id));
    if (fix === undefined) return { problem: `it names fix number ${id}, which this version does not know` };
    if ([...on, ...off].includes(fix.name)) return { problem: `it names the toggle ${fix.name} twice` };
    (sign === "+" ? on : off).push(fix.name);
  }
  return { variant: { base, with: on, without: off }, seed, n };
}
