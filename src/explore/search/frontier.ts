/**
 * States that a search has met and not yet looked at: whole, each with a few numbers beside it, taken out in the order
 * they came or last in first out. Chunks that were emptied are filled again, so that it takes little more memory than
 * what it holds.
 */

/** Records of a chunk. */
const CHUNK = 256;

export class Frontier {
  length = 0;
  readonly chunkBytes: number;
  readonly #stateWords: number;
  readonly #recordWords: number;
  readonly #chunks: Int32Array[] = [];
  readonly #free: Int32Array[] = [];
  /** Records of the first chunk that were taken out. */
  #taken = 0;

  /** For states of `stateWords` words with `besideWords` numbers beside each. */
  constructor(stateWords: number, besideWords: number) {
    this.#stateWords = stateWords;
    this.#recordWords = stateWords + besideWords;
    this.chunkBytes = CHUNK * this.#recordWords * Int32Array.BYTES_PER_ELEMENT;
  }

  get bytes(): number {
    return (this.#chunks.length + this.#free.length) * this.chunkBytes;
  }

  push(state: Int32Array, beside: Int32Array): void {
    const at = this.#taken + this.length++;
    if (at === this.#chunks.length * CHUNK)
      this.#chunks.push(this.#free.pop() ?? new Int32Array(CHUNK * this.#recordWords));
    const chunk = this.#chunks[(at / CHUNK) | 0]!;
    const to = (at % CHUNK) * this.#recordWords;
    chunk.set(state, to);
    for (let i = 0; i < beside.length; i++) chunk[to + this.#stateWords + i] = beside[i]!;
  }

  /** Takes out what came first. */
  takeFirst(state: Int32Array, beside: Int32Array): void {
    this.#read(this.#taken, state, beside);
    this.length--;
    if (++this.#taken < CHUNK) return;
    this.#taken = 0;
    this.#free.push(this.#chunks.shift()!);
  }

  /** Takes out what came last. */
  takeLast(state: Int32Array, beside: Int32Array): void {
    this.#read(this.#taken + --this.length, state, beside);
  }

  #read(at: number, state: Int32Array, beside: Int32Array): void {
    const chunk = this.#chunks[(at / CHUNK) | 0]!;
    let from = (at % CHUNK) * this.#recordWords;
    for (let i = 0; i < state.length; i++) state[i] = chunk[from++]!;
    for (let i = 0; i < beside.length; i++) beside[i] = chunk[from++]!;
  }
}
