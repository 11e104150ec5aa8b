/**
 * States that a search has met and not yet looked at: whole, each with a few numbers beside it, taken out in the order
 * they came or last in first out. Chunks that were emptied are filled again, so that it takes little more memory than
 * what it holds.
 */

/** Records of a chunk; one more is room for the record that was taken out. */
const CHUNK = 256;

/** A state that was taken out, valid until the next is. */
export interface Taken {
  readonly state: Int32Array;
  readonly beside: Int32Array;
}

interface Chunk {
  readonly records: Int32Array;
  readonly taken: Taken;
}

export class Frontier {
  length = 0;
  readonly chunkBytes: number;
  readonly #stateWords: number;
  readonly #recordWords: number;
  readonly #chunks: Chunk[] = [];
  readonly #free: Chunk[] = [];
  /** Records of the first chunk that were taken out. */
  #taken = 0;

  /** For states of `stateWords` words with `besideWords` numbers beside each. */
  constructor(stateWords: number, besideWords: number) {
    this.#stateWords = stateWords;
    this.#recordWords = stateWords + besideWords;
    this.chunkBytes = (CHUNK + 1) * this.#recordWords * Int32Array.BYTES_PER_ELEMENT;
  }

  get bytes(): number {
    return (this.#chunks.length + this.#free.length) * this.chunkBytes;
  }

  push(state: Int32Array, beside: Int32Array): void {
    const at = this.#taken + this.length++;
    if (at === this.#chunks.length * CHUNK) this.#chunks.push(this.#free.pop() ?? this.#makeChunk());
    const { records } = this.#chunks[(at / CHUNK) | 0]!;
    const to = (at % CHUNK) * this.#recordWords;
    records.set(state, to);
    for (let i = 0; i < beside.length; i++) records[to + this.#stateWords + i] = beside[i]!;
  }

  /** Takes out what came first. */
  takeFirst(): Taken {
    const taken = this.#take(this.#taken);
    this.length--;
    if (++this.#taken === CHUNK) {
      this.#taken = 0;
      this.#free.push(this.#chunks.shift()!);
    }
    return taken;
  }

  /** Takes out what came last. */
  takeLast(): Taken {
    return this.#take(this.#taken + --this.length);
  }

  // Moved within the chunk, where it can be looked at: out of it, word by word, would take three times as long.
  #take(at: number): Taken {
    const { records, taken } = this.#chunks[(at / CHUNK) | 0]!;
    const from = (at % CHUNK) * this.#recordWords;
    records.copyWithin(CHUNK * this.#recordWords, from, from + this.#recordWords);
    return taken;
  }

  #makeChunk(): Chunk {
    const records = new Int32Array((CHUNK + 1) * this.#recordWords);
    const at = CHUNK * this.#recordWords;
    const beside = at + this.#stateWords;
    return { records, taken: { state: records.subarray(at, beside), beside: records.subarray(beside) } };
  }
}
