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
  /** Hashes the state that `canonical` looks at and adds it; false when it was there. `salt` counts as part of it. */
  add(canonical: Canonical, salt: number): boolean;
  /** Data of the state added or met last. */
  extra: number;
}

class FingerprintSet implements Visited {
  readonly #table: Fingerprints;

  constructor(maxBytes: number, extra: boolean) {
    this.#table = new Fingerprints(maxBytes, extra);
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
  get extra(): number {
    return this.#table.extra;
  }
  set extra(value: number) {
    this.#table.extra = value;
  }
  add(canonical: Canonical, salt: number): boolean {
    canonical.hash(salt);
    return this.#table.add(canonical.low, canonical.high);
  }
}

/** Bytes that a string of a Map takes besides its characters. */
const ENTRY_BYTES = 64;

class ExactSet implements Visited {
  readonly #extras = new Map<string, number>();
  readonly #maxBytes: number;
  readonly expectedMissed = 0;
  bytes = 0;
  #key = "";

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }
  get count(): number {
    return this.#extras.size;
  }
  get isFull(): boolean {
    return this.bytes >= this.#maxBytes || this.#extras.size >= 2 ** 24 - 2;
  }
  get extra(): number {
    return this.#extras.get(this.#key)!;
  }
  set extra(value: number) {
    this.#extras.set(this.#key, value);
  }
  add(canonical: Canonical, salt: number): boolean {
    canonical.hash(salt);
    this.#key = canonical.key(salt);
    if (this.#extras.has(this.#key)) return false;
    this.#extras.set(this.#key, 0);
    this.bytes += this.#key.length + ENTRY_BYTES;
    return true;
  }
}

export function makeVisited(exact: boolean, maxBytes: number, extra: boolean): Visited {
  return exact ? new ExactSet(maxBytes) : new FingerprintSet(maxBytes, extra);
}
