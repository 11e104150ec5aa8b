/**
 * What the strategies of cases showed, each by itself: one array of counts, so that it can be added up by whoever has it.
 */

import type { Kernel } from "../../kernel/machine/kernel.js";
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
  /** The windows' counts when `entered` was `#entered`. */
  readonly #before = new Float64Array(WINDOWS.length);
  #entered = 0;

  constructor(strategy: StrategyName = "mixed", depth?: number) {
    this.counts = new Float64Array(COUNTS * strategyLabels(strategy, depth).length);
  }

  /** Schedules of another program are about to be run. */
  start({ windows, entered }: Kernel): void {
    this.#before.set(windows);
    this.#entered = entered;
  }

  /** A schedule was the strategy's of that turn. */
  end({ windows, entered }: Kernel, turn: number, steps: number, isBad: boolean): void {
    const { counts } = this;
    const at = (turn * COUNTS) % counts.length;
    counts[at + SCHEDULES]!++;
    counts[at + STEPS]! += steps;
    if (isBad) counts[at + FAILURES]!++;
    if (entered === this.#entered) return;
    for (let w = 0; w < windows.length; w++) counts[at + FIRST_WINDOW + w]! += windows[w]! - this.#before[w]!;
    this.#before.set(windows);
    this.#entered = entered;
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
