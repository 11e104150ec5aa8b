/**
 * What a sample says about what it did not show: Good and Turing's estimate of the probability that the next run ends
 * in a state that no run ended in (Good, The population frequencies of species, Biometrika 40, 1953), and the bound
 * that a clean sample puts on a bug's probability.
 */

/** Distinct behaviours that are told apart; later ones are not counted any more. */
const MOST = 1 << 18;

/** Counts as data that survives being copied: how often each behaviour was seen. */
export interface BehaviourCounts {
  readonly hashes: Float64Array;
  readonly times: Uint32Array;
}

/** Counts distinct behaviours, given as hashes, and those seen exactly once. */
export class Behaviours {
  /** Behaviours counted, with repetitions. */
  total = 0;
  once = 0;
  /** There were more than could be told apart: `total` of them, the first ones, were counted. */
  isCapped = false;
  /** Index into `#times` by hash. */
  readonly #index = new Map<number, number>();
  readonly #times: number[] = [];
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  add(hash: number): void {
    if (!this.#hasRoom(1)) return;
    this.#add(hash, 1);
  }

  /** Adds what another sample counted, all of it or nothing. */
  addAll({ hashes, times }: BehaviourCounts): void {
    if (!this.#hasRoom(hashes.length)) return;
    for (let i = 0; i < hashes.length; i++) this.#add(hashes[i]!, times[i]!);
  }

  get counts(): BehaviourCounts {
    return {
      hashes: Float64Array.from(this.#index.keys()),
      times: Uint32Array.from(this.#times),
    };
  }
  get distinct(): number {
    return this.#times.length;
  }
  /** Good-Turing: the probability that the next run shows a new behaviour; 1 before the first. */
  get unseen(): number {
    return this.total === 0 ? 1 : this.once / this.total;
  }

  #hasRoom(more: number): boolean {
    if (this.#times.length + more > this.#most) this.isCapped = true;
    return !this.isCapped;
  }

  #add(hash: number, times: number): void {
    this.total += times;
    const at = this.#index.get(hash);
    if (at === undefined) {
      this.#index.set(hash, this.#times.push(times) - 1);
      if (times === 1) this.once++;
      return;
    }
    if (this.#times[at] === 1) this.once--;
    this.#times[at]! += times;
  }
}

/** With this confidence a bug that `runs` independent runs did not show has at most this probability per run. */
export function bugBound(runs: number, confidence = 0.95): number {
  return runs === 0 ? 1 : 1 - (1 - confidence) ** (1 / runs);
}
