/**
 * Persistent sets: of the transitions out of a state, some that nothing which the other threads can ever do depends
 * on, so that following only these reaches every end of a run and every step that some run takes (Godefroid,
 * "Partial-order methods for the verification of concurrent systems", LNCS 1032, 1996, chapter 4; the closure is that
 * of stubborn sets over threads, a thread that waits included: whoever could let it go on conflicts with its step).
 *
 * What the search has to see to: a cycle of states must be broken by following everything somewhere, and evictions,
 * which end with the last thread, must be followed where a thread of the set finishes (exhaustive.ts).
 */
import { Futures, ioendsAreScarce } from "../../kernel/machine/futures.js";
import { Pc } from "../../kernel/machine/labels.js";
import { conflicts, IOENDS, TouchSet } from "../../kernel/machine/touches.js";
import { lookAtStep } from "../../kernel/paths/index.js";
import type { Engine } from "../run/engine.js";
import type { Transitions } from "./transitions.js";

export class Persistent {
  readonly #engine: Engine;
  readonly #reclaim: number;
  readonly #futures: Futures;
  readonly #scarce: boolean;
  readonly #next = new TouchSet();
  readonly #future = new TouchSet();
  /** Per thread what it may touch in its next step, and in all its future. */
  readonly #nextReads: Int32Array;
  readonly #nextWrites: Int32Array;
  readonly #reads: Int32Array;
  readonly #writes: Int32Array;
  /** Per thread those whose future conflicts with its next step; itself included. */
  readonly #needs: Int32Array;

  constructor(engine: Engine, transitions: Transitions) {
    this.#engine = engine;
    this.#reclaim = transitions.reclaim;
    this.#futures = new Futures(engine.k);
    this.#scarce = ioendsAreScarce(engine.k);
    const threads = transitions.reclaim + 1;
    this.#nextReads = new Int32Array(threads);
    this.#nextWrites = new Int32Array(threads);
    this.#reads = new Int32Array(threads);
    this.#writes = new Int32Array(threads);
    this.#needs = new Int32Array(threads);
  }

  /** Keeps of the `n` transitions of `list`, all that are enabled now, a smallest persistent set; returns its size. */
  narrow(list: Int16Array, n: number): number {
    if (n < 2) return n;
    const threads = this.#look();
    let best = -1;
    let least = n;
    for (let i = 0; i < n; i++) {
      const seed = list[i]!;
      if (seed >= this.#reclaim) break;
      const set = this.#closure(1 << seed, threads);
      const size = this.#sizeOf(set, list, n);
      if (size >= least) continue;
      best = set;
      least = size;
      if (least === 1) break;
    }
    if (best === -1) return n;
    let kept = 0;
    for (let i = 0; i < n; i++) if (this.#has(best, list[i]!)) list[kept++] = list[i]!;
    return kept;
  }

  #has(set: number, transition: number): boolean {
    return (set & (1 << Math.min(transition, this.#reclaim))) !== 0;
  }

  #sizeOf(set: number, list: Int16Array, n: number): number {
    let size = 0;
    for (let i = 0; i < n; i++) if (this.#has(set, list[i]!)) size++;
    return size;
  }

  /** Fills in what every thread may touch and whom it needs beside it; returns the threads that are not done. */
  #look(): number {
    const { k } = this.#engine;
    this.#futures.look();
    let threads = 0;
    for (let i = 0; i <= this.#reclaim; i++) {
      const t = k.threads[i]!;
      if (t.pc === Pc.DONE || this.#isQueued(i)) continue;
      threads |= 1 << i;
      this.#future.clear();
      this.#futures.of(i, this.#future);
      this.#reads[i] = this.#future.reads;
      this.#writes[i] = this.#future.writes;
      this.#lookAhead(i);
    }
    for (let i = 0; i <= this.#reclaim; i++) {
      if ((threads & (1 << i)) === 0) continue;
      let needs = 1 << i;
      for (let j = 0; j <= this.#reclaim; j++) {
        if ((threads & (1 << j)) !== 0 && this.#conflict(i, j)) needs |= 1 << j;
      }
      this.#needs[i] = needs;
    }
    return threads;
  }

  /** An ioend that is still being built counts as part of the thread that builds it. */
  #isQueued(index: number): boolean {
    const { k } = this.#engine;
    return index >= k.layout.programThreads && index < this.#reclaim && k.threads[index]!.owner !== 0;
  }

  #lookAhead(i: number): void {
    const { k } = this.#engine;
    const t = k.threads[i]!;
    if (i === this.#reclaim) {
      // Which pages it may take changes, and every eviction uses up the same budget.
      this.#nextReads[i] = this.#reads[i]!;
      this.#nextWrites[i] = this.#writes[i]!;
      return;
    }
    const next = this.#next;
    lookAtStep(k, t, next);
    // The count of free slots that a step declares by is not part of what it declares to read.
    if (this.#scarce) next.write(IOENDS);
    this.#nextReads[i] = next.reads;
    this.#nextWrites[i] = next.writes;
  }

  #conflict(i: number, j: number): boolean {
    return conflicts(this.#nextReads[i]!, this.#nextWrites[i]!, this.#reads[j]!, this.#writes[j]!);
  }

  #closure(seed: number, threads: number): number {
    let set = seed;
    let todo = seed;
    while (todo !== 0) {
      const i = 31 - Math.clz32(todo & -todo);
      todo &= todo - 1;
      const fresh = this.#needs[i]! & ~set;
      set |= fresh;
      todo |= fresh;
      if (set === threads) break;
    }
    return set;
  }
}
