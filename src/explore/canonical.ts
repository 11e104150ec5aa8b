/**
 * Equal situations as equal numbers: a 64-bit hash of the state that does not change when identical threads swap
 * their registers and data, or kworkers their slots (symmetry reduction by sorting-free hashing: every thread's
 * view is hashed on its own and the hashes are added up). `key` is the same as an exact string.
 *
 * A thread's view: its registers, the ioends that it is building, and where the data lies that it wrote.
 */
import type { Kernel } from "../kernel/kernel.js";
import { T_END, T_FLAGS, T_HELD, T_MAP_TYPE, T_PC, T_POS } from "../kernel/layout.js";
import { type KernelOp, OP_STORE, OP_WRITE } from "../kernel/program.js";
import { ALSO, FIRST_DATA } from "../kernel/values.js";

const A = 0x9e3779b1;
const B = 0x85ebca77;
const C = 0xc2b2ae3d;

/** Last step of murmur3's 32-bit mix. */
function finish(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export class Canonical {
  low = 0;
  high = 0;
  /** Threads that swap with others: for each program thread the first of its kind. */
  readonly kind: Int32Array;
  readonly #k: Kernel;
  readonly #symmetry: boolean;
  readonly #words: Int32Array;
  readonly #perWord: number;
  /** First and past the last word of the common part and of each program thread; reclaim is one more. */
  readonly #commonEnd: number;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #reclaimAt: number;
  /** Cells are hashed one by one, because some values belong to interchangeable threads. */
  readonly #ownedData: boolean;
  readonly #cellsFrom: number;
  readonly #alsoFrom: number;
  readonly #cellsTo: number;
  /** Per data value: the thread whose view it is in, or -1; and its number among that thread's. */
  readonly #owner: Int32Array;
  readonly #local: Int32Array;
  readonly #viewLow: Int32Array;
  readonly #viewHigh: Int32Array;
  readonly #workerLow: Int32Array;

  constructor(k: Kernel, symmetry: boolean) {
    this.#k = k;
    this.#symmetry = symmetry;
    const { layout, program } = k;
    const n = layout.programThreads;
    this.#words = new Int32Array(k.s.buffer);
    this.#perWord = 4 / k.s.BYTES_PER_ELEMENT;
    this.kind = Int32Array.from(program.threads, (ops, i) =>
      symmetry ? program.threads.findIndex((other) => sameOps(other, ops)) : i,
    );
    const owned = new Map<number, { thread: number; local: number }>();
    program.threads.forEach((ops, thread) => {
      if (this.kind.filter((kind) => kind === this.kind[thread]).length < 2) return;
      ops.forEach((op, local) => {
        owned.set(op.value, { thread, local: local + 1 });
      });
    });
    this.#owner = Int32Array.from({ length: program.values + ALSO }, (_, v) => owned.get(v)?.thread ?? -1);
    this.#local = Int32Array.from({ length: program.values + ALSO }, (_, v) => owned.get(v)?.local ?? 0);
    this.#ownedData = program.threads.some(
      (ops, thread) => ops.some((op) => writesData(op)) && this.#owner[ops[0]!.value] === thread,
    );
    this.#cellsFrom = layout.cache;
    this.#alsoFrom = layout.also;
    this.#cellsTo = layout.also + program.geometry.cells;
    const first = n > 0 ? layout.threads[0]!.base : layout.threads[layout.reclaim]!.base;
    this.#commonEnd = (this.#ownedData ? layout.cache : first) / this.#perWord;
    this.#from = Int32Array.from({ length: n }, (_, i) => layout.threads[i]!.base / this.#perWord);
    this.#to = Int32Array.from({ length: n }, (_, i) =>
      Math.ceil((layout.threads[i]!.base + layout.threads[i]!.length) / this.#perWord),
    );
    this.#reclaimAt = layout.threads[layout.reclaim]!.base;
    this.#viewLow = new Int32Array(n);
    this.#viewHigh = new Int32Array(n);
    this.#workerLow = new Int32Array(layout.kworkers);
  }

  /** Hashes the state as it is now into `low` and `high`. `salt` stands for what counts besides the state. */
  hash(salt = 0): void {
    const words = this.#words;
    const s = this.#k.s;
    const viewLow = this.#viewLow;
    const viewHigh = this.#viewHigh;
    const n = viewLow.length;
    let a = salt | 0;
    let b = ~salt;
    for (let i = 0, end = this.#commonEnd; i < end; i++) {
      const w = words[i]!;
      a = Math.imul(a ^ w, A);
      a ^= a >>> 15;
      b = Math.imul(b ^ w, B);
      b ^= b >>> 13;
    }
    a = Math.imul(a ^ s[this.#reclaimAt]!, A);
    for (let i = 0; i < n; i++) {
      viewLow[i] = 0;
      viewHigh[i] = 0;
    }
    if (this.#ownedData) {
      for (let e = this.#cellsFrom, end = this.#cellsTo; e < end; e++) {
        const v = s[e]!;
        const value = e < this.#alsoFrom ? v : v - ALSO;
        const owner = value >= FIRST_DATA ? this.#owner[value]! : -1;
        let w = v;
        if (owner >= 0) {
          const at = e * 64 + this.#local[value]!;
          let x = Math.imul(at ^ (at << 13), C);
          x ^= x >>> 15;
          viewLow[owner] = (viewLow[owner]! + Math.imul(x, A)) | 0;
          viewHigh[owner] = (viewHigh[owner]! + Math.imul(x ^ (x >>> 11), B)) | 0;
          w = 0xffff;
        }
        a = Math.imul(a ^ w, A);
        a ^= a >>> 15;
        b = Math.imul(b ^ w, B);
        b ^= b >>> 13;
      }
    }
    const { layout } = this.#k;
    for (let i = 0, m = layout.kworkers; i < m; i++) {
      const at = layout.threads[n + i]!.base;
      if (s[at + T_PC] === 0) continue;
      const x = s[at + T_PC]! | (s[at + T_POS]! << 16);
      const y = s[at + T_END]! | (s[at + T_FLAGS]! << 16);
      let z = s[at + T_MAP_TYPE]!;
      const owner = s[at + T_HELD]! - 1;
      if (!this.#symmetry) z |= (i + 1) << 16;
      let u = Math.imul(x ^ C, A);
      u ^= u >>> 15;
      u = Math.imul(u ^ y, A);
      u ^= u >>> 15;
      u = finish(u ^ z);
      let v = Math.imul(x ^ A, B);
      v ^= v >>> 13;
      v = Math.imul(v ^ y, B);
      v ^= v >>> 13;
      v = finish(v ^ z);
      this.#workerLow[i] = u;
      if (owner >= 0) {
        viewLow[owner] = (viewLow[owner]! + u) | 0;
        viewHigh[owner] = (viewHigh[owner]! + v) | 0;
      } else {
        a = (a + u) | 0;
        b = (b + v) | 0;
      }
    }
    a = finish(a);
    b = finish(b);
    for (let i = 0; i < n; i++) {
      const seed = Math.imul(this.kind[i]! + 1, C);
      let x = viewLow[i]! ^ seed;
      let y = viewHigh[i]! + seed;
      for (let j = this.#from[i]!, end = this.#to[i]!; j < end; j++) {
        const w = words[j]!;
        x = Math.imul(x ^ w, A);
        x ^= x >>> 15;
        y = Math.imul(y ^ w, B);
        y ^= y >>> 13;
      }
      x = finish(x);
      y = finish(y);
      viewLow[i] = x;
      viewHigh[i] = y;
      a = (a + x) | 0;
      b = (b + y) | 0;
    }
    this.low = finish(a ^ (b >>> 3));
    this.high = finish(b + Math.imul(a, C));
  }

  /** Hash of one program thread's or kworker's view, after `hash`. */
  viewOf(thread: number): number {
    const n = this.#viewLow.length;
    if (thread < n) return this.#viewLow[thread]!;
    return thread - n < this.#workerLow.length ? this.#workerLow[thread - n]! : thread;
  }

  /** The state as an exact string that is the same for symmetric states. */
  key(salt = 0): string {
    const { s, layout } = this.#k;
    const n = this.#viewLow.length;
    const views: string[] = [];
    for (let i = 0; i < n; i++) {
      const { base, length } = layout.threads[i]!;
      views.push(`${this.kind[i]}:${text(s, base, base + length)}`);
    }
    let common = `${salt},${text(s, 0, this.#cellsFrom)}${s[this.#reclaimAt]}`;
    for (let e = this.#cellsFrom; e < this.#cellsTo; e++) {
      const v = s[e]!;
      const value = e < this.#alsoFrom ? v : v - ALSO;
      const owner = value >= FIRST_DATA ? this.#owner[value]! : -1;
      if (owner >= 0) views[owner] += `@${e}.${this.#local[value]}`;
      common += owner >= 0 ? "#" : String.fromCharCode(v);
    }
    const free: string[] = [];
    const queued: string[][] = views.map(() => []);
    for (let i = 0; i < layout.kworkers; i++) {
      const at = layout.threads[n + i]!.base;
      if (s[at + T_PC] === 0) continue;
      const word = `${this.#symmetry ? "" : i}!${text(s, at, at + T_HELD)}`;
      (s[at + T_HELD]! > 0 ? queued[s[at + T_HELD]! - 1]! : free).push(word);
    }
    const full = views.map((view, i) => `${view}${queued[i]!.sort().join("")}`);
    return `${common}|${free.sort().join("")}|${full.sort().join("|")}`;
  }
}

function text(s: ArrayLike<number>, from: number, to: number): string {
  let out = "";
  for (let i = from; i < to; i++) out += String.fromCharCode(s[i]!);
  return out;
}

function writesData(op: KernelOp): boolean {
  return op.code === OP_WRITE || op.code === OP_STORE;
}

function sameOps(a: readonly KernelOp[], b: readonly KernelOp[]): boolean {
  return a.length === b.length && a.every((op, i) => sameOp(op, b[i]!));
}

function sameOp(a: KernelOp, b: KernelOp): boolean {
  return (
    a.code === b.code &&
    a.from === b.from &&
    a.to === b.to &&
    a.faultAt === b.faultAt &&
    a.shortCopy === b.shortCopy &&
    a.keepSize === b.keepSize
  );
}
