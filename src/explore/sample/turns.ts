/**
 * What the strategies of cases showed, each by itself: one array of counts, so that it can be added up by whoever has it.
 */

import { timesByName, WINDOWS } from "../../kernel/machine/windows.js";
import { type StrategyName, strategyLabels } from "../strategies/index.js";

/** Of a strategy: its schedules, their steps, how many failed, and then the times that each window was entered. */
const SCHEDULES = 0;
const STEPS = 1;
const FAILURES = 2;
const FIRST_WINDOW = 3;
const COUNTS = FIRST_WINDOW + WINDOWS.length;

export interface StrategyCounts {
  readonly schedules: number;
  readonly steps: number;
  readonly failures: number;
  /** Times that each window was entered, by its name. */
  readonly windows: Readonly<Record<string, number>>;
}

export class Turns {
  /** One strategy's counts after the other's. */
  readonly counts: Float64Array;
  readonly #before = new Float64Array(WINDOWS.length);

  constructor(strategy: StrategyName = "mixed", depth?: number) {
    this.counts = new Float64Array(COUNTS * strategyLabels(strategy, depth).length);
  }

  /** A schedule is about to be run. */
  begin(windows: ArrayLike<number>): void {
    for (let w = 0; w < windows.length; w++) this.#before[w] = windows[w]!;
  }

  /** It was the strategy's of that turn. */
  end(windows: ArrayLike<number>, turn: number, steps: number, isBad: boolean): void {
    const { counts } = this;
    const at = (turn * COUNTS) % counts.length;
    counts[at + SCHEDULES]!++;
    counts[at + STEPS]! += steps;
    if (isBad) counts[at + FAILURES]!++;
    for (let w = 0; w < windows.length; w++) counts[at + FIRST_WINDOW + w]! += windows[w]! - this.#before[w]!;
  }
}

/** The counts of each strategy by its label. */
export function turnsByLabel(
  counts: readonly number[],
  strategy: StrategyName = "mixed",
  depth?: number,
): Readonly<Record<string, StrategyCounts>> {
  const one = (i: number): StrategyCounts => {
    const [schedules = 0, steps = 0, failures = 0, ...windows] = counts.slice(i * COUNTS, (i + 1) * COUNTS);
    return { schedules, steps, failures, windows: timesByName(windows) };
  };
  return Object.fromEntries(strategyLabels(strategy, depth).map((label, i) => [label, one(i)]));
}
