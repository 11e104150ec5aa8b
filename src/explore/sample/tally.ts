/**
 * Counts what the runs of one strategy show: how many there were, the states that they ended in, the windows that
 * they entered.
 */
import { WINDOWS } from "../../kernel/machine/windows.js";
import type { Engine } from "../run/engine.js";
import { type StrategyName, strategyLabels } from "../strategies/index.js";
import { finalStateOf } from "./final-state.js";
import { type BehaviourCounts, Behaviours } from "./unseen.js";

/** What some runs of one strategy showed, as data that survives being copied. */
export interface StrategySample {
  readonly strategy: string;
  readonly schedules: number;
  /** Times each window of WINDOWS was entered. */
  readonly windows: readonly number[];
  readonly finalStates: BehaviourCounts;
}

/**
 * One count per strategy that `options` name, in the order of their turns. From now on the engine notes the state that
 * each run ends in.
 */
export function tallies(
  engine: Engine,
  { strategy, depth }: { readonly strategy?: StrategyName | undefined; readonly depth?: number | undefined },
): readonly Tally[] {
  engine.atEnd = finalStateOf(engine);
  return strategyLabels(strategy ?? "mixed", depth).map((label) => new Tally(label));
}

export class Tally {
  readonly #label: string;
  readonly #ends = new Behaviours();
  readonly #windows = new Float64Array(WINDOWS.length);
  readonly #before = new Float64Array(WINDOWS.length);
  #schedules = 0;

  constructor(label: string) {
    this.#label = label;
  }

  /** A run is about to be made. */
  begin(engine: Engine): void {
    const { windows } = engine.k;
    for (let w = 0; w < windows.length; w++) this.#before[w] = windows[w]!;
  }

  /** The run that has just been made is part of the sample. */
  count(engine: Engine): void {
    const { windows } = engine.k;
    this.#schedules++;
    this.#ends.add(engine.endValue);
    for (let w = 0; w < windows.length; w++) this.#windows[w]! += windows[w]! - this.#before[w]!;
  }

  get sample(): StrategySample {
    return {
      strategy: this.#label,
      schedules: this.#schedules,
      windows: [...this.#windows],
      finalStates: this.#ends.counts,
    };
  }
}
