/**
 * Visited states as 64-bit fingerprints in one table that several threads fill at once. Entries lie in about the order
 * of their first words, in open addressing with linear probing, so that the table grows in place and, once it is large, by
 * little: it needs no memory for a second one, and is then never much larger than what it holds. What it may become is only a
 * range of addresses, of which the system counts nothing: a process with many such tables could not fork otherwise.
 */

/** Entries may fill this share of the slots; then it grows by this factor, or by two while it takes little of its memory. */
const LOAD = 0.84;
const GROWTH = 1.25;
const LITTLE = 1 / 64;
/** The same when the table cannot grow any more. */
const FULL = 0.92;
const ENTRY_BYTES = 8;
const MOST_SLOTS = 2 ** 30;

/** Room behind the last slot, for what does not find a free one before: many times what even distribution asks for. */
function overhang(slots: number): number {
  return 256 + 16 * Math.ceil(Math.sqrt(slots));
}

/** Slots that fit into so many bytes. */
function slotsIn(bytes: number): number {
  const slots = Math.min(MOST_SLOTS, Math.floor(bytes / ENTRY_BYTES));
  return Math.max(64, slots - overhang(slots));
}

/** Room for a table of at most `bytes`, which is empty; less when the machine does not give as much. */
export function reserveTable(bytes: number): SharedArrayBuffer {
  const slots = slotsIn(bytes);
  for (let size = (slots + overhang(slots)) * ENTRY_BYTES; ; size = roundUp(size / 2))
    // V8 has none above 4 GB that grow: one of those is taken whole.
    for (const options of [{ maxByteLength: size }, undefined])
      try {
        return new SharedArrayBuffer(options === undefined ? size : 0, options);
      } catch (error) {
        if (size < 2 ** 20) throw error;
      }
}

function roundUp(bytes: number): number {
  return ENTRY_BYTES * Math.ceil(bytes / ENTRY_BYTES);
}

export class SharedTable {
  /** More entries than that: it should grow first. */
  limit = 0;
  readonly #buffer: SharedArrayBuffer;
  /** Of a fixed length: one that follows the buffer's is read at half the speed. */
  #words: Int32Array;
  readonly #mostSlots: number;
  #slots = 0;
  /** Slots per first word. */
  #scale = 0;
  #end = 0;
  #touched = 0;

  /** On memory that is empty or holds a table of `slots`; fewer when it has no room for that many. */
  constructor(buffer: SharedArrayBuffer, slots: number) {
    this.#buffer = buffer;
    this.#words = new Int32Array(buffer, 0, 0);
    this.#mostSlots = slotsIn(buffer.maxByteLength);
    this.resize(Math.min(slots, this.#mostSlots));
  }

  get slots(): number {
    return this.#slots;
  }
  get bytes(): number {
    return (this.#slots + overhang(this.#slots)) * ENTRY_BYTES;
  }
  /** Bytes that it would have after `grow`; the same as now when there is no room. */
  get nextBytes(): number {
    const slots = this.#nextSlots;
    return (slots + overhang(slots)) * ENTRY_BYTES;
  }
  get #nextSlots(): number {
    const factor = this.#slots < LITTLE * this.#mostSlots ? 2 : GROWTH;
    return Math.min(this.#mostSlots, Math.ceil(this.#slots * factor));
  }

  /**
   * Takes it for one of so many slots, which another thread made it, or nobody yet; `isLast`: it will not grow again. A
   * RangeError when the machine has no memory for that.
   */
  resize(slots: number, isLast = false): void {
    const end = 2 * (slots + overhang(slots));
    if (this.#buffer.byteLength < 4 * end) this.#buffer.grow(4 * end);
    if (this.#words.length !== end) this.#words = new Int32Array(this.#buffer, 0, end);
    this.#slots = slots;
    this.#scale = slots / 2 ** 32;
    this.#end = end;
    this.limit = Math.floor(slots * (isLast ? FULL : LOAD));
  }

  /** Fetches the memory where this first word is looked for. */
  touch(low: number): void {
    this.#touched ^= this.#words[2 * ((((low === 0 ? 1 : low) >>> 0) * this.#scale) | 0)]!;
  }

  /** Adds a fingerprint; false when it was there. Of threads that add the same at the same time one gets true. */
  add(low: number, high: number): boolean {
    const words = this.#words;
    // A zero is an empty half.
    const a = low === 0 ? 1 : low;
    const b = high === 0 ? 1 : high;
    let i = 2 * (((a >>> 0) * this.#scale) | 0);
    for (;;) {
      let x = words[i]!;
      if (x === 0) {
        x = Atomics.compareExchange(words, i, 0, a);
        if (x === 0) {
          // Whoever sees the first half waits for it.
          words[i + 1] = b;
          return true;
        }
      }
      if (x === a && this.#second(i + 1) === b) return false;
      i += 2;
      if (i >= this.#end) throw new Error("the table of visited states is uneven");
    }
  }

  /** The second half of an entry, which may be about to be written. */
  #second(at: number): number {
    let y = this.#words[at]!;
    for (let spins = 0; y === 0; spins++) {
      y = Atomics.load(this.#words, at);
      if (spins > 1e9) throw new Error("half an entry in the table of visited states");
    }
    return y;
  }

  /**
   * Makes it larger, while no other thread is at it: moves all entries to the end of the new table, and from there each
   * to where it belongs, which is never beyond where it is taken from. False, and all is as before, when the machine has no
   * memory for it.
   */
  grow(): boolean {
    const before = this.#end;
    try {
      this.resize(this.#nextSlots);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
    const words = this.#words;
    const end = this.#end;
    let to = end;
    for (let from = before - 2; from >= 0; from -= 2) {
      const a = words[from]!;
      if (a === 0) continue;
      const b = words[from + 1]!;
      to -= 2;
      words[from] = 0;
      words[from + 1] = 0;
      words[to] = a;
      words[to + 1] = b;
    }
    for (let from = to; from < end; from += 2) {
      const a = words[from]!;
      const b = words[from + 1]!;
      words[from] = 0;
      words[from + 1] = 0;
      let i = 2 * (((a >>> 0) * this.#scale) | 0);
      while (words[i] !== 0) i += 2;
      if (i > from) throw new Error("the table of visited states is uneven");
      words[i] = a;
      words[i + 1] = b;
    }
    return true;
  }
}
