/**
 * The transitions out of a state, as a search enumerates them: one per enabled thread, and one per page that
 * reclaim could take; and the steps themselves, with the answers to their inner choices forced. A move is a transition
 * with the answers that it took, as one number.
 *
 * In plain programs (plain-programs.ts) some orders of steps are all alike, and of these one will do:
 *
 * - Reclaim takes a clean folio. The next step that could tell is that of a write which locks it, so reclaim comes right
 *   before that, as one transition with it. Where a thread may look at any folio, or only one is left, reclaim comes
 *   by itself.
 * - The device takes the bytes of an ioend. Until the ioend goes on, nobody reads what is on disk there, and who changes
 *   what is in the cache makes the folio dirty, so that it does not matter which of it was written: the ioend goes on at once.
 */
import { Checks, checkIndex } from "../../kernel/machine/checks.js";
import { Choice, type Chooser } from "../../kernel/machine/choices.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Engine } from "../run/engine.js";
import { grown } from "../run/growing-arrays.js";

/** What the step at a label of a plain program can find out about clean folios that nobody holds. */
const enum Looks {
  AT_ANY = 0,
  /** Whether the one at its place is there, and what is in it. */
  AT_ONE = 1,
  AT_NONE = 2,
}

const LOOKS = ((): Uint8Array => {
  const table = new Uint8Array(256);
  table.fill(Looks.AT_NONE, Pc.B_START, Pc.B_RETURN + 1);
  table.fill(Looks.AT_NONE, Pc.C_ENDIO, Pc.C_FINISH + 1);
  table.fill(Looks.AT_NONE, Pc.FS_START, Pc.SF_RETURN + 1);
  for (const pc of [Pc.W_IOLOCK, Pc.W_BEGIN, Pc.W_BEGIN_NEXT, Pc.W_COOKIE, Pc.W_COPY])
    table[pc] = Looks.AT_NONE;
  for (const pc of [Pc.W_FAULT_IN, Pc.W_LOCK]) table[pc] = Looks.AT_ONE;
  return table;
})();

export class Transitions implements Chooser {
  readonly engine: Engine;
  /** Of the program, which is plain, some orders of steps are left out. */
  readonly isReduced: boolean;
  /**
   * Transition numbers: threads below `reclaim`, then one per page, then one per program thread before whose step reclaim
   * takes the folio that it looks at.
   */
  readonly reclaim: number;
  readonly most: number;
  readonly #late: number;
  /** Answers to the choices of the step that runs or ran last, and how many options each had. */
  picks = new Uint16Array(64);
  options = new Uint16Array(64);
  /** Answers that were asked for, and those that the next run is forced to. */
  asked = 0;
  forced = 0;
  /** The last run made a second step: by which thread, or -1, and how many answers the first had taken. */
  #second = -1;
  #askedBySecond = 0;

  constructor(engine: Engine, isReduced = false) {
    this.engine = engine;
    this.isReduced = isReduced;
    this.reclaim = engine.reclaim;
    this.#late = engine.reclaim + engine.k.g.pages;
    this.most = this.#late + (isReduced ? engine.k.layout.programThreads : 0);
  }

  /** Kinds of choices that were asked for: a mask over Choice. */
  offered = 0;

  /** Writes the enabled transitions to `list` from `at`; 0 when nothing but reclaim could run. */
  enabled(list: Int16Array, at: number): number {
    const { engine } = this;
    const { k } = engine;
    let n = at;
    for (let i = 0; i < this.reclaim; i++) if (engine.isEnabled(i)) list[n++] = i;
    if (n === at || k.evictionsLeft === 0) return n - at;
    if (!this.isReduced || this.#isWatched()) {
      for (let p = 0; p < k.g.pages; p++) if (k.isEvictable(p)) list[n++] = this.reclaim + p;
      return n - at;
    }
    for (let i = 0; i < k.layout.programThreads; i++)
      if (this.#takesFirst(i) && engine.isEnabled(i)) list[n++] = this.#late + i;
    return n - at;
  }

  /** Reclaim has to be able to come before any step: some thread may look at any folio, or one is left. */
  #isWatched(): boolean {
    const { s } = this.engine.k;
    const { pcAt } = this.engine;
    let alive = 0;
    for (let i = 0; i < this.reclaim; i++) {
      const pc = s[pcAt[i]!]!;
      if (pc === Pc.DONE) continue;
      if (LOOKS[pc] === Looks.AT_ANY) return true;
      alive++;
    }
    return alive === 1;
  }

  /** Whether the thread is about to look at a folio that reclaim could take. */
  #takesFirst(thread: number): boolean {
    const { k, pcAt } = this.engine;
    return LOOKS[k.s[pcAt[thread]!]!] === Looks.AT_ONE && k.isEvictable(this.#pageOf(thread));
  }
  #pageOf(thread: number): number {
    const { k } = this.engine;
    return k.g.cellPage[k.threads[thread]!.pos]!;
  }

  /** Whether a transition is possible in the state as it is, where not only reclaim is. */
  isPossible(transition: number): boolean {
    const { engine } = this;
    const { k } = engine;
    if (transition < this.reclaim) return engine.isEnabled(transition);
    if (k.evictionsLeft === 0) return false;
    if (transition < this.#late) return k.isEvictable(transition - this.reclaim);
    return this.#takesFirst(transition - this.#late) && engine.isEnabled(transition - this.#late);
  }

  /** Runs a transition from the state as it is, with the first `forced` answers of `picks`. */
  run(transition: number): void {
    if (Checks.ON) checkIndex("transition", transition, this.most);
    const { engine } = this;
    this.asked = 0;
    this.#second = -1;
    if (transition < this.reclaim) {
      const at = engine.pcAt[transition]!;
      const isSent = this.isReduced && engine.k.s[at] === Pc.C_ENDIO;
      engine.step(transition, this);
      if (isSent && engine.k.s[at] !== Pc.DONE) this.#stepOn(transition);
    } else if (transition < this.#late) this.#evict(transition - this.reclaim);
    else {
      const thread = transition - this.#late;
      this.#evict(this.#pageOf(thread));
      this.#stepOn(thread);
    }
  }

  #stepOn(thread: number): void {
    this.#second = thread;
    this.#askedBySecond = this.asked;
    this.engine.step(thread, this);
  }

  /** Which page it is is the transition's number, so there is no other answer to try. */
  #evict(page: number): void {
    const { k } = this.engine;
    let rank = 0;
    let evictable = 0;
    for (let p = 0; p < k.g.pages; p++) {
      if (!k.isEvictable(p)) continue;
      if (p < page) rank++;
      evictable++;
    }
    if (evictable > 1) this.picks[0] = rank;
    this.forced = Math.max(this.forced, evictable > 1 ? 1 : 0);
    this.offered |= 1 << Choice.EVICT;
    this.engine.step(this.reclaim, this);
    this.options[0] = 0;
  }

  /** Adds what the last run, which was of this transition, decided, as a run's raw decisions. */
  addDecisions(transition: number, out: number[]): void {
    const { asked } = this;
    const before = this.#second < 0 ? asked : this.#askedBySecond;
    out.push(Math.min(transition, this.reclaim), ...this.picks.subarray(0, before));
    if (this.#second >= 0) out.push(this.#second, ...this.picks.subarray(before, asked));
  }

  /** After a run: forces the next combination of answers; false when all were tried. */
  next(): boolean {
    let n = this.asked;
    while (n > 0 && this.picks[n - 1]! + 1 >= this.options[n - 1]!) n--;
    this.forced = n;
    if (n === 0) return false;
    this.picks[n - 1]!++;
    return true;
  }

  /** The move of a transition that took the answers that come after `combination` others. */
  move(transition: number, combination: number): number {
    const move = transition + this.most * combination;
    if (transition < 0 || transition >= this.most || move !== (move | 0))
      throw new Error(`no transition ${transition} of ${this.most} with answers ${combination}`);
    return move;
  }

  choose(kind: number, options: number): number {
    this.offered |= 1 << kind;
    const i = this.asked++;
    if (i >= this.picks.length) {
      this.picks = grown(this.picks, i + 1);
      this.options = grown(this.options, i + 1);
    }
    this.options[i] = options;
    if (i >= this.forced) this.picks[i] = 0;
    return this.picks[i]!;
  }
}

/** Raw decisions of the run that makes these moves from the start; the machine stands at its end. */
export function decisionsOf(engine: Engine, path: readonly number[], isReduced = false): number[] {
  const transitions = new Transitions(engine, isReduced);
  const out: number[] = [];
  engine.reset();
  for (const move of path) {
    const transition = move % transitions.most;
    const before = engine.k.s.slice();
    transitions.forced = 0;
    transitions.run(transition);
    for (let combination = (move - transition) / transitions.most; combination > 0; combination--) {
      transitions.next();
      engine.k.s.set(before);
      transitions.run(transition);
    }
    transitions.addDecisions(transition, out);
  }
  return out;
}

/** Ends a run and gives what its end violates; the order of locks over all runs, which is judged elsewhere, is kept. */
export function foundAtEnd(engine: Engine): number {
  const { k, verdict } = engine;
  const edges = k.lockOrder.edges.slice();
  k.lockOrder.edges.fill(0);
  verdict.found = 0;
  engine.finish();
  for (let i = 0; i < edges.length; i++) k.lockOrder.edges[i]! |= edges[i]!;
  return verdict.found;
}
