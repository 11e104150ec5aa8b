/**
 * What the threads of one search share besides the table of visited states: how many they are and what they do, a pool of
 * states that one has and another may take, and what each has found. All of it lies in shared memory, so that threads
 * that search need no messages. A thread that dies leaves the others waiting until somebody says `stop`.
 */
import type { HeldStates } from "./held-states.js";

/** Numbers of the control block. */
const enum At {
  /** Not zero: stop; bits of Stop. */
  STOP = 0,
  /** All states were looked at. */
  DONE = 1,
  /** Threads that are in, that have nothing to do, that wait for the table to grow, and that have left. */
  JOINED = 2,
  IDLE = 3,
  PAUSED = 4,
  LEFT = 5,
  /** The table is to grow, and which time it is. */
  PAUSE = 6,
  EPOCH = 7,
  /** The pool: held by a thread, and how many states it has. */
  LOCK = 8,
  POOLED = 9,
  /** Changes whenever idle threads should look. */
  NEWS = 10,
  /** Slots of the table, and whether it has grown for the last time. */
  SLOTS = 11,
  IS_LAST = 12,
  /** Threads that do something else. */
  AWAY = 13,
  /** States visited: apart from what every thread reads all the time, as it changes all the time. */
  STATES = 48,
  LENGTH = 64,
}

/** Why threads stop before all is done. */
export const enum Stop {
  FOUND = 1,
  MEMORY = 2,
  STATES = 4,
  ASKED = 8,
  DIED = 16,
}

/** What a thread says of itself, before what it counted. */
export const enum Tally {
  FRONTIER_BYTES = 0,
  QUEUE = 1,
  TRANSITIONS = 2,
  ENDS = 3,
  OFFERED = 4,
  COUNTS = 5,
}

/** States of the pool, and how many go in or out at once. */
const POOL = 1024;
const CHUNK = 64;
const WAIT_MS = 2;

/** As it is handed to another thread. */
export interface SharedHandle {
  readonly table: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
  readonly pool: SharedArrayBuffer;
  readonly tallies: SharedArrayBuffer;
  readonly stateWords: number;
  readonly memoryBytes: number;
  /** Threads, this one included. */
  readonly most: number;
  /** As of SearchOptions. */
  readonly symmetry: boolean;
  readonly mask: number;
  /** The program is plain, and is to be reduced. */
  readonly reduced: boolean;
}

type Asked = Omit<SharedHandle, "control" | "pool" | "tallies">;

/** Memory for threads that count `counts` numbers each, with a table of so many slots. */
export function shareWork(asked: Asked, counts: number, slots: number): SharedHandle {
  const { stateWords, most } = asked;
  const control = new SharedArrayBuffer(4 * At.LENGTH);
  new Int32Array(control)[At.SLOTS] = slots;
  return {
    ...asked,
    control,
    pool: new SharedArrayBuffer(4 * POOL * (stateWords + 1)),
    tallies: new SharedArrayBuffer(8 * most * (Tally.COUNTS + counts)),
  };
}

export class SharedWork {
  readonly #control: Int32Array;
  readonly #pool: Int32Array;
  readonly #tallies: Float64Array;
  readonly #perThread: number;
  /** Words of a state in the pool, its depth behind it. */
  readonly #stride: number;
  readonly #most: number;
  /** Number of this thread. */
  #me = 0;

  constructor({ control, pool, tallies, stateWords, most }: SharedHandle) {
    this.#control = new Int32Array(control);
    this.#pool = new Int32Array(pool);
    this.#tallies = new Float64Array(tallies);
    this.#perThread = this.#tallies.length / most;
    this.#stride = stateWords + 1;
    this.#most = most;
  }

  /** This thread takes part; false when there is no place or nothing left to do. */
  join(): boolean {
    this.#lock();
    const me = this.#control[At.JOINED]!;
    const isIn = me < this.#most && this.#control[At.DONE] === 0;
    if (isIn) Atomics.store(this.#control, At.JOINED, me + 1);
    this.#unlock();
    this.#me = me;
    return isIn;
  }
  leave(): void {
    Atomics.add(this.#control, At.LEFT, 1);
    this.#tell();
  }

  /** The numbers of this thread, and of all. */
  get mine(): Float64Array {
    return this.#tallies.subarray(this.#me * this.#perThread, (this.#me + 1) * this.#perThread);
  }
  sum(n: number): number {
    let sum = 0;
    for (let i = n; i < this.#tallies.length; i += this.#perThread) sum += this.#tallies[i]!;
    return sum;
  }
  /** Number `n` of each thread. */
  each(n: number): number[] {
    return Array.from({ length: this.#most }, (_, i) => this.#tallies[i * this.#perThread + n]!);
  }

  get states(): number {
    return Atomics.load(this.#control, At.STATES) >>> 0;
  }
  /** Adds to the number of states, and gives it. */
  addStates(n: number): number {
    return (Atomics.add(this.#control, At.STATES, n) + n) >>> 0;
  }

  get slots(): number {
    return this.#control[At.SLOTS]!;
  }
  get isLast(): boolean {
    return this.#control[At.IS_LAST] !== 0;
  }
  setTable(slots: number, isLast: boolean): void {
    Atomics.store(this.#control, At.SLOTS, slots);
    Atomics.store(this.#control, At.IS_LAST, isLast ? 1 : 0);
  }

  /** Somebody wants all to pause or to stop. */
  get isCalled(): boolean {
    return (this.#control[At.STOP]! | this.#control[At.PAUSE]!) !== 0;
  }
  get stopped(): number {
    return Atomics.load(this.#control, At.STOP);
  }
  stop(why: Stop): void {
    Atomics.or(this.#control, At.STOP, why);
    this.#tell();
  }

  /** Does something else, for which nobody waits: the table can grow meanwhile. */
  away(something: () => void): void {
    const c = this.#control;
    Atomics.add(c, At.AWAY, 1);
    this.#tell();
    try {
      something();
    } finally {
      // Not while another is alone.
      this.#lock();
      Atomics.sub(c, At.AWAY, 1);
      this.#unlock();
    }
  }

  /** The table is to grow before anything else is added. */
  callPause(): void {
    Atomics.store(this.#control, At.PAUSE, 1);
    this.#tell();
  }

  /** When a pause is called: waits until all threads are in it, and one of them has done `alone`. */
  pause(alone: () => void): void {
    const c = this.#control;
    if (Atomics.load(c, At.PAUSE) === 0) return;
    const epoch = Atomics.load(c, At.EPOCH);
    Atomics.add(c, At.PAUSED, 1);
    this.#tell();
    while (Atomics.load(c, At.EPOCH) === epoch && this.stopped === 0) {
      if (this.#areAllPaused) {
        // Nobody joins meanwhile.
        this.#lock();
        const isAlone = this.#areAllPaused && Atomics.compareExchange(c, At.PAUSE, 1, 2) === 1;
        if (isAlone) {
          alone();
          Atomics.store(c, At.PAUSED, 0);
          Atomics.store(c, At.PAUSE, 0);
          Atomics.add(c, At.EPOCH, 1);
          Atomics.notify(c, At.EPOCH);
        }
        this.#unlock();
        if (isAlone) return;
      }
      Atomics.wait(c, At.EPOCH, epoch, WAIT_MS);
    }
  }
  get #areAllPaused(): boolean {
    const c = this.#control;
    const others = Atomics.load(c, At.LEFT) + Atomics.load(c, At.AWAY);
    return Atomics.load(c, At.PAUSED) === Atomics.load(c, At.JOINED) - others;
  }

  /** Some thread has nothing to do, or would soon, and the pool has little for it. */
  get isHungry(): boolean {
    const c = this.#control;
    return c[At.JOINED]! > 1 && c[At.POOLED]! < CHUNK * (c[At.JOINED]! - 1);
  }

  /** Puts the oldest states of a thread into the pool: much may lie behind them. */
  give(held: HeldStates): void {
    const c = this.#control;
    if (c[At.POOLED]! + CHUNK > POOL) return;
    this.#lock();
    let n = c[At.POOLED]!;
    for (const one of held.takeFirst(Math.min(CHUNK, POOL - n, held.length - 1))) {
      const at = n++ * this.#stride;
      this.#pool.set(one.state, at);
      this.#pool[at + this.#stride - 1] = one.depth;
      held.giveBack(one);
    }
    Atomics.store(c, At.POOLED, n);
    this.#unlock();
    this.#tell();
  }

  #take(held: HeldStates): boolean {
    const c = this.#control;
    const before = c[At.POOLED]!;
    const n = Math.max(0, before - CHUNK);
    for (let i = n; i < before; i++) {
      const end = (i + 1) * this.#stride - 1;
      const one = held.room();
      one.state.set(this.#pool.subarray(end + 1 - this.#stride, end));
      one.depth = this.#pool[end]!;
      held.put(one);
    }
    Atomics.store(c, At.POOLED, n);
    return before > 0;
  }

  /**
   * This thread holds no state: waits for work, and takes it. False when there is none any more. `pause` is
   * called where the others wait for that, `look` now and then.
   */
  fetch(held: HeldStates, pause: () => void, look: () => void): boolean {
    const c = this.#control;
    this.#lock();
    if (this.#take(held)) {
      this.#unlock();
      return true;
    }
    const idle = Atomics.add(c, At.IDLE, 1) + 1;
    if (idle === Atomics.load(c, At.JOINED)) Atomics.store(c, At.DONE, 1);
    this.#unlock();
    this.#tell();
    for (;;) {
      if (Atomics.load(c, At.DONE) !== 0 || this.stopped !== 0) return false;
      const news = Atomics.load(c, At.NEWS);
      pause();
      look();
      if (Atomics.load(c, At.POOLED) > 0) {
        this.#lock();
        if (this.#take(held)) {
          Atomics.sub(c, At.IDLE, 1);
          this.#unlock();
          return true;
        }
        this.#unlock();
      }
      Atomics.wait(c, At.NEWS, news, WAIT_MS);
    }
  }

  /** Waits until all threads that are in have left, or one has died; `look` is called now and then. */
  waitForOthers(look: () => void): void {
    const c = this.#control;
    while (Atomics.load(c, At.LEFT) < Atomics.load(c, At.JOINED) && (this.stopped & Stop.DIED) === 0) {
      look();
      Atomics.wait(c, At.NEWS, Atomics.load(c, At.NEWS), WAIT_MS);
    }
  }

  #tell(): void {
    Atomics.add(this.#control, At.NEWS, 1);
    Atomics.notify(this.#control, At.NEWS);
  }

  #lock(): void {
    const c = this.#control;
    while (Atomics.compareExchange(c, At.LOCK, 0, 1) !== 0 && this.stopped === 0)
      Atomics.wait(c, At.LOCK, 1, WAIT_MS);
  }
  #unlock(): void {
    Atomics.store(this.#control, At.LOCK, 0);
    Atomics.notify(this.#control, At.LOCK, 1);
  }
}
