/**
 * Random numbers: alea from seedrandom behind one small interface. One generator per concern, so that a draw in one
 * does not shift another.
 */
import alea from "seedrandom/lib/alea.js";

export interface Rng {
  /** Uniform integer in `[0, n)`, n >= 1. */
  below(n: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
}

/** The generator for a seed text; the same text gives the same numbers on every machine. */
export function makeRng(seed: string): Rng {
  const next = alea(seed);
  return {
    below: (n) => (next() * n) | 0,
    chance: (p) => next() < p,
  };
}
