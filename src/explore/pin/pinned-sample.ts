/**
 * Scenarios that pin their interleaving: `schedule:` is run once, `order:` filters what strategies draw.
 */

import { printScheduleItem } from "../../scenario/language/schedule.js";
import type { ScheduleItem } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { choicesOf } from "../run/replay.js";
import type { Subject } from "../run/subject.js";
import { draw, type Sample, type SampleOptions, strategiesOf } from "../sample/sample.js";
import type { Makers } from "../strategies/index.js";
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
  const windows = [...engine.k.windows];
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

/** Samples schedules that keep the scenario's `order:` up to the first failure; runs that cannot keep it do not count. */
export function sampleOrdered(subject: Subject, options: SampleOptions, makers?: Makers): PinnedSample {
  const { engine, scenario } = subject;
  const { windows } = engine.k;
  const strategies = strategiesOf(subject, options, makers).map((inner) => new OrderFilter(inner, scenario));
  let problem: string | undefined;
  const sample = draw(subject, { ...options, stopAtFirst: true }, strategies, (strategy) => {
    const before = windows.slice();
    engine.run(strategy);
    if (strategy.problem === undefined) return true;
    problem ??= strategy.problem;
    windows.set(before);
    return false;
  });
  return { ...sample, problem: sample.schedules > 0 ? undefined : problem };
}
