/**
 * States that a thread holds, to be looked at last in, first out: each in memory of its own, which goes from hand to hand
 * and is used again, so that nothing is copied but when a state is made and when it is looked at.
 */

export interface Held {
  readonly state: Int32Array;
  /** Steps from the start on the way that it was come by. */
  depth: number;
}

/** States that memory is taken for at once, and what one takes besides its words. */
const CHUNK = 256;
const VIEW_BYTES = 200;

export class HeldStates {
  bytes = 0;
  readonly #words: number;
  #list: Held[] = [];
  readonly #free: Held[] = [];

  /** For states of so many words. */
  constructor(words: number) {
    this.#words = words;
  }
  get length(): number {
    return this.#list.length;
  }

  /** Room for a state: to be put in, or given back. */
  room(): Held {
    if (this.#free.length === 0) this.#make();
    return this.#free.pop()!;
  }
  giveBack(held: Held): void {
    this.#free.push(held);
  }

  put(held: Held): void {
    this.#list.push(held);
  }
  /** Takes out what came last; there is some. */
  takeLast(): Held {
    return this.#list.pop()!;
  }
  /** Takes out the first `n`. */
  takeFirst(n: number): Held[] {
    const first = this.#list.slice(0, n);
    this.#list = this.#list.slice(n);
    return first;
  }

  #make(): void {
    const bytes = 4 * this.#words;
    const memory = new ArrayBuffer(CHUNK * bytes);
    for (let i = 0; i < CHUNK; i++)
      this.#free.push({ state: new Int32Array(memory, i * bytes, this.#words), depth: 0 });
    this.bytes += CHUNK * (bytes + VIEW_BYTES);
  }
}
