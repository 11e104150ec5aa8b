/**
 * Equal situations as equal numbers: a 64-bit hash of the state that does not change when identical threads swap
 * their registers and data, or kworkers their slots (symmetry reduction by sorting-free hashing: every thread's
 * view is hashed on its own and the hashes are added up). `key` is the same as an exact string.
 *
 * A thread's view: its registers, the ioends that it is building, and where the data lies that it wrote.
 */

import { Also } from "../../check/ghost.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Reg } from "../../kernel/machine/layout.js";
import type { KernelOp } from "../../kernel/machine/program.js";
import { Value } from "../../kernel/objects/values.js";
import { OPS } from "../../kernel/ops.js";
import type { HashShape } from "./hash-code.js";
import { A, B, C } from "./hash-keys.js";

/** With the low word, as many bits as a number holds. */
const HIGH_BITS = 0x1fffff;

/** Last step of murmur3's 32-bit mix. */
function finish(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Nothing beside the state. */
const NOTHING = new Int32Array(0);
/** Sets the marked thread's view apart. */
const MARK = 0x27d4eb2f | 0;

export class Canonical {
  low = 0;
  high = 0;
  /** A thread that plays a part of its own, so that states are equal only if theirs look alike; -1: none. */
  marked = -1;
  /** Threads that swap with others: for each program thread the first of its kind. */
  readonly kind: Int32Array;
  readonly #k: Kernel;
  readonly #symmetry: boolean;
  readonly #words: Int32Array;
  /** Words of the common part, cells included unless they are hashed one by one. */
  readonly #commonEnd: number;
  /** First and past the last word of each program thread, and a seed that its kind shares. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #seed: Int32Array;
  readonly #reclaimAt: number;
  readonly #workerAt: Int32Array;
  /** Some values belong to interchangeable threads. */
  readonly #ownedData: boolean;
  readonly #cellsFrom: number;
  readonly #alsoFrom: number;
  readonly #cellsTo: number;
  /** End of what comes after the cells and before the threads: a modelled disk. */
  readonly #dataTo: number;
  /** Per data value: the thread whose view it is in, or -1; and its number among that thread's. */
  readonly #owner: Int32Array;
  readonly #local: Int32Array;
  readonly #viewLow: Int32Array;
  readonly #viewHigh: Int32Array;

  constructor(k: Kernel, symmetry: boolean) {
    this.#k = k;
    this.#symmetry = symmetry;
    const { layout, program } = k;
    const n = layout.programThreads;
    const perWord = 4 / k.s.BYTES_PER_ELEMENT;
    this.#words = new Int32Array(k.s.buffer);
    // A copy holds data of others in registers of its own.
    const hasCopies = program.threads.some((ops) => ops.some(({ does }) => does.copies));
    this.kind = Int32Array.from(program.threads, (ops, i) =>
      symmetry && !hasCopies && (program.descriptions?.[i] ?? 0) === 0
        ? program.threads.findIndex(
            (other, j) =>
              (program.descriptions?.[j] ?? 0) === 0 &&
              program.repeats?.[j] === program.repeats?.[i] &&
              sameOps(other, ops),
          )
        : i,
    );
    const owned = new Map<number, { thread: number; local: number }>();
    program.threads.forEach((ops, thread) => {
      if (this.kind.filter((kind) => kind === this.kind[thread]).length < 2) return;
      ops.forEach((op, local) => {
        if (OPS[op.kind].data !== "none") owned.set(op.value, { thread, local: local + 1 });
      });
    });
    const values = program.values + Also.VALUE;
    this.#owner = Int32Array.from({ length: values }, (_, v) => owned.get(v)?.thread ?? -1);
    this.#local = Int32Array.from({ length: values }, (_, v) => owned.get(v)?.local ?? 0);
    this.#ownedData = owned.size > 0;
    this.#cellsFrom = layout.cache;
    this.#alsoFrom = layout.also;
    this.#cellsTo = layout.also + program.geometry.cells;
    const registers = layout.threads.slice(0, n);
    this.#reclaimAt = layout.threads[layout.reclaim]!.base;
    this.#dataTo = registers[0]?.base ?? this.#reclaimAt;
    this.#commonEnd = (this.#ownedData ? layout.cache : (registers[0]?.base ?? this.#reclaimAt)) / perWord;
    this.#from = Int32Array.from(registers, (r) => r.base / perWord);
    this.#to = Int32Array.from(registers, (r) => Math.ceil((r.base + r.length) / perWord));
    this.#seed = Int32Array.from(this.kind, (kind) => finish(Math.imul(kind + 1, C)));
    this.#workerAt = Int32Array.from({ length: layout.kworkers }, (_, i) => layout.threads[n + i]!.base);
    this.#viewLow = new Int32Array(n);
    this.#viewHigh = new Int32Array(n);
  }

  /**
   * Hashes the state as it is now, and the numbers `beside` it, into `low` and `high`. Two words a round, each into its
   * half, with the halves mixed in between; a round is a bijection of the halves.
   */
  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: the hottest loop of the search, kept in one piece.
  hash(beside: Int32Array = NOTHING): void {
    const words = this.#words;
    const s = this.#k.s;
    const viewLow = this.#viewLow;
    const viewHigh = this.#viewHigh;
    const n = viewLow.length;
    const { marked } = this;
    let a = marked === n + this.#workerAt.length ? MARK : 0;
    let b = Math.imul(~s[this.#reclaimAt]!, C);
    for (let i = 0; i < beside.length; i++) {
      a = Math.imul(a ^ beside[i]!, A);
      b = (((b << 13) | (b >>> 19)) + a) | 0;
      a ^= b >>> 15;
    }
    const end = this.#commonEnd;
    let j = 0;
    for (; j + 1 < end; j += 2) {
      a = Math.imul(a ^ words[j]!, A);
      b = Math.imul(b ^ words[j + 1]!, B);
      a ^= b >>> 15;
      b = (((b << 13) | (b >>> 19)) + a) | 0;
    }
    if (j < end) a = Math.imul(a ^ words[j]!, A);
    const seeds = this.#seed;
    for (let i = 0; i < n; i++) {
      viewLow[i] = seeds[i]!;
      viewHigh[i] = seeds[i]!;
    }
    if (marked >= 0 && marked < n) viewHigh[marked]! ^= MARK;
    if (this.#ownedData) {
      this.#cells();
      a = (a + this.#cellsLow) | 0;
      b = (b + this.#cellsHigh) | 0;
    }
    const workerAt = this.#workerAt;
    const slotMatters = this.#symmetry ? 0 : 1 << 16;
    for (let i = 0, workers = workerAt.length; i < workers; i++) {
      const at = workerAt[i]!;
      const pc = s[at + Reg.PC]!;
      if (pc === 0) continue;
      let u = Math.imul((pc | (s[at + Reg.POS]! << 16)) ^ C, A);
      let v = Math.imul((s[at + Reg.END]! | (s[at + Reg.FLAGS]! << 16)) ^ A, B);
      u ^= v >>> 15;
      v = (((v << 13) | (v >>> 19)) + u) | 0;
      u = finish(u ^ (s[at + Reg.MAP_TYPE]! | Math.imul(i + 1, slotMatters)));
      if (marked === n + i) v ^= MARK;
      v = finish((v + u) | 0);
      const owner = s[at + Reg.HELD]! - 1;
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
    const from = this.#from;
    const past = this.#to;
    for (let i = 0; i < n; i++) {
      let x = viewLow[i]!;
      let y = viewHigh[i]!;
      const to = past[i]!;
      let w = from[i]!;
      for (; w + 1 < to; w += 2) {
        x = Math.imul(x ^ words[w]!, A);
        y = Math.imul(y ^ words[w + 1]!, B);
        x ^= y >>> 15;
        y = (((y << 13) | (y >>> 19)) + x) | 0;
      }
      if (w < to) x = Math.imul(x ^ words[w]!, A);
      y = finish(y ^ (x >>> 7));
      x = finish(x);
      viewLow[i] = x;
      viewHigh[i] = y;
      a = (a + x) | 0;
      b = (b + y) | 0;
    }
    this.low = finish(a ^ (b >>> 3));
    this.high = finish((b + Math.imul(a, C)) | 0);
  }

  #cellsLow = 0;
  #cellsHigh = 0;
  /** Adds up the cells: values of interchangeable threads in those threads' views, all others in `#cellsLow` and `-High`. */
  #cells(): void {
    const { s } = this.#k;
    const viewLow = this.#viewLow;
    const viewHigh = this.#viewHigh;
    const owners = this.#owner;
    const locals = this.#local;
    const alsoFrom = this.#alsoFrom;
    let low = 0;
    let high = 0;
    const cellsTo = this.#cellsTo;
    for (let e = this.#cellsFrom, end = this.#dataTo; e < end; e++) {
      const v = s[e]!;
      const value = e < alsoFrom ? v : e < cellsTo ? v - Also.VALUE : 0;
      const owner = value >= Value.FIRST_DATA ? owners[value]! : -1;
      // What cellHash() does.
      let x = Math.imul(((e << 16) + (owner >= 0 ? locals[value]! : v)) ^ C, A);
      x = Math.imul(x ^ (x >>> 15), B);
      const y = Math.imul(x ^ (x >>> 13), C);
      if (owner >= 0) {
        viewLow[owner] = (viewLow[owner]! + x) | 0;
        viewHigh[owner] = (viewHigh[owner]! + y) | 0;
      } else {
        low = (low + x) | 0;
        high = (high + y) | 0;
      }
    }
    this.#cellsLow = low;
    this.#cellsHigh = high;
  }

  /** For hash-code.ts. */
  get shape(): HashShape {
    return {
      state: this.#k.s,
      words: this.#words,
      symmetry: this.#symmetry,
      commonEnd: this.#commonEnd,
      from: this.#from,
      to: this.#to,
      seed: this.#seed,
      reclaimAt: this.#reclaimAt,
      workerAt: this.#workerAt,
      ownedData: this.#ownedData,
      cellsFrom: this.#cellsFrom,
      alsoFrom: this.#alsoFrom,
      cellsTo: this.#cellsTo,
      dataTo: this.#dataTo,
      owner: this.#owner,
      local: this.#local,
    };
  }

  /** 53 bits of what `hash` made, as one number. */
  get number(): number {
    return (this.high & HIGH_BITS) * 2 ** 32 + (this.low >>> 0);
  }

  /** The state as an exact string that is the same for symmetric states. */
  key(beside: Int32Array = NOTHING): string {
    const { s, layout } = this.#k;
    const n = this.#viewLow.length;
    const views: string[] = [];
    for (let i = 0; i < n; i++) {
      const { base, length } = layout.threads[i]!;
      views.push(`${i === this.marked ? "*" : ""}${this.kind[i]}:${text(s, base, base + length)}`);
    }
    const reclaims = this.marked === n + layout.kworkers ? "*" : "";
    let common = `${beside.join()},${text(s, 0, this.#cellsFrom)}${s[this.#reclaimAt]}${reclaims}`;
    for (let e = this.#cellsFrom; e < this.#dataTo; e++) {
      const v = s[e]!;
      const value = e < this.#alsoFrom ? v : e < this.#cellsTo ? v - Also.VALUE : 0;
      const owner = value >= Value.FIRST_DATA ? this.#owner[value]! : -1;
      if (owner >= 0) views[owner] += `@${e}.${this.#local[value]}`;
      common += owner >= 0 ? "#" : String.fromCharCode(v);
    }
    const free: string[] = [];
    const queued: string[][] = views.map(() => []);
    for (let i = 0; i < layout.kworkers; i++) {
      const at = layout.threads[n + i]!.base;
      if (s[at + Reg.PC] === 0) continue;
      const mark = this.marked === n + i ? "*" : "";
      const word = `${mark}${this.#symmetry ? "" : i}!${text(s, at, at + Reg.HELD)}`;
      (s[at + Reg.HELD]! > 0 ? queued[s[at + Reg.HELD]! - 1]! : free).push(word);
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

function sameOps(a: readonly KernelOp[], b: readonly KernelOp[]): boolean {
  return a.length === b.length && a.every((op, i) => sameOp(op, b[i]!));
}

/** Alike but for the value that they put down. */
function sameOp(a: KernelOp, b: KernelOp): boolean {
  return (Object.keys(a) as (keyof KernelOp)[]).every((field) => field === "value" || a[field] === b[field]);
}
