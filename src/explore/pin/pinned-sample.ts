/**
 * Scenarios that pin their interleaving: `schedule:` is run once, `order:` filters what strategies draw.
 */
import { printScheduleItem } from "../../scenario/language/schedule.js";
import type { ScheduleItem } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { choicesOf } from "../run/choice-lists.js";
import type { Subject } from "../run/subject.js";
import { draw, type Sample, type SampleOptions, strategiesOf } from "../sample/sample.js";
import type { Makers } from "../strategies/index.js";
import { OrderFilter } from "./happens-before.js";
import { type ScheduleProblem, ScheduleStrategy } from "./pinned-schedule.js";

export interface PinnedSample extends Sample {
  /** Why the schedule or order could not be followed. */
  readonly problem?: string | undefined;
  /** Per constraint of the order: 1 where some run made its second step. */
  readonly met?: readonly number[] | undefined;
}

/** The one run that a `schedule:` describes; the problem says why it is another one. */
export function runSchedule(
  subject: Subject,
  schedule: readonly ScheduleItem[],
  options: SampleOptions,
): PinnedSample {
  const { engine } = subject;
  engine.k.forgetWindows();
  const problem = followSchedule(subject, schedule);
  const windows = [...engine.k.windows];
  const { steps, offered } = engine;
  if (problem !== undefined) return { schedules: 0, steps, windows, found: 0, failures: 0, offered, problem };
  const found = engine.verdict.found & options.mask;
  const first = found === 0 ? undefined : { schedule: 1, choices: choicesOf(engine) };
  return { schedules: 1, steps, windows, found, failures: found === 0 ? 0 : 1, offered, first };
}

/** Makes the run that the schedule describes; says why it is another one, or does not keep the scenario's order. */
export function followSchedule(
  { engine, scenario }: Subject,
  schedule: readonly ScheduleItem[],
): string | undefined {
  const strategy = new ScheduleStrategy({ scenario }, schedule);
  const watched = new OrderFilter(strategy, scenario, true);
  engine.run(scenario.order === undefined ? strategy : watched);
  if (strategy.problem !== undefined) return scheduleProblem(schedule, strategy.problem);
  return watched.problem === undefined ? undefined : `it does not keep the order: ${watched.problem}`;
}

/** What went wrong, with the entry it went wrong at. */
function scheduleProblem(schedule: readonly ScheduleItem[], { item, reason }: ScheduleProblem): string {
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
  const met = (scenario.order ?? []).map((_, i) => Math.max(0, ...strategies.map((one) => one.met[i] ?? 0)));
  return { ...sample, met, problem: sample.schedules > 0 ? undefined : problem };
}
