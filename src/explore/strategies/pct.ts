/**
 * PCT: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010). Threads get
 * random distinct priorities; the enabled thread of the highest runs; at depth - 1 random steps the running thread
 * falls below all others. Deviation: the length that change points are drawn from is that of one default run, and a
 * kworker's priority belongs to its slot.
 */
import type { Engine } from "../run/engine.js";
import { ReplayChoices } from "../run/replay.js";
import { randomEnvironment } from "./random.js";
import type { Rng } from "./rng.js";
import { ASK, lowestIn, RECLAIM_BIT, type Runs, type Strategy, type View } from "./strategy.js";

/** Steps of the default schedule, which `runs` makes for it; at least 1. */
export function defaultLength(engine: Engine, runs: Runs = engine): number {
  runs.run(new ReplayChoices());
  return Math.max(1, engine.steps);
}

export class Pct implements Strategy {
  readonly name = "pct";
  readonly #rng: Rng;
  readonly #depth: number;
  readonly #length: number;
  readonly #order: Uint16Array;
  /** Per thread its priority: the lower the number, the higher. */
  readonly #rank: Int32Array;
  readonly #changes: Int32Array;
  #step = 0;
  #nextChange = 0;
  #lowest = 0;

  /** `depth` >= 1 is the number of ordering constraints that a bug may need, `length` that of the default schedule, in steps. */
  constructor(rng: Rng, depth: number, engine: Engine, length = defaultLength(engine)) {
    this.#rng = rng;
    this.#depth = depth;
    this.#length = length;
    this.#order = new Uint16Array(engine.schedulable);
    this.#rank = new Int32Array(engine.schedulable);
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
    for (let i = 0; i < n; i++) this.#rank[this.#order[i]!] = i;
    this.#lowest = n;
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
    const { enabled, reclaim } = engine;
    let first = -1;
    if (enabled === ASK) {
      for (let t = 0; t < reclaim; t++) if (engine.isEnabled(t)) first = this.#higher(first, t);
    } else {
      for (let left = enabled & ~RECLAIM_BIT; left !== 0; left &= left - 1)
        first = this.#higher(first, lowestIn(left));
    }
    if (first < 0 || this.#rank[first]! < this.#rank[reclaim]!) return first;
    return engine.isEnabled(reclaim) ? reclaim : first;
  }

  /** The one of higher priority; `before` is -1 when there is none. */
  #higher(before: number, thread: number): number {
    return before < 0 || this.#rank[thread]! < this.#rank[before]! ? thread : before;
  }

  #demote(thread: number): void {
    this.#rank[thread] = this.#lowest++;
    let next = 0;
    while (this.#changes[next] !== -1 && this.#changes[next]! <= this.#step) next++;
    this.#nextChange = this.#changes[next]!;
  }

  choose(kind: number, options: number): number {
    return randomEnvironment(this.#rng, kind, options);
  }
}
