/**
 * The visited set: 64-bit fingerprints of states in one typed array, open addressing with linear probing, one word
 * of extra data per entry (a sleep set, say). It grows by doubling until its memory is used up. Two states whose
 * fingerprints agree are taken for one; how many that may have hidden is what `expectedMissed` says.
 */

/** Entries may fill this share of the slots. */
const LOAD = 0.7;
/** The same when the table cannot grow any more. */
const FULL = 0.92;
const WORDS_PER_ENTRY = 3;
const FIRST_SLOTS = 1 << 12;

export class Fingerprints {
  /** Fingerprints that are stored. */
  count = 0;
  /** Slot of the last `add`. */
  slot = 0;
  readonly #maxBytes: number;
  readonly #extra: boolean;
  #words = new Uint32Array(2 * FIRST_SLOTS);
  #extras: Uint32Array;
  #mask = FIRST_SLOTS - 1;
  #limit = Math.floor(FIRST_SLOTS * LOAD);

  /** At most `maxBytes` of table; with `extra` each entry has a word of data. */
  constructor(maxBytes: number, extra: boolean) {
    this.#maxBytes = maxBytes;
    this.#extra = extra;
    this.#extras = new Uint32Array(extra ? FIRST_SLOTS : 0);
  }

  /** Adds a fingerprint; false when it was there. The caller looks at `isFull` first. */
  add(low: number, high: number): boolean {
    const words = this.#words;
    const mask = this.#mask;
    // An all-zero entry is an empty slot.
    const a = (low | high) === 0 ? 1 : low | 0;
    const b = high | 0;
    let slot = a & mask;
    for (;;) {
      const x = words[2 * slot]! | 0;
      const y = words[2 * slot + 1]! | 0;
      if (x === a && y === b) {
        this.slot = slot;
        return false;
      }
      if ((x | y) === 0) break;
      slot = (slot + 1) & mask;
    }
    words[2 * slot] = a;
    words[2 * slot + 1] = b;
    this.slot = slot;
    if (++this.count >= this.#limit) this.#grow(a, b);
    return true;
  }

  get extra(): number {
    return this.#extras[this.slot]!;
  }
  set extra(value: number) {
    this.#extras[this.slot] = value;
  }

  /** No memory is left for another entry. */
  get isFull(): boolean {
    return this.count >= this.#limit;
  }
  get bytes(): number {
    return this.#bytes(1);
  }
  /**
   * Expected number of states that were taken for visited ones: each of n entries can hide a later one with
   * probability 2^-64.
   */
  get expectedMissed(): number {
    return (this.count * (this.count - 1)) / 2 / 2 ** 64;
  }

  #bytes(factor: number): number {
    return factor * (this.#mask + 1) * 4 * (this.#extra ? WORDS_PER_ENTRY : WORDS_PER_ENTRY - 1);
  }

  #grow(low: number, high: number): void {
    if (this.#bytes(3) > this.#maxBytes) {
      this.#limit = Math.floor((this.#mask + 1) * FULL);
      return;
    }
    const old = this.#words;
    const oldExtras = this.#extras;
    const slots = 2 * (this.#mask + 1);
    const mask = slots - 1;
    const words = new Uint32Array(2 * slots);
    const extras = new Uint32Array(this.#extra ? slots : 0);
    for (let i = 0; i < slots / 2; i++) {
      const a = old[2 * i]!;
      const b = old[2 * i + 1]!;
      if ((a | b) === 0) continue;
      let slot = a & mask;
      while ((words[2 * slot]! | words[2 * slot + 1]!) !== 0) slot = (slot + 1) & mask;
      words[2 * slot] = a;
      words[2 * slot + 1] = b;
      if (this.#extra) extras[slot] = oldExtras[i]!;
    }
    this.#words = words;
    this.#extras = extras;
    this.#mask = mask;
    this.#limit = Math.floor(slots * LOAD);
    let slot = low & mask;
    while ((words[2 * slot]! | 0) !== low || (words[2 * slot + 1]! | 0) !== high) slot = (slot + 1) & mask;
    this.slot = slot;
  }
}
