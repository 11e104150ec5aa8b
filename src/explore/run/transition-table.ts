/**
 * States that runs have met and the transitions between them, in flat arrays that grow and are used again for the
 * next program. A transition is found by its state, its thread and what the environment answered on the way; it leads
 * to a state and has effects outside it: windows entered, locks taken in which order, violations seen.
 */

import { grown } from "./growing-arrays.js";

/** A slot of a transition: 0 unknown, > 0 outcome + 1, < 0 ~question. */
export const UNKNOWN = 0;

/** Numbers that an effect keeps per violation: the arguments of Verdict.record(). */
export const VIOLATION_NUMBERS = 7;

/** No table takes more than this, bytes; runs that meet further states are computed. */
const MOST_BYTES = 64 * 2 ** 20;

export class TransitionTable {
  /** States: so many, words of each, enabled threads as a mask, effect of its end + 1 (0: not known), Engine.endValue. */
  states = 0;
  #words = new Int32Array(1 << 14);
  #hashes = new Int32Array(256);
  masks = new Int32Array(256);
  ends = new Int32Array(256);
  endValues = new Float64Array(256);
  /** Per state and thread one slot. */
  slots = new Int32Array(2048);
  /** Outcomes: state, effect (0: none), order of locks in 49 bits. */
  #outcomes = 0;
  outcomeState = new Int32Array(512);
  outcomeEffect = new Int32Array(512);
  outcomeLocksLow = new Int32Array(512);
  outcomeLocksHigh = new Int32Array(512);
  /** Questions to the environment: kind, options, first of their slots in `answers`. */
  #questions = 0;
  questionKind = new Int32Array(64);
  questionOptions = new Int32Array(64);
  questionFirst = new Int32Array(64);
  answers = new Int32Array(128);
  #answerCount = 0;
  /** Effects: `[windows, (window, times) x windows, violations, numbers x violations]`; an effect is an index + 1. */
  effects = new Int32Array(256);
  #effectEnd = 0;
  #table = new Int32Array(1024);
  #stride = 0;
  #threads = 0;

  /** Forgets everything. `stride` words make a state, `threads` (up to 31) can move. */
  reset(stride: number, threads: number): void {
    this.#stride = stride;
    this.#threads = threads;
    this.states = 0;
    this.#outcomes = 0;
    this.#questions = 0;
    this.#answerCount = 0;
    this.#effectEnd = 0;
    this.#table.fill(0);
  }

  get isFull(): boolean {
    return (this.states + 1) * (this.#stride + this.#threads) * 4 > MOST_BYTES;
  }

  slotOf(state: number, thread: number): number {
    return state * this.#threads + thread;
  }

  /** Copies a state's words into `to`. */
  load(state: number, to: Int32Array): void {
    const words = this.#words;
    const n = this.#stride;
    for (let i = 0, at = state * n; i < n; i++, at++) to[i] = words[at]!;
  }

  /** The state whose words stand at the front of `from`; ~state when it is new, with nothing known about it. */
  find(from: Int32Array): number {
    const n = this.#stride;
    let h = 0;
    for (let i = 0; i < n; i++) {
      h = Math.imul(h ^ from[i]!, 0x9e3779b1);
      h ^= h >>> 15;
    }
    const most = this.#table.length - 1;
    let place = (h ^ (h >>> 11)) & most;
    for (; ; place = (place + 1) & most) {
      const state = this.#table[place]! - 1;
      if (state < 0) break;
      if (this.#hashes[state] === h && this.#isAt(state, from)) return state;
    }
    const state = this.#add(from, h);
    this.#table[place] = state + 1;
    if (2 * this.states > this.#table.length) this.#rehash();
    return ~state;
  }

  #isAt(state: number, from: Int32Array): boolean {
    const words = this.#words;
    const n = this.#stride;
    for (let i = 0, at = state * n; i < n; i++, at++) if (words[at] !== from[i]) return false;
    return true;
  }

  #add(from: Int32Array, hash: number): number {
    const state = this.states++;
    const n = this.#stride;
    this.#words = grown(this.#words, (state + 1) * n);
    for (let i = 0, at = state * n; i < n; i++, at++) this.#words[at] = from[i]!;
    this.#hashes = grown(this.#hashes, state + 1);
    this.masks = grown(this.masks, state + 1);
    this.ends = grown(this.ends, state + 1);
    this.endValues = grown(this.endValues, state + 1);
    this.#hashes[state] = hash;
    this.ends[state] = UNKNOWN;
    const first = state * this.#threads;
    this.slots = grown(this.slots, first + this.#threads);
    for (let i = 0; i < this.#threads; i++) this.slots[first + i] = UNKNOWN;
    return state;
  }

  #rehash(): void {
    const table = new Int32Array(2 * this.#table.length);
    const most = table.length - 1;
    for (let state = 0; state < this.states; state++) {
      const h = this.#hashes[state]!;
      let place = (h ^ (h >>> 11)) & most;
      while (table[place] !== 0) place = (place + 1) & most;
      table[place] = state + 1;
    }
    this.#table = table;
  }

  /** A transition's outcome, as the value of its slot. */
  addOutcome(state: number, effect: number, locksLow: number, locksHigh: number): number {
    const i = this.#outcomes++;
    this.outcomeState = grown(this.outcomeState, i + 1);
    this.outcomeEffect = grown(this.outcomeEffect, i + 1);
    this.outcomeLocksLow = grown(this.outcomeLocksLow, i + 1);
    this.outcomeLocksHigh = grown(this.outcomeLocksHigh, i + 1);
    this.outcomeState[i] = state;
    this.outcomeEffect[i] = effect;
    this.outcomeLocksLow[i] = locksLow;
    this.outcomeLocksHigh[i] = locksHigh;
    return i + 1;
  }

  /** A question to the environment with all answers unknown, as the value of its slot. */
  addQuestion(kind: number, options: number): number {
    const i = this.#questions++;
    this.questionKind = grown(this.questionKind, i + 1);
    this.questionOptions = grown(this.questionOptions, i + 1);
    this.questionFirst = grown(this.questionFirst, i + 1);
    this.questionKind[i] = kind;
    this.questionOptions[i] = options;
    this.questionFirst[i] = this.#answerCount;
    this.#answerCount += options;
    this.answers = grown(this.answers, this.#answerCount);
    this.answers.fill(UNKNOWN, this.#answerCount - options, this.#answerCount);
    return ~i;
  }

  /** An effect: how often each window was entered and the first `numbers` of the violations; 0 when it is nothing. */
  addEffect(windows: Uint32Array, violations: Int32Array, numbers: number): number {
    let entered = 0;
    for (let w = 0; w < windows.length; w++) if (windows[w] !== 0) entered++;
    if (entered === 0 && numbers === 0) return 0;
    const start = this.#effectEnd;
    let at = start;
    this.effects = grown(this.effects, at + 2 + 2 * entered + numbers);
    const { effects } = this;
    effects[at++] = entered;
    for (let w = 0; w < windows.length; w++) {
      if (windows[w] === 0) continue;
      effects[at++] = w;
      effects[at++] = windows[w]!;
    }
    effects[at++] = numbers / VIOLATION_NUMBERS;
    for (let i = 0; i < numbers; i++) effects[at++] = violations[i]!;
    this.#effectEnd = at;
    return start + 1;
  }
}
