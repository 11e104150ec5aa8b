/**
 * How a search came to each state: by which move from which state. With this the run that leads to a state can be
 * written down.
 */
import { grown } from "../run/growing-arrays.js";

export interface Origins {
  readonly bytes: number;
  /** Bytes that it takes at once when there is no room. */
  readonly chunkBytes: number;
  /** Notes a state that `move` led to from the one that was entered last; the number to keep beside it. */
  add(move: number): number;
  /** The state with that number, `depth` steps from the start, is looked at. */
  enter(number: number, depth: number): void;
  /** The moves from the start to the state that was entered last. */
  path(): number[];
}

/** For states that are looked at last in, first out: the last one of each depth is on the way to the next. */
export class LineOrigins implements Origins {
  readonly chunkBytes = 0;
  #moves = new Int32Array(256);
  #depth = 0;

  get bytes(): number {
    return this.#moves.length * Int32Array.BYTES_PER_ELEMENT;
  }
  add(move: number): number {
    return move;
  }
  enter(move: number, depth: number): void {
    this.#moves = grown(this.#moves, depth + 1);
    this.#moves[depth] = move;
    this.#depth = depth;
  }
  path(): number[] {
    return [...this.#moves.subarray(1, this.#depth + 1)];
  }
}

/** States of a chunk. */
const CHUNK = 1 << 12;
/** A move of this number or more stands in a map instead of its byte. */
const LARGE = 255;

/** For states in any order: by number, from which and how. About five bytes a state. */
export class TreeOrigins implements Origins {
  readonly chunkBytes = CHUNK * 5;
  readonly #parents: Int32Array[] = [];
  readonly #moves: Uint8Array[] = [];
  readonly #large = new Map<number, number>();
  #count = 0;
  #here = -1;

  get bytes(): number {
    return this.#parents.length * this.chunkBytes + this.#large.size * 32;
  }
  add(move: number): number {
    const number = this.#count++;
    const at = number % CHUNK;
    if (at === 0) {
      this.#parents.push(new Int32Array(CHUNK));
      this.#moves.push(new Uint8Array(CHUNK));
    }
    this.#parents[(number / CHUNK) | 0]![at] = this.#here;
    this.#moves[(number / CHUNK) | 0]![at] = Math.min(move, LARGE);
    if (move >= LARGE) this.#large.set(number, move);
    return number;
  }
  enter(number: number): void {
    this.#here = number;
  }
  path(): number[] {
    const path: number[] = [];
    for (let n = this.#here; n > 0; n = this.#parents[(n / CHUNK) | 0]![n % CHUNK]!) {
      const byte = this.#moves[(n / CHUNK) | 0]![n % CHUNK]!;
      path.push(byte === LARGE ? this.#large.get(n)! : byte);
    }
    return path.reverse();
  }
}
