/**
 * Runs schedules as Engine.run() does and with the same outcome, but computes each transition of a program once:
 * later runs that come by look it up, effects included. Schedules of one program share most of their transitions and
 * nearly all of their ends, whose drain is the dearest part.
 */
import { followsNesting, judgeLockOrder } from "../../check/progress.js";
import type { Chooser } from "../../kernel/machine/choices.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { ASK, isInMask, MOST_IN_MASK, type Strategy } from "../strategies/strategy.js";
import { Effects } from "./effects.js";
import type { Engine, Runner } from "./engine.js";
import { grown } from "./growing-arrays.js";
import { Outcome, Question, TransitionTable, UNKNOWN } from "./transition-table.js";

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

/** So many kworkers are part of states that are kept; where more than that are used, steps are computed. */
const KEPT_KWORKERS = 24;

export class CachedRuns implements Chooser, Runner {
  schedulable = 0;
  reclaim = 0;
  readonly #table = new TransitionTable();
  readonly #effects = new Effects(this.#table);
  #engine!: Engine;
  #strategy!: Strategy;
  /** What is kept of the state, as words, of which those are in use that stand before the first kworker never used. */
  #words!: Int32Array;
  #usedKworkers = 0;
  /** The state that the machine is in when it was put to the start `#starts` times; -1 when that is not known. */
  #at = -1;
  #starts = 0;
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
  /** Order of locks of the run so far, as LockOrder.edges. */
  readonly #locks = new Int32Array(2);

  /** From now on runs are of this engine's program; what was known of another is forgotten. */
  start(engine: Engine): void {
    const { k } = engine;
    engine.reset();
    this.#engine = engine;
    this.schedulable = engine.schedulable;
    this.reclaim = engine.reclaim;
    k.usedKworkers = 1 + k.kworkers.findLastIndex(({ pc }) => pc !== Pc.DONE);
    this.#usedKworkers = k.usedKworkers;
    this.#words = new Int32Array(k.s.buffer, 0, wordsWith(k, KEPT_KWORKERS));
    this.#effects.start(engine);
    this.#table.reset(
      this.#words.length,
      wordsWith(k, k.usedKworkers),
      Math.min(engine.schedulable, MOST_IN_MASK + 1),
    );
    this.#misses = 0;
    this.#hits = 0;
    this.#endHits = 0;
    this.#keeps = true;
    this.#starts = engine.starts;
    this.#first = this.#find(0);
    this.#at = this.#first;
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
    engine.run(strategy, this);
  }

  /** The machine stays where it is: most runs begin with steps that are known. */
  reset(): void {
    if (this.#first < 0 || this.#starts !== this.#engine.starts) this.#putBack();
    this.#engine.forgetRun();
    this.#state = this.#first;
    this.enabled = this.#first < 0 ? ASK : this.#table.masks[this.#first]!;
    this.#locks[0] = 0;
    this.#locks[1] = 0;
  }

  /** Puts the machine to the start, what states do not have of it as well. */
  #putBack(): void {
    this.#engine.putBack();
    this.#starts = this.#engine.starts;
    this.#at = this.#first;
  }

  isEnabled(thread: number): boolean {
    const { enabled } = this;
    return enabled === ASK ? this.#engine.isEnabled(thread) : isInMask(enabled, thread, this.reclaim);
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
      this.enabled = engine.enabled;
      return;
    }
    let value = table.slots[this.#slotOf(state, thread)]!;
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
      if (effect !== 0) this.#effects.apply(effect);
      to = outcomes[outcome + Outcome.STATE]!;
    }
    this.#state = to;
    this.enabled = to < 0 ? engine.enabled : table.masks[to]!;
  }

  #slotOf(state: number, thread: number): number {
    return this.#table.slotOf(state, Math.min(thread, MOST_IN_MASK));
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
    this.#effects.watch();
    engine.step(thread, this);
    const effect = this.#effects.noted();
    const { edges } = k.lockOrder;
    const low = edges[0]!;
    const high = edges[1]!;
    this.#locks[0]! |= low;
    this.#locks[1]! |= high;
    const to = this.#isWorthKeeping() ? this.#find(state) : -1;
    this.#at = to;
    // Where it is not kept the rest of the run is computed; what that does to locks is added up in the machine.
    if (to < 0) edges.set(this.#locks);
    else this.#set(this.#slotOf(state, thread), table.addOutcome(to, effect, low, high));
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

  /** The state that the machine is in, which does not differ much from `near`; -1 when such ones are not kept. */
  #find(near: number): number {
    const { k } = this.#engine;
    if (k.usedKworkers > KEPT_KWORKERS) return -1;
    if (k.usedKworkers > this.#usedKworkers) {
      this.#usedKworkers = k.usedKworkers;
      this.#table.use(wordsWith(k, k.usedKworkers));
    }
    const found = this.#table.find(this.#words, near);
    if (found >= 0) return found;
    const { enabled } = this.#engine;
    if (enabled === ASK) return -1;
    this.#table.add(enabled);
    return ~found;
  }

  finish(): number {
    const engine = this.#engine;
    let state = this.#state;
    const { k, verdict } = engine;
    const table = this.#table;
    if (state < 0) {
      judgeLockOrder(k, verdict);
      state = table.isFull ? -1 : this.#find(0);
      this.#at = state;
    } else if (!followsNesting(this.#locks)) {
      k.lockOrder.edges.set(this.#locks);
      judgeLockOrder(k, verdict);
    }
    const known = state < 0 ? UNKNOWN : table.ends[state]!;
    if (known !== UNKNOWN) {
      this.#endHits++;
      if (known > 1) this.#effects.apply(known - 1);
      return table.endValues[state]!;
    }
    if (this.#at !== state) table.load(state, this.#words);
    this.#effects.watch();
    const value = engine.judgeEnd();
    const effect = this.#effects.noted();
    this.#putBack();
    if (state < 0) return value;
    table.ends[state] = effect + 1;
    table.endValues[state] = value;
    return value;
  }
}

/** Words of the state without what stands behind so many kworkers: more of them, which are idle. */
function wordsWith({ layout, s }: Kernel, kworkers: number): number {
  const end =
    kworkers < layout.kworkers ? layout.threads[layout.programThreads + kworkers]!.base : layout.compared;
  return Math.ceil((end * s.BYTES_PER_ELEMENT) / 4);
}
