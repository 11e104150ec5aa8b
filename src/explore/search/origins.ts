/**
 * How a search came to each state: from which state, and by which transition with which answers to its inner choices.
 * With this the run that leads to a state can be written down. About five bytes a state.
 */
import type { Move } from "./transitions.js";

const CHUNK = 1 << 12;
/** A way of this value or more stands in a map instead of its byte. */
const LARGE = 255;

export class Origins {
  count = 0;
  readonly #transitions: number;
  readonly #parents: Int32Array[] = [];
  readonly #ways: Uint8Array[] = [];
  readonly #large = new Map<number, number>();

  /** Transitions are numbered below `transitions`. */
  constructor(transitions: number) {
    this.#transitions = transitions;
  }

  get bytes(): number {
    return this.#parents.length * this.chunkBytes + this.#large.size * 32;
  }
  get chunkBytes(): number {
    return CHUNK * 5;
  }

  /** Notes the next state, reached from the state numbered `parent` (-1: the start); returns its number. */
  add(parent: number, transition: number, combination: number): number {
    if (transition < 0 || transition >= this.#transitions || parent >= this.count)
      throw new Error(`no transition ${transition} out of state ${parent}`);
    const number = this.count++;
    const at = number % CHUNK;
    if (at === 0) {
      this.#parents.push(new Int32Array(CHUNK));
      this.#ways.push(new Uint8Array(CHUNK));
    }
    const way = transition + this.#transitions * combination;
    this.#parents[(number / CHUNK) | 0]![at] = parent;
    this.#ways[(number / CHUNK) | 0]![at] = Math.min(way, LARGE);
    if (way >= LARGE) this.#large.set(number, way);
    return number;
  }

  /** The moves that lead from the start to a state. */
  pathTo(number: number): Move[] {
    const path: Move[] = [];
    for (let n = number; ; ) {
      const parent = this.#parents[(n / CHUNK) | 0]![n % CHUNK]!;
      if (parent < 0) return path.reverse();
      const byte = this.#ways[(n / CHUNK) | 0]![n % CHUNK]!;
      const way = byte === LARGE ? this.#large.get(n)! : byte;
      const transition = way % this.#transitions;
      path.push({ transition, combination: (way - transition) / this.#transitions });
      n = parent;
    }
  }
}
