/**
 * States that runs have met and the transitions between them, in flat arrays that grow and are used again for the
 * next program. A transition is found by its state, its thread and what the environment answered on the way; it leads
 * to a state and has effects outside it: windows entered, locks taken in which order, violations seen.
 */

import { grown } from "./growing-arrays.js";

/** A slot of a transition: 0 unknown, > 0 index of its outcome + 1, < 0 ~index of a question. */
export const UNKNOWN = 0;

/** Numbers of an outcome: the state, its effect (0: none), the order of locks in 49 bits. */
export const enum Outcome {
  STATE = 0,
  EFFECT = 1,
  LOCKS_LOW = 2,
  LOCKS_HIGH = 3,
  LENGTH = 4,
}

/** Numbers of a question to the environment: the choice, how many options, first of their slots in `answers`. */
export const enum Question {
  KIND = 0,
  OPTIONS = 1,
  FIRST = 2,
  LENGTH = 3,
}

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
  outcomes = new Int32Array(2048);
  #outcomeEnd = 0;
  questions = new Int32Array(256);
  #questionEnd = 0;
  answers = new Int32Array(128);
  #answerEnd = 0;
  /** Effects: `[windows, (window, times) x windows, violations, numbers x violations]`; an effect is an index + 1. */
  effects = new Int32Array(256);
  #effectEnd = 0;
  #table = new Int32Array(1024);
  #stride = 0;
  #threads = 0;

  /** Forgets everything. `stride` words make a state, `threads` can move. */
  reset(stride: number, threads: number): void {
    this.#stride = stride;
    this.#threads = threads;
    this.states = 0;
    this.#outcomeEnd = 0;
    this.#questionEnd = 0;
    this.#answerEnd = 0;
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
    const h = hashOf(from, this.#stride);
    const table = this.#table;
    const most = table.length - 1;
    let place = (h ^ (h >>> 11)) & most;
    for (; ; place = (place + 1) & most) {
      const state = table[place]! - 1;
      if (state < 0) break;
      if (this.#hashes[state] === h && this.#isAt(state, from)) return state;
    }
    const state = this.#add(from, h);
    table[place] = state + 1;
    if (2 * this.states > table.length) this.#rehash();
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
    const words = grown(this.#words, (state + 1) * n);
    this.#words = words;
    for (let i = 0, at = state * n; i < n; i++, at++) words[at] = from[i]!;
    this.#hashes = grown(this.#hashes, state + 1);
    this.masks = grown(this.masks, state + 1);
    this.ends = grown(this.ends, state + 1);
    this.endValues = grown(this.endValues, state + 1);
    this.#hashes[state] = hash;
    this.ends[state] = UNKNOWN;
    const first = state * this.#threads;
    const end = first + this.#threads;
    const slots = grown(this.slots, end);
    this.slots = slots;
    for (let slot = first; slot < end; slot++) slots[slot] = UNKNOWN;
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
    const at = this.#outcomeEnd;
    this.#outcomeEnd += Outcome.LENGTH;
    this.outcomes = grown(this.outcomes, this.#outcomeEnd);
    this.outcomes[at + Outcome.STATE] = state;
    this.outcomes[at + Outcome.EFFECT] = effect;
    this.outcomes[at + Outcome.LOCKS_LOW] = locksLow;
    this.outcomes[at + Outcome.LOCKS_HIGH] = locksHigh;
    return at + 1;
  }

  /** A question to the environment with all answers unknown, as the value of its slot. */
  addQuestion(kind: number, options: number): number {
    const at = this.#questionEnd;
    this.#questionEnd += Question.LENGTH;
    this.questions = grown(this.questions, this.#questionEnd);
    this.questions[at + Question.KIND] = kind;
    this.questions[at + Question.OPTIONS] = options;
    this.questions[at + Question.FIRST] = this.#answerEnd;
    this.answers = grown(this.answers, this.#answerEnd + options);
    this.answers.fill(UNKNOWN, this.#answerEnd, this.#answerEnd + options);
    this.#answerEnd += options;
    return ~at;
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

/** Of the first `n` words: four sums side by side, as each has to wait for its last multiplication. */
function hashOf(words: Int32Array, n: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    a = Math.imul(a ^ words[i]!, 0x9e3779b1);
    b = Math.imul(b ^ words[i + 1]!, 0x85ebca6b);
    c = Math.imul(c ^ words[i + 2]!, 0xc2b2ae35);
    d = Math.imul(d ^ words[i + 3]!, 0x27d4eb2f);
    a ^= a >>> 15;
    b ^= b >>> 15;
    c ^= c >>> 15;
    d ^= d >>> 15;
  }
  for (; i < n; i++) {
    a = Math.imul(a ^ words[i]!, 0x9e3779b1);
    a ^= a >>> 15;
  }
  let h = Math.imul(a ^ (b << 7) ^ (b >>> 25), 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ c, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ d, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
