/**
 * PCT: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010). Threads get
 * random distinct priorities; the enabled thread of the highest runs; at depth - 1 random steps the running thread
 * falls below all others. Deviation: the length that change points are drawn from is that of one default run, and a
 * kworker's priority belongs to its slot. `#priority` holds thread indices, highest first.
 */
import type { Engine } from "../run/engine.js";
import { ReplayChoices } from "../run/replay.js";
import { randomEnvironment } from "./random.js";
import type { Rng } from "./rng.js";
import type { Strategy, View } from "./strategy.js";

/** Steps of the default schedule, which is run for it; at least 1. */
export function defaultLength(engine: Engine): number {
  engine.run(new ReplayChoices());
  return Math.max(1, engine.steps);
}

export class Pct implements Strategy {
  readonly name = "pct";
  readonly #rng: Rng;
  readonly #depth: number;
  readonly #length: number;
  readonly #order: Uint16Array;
  readonly #changes: Int32Array;
  #step = 0;
  #nextChange = 0;

  /** `depth` >= 1 is the number of ordering constraints that a bug may need, `length` that of the default schedule, in steps. */
  constructor(rng: Rng, depth: number, engine: Engine, length = defaultLength(engine)) {
    this.#rng = rng;
    this.#depth = depth;
    this.#length = length;
    this.#order = new Uint16Array(engine.schedulable);
    this.#changes = new Int32Array(depth);
  }

  begin(engine: View): void {
    const n = engine.schedulable;
    for (let i = 0; i < n; i++) this.#order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.#rng.below(i + 1);
      const swap = this.#order[i]!;
      this.#order[i] = this.#order[j]!;
      this.#order[j] = swap;
    }
    const changes = this.#depth - 1;
    for (let i = 0; i < changes; i++) {
      const at = this.#rng.below(this.#length) + 1;
      let j = i;
      while (j > 0 && this.#changes[j - 1]! > at) {
        this.#changes[j] = this.#changes[j - 1]!;
        j--;
      }
      this.#changes[j] = at;
    }
    this.#changes[changes] = -1;
    this.#step = 0;
    this.#nextChange = this.#changes[0]!;
  }

  next(engine: View, last: number): number {
    // Who could begin another lap lets all others come first: else the highest of them would go round for ever.
    if (last >= 0 && (this.#step === this.#nextChange || engine.rests(last))) this.#demote(last);
    this.#step++;
    const order = this.#order;
    const { reclaim } = engine;
    let withReclaim = false;
    for (let i = 0; i < order.length; i++) {
      const t = order[i]!;
      if (!engine.isEnabled(t)) continue;
      if (t !== reclaim) return withReclaim ? reclaim : t;
      withReclaim = true;
    }
    return -1;
  }

  #demote(thread: number): void {
    const order = this.#order;
    let i = 0;
    while (order[i] !== thread) i++;
    for (; i + 1 < order.length; i++) order[i] = order[i + 1]!;
    order[i] = thread;
    let next = 0;
    while (this.#changes[next] !== -1 && this.#changes[next]! <= this.#step) next++;
    this.#nextChange = this.#changes[next]!;
  }

  choose(kind: number, options: number): number {
    return randomEnvironment(this.#rng, kind, options);
  }
}
