/**
 * Runs schedules as Engine.run() does and with the same outcome, but computes each transition of a program once:
 * later runs that come by look it up, effects included. Schedules of one program share most of their transitions and
 * nearly all of their ends, whose drain is the dearest part.
 */
import { judgeLockOrder } from "../../check/progress.js";
import type { Verdict } from "../../check/violations.js";
import type { Chooser } from "../../kernel/machine/choices.js";
import { ASK, MOST_IN_MASK, type Strategy } from "../strategies/strategy.js";
import type { Engine, Runner } from "./engine.js";
import { grown } from "./growing-arrays.js";
import { addLocks, followsNesting, packedLocks } from "./packed-locks.js";
import { Outcome, Question, TransitionTable, UNKNOWN, VIOLATION_NUMBERS } from "./transition-table.js";

/**
 * What it costs to keep a transition, per word of the state and besides, and what is saved by looking up one and an
 * end: about nanoseconds. Where keeping does not pay, nothing more is kept; which runs there are does not depend on it.
 */
const KEEP_WORD = 2;
const KEEP = 100;
const STEP_SAVED = 120;
const END_SAVED = 2000;
/** Transitions to keep before the balance is struck, and between two such times. */
const TRIAL = 1024;

export class CachedRuns implements Chooser, Runner {
  schedulable = 0;
  reclaim = 0;
  readonly #table = new TransitionTable();
  #engine!: Engine;
  #strategy!: Strategy;
  /** The state as words, and what of it counts. */
  #words!: Int32Array;
  #fits = false;
  /** The state that the machine is in, when it is known; -1 otherwise. */
  #at = -1;
  #first = 0;
  /** Where the run stands; -1 when only the machine knows. */
  #state = -1;
  /** Which threads are enabled there. */
  enabled = ASK;
  /** Transitions computed, looked up, and ends looked up since the start. */
  #misses = 0;
  #hits = 0;
  #endHits = 0;
  #keeps = true;
  /** Answers already given to the transition at hand, and all that were asked. */
  #given = 0;
  #asked = 0;
  #kinds = new Int32Array(16);
  #options = new Int32Array(16);
  #values = new Int32Array(16);
  /** What the transition at hand did outside the state: the windows' counts when `entered` was `#entered`, and what was added. */
  #windows = new Uint32Array(0);
  #added = new Uint32Array(0);
  #entered = 0;
  #violations = new Int32Array(4 * VIOLATION_NUMBERS);
  #numbers = 0;
  /** Order of locks of the run so far, packed. */
  readonly #locks = new Int32Array(2);

  /** From now on runs are of this engine's program; what was known of another is forgotten. */
  start(engine: Engine): void {
    const { k } = engine;
    this.#engine = engine;
    this.schedulable = engine.schedulable;
    this.reclaim = engine.reclaim;
    this.#fits = engine.schedulable <= MOST_IN_MASK;
    const perWord = 4 / k.s.BYTES_PER_ELEMENT;
    this.#words = new Int32Array(k.s.buffer, 0, k.layout.compared / perWord);
    if (this.#windows.length !== k.windows.length) {
      this.#windows = new Uint32Array(k.windows.length);
      this.#added = new Uint32Array(k.windows.length);
    }
    this.#entered = -1;
    this.#table.reset(this.#words.length, engine.schedulable);
    this.#misses = 0;
    this.#hits = 0;
    this.#endHits = 0;
    this.#keeps = true;
    engine.reset();
    this.#first = this.#find();
  }

  /** How many distinct states the runs have met; 0 when none is kept. */
  get states(): number {
    return this.#table.states;
  }

  /**
   * One schedule, like Engine.run(): leaves `log`, `decisions`, `steps`, `verdict` and `endValue` behind, adds to the
   * counts of windows, but leaves no state in the machine.
   */
  run(strategy: Strategy): void {
    const engine = this.#engine;
    if (strategy.readsState === true || engine.laps !== undefined) {
      engine.run(strategy);
      return;
    }
    this.#strategy = strategy;
    this.#at = this.#first;
    this.#state = this.#fits ? this.#first : -1;
    this.enabled = this.#table.masks[this.#first]!;
    this.#locks.fill(0);
    engine.run(strategy, this);
  }

  isEnabled(thread: number): boolean {
    return this.enabled === ASK ? this.#engine.isEnabled(thread) : ((this.enabled >>> thread) & 1) === 1;
  }

  /** Programs with laps are run by the engine alone. */
  rests(): boolean {
    return false;
  }

  step(thread: number, chooser: Chooser): void {
    const engine = this.#engine;
    const table = this.#table;
    const state = this.#state;
    if (state < 0) {
      engine.step(thread, chooser);
      return;
    }
    let value = table.slots[table.slotOf(state, thread)]!;
    this.#asked = 0;
    while (value < 0) value = this.#answer(~value);
    let to: number;
    if (value === UNKNOWN) to = this.#compute(state, thread);
    else {
      this.#hits++;
      const { outcomes } = table;
      const outcome = value - 1;
      this.#locks[0]! |= outcomes[outcome + Outcome.LOCKS_LOW]!;
      this.#locks[1]! |= outcomes[outcome + Outcome.LOCKS_HIGH]!;
      const effect = outcomes[outcome + Outcome.EFFECT]!;
      if (effect !== 0) this.#apply(effect);
      to = outcomes[outcome + Outcome.STATE]!;
    }
    this.#state = to;
    this.enabled = to < 0 ? ASK : table.masks[to]!;
  }

  /** Asks the strategy a question that is known to come; the slot of its answer. */
  #answer(question: number): number {
    const table = this.#table;
    const kind = table.questions[question + Question.KIND]!;
    const options = table.questions[question + Question.OPTIONS]!;
    return table.answers[table.questions[question + Question.FIRST]! + this.#ask(kind, options)]!;
  }

  /** Runs a transition that is not known from `state`, and notes it. */
  #compute(state: number, thread: number): number {
    const engine = this.#engine;
    const { k } = engine;
    const table = this.#table;
    if (this.#at !== state) table.load(state, this.#words);
    k.lockOrder.reset();
    this.#given = this.#asked;
    this.#asked = 0;
    this.#watch();
    engine.step(thread, this);
    const effect = this.#effect();
    const low = packedLocks(k.lockOrder.edges, 0);
    const high = packedLocks(k.lockOrder.edges, 1);
    this.#locks[0]! |= low;
    this.#locks[1]! |= high;
    if (!this.#isWorthKeeping()) {
      // From here on the run is computed; what it does to locks is added up in the machine.
      addLocks(this.#locks, this.#engine.k.lockOrder.edges);
      this.#at = -1;
      return -1;
    }
    const to = this.#find();
    this.#at = to;
    this.#set(table.slotOf(state, thread), table.addOutcome(to, effect, low, high));
    return to;
  }

  #isWorthKeeping(): boolean {
    if (this.#keeps && ++this.#misses % TRIAL === 0) {
      const saved = this.#hits * STEP_SAVED + this.#endHits * END_SAVED;
      this.#keeps = saved >= this.#misses * (KEEP + KEEP_WORD * this.#words.length);
    }
    return this.#keeps && !this.#table.isFull;
  }

  /** Puts an outcome behind the questions that were asked on the way. */
  #set(slot: number, outcome: number): void {
    const table = this.#table;
    if (this.#asked === 0) {
      table.slots[slot] = outcome;
      return;
    }
    let value = table.slots[slot]!;
    if (value === UNKNOWN) {
      value = table.addQuestion(this.#kinds[0]!, this.#options[0]!);
      table.slots[slot] = value;
    }
    for (let i = 0; ; i++) {
      const at = table.questions[~value + Question.FIRST]! + this.#values[i]!;
      if (i + 1 === this.#asked) {
        table.answers[at] = outcome;
        return;
      }
      value = table.answers[at]!;
      if (value === UNKNOWN) {
        value = table.addQuestion(this.#kinds[i + 1]!, this.#options[i + 1]!);
        table.answers[at] = value;
      }
    }
  }

  /** Answers a computed step: first what was answered on the way to it, then by the strategy. */
  choose(kind: number, options: number): number {
    return this.#asked < this.#given ? this.#values[this.#asked++]! : this.#ask(kind, options);
  }

  /** Has the strategy choose, and keeps what was asked and answered. */
  #ask(kind: number, options: number): number {
    const value = this.#strategy.choose(kind, options);
    this.#engine.offered |= 1 << kind;
    this.#engine.record(value);
    const i = this.#asked++;
    this.#kinds = grown(this.#kinds, i + 1);
    this.#options = grown(this.#options, i + 1);
    this.#values = grown(this.#values, i + 1);
    this.#kinds[i] = kind;
    this.#options[i] = options;
    this.#values[i] = value;
    return value;
  }

  /** The state that the machine is in. */
  #find(): number {
    const found = this.#table.find(this.#words);
    if (found >= 0) return found;
    this.#table.masks[~found] = this.#engine.enabled;
    return ~found;
  }

  finish(): number {
    const engine = this.#engine;
    let state = this.#state;
    const { k, verdict } = engine;
    const table = this.#table;
    if (state < 0) {
      judgeLockOrder(k, verdict);
      if (table.isFull) return engine.judgeEnd();
      state = this.#find();
      this.#at = state;
    } else if (!followsNesting(this.#locks)) {
      k.lockOrder.reset();
      addLocks(this.#locks, k.lockOrder.edges);
      judgeLockOrder(k, verdict);
    }
    const known = table.ends[state]!;
    if (known !== UNKNOWN) {
      this.#endHits++;
      if (known > 1) this.#apply(known - 1);
      return table.endValues[state]!;
    }
    if (this.#at !== state) table.load(state, this.#words);
    this.#watch();
    const value = engine.judgeEnd();
    table.ends[state] = this.#effect() + 1;
    table.endValues[state] = value;
    this.#at = -1;
    return value;
  }

  /** From here to `#effect()` windows and violations are noted. */
  #watch(): void {
    if (this.#entered !== this.#engine.k.entered) this.#noteWindows();
    this.#numbers = 0;
    this.#engine.verdict.watcher = this.#violation;
  }

  readonly #violation: Verdict["record"] = (oracle, from, to, expected, actual, thread, kind = 0) => {
    const end = this.#numbers + VIOLATION_NUMBERS;
    this.#violations = grown(this.#violations, end);
    this.#violations.set([oracle, from, to, expected, actual, thread, kind], this.#numbers);
    this.#numbers = end;
  };

  #effect(): number {
    const { k, verdict } = this.#engine;
    verdict.watcher = null;
    const hasEntered = this.#entered !== k.entered;
    if (!hasEntered && this.#numbers === 0) return 0;
    for (let i = 0; i < this.#windows.length; i++) this.#added[i] = k.windows[i]! - this.#windows[i]!;
    if (hasEntered) this.#noteWindows();
    return this.#table.addEffect(this.#added, this.#violations, this.#numbers);
  }

  #noteWindows(): void {
    const { k } = this.#engine;
    this.#windows.set(k.windows);
    this.#entered = k.entered;
  }

  #apply(effect: number): void {
    const { k, verdict } = this.#engine;
    const e = this.#table.effects;
    let at = effect - 1;
    for (let n = e[at++]!; n > 0; n--) {
      k.windows[e[at]!]! += e[at + 1]!;
      this.#windows[e[at]!]! += e[at + 1]!;
      at += 2;
    }
    for (let n = e[at++]!; n > 0; n--) {
      verdict.record(e[at]!, e[at + 1]!, e[at + 2]!, e[at + 3]!, e[at + 4]!, e[at + 5]!, e[at + 6]!);
      at += VIOLATION_NUMBERS;
    }
  }
}
