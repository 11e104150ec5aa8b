/**
 * The visited sets of a search behind one shape: fingerprints, or whole states as strings for `--exact`.
 */
import type { Canonical } from "./canonical.js";
import { Fingerprints } from "./fingerprints.js";

export interface Visited {
  readonly count: number;
  readonly isFull: boolean;
  readonly bytes: number;
  readonly expectedMissed: number;
  /** Hashes the state that `canonical` looks at and adds it; false when it was there. `beside` counts as part of it. */
  add(canonical: Canonical, beside: Int32Array): boolean;
}

class FingerprintSet implements Visited {
  readonly #table: Fingerprints;

  constructor(maxBytes: number) {
    this.#table = new Fingerprints(maxBytes);
  }
  get count(): number {
    return this.#table.count;
  }
  get isFull(): boolean {
    return this.#table.isFull;
  }
  get bytes(): number {
    return this.#table.bytes;
  }
  get expectedMissed(): number {
    return this.#table.expectedMissed;
  }
  add(canonical: Canonical, beside: Int32Array): boolean {
    canonical.hash(beside);
    return this.#table.add(canonical.low, canonical.high);
  }
}

/** Bytes that a string of a Set takes besides its characters. */
const ENTRY_BYTES = 64;

class ExactSet implements Visited {
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

export function makeVisited(exact: boolean, maxBytes: number): Visited {
  return exact ? new ExactSet(maxBytes) : new FingerprintSet(maxBytes);
}
