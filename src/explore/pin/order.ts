/**
 * A scenario's `order:` while runs are made: which first steps have happened, whether a step that was made broke the
 * order, and whether one would. Sampling and the search keep to it by this one piece of code.
 */
import { DEFAULT_CHOOSER } from "../../kernel/machine/choices.js";
import { printOrder } from "../../scenario/language/schedule.js";
import type { OrderConstraint, Scenario, StepRef } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import type { Engine } from "../run/engine.js";
import { type Call, CallRecorder } from "./calls.js";
import { isKworker, type Lookahead, lookahead, matches, ThreadNames } from "./thread-names.js";

export class Order {
  /**
   * What of the past counts, as numbers that may be saved and restored: per constraint whether its first step has
   * happened; where a constraint names a kworker, which have been born.
   */
  readonly history: Int32Array;
  /** Per constraint, over all runs: 1 once some run made its second step, so that it can have bound anything. */
  readonly met: Uint8Array;
  readonly #engine: Engine;
  readonly #order: readonly OrderConstraint[];
  readonly #names: ThreadNames;
  readonly #ahead: Lookahead;
  #recorder: CallRecorder | undefined;
  /** Name of the thread that runs. */
  #ran = "";

  constructor(engine: Engine, scenario: Pick<Scenario, "threads" | "order">, met?: Uint8Array) {
    this.#engine = engine;
    this.#order = scenario.order ?? [];
    const n = this.#order.length;
    this.met = met ?? new Uint8Array(n);
    const hasBirths = this.#order.some(
      ({ before, after }) => isKworker(before.thread) || isKworker(after.thread),
    );
    this.history = new Int32Array(n + (hasBirths ? engine.reclaim + 1 : 0));
    this.#names = new ThreadNames(scenario.threads, hasBirths ? this.history.subarray(n) : undefined);
    this.#ahead = lookahead(engine);
  }

  /** A run starts at the state that the engine is in. */
  begin(): void {
    this.#engine.k.tracer = null;
    this.#recorder = undefined;
    this.history.fill(0);
    this.#names.begin();
    this.#names.observe(this.#engine);
  }

  /** The thread is about to make a step. */
  watch(thread: number): void {
    this.#ran = this.#names.nameOf(this.#engine, thread);
    if (!this.#order.some((o) => o.before.thread === this.#ran || o.after.thread === this.#ran)) return;
    this.#recorder = new CallRecorder(this.#engine.k);
    this.#engine.k.tracer = this.#recorder;
  }

  /** Notes what the step that was watched did; why it broke the order, if it did. */
  settle(): string | undefined {
    const recorder = this.#recorder;
    let why: string | undefined;
    if (recorder !== undefined) {
      this.#engine.k.tracer = null;
      this.#recorder = undefined;
      this.#order.forEach(({ before, after }, i) => {
        const second = this.#indexIn(recorder.calls, after);
        if (second >= 0) this.met[i] = 1;
        if (this.history[i] !== 0) return;
        const first = this.#indexIn(recorder.calls, before);
        if (second >= 0 && (first < 0 || second < first)) why ??= broken(this.#order[i]!);
        if (first >= 0) this.history[i] = 1;
      });
    }
    this.#names.observe(this.#engine);
    return why;
  }

  /** Why the thread's next step would break the order, no fault coming in between; undefined when it would not. */
  whyEarly(index: number): string | undefined {
    const name = this.#names.nameOf(this.#engine, index);
    let calls: readonly Call[] | undefined;
    for (let i = 0; i < this.#order.length; i++) {
      const { before, after } = this.#order[i]!;
      if (this.history[i] !== 0 || after.thread !== name) continue;
      calls ??= this.#ahead(index, DEFAULT_CHOOSER);
      const second = calls.findIndex((call) => matches(call, after));
      if (second < 0) continue;
      const first = before.thread === name ? calls.findIndex((call) => matches(call, before)) : -1;
      if (first < 0 || second < first) return broken(this.#order[i]!);
    }
    return undefined;
  }

  #indexIn(calls: readonly Call[], ref: StepRef): number {
    return ref.thread === this.#ran ? calls.findIndex((call) => matches(call, ref)) : -1;
  }
}

/** Why the order says less than it seems to: the first constraint of which no run made the second step. */
export function idleOrder(order: readonly OrderConstraint[], met: ArrayLike<number>): string | undefined {
  const i = order.findIndex((_, i) => met[i] !== 1);
  const entry = order[i];
  if (entry === undefined) return undefined;
  const { thread, step } = entry.after;
  return `entry ${i + 1} of order, ${quoted(printOrder(entry))}, binds nothing: ${thread} never made the step ${step}`;
}

function broken({ before, after }: OrderConstraint): string {
  return `${after.thread}:${after.step} cannot wait for ${before.thread}:${before.step}`;
}
