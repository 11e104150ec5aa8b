/**
 * What a sample says about what it did not show: Good and Turing's estimate of the probability that the next run ends
 * in a state that no run ended in (Good, 1953), and the bound that a clean sample puts on a bug's probability.
 */

/** Counts distinct behaviours, given as hashes, and those seen exactly once. */
export class Behaviours {
  /** Behaviours counted, with repetitions. */
  total = 0;
  once = 0;
  readonly #times = new Map<number, number>();

  add(hash: number): void {
    this.total++;
    const before = this.#times.get(hash) ?? 0;
    this.#times.set(hash, before + 1);
    if (before === 0) this.once++;
    else if (before === 1) this.once--;
  }
  get distinct(): number {
    return this.#times.size;
  }
  /** Good-Turing: the probability that the next run shows a new behaviour; 1 before the first. */
  get unseen(): number {
    return this.total === 0 ? 1 : this.once / this.total;
  }
}

/** With this confidence a bug that `runs` independent runs did not show has at most this probability per run. */
export function bugBound(runs: number, confidence = 0.95): number {
  return runs === 0 ? 1 : 1 - (1 - confidence) ** (1 / runs);
}
