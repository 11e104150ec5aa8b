/**
 * URW: a random walk whose interleavings are nearly uniform (Zhao, Sen et al., "Selectively uniform concurrency
 * testing", ASPLOS 2025): the next thread is drawn in proportion to the steps that it still has to do, so that a long
 * thread is not squeezed to the end. Deviations: the steps of each thread are those of one default run, a kworker's
 * belong to its slot, and all steps count, not a selection.
 */
import { Choice } from "../../kernel/machine/choices.js";
import type { Engine } from "../run/engine.js";
import { watchRun } from "../run/replay.js";
import { randomEnvironment } from "./random.js";
import type { Rng } from "./rng.js";
import type { Strategy, View } from "./strategy.js";

export class UniformWalk implements Strategy {
  readonly name = "urw";
  readonly #rng: Rng;
  readonly #expected: Int32Array;
  readonly #left: Int32Array;

  /** Runs the default schedule once, to count. */
  constructor(rng: Rng, engine: Engine) {
    this.#rng = rng;
    this.#expected = new Int32Array(engine.schedulable);
    this.#left = new Int32Array(engine.schedulable);
    watchRun(engine, [], {
      step: (thread) => {
        if (thread >= 0) this.#expected[thread]!++;
      },
    });
    this.#expected[engine.reclaim] = engine.k.program.budget[Choice.EVICT]!;
  }

  begin(): void {
    this.#left.set(this.#expected);
  }

  next(engine: View, _last: number): number {
    const left = this.#left;
    let total = 0;
    let onlyReclaim = true;
    for (let i = 0; i < left.length; i++) {
      if (!engine.isEnabled(i)) continue;
      if (i !== engine.reclaim) onlyReclaim = false;
      total += Math.max(1, left[i]!);
    }
    if (onlyReclaim) return -1;
    let at = this.#rng.below(total);
    for (let i = 0; ; i++) {
      if (!engine.isEnabled(i)) continue;
      at -= Math.max(1, left[i]!);
      if (at >= 0) continue;
      left[i]!--;
      return i;
    }
  }

  choose(kind: number, options: number): number {
    return randomEnvironment(this.#rng, kind, options);
  }
}
