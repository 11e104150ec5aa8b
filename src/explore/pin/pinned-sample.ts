/**
 * Scenarios that pin their interleaving: `schedule:` is run once, `order:` filters what strategies draw.
 */

import { WINDOWS } from "../../kernel/machine/windows.js";
import { printScheduleItem } from "../../scenario/language/schedule.js";
import type { ScheduleItem } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { choicesOf } from "../run/replay.js";
import type { Subject } from "../run/subject.js";
import type { Sample, SampleOptions } from "../sample/sample.js";
import { tallies } from "../sample/tally.js";
import { type Makers, makeStrategies } from "../strategies/index.js";
import { makeRng } from "../strategies/rng.js";
import { OrderFilter } from "./happens-before.js";
import { type ScheduleProblem, ScheduleStrategy } from "./pinned-schedule.js";

export interface PinnedSample extends Sample {
  /** Why the schedule or order could not be followed. */
  readonly problem?: string | undefined;
}

/** The one run that a `schedule:` describes; the problem says why it is another one. */
export function runSchedule(
  subject: Subject,
  schedule: readonly ScheduleItem[],
  options: SampleOptions,
): PinnedSample {
  const { engine } = subject;
  const strategy = new ScheduleStrategy(subject, schedule);
  engine.k.windows.fill(0);
  engine.run(strategy);
  const windows = windowsOf(subject);
  const { steps } = engine;
  if (strategy.problem !== undefined) {
    const problem = scheduleProblem(schedule, strategy.problem);
    return { schedules: 0, steps, windows, found: 0, failures: 0, problem };
  }
  const found = engine.verdict.found & options.mask;
  const first = found === 0 ? undefined : { schedule: 1, choices: choicesOf(engine) };
  return { schedules: 1, steps, windows, found, failures: found === 0 ? 0 : 1, first };
}

/** What went wrong, with the entry it went wrong at. */
export function scheduleProblem(
  schedule: readonly ScheduleItem[],
  { item, reason }: ScheduleProblem,
): string {
  const entry = schedule[item];
  return entry === undefined ? reason : `${reason} (entry ${item + 1}, ${quoted(printScheduleItem(entry))})`;
}

/** Samples schedules that keep the scenario's `order:`; runs that cannot keep it do not count. */
export function sampleOrdered(subject: Subject, options: SampleOptions, makers?: Makers): PinnedSample {
  const { engine, scenario } = subject;
  const rng = makeRng(options.seed);
  const strategies = makeStrategies(options.strategy ?? "mixed", rng, engine, options.depth, makers).map(
    (inner) => new OrderFilter(inner, scenario),
  );
  const counted = options.statistics === true ? tallies(engine, options) : undefined;
  const windows = new Array<number>(WINDOWS.length).fill(0);
  let steps = 0;
  let schedules = 0;
  let problem: string | undefined;
  for (let i = 0; i < options.schedules; i++) {
    const turn = i % strategies.length;
    const strategy = strategies[turn]!;
    engine.k.windows.fill(0);
    counted?.[turn]?.begin(engine);
    engine.run(strategy);
    steps += engine.steps;
    if (strategy.problem !== undefined) {
      problem ??= strategy.problem;
      continue;
    }
    schedules++;
    counted?.[turn]?.count(engine);
    windowsOf(subject).forEach((times, w) => {
      windows[w]! += times;
    });
    const found = engine.verdict.found & options.mask;
    if (found === 0) continue;
    return {
      schedules,
      steps,
      windows,
      found,
      failures: 1,
      first: { schedule: i + 1, choices: choicesOf(engine) },
    };
  }
  return {
    schedules,
    steps,
    windows,
    found: 0,
    failures: 0,
    strategies: counted?.map((tally) => tally.sample),
    problem: schedules > 0 ? undefined : problem,
  };
}

function windowsOf({ engine }: Subject): number[] {
  return Array.from({ length: WINDOWS.length }, (_, i) => engine.k.windows[i]!);
}
