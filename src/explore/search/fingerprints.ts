/**
 * Visited states as 64-bit fingerprints in one typed array: open addressing with linear probing, doubled until its memory
 * is used up. Two states whose fingerprints agree are taken for one; `expectedMissed` says how many that may have hidden.
 */
import type { Canonical } from "./canonical.js";
import type { Visited } from "./visited.js";

/** Entries may fill this share of the slots. */
const LOAD = 0.7;
/** The same when the table cannot grow any more. */
const FULL = 0.92;
const WORDS_PER_ENTRY = 2;
/** Few, so that the table has grown before the search is compiled: what changes later makes compiled code be thrown away. */
const FIRST_SLOTS = 1 << 6;

/**
 * Expected number of states that were taken for visited ones, of `n` that were not: each can hide a later one with
 * probability 2^-64.
 */
export function expectedMissed(n: number): number {
  return (n * (n - 1)) / 2 / 2 ** 64;
}

export class Fingerprints implements Visited {
  count = 0;
  readonly #maxBytes: number;
  #words = new Uint32Array(2 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #limit = Math.floor(FIRST_SLOTS * LOAD);

  /** At most `maxBytes` of table. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(canonical: Canonical, beside: Int32Array): boolean {
    canonical.hash(beside);
    const { low, high } = canonical;
    const words = this.#words;
    const mask = this.#mask;
    // An all-zero entry is an empty slot.
    const a = (low | high) === 0 ? 1 : low | 0;
    const b = high | 0;
    let slot = a & mask;
    for (;;) {
      const x = words[2 * slot]! | 0;
      const y = words[2 * slot + 1]! | 0;
      if (x === a && y === b) return false;
      if ((x | y) === 0) break;
      slot = (slot + 1) & mask;
    }
    words[2 * slot] = a;
    words[2 * slot + 1] = b;
    if (++this.count >= this.#limit) this.#grow();
    return true;
  }

  /** Calls `told` with each entry. */
  forEach(told: (low: number, high: number) => void): void {
    const words = this.#words;
    for (let i = 0; i < words.length; i += 2)
      if ((words[i]! | words[i + 1]!) !== 0) told(words[i]! | 0, words[i + 1]! | 0);
  }

  get isFull(): boolean {
    return this.count >= this.#limit;
  }
  get bytes(): number {
    return this.#bytes(1);
  }
  get expectedMissed(): number {
    return expectedMissed(this.count);
  }

  #bytes(factor: number): number {
    return factor * (this.#mask + 1) * 4 * WORDS_PER_ENTRY;
  }

  #grow(): void {
    if (this.#bytes(3) > this.#maxBytes) {
      this.#limit = Math.floor((this.#mask + 1) * FULL);
      return;
    }
    const old = this.#words;
    const slots = 2 * (this.#mask + 1);
    const mask = slots - 1;
    const words = new Uint32Array(2 * slots);
    for (let i = 0; i < slots / 2; i++) {
      const a = old[2 * i]!;
      const b = old[2 * i + 1]!;
      if ((a | b) === 0) continue;
      let slot = a & mask;
      while ((words[2 * slot]! | words[2 * slot + 1]!) !== 0) slot = (slot + 1) & mask;
      words[2 * slot] = a;
      words[2 * slot + 1] = b;
    }
    this.#words = words;
    this.#mask = mask;
    this.#limit = Math.floor(slots * LOAD);
  }
}
