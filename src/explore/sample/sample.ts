/**
 * Sampling one scenario on one kernel: so many schedules, taking turns in the strategies, and what they showed.
 */
import { choicesOf } from "../run/choice-lists.js";
import { CachedRuns } from "../run/memo.js";
import type { Subject } from "../run/subject.js";
import { type Makers, makeStrategies, type StrategyName } from "../strategies/index.js";
import { makeRng } from "../strategies/rng.js";
import type { Strategy } from "../strategies/strategy.js";
import { type StrategySample, tallies } from "./tally.js";

export interface SampleOptions {
  readonly schedules: number;
  readonly seed: string;
  readonly strategy?: StrategyName | undefined;
  readonly depth?: number | undefined;
  /** Oracles that count, as a mask. */
  readonly mask: number;
  readonly stopAtFirst: boolean;
  /** Counts what each strategy's schedules showed. */
  readonly statistics?: boolean | undefined;
  /** Asked before each schedule but the first; true cuts the sample short. */
  readonly shouldStop?: () => boolean;
}

export interface Sample {
  readonly schedules: number;
  readonly steps: number;
  /** Times each window of WINDOWS was entered. */
  readonly windows: readonly number[];
  /** Mask of the oracles that were violated. */
  readonly found: number;
  readonly failures: number;
  /** Kinds of choices that some schedule asked for: a mask over Choice. */
  readonly offered: number;
  /** `shouldStop` ended it. */
  readonly isCut?: boolean;
  /** The first failing schedule: its number from 1 and its choices. */
  readonly first?: { readonly schedule: number; readonly choices: readonly number[] } | undefined;
  /** With `statistics`: strategy by strategy, in the order of their turns. */
  readonly strategies?: readonly StrategySample[] | undefined;
}

/** Runs the schedules; the same options give the same sample on every machine. */
export function sampleScenario(subject: Subject, options: SampleOptions, makers?: Makers): Sample {
  const strategies = strategiesOf(subject, options, makers);
  const runs = new CachedRuns();
  runs.start(subject.engine);
  return draw(subject, options, strategies, (strategy) => {
    runs.run(strategy);
    return true;
  });
}

export function strategiesOf(
  { engine }: Subject,
  options: SampleOptions,
  makers?: Makers,
): readonly Strategy[] {
  return makeStrategies(options.strategy ?? "mixed", makeRng(options.seed), engine, options.depth, makers);
}

/** The strategies take turns; `run` makes one schedule with the one that is due and says whether it counts. */
export function draw<S extends Strategy>(
  { engine }: Subject,
  options: SampleOptions,
  strategies: readonly S[],
  run: (strategy: S) => boolean,
): Sample {
  const counted = options.statistics === true ? tallies(engine, options) : undefined;
  engine.k.forgetWindows();
  let schedules = 0;
  let steps = 0;
  let found = 0;
  let failures = 0;
  let isCut = false;
  let first: Sample["first"];
  for (let i = 0; i < options.schedules; i++) {
    isCut = i > 0 && options.shouldStop?.() === true;
    if (isCut) break;
    const turn = i % strategies.length;
    counted?.[turn]?.begin(engine);
    const counts = run(strategies[turn]!);
    steps += engine.steps;
    if (!counts) continue;
    counted?.[turn]?.count(engine);
    schedules++;
    const bad = engine.verdict.found & options.mask;
    if (bad === 0) continue;
    found |= bad;
    failures++;
    if (first === undefined) {
      const windows = engine.k.windows.slice();
      first = { schedule: i + 1, choices: choicesOf(engine) };
      engine.k.windows.set(windows);
    }
    if (options.stopAtFirst) break;
  }
  const windows = [...engine.k.windows];
  return {
    schedules,
    steps,
    windows,
    found,
    failures,
    offered: engine.offered,
    isCut,
    first,
    strategies: counted?.map((tally) => tally.sample),
  };
}
