/**
 * The states that a search has visited: what it asks of them (fingerprints.ts is the default answer), and the exact answer.
 */
import type { Canonical } from "./canonical.js";

export interface Visited {
  readonly count: number;
  /** No memory is left for another state. */
  readonly isFull: boolean;
  readonly bytes: number;
  /** Expected number of states that were wrongly taken for visited ones. */
  readonly expectedMissed: number;
  /**
   * Adds the state that `canonical` looks at, with `beside` as part of it; false when it was there. The caller looks at
   * `isFull` first.
   */
  add(canonical: Canonical, beside: Int32Array): boolean;
}

/** Bytes that a string of a Set takes besides its characters. */
const ENTRY_BYTES = 64;

/** Whole states as strings, for `--exact`. */
export class ExactStates implements Visited {
  readonly #keys = new Set<string>();
  readonly #maxBytes: number;
  readonly expectedMissed = 0;
  bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }
  get count(): number {
    return this.#keys.size;
  }
  get isFull(): boolean {
    return this.bytes >= this.#maxBytes || this.#keys.size >= 2 ** 24 - 2;
  }
  add(canonical: Canonical, beside: Int32Array): boolean {
    const key = canonical.key(beside);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    this.bytes += key.length + ENTRY_BYTES;
    return true;
  }
}
