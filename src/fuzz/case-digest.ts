/**
 * A digest of what cases came to: their numbers, schedules, steps and failing runs. Digests of ranges add up, so that
 * they can be compared however the cases were cut. Two machines that disagree on one do not compute alike.
 */
import type { CaseOutcome } from "./case.js";

type Came = Pick<CaseOutcome, "n" | "schedules" | "steps" | "found" | "choices">;

/** Two sums modulo 2^32. */
export class CasesDigest {
  #high = 0;
  #low = 0;

  add({ n, schedules, steps, found, choices = [] }: Came): void {
    const words = [n >>> 0, Math.floor(n / 2 ** 32), schedules, steps >>> 0, found, ...choices];
    this.#high = (this.#high + hashed(words, 0x811c9dc5)) >>> 0;
    this.#low = (this.#low + hashed(words, 0x2f0b4f17)) >>> 0;
  }

  /** 16 hexadecimal digits. */
  get text(): string {
    return [this.#high, this.#low].map((word) => word.toString(16).padStart(8, "0")).join("");
  }
}

function hashed(words: readonly number[], seed: number): number {
  let h = seed;
  for (const word of words) {
    h = Math.imul(h ^ word, 0x01000193);
    h ^= h >>> 13;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 15)) >>> 0;
}
