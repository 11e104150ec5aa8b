/**
 * The transitions out of a state, as a search enumerates them: one per enabled thread, and one per page that
 * reclaim could take; and the steps themselves, with the answers to their inner choices forced. A move is a transition
 * with the answers that it took, as one number.
 *
 * In plain programs (plain-programs.ts) some orders of steps are all alike, and of these one will do:
 *
 * - Reclaim takes a clean folio. The next step that could tell is that of a write which locks it, so reclaim comes right
 *   before that, as one transition with it; where a thread may look at any folio, or only one is left, by itself.
 * - The device takes the bytes of an ioend. Until the ioend goes on, nobody reads what is on disk there, and who changes
 *   what is in the cache makes the folio dirty, so that it does not matter which of it was written: the ioend goes on at once.
 * - An ioend ends the writeback of its folios, all else is done. The next step that could tell is that of a pass which finds
 *   one of them dirty again and skips it while it is under writeback, or is that of reclaim, so it ends right before that.
 *   Where a thread waits for writeback, or what is left may be the last step, it ends by itself.
 */
import { Checks, checkIndex } from "../../kernel/machine/checks.js";
import { Choice, type Chooser } from "../../kernel/machine/choices.js";
import { Pc } from "../../kernel/machine/labels.js";
import { type Thread, WbFlag } from "../../kernel/machine/thread.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import { Cookie } from "../../kernel/objects/iomap.js";
import { WHEN } from "../../kernel/paths/index.js";
import { nextOfPass } from "../../kernel/paths/writeback.js";
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

/** What happens by itself in a state, and not only right before a step that could tell. */
const enum Alone {
  NOTHING = 0,
  /** Ioends end. */
  ENDS = 1,
  /** Reclaim takes folios, too. */
  ALL = 2,
}

export class Transitions implements Chooser {
  readonly engine: Engine;
  /** Of the program, which is plain, some orders of steps are left out. */
  readonly isReduced: boolean;
  /**
   * Transition numbers: threads below `reclaim`, then one per page, then one per program thread before whose step the
   * ioend of the folio that it looks at ends, or reclaim takes the folio, or both.
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
  /** Who made the steps of the last run, and how many answers had been taken before each. */
  readonly #made = new Int16Array(3);
  readonly #askedBefore = new Int16Array(3);
  #steps = 0;

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
    const { k, pcAt } = engine;
    const { s, threads } = k;
    const alone = this.isReduced ? this.#alone() : Alone.ALL;
    const skipped = alone === Alone.NOTHING ? Pc.C_FINISH : Pc.DONE;
    let n = at;
    for (let i = 0; i < this.reclaim; i++) {
      const pc = s[pcAt[i]!]!;
      if (pc === Pc.DONE || pc === skipped) continue;
      const when = WHEN[pc]!;
      if (when === null || when(k, threads[i]!)) list[n++] = i;
    }
    if (n === at) return 0;
    if (alone === Alone.ALL) {
      if (k.evictionsLeft === 0) return n - at;
      for (let p = 0; p < k.g.pages; p++) if (k.isEvictable(p)) list[n++] = this.reclaim + p;
      return n - at;
    }
    const { programThreads } = k.layout;
    for (let j = at, end = n; j < end && list[j]! < programThreads; j++)
      if (this.#comesAfter(list[j]!, alone === Alone.NOTHING)) list[n++] = this.#late + list[j]!;
    return n - at;
  }

  /** Reclaim has to be able to come before any step where some thread may look at any folio, or one step may be left. */
  #alone(): Alone {
    const { k, pcAt } = this.engine;
    const { s } = k;
    let waits = false;
    let alive = 0;
    let last = 0;
    for (let i = 0; i < this.reclaim; i++) {
      const pc = s[pcAt[i]!]!;
      if (pc === Pc.DONE || pc === Pc.C_FINISH) continue;
      if (LOOKS[pc] === Looks.AT_ANY) return Alone.ALL;
      waits ||= waitsForIo(k.threads[i]!, pc);
      alive++;
      last = i;
    }
    if (alive === 0 || (alive === 1 && this.#mayBeLast(last))) return Alone.ALL;
    return waits ? Alone.ENDS : Alone.NOTHING;
  }

  /**
   * Whether a kworker, which is at C_FINISH, has nothing to do any more but to end writeback. Where that comes before conversion, too: an ioend that has a
   * transaction to make does not stop there (run()), as it goes on at once.
   */
  #isEnding(thread: number): boolean {
    return this.engine.k.s[this.engine.pcAt[thread]!] === Pc.C_FINISH;
  }

  /** Whether the next step of the thread may be its last. */
  #mayBeLast(thread: number): boolean {
    const { k } = this.engine;
    if (thread >= k.layout.programThreads) return true;
    const t = k.threads[thread]!;
    if (t.op + 1 < k.opCount(t)) return false;
    const { pc } = t;
    if (pc === Pc.W_COPY) return t.chunkEnd >= t.end;
    if (LOOKS[pc] === Looks.AT_ONE) return t.cookie === Cookie.BUMPED && !k.fixes.remapOnZeroProgress;
    return pc !== Pc.W_IOLOCK && pc !== Pc.W_BEGIN_NEXT && pc !== Pc.W_COOKIE;
  }

  /** Whether the step of the thread looks at something that reclaim or the end of an ioend could change before. */
  #comesAfter(thread: number, endsLate: boolean): boolean {
    const { k } = this.engine;
    const page = this.#pageOf(thread);
    if (page < 0) return false;
    const flags = k.folios.flags(page);
    if (!endsLate && (flags & FolioFlag.WRITEBACK) !== 0) return false;
    if (LOOKS[k.threads[thread]!.pc] === Looks.AT_ONE)
      return k.evictionsLeft > 0 && this.#isEvictable(page, flags);
    const isSkipped = FolioFlag.DIRTY | FolioFlag.WRITEBACK;
    return (flags & isSkipped) === isSkipped && !k.folios.isLocked(page) && this.#canEnd(page);
  }

  /** Whether reclaim could take the folio, if need be after its writeback has ended. */
  #isEvictable(page: number, flags: number): boolean {
    const { k } = this.engine;
    if ((flags & FolioFlag.WRITEBACK) === 0) return k.isEvictable(page);
    if (!this.#canEnd(page)) return false;
    k.folios.clear(page, FolioFlag.WRITEBACK);
    const isEvictable = k.isEvictable(page);
    k.folios.set(page, FolioFlag.WRITEBACK);
    return isEvictable;
  }

  /** The folio at which the next step of a program thread looks, as far as that counts; -1: none. */
  #pageOf(thread: number): number {
    const { k } = this.engine;
    const t = k.threads[thread]!;
    const { pc } = t;
    if (LOOKS[pc] === Looks.AT_ONE) return k.g.cellPage[t.pos]!;
    // No program is known that needs B_LOCK: a pass that waited there might have come later.
    return pc === Pc.B_START || pc === Pc.B_NEXT || pc === Pc.B_LOCK ? nextOfPass(k, t) : -1;
  }

  #canEnd(page: number): boolean {
    const i = this.#ioendOf(page);
    return i >= 0 && this.#isEnding(i);
  }

  /** The kworker that will end the writeback of a folio, which is one block; -1: none. */
  #ioendOf(page: number): number {
    const { k } = this.engine;
    for (let i = k.layout.programThreads; i < this.reclaim; i++) {
      const w = k.threads[i]!;
      if (w.ioStart <= page && page < w.ioEnd) return i;
    }
    return -1;
  }

  /** Whether a transition is possible in the state as it is, where not only reclaim is. */
  isPossible(transition: number): boolean {
    const { engine } = this;
    const { k } = engine;
    if (transition < this.reclaim) return engine.isEnabled(transition);
    if (transition < this.#late) return k.evictionsLeft > 0 && k.isEvictable(transition - this.reclaim);
    return this.#comesAfter(transition - this.#late, true) && engine.isEnabled(transition - this.#late);
  }

  /** Runs a transition from the state as it is, with the first `forced` answers of `picks`. */
  run(transition: number): void {
    if (Checks.ON) checkIndex("transition", transition, this.most);
    const { k, pcAt } = this.engine;
    this.asked = 0;
    this.#steps = 0;
    if (transition < this.reclaim) {
      const isSent = this.isReduced && k.s[pcAt[transition]!] === Pc.C_ENDIO;
      this.#step(transition);
      if (isSent && k.s[pcAt[transition]!] !== Pc.DONE) this.#step(transition);
    } else if (transition < this.#late) this.#evict(transition - this.reclaim);
    else {
      const thread = transition - this.#late;
      const page = this.#pageOf(thread);
      const takes = LOOKS[k.s[pcAt[thread]!]!] === Looks.AT_ONE;
      if (k.folios.has(page, FolioFlag.WRITEBACK)) this.#step(this.#ioendOf(page));
      if (takes) this.#evict(page);
      this.#step(thread);
    }
  }

  #step(thread: number): void {
    this.#made[this.#steps] = thread;
    this.#askedBefore[this.#steps++] = this.asked;
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
    this.#step(this.reclaim);
    this.options[0] = 0;
  }

  /** Adds what the last run decided, as a run's raw decisions. */
  addDecisions(out: number[]): void {
    for (let i = 0; i < this.#steps; i++) {
      const end = i + 1 < this.#steps ? this.#askedBefore[i + 1]! : this.asked;
      out.push(this.#made[i]!, ...this.picks.subarray(this.#askedBefore[i]!, end));
    }
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

/**
 * Whether the thread waits for writeback to end, or will in the pass that it is about to begin. No program is known that needs the
 * latter: what such a pass finds under writeback it waits for, but it holds folios for longer than had that ended before.
 */
function waitsForIo(t: Thread, pc: number): boolean {
  if (pc >= Pc.FS_START && pc <= Pc.SF_RETURN) return true;
  return pc >= Pc.B_START && pc <= Pc.B_RETURN && (t.wbFlags & WbFlag.SYNC_ALL) !== 0;
}
