/**
 * Sleep sets in an order that symmetric states share: among interchangeable threads, and among kworkers, bits are
 * sorted by what the threads look like, so that a set stored with one state can be compared with that of its mirror
 * image. Threads that look alike are told apart by nothing, so the sleeping ones come first.
 */

import type { Engine } from "../run/engine.js";
import type { Canonical } from "./canonical.js";

export class SleepOrder {
  readonly #engine: Engine;
  readonly #canonical: Canonical;
  readonly #symmetry: boolean;
  readonly #places: Int8Array;
  readonly #programThreads: number;

  constructor(engine: Engine, canonical: Canonical, symmetry: boolean) {
    this.#engine = engine;
    this.#canonical = canonical;
    this.#symmetry = symmetry;
    this.#programThreads = engine.k.layout.programThreads;
    this.#places = new Int8Array(engine.reclaim);
  }

  /** Bits of the state hashed last, as stored. `fromCanonical` undoes it for the same state. */
  toCanonical(mask: number): number {
    if (!this.#symmetry || mask === 0) {
      this.#identity();
      return mask;
    }
    const reclaim = this.#engine.reclaim;
    let out = (mask >>> reclaim) << reclaim;
    for (let i = 0; i < reclaim; i++) {
      this.#places[i] = this.#placeOf(i, mask);
      if ((mask & (1 << i)) !== 0) out |= 1 << this.#places[i]!;
    }
    return out;
  }

  fromCanonical(mask: number): number {
    const reclaim = this.#engine.reclaim;
    let out = (mask >>> reclaim) << reclaim;
    for (let i = 0; i < reclaim; i++) if ((mask & (1 << this.#places[i]!)) !== 0) out |= 1 << i;
    return out;
  }

  #identity(): void {
    if (!this.#symmetry) {
      for (let i = 0; i < this.#places.length; i++) this.#places[i] = i;
      return;
    }
    for (let i = 0; i < this.#places.length; i++) this.#places[i] = this.#placeOf(i, 0);
  }

  /** The how-manieth of its kind the thread is, counted into the places of that kind. */
  #placeOf(thread: number, mask: number): number {
    const n = this.#programThreads;
    const { kind } = this.#canonical;
    const worker = thread >= n;
    const group = worker ? -1 : kind[thread]!;
    let rank = 0;
    const from = worker ? n : group;
    const to = worker ? this.#engine.reclaim : n;
    for (let j = from; j < to; j++) {
      if (j === thread || (!worker && kind[j] !== group)) continue;
      if (this.#before(j, thread, mask)) rank++;
    }
    if (worker) return n + rank;
    let place = group;
    for (let j = group; ; j++) {
      if (kind[j] !== group) continue;
      place = j;
      if (rank-- === 0) return place;
    }
  }

  #before(a: number, b: number, mask: number): boolean {
    const { k } = this.#engine;
    const x = this.#view(a, k.threads[a]!.pc);
    const y = this.#view(b, k.threads[b]!.pc);
    if (x !== y) return x < y;
    const sleepsA = (mask & (1 << a)) !== 0;
    const sleepsB = (mask & (1 << b)) !== 0;
    if (sleepsA !== sleepsB) return sleepsA;
    return a < b;
  }

  /** A kworker that is free or still being built is never asleep and comes last. */
  #view(thread: number, pc: number): number {
    if (thread < this.#programThreads) return this.#canonical.viewOf(thread);
    const queued = this.#engine.k.threads[thread]!.owner !== 0;
    return pc === 0 || queued ? 0x7fffffff : this.#canonical.viewOf(thread);
  }
}
