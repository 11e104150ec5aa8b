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

/** Places of the hash table to begin with, a power of two. */
const FEWEST_PLACES = 512;

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
  /** State + 1 by hash, in the first `#places`; where the state goes that was not found. */
  #table = new Int32Array(FEWEST_PLACES);
  #places = FEWEST_PLACES;
  #place = 0;
  #hash = 0;
  #stride = 0;
  /** Words of a state in use: those behind are 0 in all. */
  #used = 0;
  #threads = 0;

  /** Forgets everything. `stride` words make a state, the first `used` of which are not 0 for certain; `threads` can move. */
  reset(stride: number, used: number, threads: number): void {
    this.slots.fill(UNKNOWN, 0, this.states * this.#threads);
    this.ends.fill(UNKNOWN, 0, this.states);
    this.#stride = stride;
    this.#used = used;
    this.#threads = threads;
    this.states = 0;
    this.#outcomeEnd = 0;
    this.#questionEnd = 0;
    this.#answerEnd = 0;
    this.#effectEnd = 0;
    this.#places = FEWEST_PLACES;
    this.#table.fill(0, 0, FEWEST_PLACES);
    this.#words = grown(this.#words, stride);
  }

  get isFull(): boolean {
    return (this.states + 1) * (this.#stride + this.#threads) * 4 > MOST_BYTES;
  }

  /** More words are in use from now on. */
  use(words: number): void {
    for (let state = 0, at = 0; state < this.states; state++, at += this.#stride)
      this.#words.fill(0, at + this.#used, at + words);
    this.#used = words;
  }

  slotOf(state: number, thread: number): number {
    return state * this.#threads + thread;
  }

  /** Copies a state's words into `to`. */
  load(state: number, to: Int32Array): void {
    const words = this.#words;
    for (let i = 0, at = state * this.#stride; i < this.#used; i++, at++) to[i] = words[at]!;
  }

  /**
   * The state whose words stand at the front of `from`; ~(the state that it would be) when there is none, which `add()`
   * adds. `near` is any state, best one that does not differ much: only what differs is hashed.
   */
  find(from: Int32Array, near: number): number {
    const words = this.#words;
    const n = this.#used;
    let hash = 0;
    const fresh = this.states * this.#stride;
    if (fresh === 0) for (let i = 0; i < n; i++) words[i] = from[i]!;
    else {
      hash = this.#hashes[near]!;
      for (let i = 0, to = fresh, other = near * this.#stride; i < n; i++, to++, other++) {
        const word = from[i]!;
        const old = words[other]!;
        words[to] = word;
        if (word !== old) hash = (hash + mixed(word, i) - mixed(old, i)) | 0;
      }
    }
    const table = this.#table;
    const last = this.#places - 1;
    let place = (hash ^ (hash >>> 15)) & last;
    for (; ; place = (place + 1) & last) {
      const state = table[place]! - 1;
      if (state < 0) break;
      if (this.#hashes[state] === hash && this.#isSame(state * this.#stride, fresh)) return state;
    }
    this.#place = place;
    this.#hash = hash;
    return ~this.states;
  }

  #isSame(one: number, other: number): boolean {
    const words = this.#words;
    for (let i = 0; i < this.#used; i++) if (words[one + i] !== words[other + i]) return false;
    return true;
  }

  /** Adds the state that was not found last; `enabled` can move there, and nothing else is known of it. */
  add(enabled: number): void {
    const state = this.states++;
    this.#table[this.#place] = state + 1;
    if (state >= this.masks.length) {
      this.#hashes = grown(this.#hashes, state + 1);
      this.masks = grown(this.masks, state + 1);
      this.ends = grown(this.ends, state + 1);
      this.endValues = grown(this.endValues, state + 1);
    }
    this.#hashes[state] = this.#hash;
    this.masks[state] = enabled;
    // Those that no state had are UNKNOWN, as it is 0.
    this.slots = grown(this.slots, (state + 1) * this.#threads);
    // There is room for one that is looked for.
    this.#words = grown(this.#words, (state + 2) * this.#stride);
    if (2 * this.states > this.#places) this.#rehash();
  }

  #rehash(): void {
    this.#places *= 2;
    const last = this.#places - 1;
    if (this.#table.length < this.#places) this.#table = new Int32Array(this.#places);
    else this.#table.fill(0, 0, this.#places);
    const table = this.#table;
    for (let state = 0; state < this.states; state++) {
      const hash = this.#hashes[state]!;
      let place = (hash ^ (hash >>> 15)) & last;
      while (table[place] !== 0) place = (place + 1) & last;
      table[place] = state + 1;
    }
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

/** What word `i` of a state adds to its hash. */
function mixed(word: number, i: number): number {
  const h = Math.imul(word ^ Math.imul(i + 1, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
}
