/**
 * A scenario's `order:` as a filter around another strategy: a thread whose next step would come too early counts as
 * not enabled. When nothing else can run, the order cannot be kept on this path; the run then goes on without it and
 * `problem` says so, so that its verdict can be left out.
 */

import { DEFAULT_CHOOSER } from "../../kernel/machine/choices.js";
import type { OrderConstraint, Scenario, StepRef } from "../../scenario/types.js";
import type { Engine } from "../run/engine.js";
import type { Strategy } from "../strategies/strategy.js";
import { type Call, CallRecorder } from "./calls.js";
import { Lookahead, matches, ThreadNames } from "./thread-names.js";

export class OrderFilter implements Strategy {
  readonly name: string;
  /** Why the last run did not keep the order. */
  problem: string | undefined;
  readonly #inner: Strategy;
  readonly #order: readonly OrderConstraint[];
  readonly #names: ThreadNames;
  /** Per constraint: its first step has happened. */
  readonly #happened: boolean[];
  #ahead: Lookahead | undefined;
  #view: Engine | undefined;
  #recorder: CallRecorder | undefined;
  #ran = "";

  constructor(inner: Strategy, scenario: Pick<Scenario, "threads" | "order">) {
    this.name = inner.name;
    this.#inner = inner;
    this.#order = scenario.order ?? [];
    this.#names = new ThreadNames(scenario.threads);
    this.#happened = this.#order.map(() => false);
  }

  begin(engine: Engine): void {
    engine.k.tracer = null;
    this.problem = undefined;
    this.#recorder = undefined;
    this.#happened.fill(false);
    this.#names.begin();
    this.#ahead = new Lookahead(engine);
    this.#view = Object.create(engine, {
      isEnabled: { value: (i: number) => engine.isEnabled(i) && !this.#isEarly(engine, i) },
    }) as Engine;
    this.#inner.begin(engine);
  }

  next(engine: Engine, last: number): number {
    this.#settle(engine);
    this.#names.observe(engine);
    let next = this.#inner.next(this.#view!, last);
    if (next < 0) {
      next = this.#inner.next(engine, last);
      if (next >= 0) this.problem ??= this.#whyEarly(engine, next);
    }
    if (next >= 0) this.#watch(engine, next);
    return next;
  }

  choose(kind: number, options: number): number {
    return this.#inner.choose(kind, options);
  }

  /** Notes what the step that has just ended did. */
  #settle(engine: Engine): void {
    if (this.#recorder === undefined) return;
    engine.k.tracer = null;
    const { calls } = this.#recorder;
    this.#recorder = undefined;
    this.#order.forEach(({ before, after }, i) => {
      if (this.#happened[i]) return;
      const first = this.#indexIn(calls, before);
      const second = this.#indexIn(calls, after);
      // A fault may have led to the later step where the default would not have.
      if (second >= 0 && (first < 0 || second < first)) this.problem ??= broken(this.#order[i]!);
      this.#happened[i] = first >= 0;
    });
  }

  #indexIn(calls: readonly Call[], ref: StepRef): number {
    return ref.thread === this.#ran ? calls.findIndex((call) => matches(call, ref)) : -1;
  }

  #watch(engine: Engine, next: number): void {
    this.#ran = this.#names.nameOf(engine, next);
    if (!this.#order.some((o) => o.before.thread === this.#ran || o.after.thread === this.#ran)) return;
    this.#recorder = new CallRecorder(engine.k);
    engine.k.tracer = this.#recorder;
  }

  #isEarly(engine: Engine, index: number): boolean {
    return this.#whyEarly(engine, index) !== undefined;
  }

  #whyEarly(engine: Engine, index: number): string | undefined {
    const name = this.#names.nameOf(engine, index);
    let calls: readonly Call[] | undefined;
    for (let i = 0; i < this.#order.length; i++) {
      const { before, after } = this.#order[i]!;
      if (this.#happened[i] || after.thread !== name) continue;
      calls ??= this.#ahead!.callsOf(index, DEFAULT_CHOOSER);
      const second = calls.findIndex((call) => matches(call, after));
      if (second < 0) continue;
      const first = before.thread === name ? calls.findIndex((call) => matches(call, before)) : -1;
      if (first < 0 || second < first) return broken(this.#order[i]!);
    }
    return undefined;
  }
}

function broken({ before, after }: OrderConstraint): string {
  return `${after.thread}:${after.step} cannot wait for ${before.thread}:${before.step}`;
}
