/**
 * A scenario's `order:` as a filter around another strategy: a thread whose next step would come too early counts as
 * not enabled. When nothing else can run, the order cannot be kept on this path; the run then goes on without it and
 * `problem` says so, so that its verdict can be left out.
 */

import type { Scenario } from "../../scenario/types.js";
import type { Engine } from "../run/engine.js";
import { ASK, type Strategy, type View } from "../strategies/strategy.js";
import { Order } from "./order.js";

export class OrderFilter implements Strategy {
  readonly name: string;
  /** Why the last run did not keep the order. */
  problem: string | undefined;
  readonly #inner: Strategy;
  readonly #scenario: Pick<Scenario, "threads" | "order">;
  /** Over all runs: per constraint whether it can have bound anything. */
  readonly met: Uint8Array;
  readonly #onlyWatches: boolean;
  #order!: Order;
  #view!: View;

  /** `onlyWatches`: the inner strategy goes its way, and `problem` says whether that kept the order. */
  constructor(inner: Strategy, scenario: Pick<Scenario, "threads" | "order">, onlyWatches = false) {
    this.met = new Uint8Array(scenario.order?.length ?? 0);
    this.#onlyWatches = onlyWatches;
    this.name = inner.name;
    this.#inner = inner;
    this.#scenario = scenario;
  }

  begin(engine: Engine): void {
    const order = new Order(engine, this.#scenario, this.met);
    this.problem = undefined;
    order.begin();
    this.#order = order;
    this.#view = {
      schedulable: engine.schedulable,
      reclaim: engine.reclaim,
      enabled: ASK,
      isEnabled: (i) => engine.isEnabled(i) && order.whyEarly(i) === undefined,
      rests: (i) => engine.rests(i),
    };
    this.#inner.begin(engine);
  }

  next(engine: Engine, last: number): number {
    // A fault may have led to a later step where the default would not have.
    if (last >= 0) this.problem ??= this.#order.settle();
    let next = this.#inner.next(this.#onlyWatches ? engine : this.#view, last);
    if (next < 0 && !this.#onlyWatches) {
      next = this.#inner.next(engine, last);
      if (next >= 0) this.problem ??= this.#order.whyEarly(next);
    }
    if (next >= 0) this.#order.watch(next);
    return next;
  }

  choose(kind: number, options: number): number {
    return this.#inner.choose(kind, options);
  }
}
