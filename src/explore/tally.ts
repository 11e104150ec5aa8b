/**
 * Counts what the runs of one strategy show: how many there were, the states that they ended in, the windows that
 * they entered. A wrapper: it answers every choice as the strategy does.
 */
import { WINDOWS } from "../kernel/windows.js";
import type { Engine } from "./engine.js";
import type { FinalState } from "./final-state.js";
import type { Strategy } from "./strategy.js";
import { type BehaviourCounts, Behaviours } from "./unseen.js";

/** What some runs of one strategy showed, as data that survives being copied. */
export interface StrategySample {
  readonly strategy: string;
  readonly schedules: number;
  /** Times each window of WINDOWS was entered. */
  readonly windows: readonly number[];
  readonly finalStates: BehaviourCounts;
}

export class Tally implements Strategy {
  readonly name: string;
  readonly #inner: Strategy;
  readonly #label: string;
  readonly #finalState: FinalState;
  readonly #ends = new Behaviours();
  readonly #windows = new Float64Array(WINDOWS.length);
  readonly #before = new Float64Array(WINDOWS.length);
  #schedules = 0;
  /** Of the state that the last run ended in; NaN while it has not. */
  #hash = Number.NaN;

  constructor(inner: Strategy, label: string, finalState: FinalState) {
    this.name = inner.name;
    this.#inner = inner;
    this.#label = label;
    this.#finalState = finalState;
  }

  begin(engine: Engine): void {
    const { windows } = engine.k;
    for (let w = 0; w < this.#before.length; w++) this.#before[w] = windows[w]!;
    this.#hash = Number.NaN;
    this.#inner.begin(engine);
  }

  next(engine: Engine, last: number): number {
    const next = this.#inner.next(engine, last);
    if (next < 0) this.#hash = this.#finalState.hash();
    return next;
  }

  choose(sort: number, options: number): number {
    return this.#inner.choose(sort, options);
  }

  /** The run that has just been made is part of the sample. */
  count(engine: Engine): void {
    const { windows } = engine.k;
    this.#schedules++;
    if (!Number.isNaN(this.#hash)) this.#ends.add(this.#hash);
    for (let w = 0; w < this.#windows.length; w++) this.#windows[w]! += windows[w]! - this.#before[w]!;
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
