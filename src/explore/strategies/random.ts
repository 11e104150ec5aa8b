/**
 * Uniform random and sticky random walks: the next thread is drawn from the enabled ones; a sticky walk stays on the
 * running thread with a fixed probability first.
 */
import { Choice } from "../../kernel/machine/choices.js";
import type { Rng } from "./rng.js";
import { ASK, lowestIn, RECLAIM_BIT, type Strategy, type View } from "./strategy.js";

/** Probability that a fault point with budget left takes its fault. */
const FAULT = 0.3;

/** A random answer to a choice of the environment. */
export function randomEnvironment(rng: Rng, kind: number, options: number): number {
  if (kind === Choice.EVICT) return rng.below(options);
  return rng.chance(FAULT) ? 1 + rng.below(options - 1) : 0;
}

export class RandomWalk implements Strategy {
  readonly name: string;
  readonly #rng: Rng;
  readonly #stick: number;
  readonly #enabled: number[] = [];

  /** `stick` is the probability, 0 to 1, of staying on the running thread. */
  constructor(rng: Rng, stick: number) {
    this.name = stick === 0 ? "random" : "sticky";
    this.#rng = rng;
    this.#stick = stick;
  }

  begin(): void {}

  next(engine: View, last: number): number {
    const isInCall = last >= 0 && last !== engine.reclaim && !engine.rests(last);
    if (this.#stick > 0 && isInCall && engine.isEnabled(last)) {
      if (this.#rng.chance(this.#stick)) return last;
    }
    const { enabled } = engine;
    if (enabled !== ASK) return this.#oneOf(enabled, engine.reclaim);
    let n = 0;
    for (let i = 0; i < engine.reclaim; i++) if (engine.isEnabled(i)) this.#enabled[n++] = i;
    if (n === 0) return -1;
    if (engine.isEnabled(engine.reclaim)) this.#enabled[n++] = engine.reclaim;
    return n === 1 ? this.#enabled[0]! : this.#enabled[this.#rng.below(n)]!;
  }

  /** As next() does it, of a mask of enabled threads. */
  #oneOf(enabled: number, reclaim: number): number {
    if ((enabled & ~RECLAIM_BIT) === 0) return -1;
    let n = 0;
    for (let left = enabled; left !== 0; left &= left - 1) n++;
    let left = enabled;
    for (let skip = n === 1 ? 0 : this.#rng.below(n); skip > 0; skip--) left &= left - 1;
    return left === RECLAIM_BIT ? reclaim : lowestIn(left);
  }

  choose(kind: number, options: number): number {
    return randomEnvironment(this.#rng, kind, options);
  }
}
