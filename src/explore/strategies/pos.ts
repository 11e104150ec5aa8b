/**
 * POS: partial order sampling (Yuan, Yang, Gu, "Partial order aware concurrency sampling", CAV 2018). Every pending
 * step has a random priority; the highest runs; then the steps that conflict with it draw anew, so that each order of
 * racing steps keeps a fair chance whatever the independent ones do. Conflicts come from the steps' declared touches.
 * Deviation: a step that is not enabled keeps its priority until it is.
 */

import { conflicts, TouchSet } from "../../kernel/machine/touches.js";
import { lookAtStep } from "../../kernel/paths/index.js";
import type { Engine } from "../run/engine.js";
import { randomEnvironment } from "./random.js";
import type { Rng } from "./rng.js";
import type { Strategy } from "./strategy.js";

/** Priorities are drawn below this. */
const RANGE = 2 ** 30;

export class PartialOrderSampling implements Strategy {
  readonly name = "pos";
  readonly readsState = true;
  readonly #rng: Rng;
  readonly #priorities: Int32Array;
  readonly #mine = new TouchSet();
  readonly #other = new TouchSet();

  constructor(rng: Rng, engine: Engine) {
    this.#rng = rng;
    this.#priorities = new Int32Array(engine.schedulable);
  }

  begin(): void {
    for (let i = 0; i < this.#priorities.length; i++) this.#priorities[i] = this.#rng.below(RANGE);
  }

  next(engine: Engine, _last: number): number {
    const priorities = this.#priorities;
    let best = -1;
    let onlyReclaim = true;
    for (let i = 0; i < priorities.length; i++) {
      if (!engine.isEnabled(i)) continue;
      if (i !== engine.reclaim) onlyReclaim = false;
      if (best < 0 || priorities[i]! > priorities[best]!) best = i;
    }
    if (onlyReclaim) return -1;
    this.#redraw(engine, best);
    return best;
  }

  /** The step of `chosen` is about to run: its successor and all that races with it draw anew. */
  #redraw(engine: Engine, chosen: number): void {
    const priorities = this.#priorities;
    lookAtStep(engine.k, engine.k.threads[chosen]!, this.#mine);
    const { reads, writes } = this.#mine;
    for (let i = 0; i < priorities.length; i++) {
      if (i === chosen || !engine.isEnabled(i)) continue;
      lookAtStep(engine.k, engine.k.threads[i]!, this.#other);
      if (conflicts(reads, writes, this.#other.reads, this.#other.writes))
        priorities[i] = this.#rng.below(RANGE);
    }
    priorities[chosen] = this.#rng.below(RANGE);
  }

  choose(sort: number, options: number): number {
    return randomEnvironment(this.#rng, sort, options);
  }
}
