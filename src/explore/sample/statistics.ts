/**
 * What a clean sample says, in all and strategy by strategy.
 */
import type { StrategySample } from "./tally.js";
import { Behaviours, bugBound } from "./unseen.js";

export interface Statistics {
  readonly schedules: number;
  /** Distinct states that schedules ended in. */
  readonly finalStates: number;
  /** Schedules whose ends were counted: fewer than all when there were too many distinct ones. */
  readonly counted: number;
  /** Estimated probability, 0 to 1, that the next schedule ends in a state that none of these ended in. */
  readonly unseen: number;
  /** No bug has a higher probability than this of showing in one schedule, at 95 % confidence. */
  readonly bugBound: number;
  /** Times each window of WINDOWS was entered. */
  readonly windows: readonly number[];
}

export interface StrategyStatistics extends Statistics {
  readonly strategy: string;
}

export interface SamplingStatistics extends Statistics {
  readonly strategies: readonly StrategyStatistics[];
}

/** Adds up samples in the order they are given. */
export class SamplingSum {
  readonly #all = new Sum();
  readonly #strategies = new Map<string, Sum>();

  add(samples: readonly StrategySample[]): void {
    for (const sample of samples) {
      let sum = this.#strategies.get(sample.strategy);
      if (sum === undefined) {
        sum = new Sum();
        this.#strategies.set(sample.strategy, sum);
      }
      sum.add(sample);
      this.#all.add(sample);
    }
  }

  get statistics(): SamplingStatistics {
    const strategies = [...this.#strategies].map(([strategy, sum]) => ({ strategy, ...sum.statistics }));
    return { ...this.#all.statistics, strategies };
  }
}

class Sum {
  #schedules = 0;
  readonly #ends = new Behaviours();
  readonly #windows: number[] = [];

  add({ schedules, windows, finalStates }: StrategySample): void {
    this.#schedules += schedules;
    this.#ends.addAll(finalStates);
    windows.forEach((times, w) => {
      this.#windows[w] = (this.#windows[w] ?? 0) + times;
    });
  }

  get statistics(): Statistics {
    return {
      schedules: this.#schedules,
      finalStates: this.#ends.distinct,
      counted: this.#ends.total,
      unseen: this.#ends.unseen,
      bugBound: bugBound(this.#schedules),
      windows: this.#windows,
    };
  }
}
