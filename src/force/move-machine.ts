/**
 * The machine that makes moves (moves.ts) of a run: it steps threads until the move is over, completes the I/O that
 * was started, and asks its mover which move comes next. It is a strategy of the engine like any other.
 */
import { defaultThread } from "../explore/run/default-thread.js";
import type { Engine } from "../explore/run/engine.js";
import type { Strategy, View } from "../explore/strategies/strategy.js";
import { Choice } from "../kernel/machine/choices.js";
import { pageByte, startByte } from "../kernel/machine/geometry.js";
import { Pc } from "../kernel/machine/labels.js";
import { CallFlag, type Thread } from "../kernel/machine/thread.js";
import { cannotFaultIn } from "../kernel/paths/buffered-write.js";
import { usedBlocks, wantsTooMuch } from "./filled-space.js";
import type { Move } from "./moves.js";
import { canStop, evictables, unclearPages } from "./stops.js";

/** Says which move comes next, and when a write is stopped. */
export interface Mover {
  readonly name: string;
  /** A new run begins. */
  restart?(): void;
  /** The next move; undefined when there is none left. One that does not apply is left out. */
  decide(machine: MoveMachine): Move | undefined;
  /** Whether the write that has come to a place where it can be stopped, file offset `at`, is stopped there. */
  stopsAt(machine: MoveMachine, thread: number, at: number): boolean;
  /** Cells that the next atomic copy of the write brings, plus 1, or 0 when it is not cut short. */
  copies?(machine: MoveMachine, t: Thread, options: number): number;
}

/** What happens in a run, for whoever writes it down; each is told before the engine's state moves on. */
export interface MoveEvents {
  started(engine: Engine, thread: number): void;
  /** The write stands before the page at file offset `at`. */
  stopped(engine: Engine, thread: number, at: number): void;
  resumed(engine: Engine, thread: number, isKilled: boolean): void;
  /** The operation of index `op` has returned and all its I/O is complete. */
  ended(engine: Engine, thread: number, op: number): void;
  /** Reclaim is about to drop the folio of this page. */
  evicting(engine: Engine, page: number): void;
  filled(): void;
  /** Nothing is left to run. */
  finished(engine: Engine): void;
}

export const NOBODY = -1;

/** The move that a thread is making. */
interface UnderWay {
  readonly thread: number;
  readonly op: number;
  readonly isKill: boolean;
  /** Pages that did not show, when it began, whether the write has got past them. */
  readonly unclear: readonly boolean[];
  hasStepped: boolean;
  /** Cell where a copy that was rejected as a whole ended: the source up to there is faulted in, and none of it can be taken away. */
  faultedIn: number;
  /** A copy was made to come up short. */
  isShort: boolean;
}

export class MoveMachine implements Strategy {
  readonly name: string;
  readonly readsState = true;
  engine!: Engine;
  /** Why the run that was asked for cannot be made; the rest of it is then the default run. */
  problem: string | undefined;
  /** The moves made. */
  moves: Move[] = [];
  /** Thread whose write is stopped, or NOBODY. */
  stopped = NOBODY;
  readonly #mover: Mover;
  readonly #events: Partial<MoveEvents>;
  #now: UnderWay | undefined;
  /** The pass repeats a rejected copy: nothing is faulted in, so nothing can be taken away. */
  #isLimited = false;
  /** Where the last pass of the operation failed to read its source: it cannot be stopped there another time. */
  #failedAt = NOBODY;
  /** Blocks that the file had when free space was taken. */
  #usedThen: number | undefined;
  /** Answer to reclaim's choice. */
  #evict = 0;

  constructor(mover: Mover, events: Partial<MoveEvents> = {}) {
    this.name = mover.name;
    this.#mover = mover;
    this.#events = events;
  }

  begin(engine: Engine): void {
    this.engine = engine;
    this.problem = undefined;
    this.moves = [];
    this.stopped = NOBODY;
    this.#now = undefined;
    this.#usedThen = undefined;
    this.#mover.restart?.();
  }

  next(view: View, last: number): number {
    const { engine } = this;
    while (this.problem === undefined) {
      const running = this.#running();
      if (running !== NOBODY) return running;
      const worker = engine.enabledKworker();
      if (worker !== NOBODY) return worker;
      this.#settle();
      const move = this.#mover.decide(this);
      if (move === undefined) {
        this.#events.finished?.(engine);
        return NOBODY;
      }
      if (move.do !== "evict") this.#start(move);
      else if (this.#startEviction(move)) return engine.reclaim;
    }
    return defaultThread(view, last);
  }

  choose(kind: number, options: number): number {
    if (kind === Choice.EVICT) return this.#evict;
    const now = this.#now;
    if (now === undefined) return 0;
    const t = this.engine.thread(now.thread);
    if (kind === Choice.RESERVATION_FAILURE) return this.#hasSpace(t) ? 0 : 1;
    if (kind === Choice.FATAL_SIGNAL) return now.isKill ? 1 : 0;
    if (kind !== Choice.SHORT_COPY || this.#isLimited) return 0;
    const copies = this.#mover.copies?.(this, t, options) ?? 0;
    if (copies > 0) now.isShort = true;
    return copies;
  }

  fail(problem: string): void {
    this.problem ??= problem;
  }

  /** Free space was taken. */
  get isFilled(): boolean {
    return this.#usedThen !== undefined;
  }

  /** The current move has made a copy come up short. */
  get isShort(): boolean {
    return this.#now?.isShort ?? false;
  }

  noteShort(): void {
    if (this.#now !== undefined) this.#now.isShort = true;
  }

  /** Whether the thread could begin or go on now. */
  canRun(thread: number): boolean {
    const { engine } = this;
    // No lap is forced: a thread that repeats never begins.
    return engine.thread(thread).pc !== Pc.DONE && !engine.rests(thread) && engine.isEnabled(thread);
  }

  /** The thread that goes on within the current move, or NOBODY when it is over. */
  #running(): number {
    const { engine } = this;
    const now = this.#now;
    if (now === undefined || this.stopped === now.thread) return NOBODY;
    const t = engine.thread(now.thread);
    if (t.pc === Pc.DONE || t.op !== now.op) return NOBODY;
    if (now.hasStepped && this.#canStop(t, now) && this.#mover.stopsAt(this, now.thread, this.#byteOf(t))) {
      this.stopped = now.thread;
      return NOBODY;
    }
    now.hasStepped = true;
    if (t.pc === Pc.W_FAULT_IN) {
      this.#isLimited = t.hasFlag(CallFlag.CHUNK_LIMITED);
      if (this.#isLimited) now.faultedIn = t.retryEnd;
      this.#failedAt = cannotFaultIn(engine.k, t) ? t.pos : NOBODY;
    }
    if (engine.isEnabled(now.thread)) return now.thread;
    const worker = engine.enabledKworker();
    if (worker === NOBODY) this.fail(`thread ${now.thread} waits for the stopped write`);
    return worker === NOBODY ? defaultThread(engine, now.thread) : worker;
  }

  /** A write that is killed maps once more when it has written bytes, but waits for no page: the signal ends the wait. */
  #canStop(t: Thread, { isKill, unclear, faultedIn }: UnderWay): boolean {
    const { k } = this.engine;
    if (isKill || t.pos < faultedIn) return false;
    return canStop(k, t) && t.pos !== this.#failedAt && unclear[k.pageOfCell(t.pos) - 1] !== true;
  }

  #byteOf(t: Thread): number {
    return startByte(this.engine.k.g, t.pos);
  }

  /** The move is over: at a stop, or with its operation and all I/O done. */
  #settle(): void {
    const { engine } = this;
    const now = this.#now;
    if (now === undefined) return;
    this.#now = undefined;
    const { thread, op, isKill, isShort } = now;
    if (this.stopped === thread) {
      const at = this.#byteOf(engine.thread(thread));
      this.moves.push({ do: "run", thread, to: at, ...(isShort ? { isShort } : {}) });
      this.#events.stopped?.(engine, thread, at);
      return;
    }
    if (!isKill) this.moves.push({ do: "run", thread });
    this.#events.ended?.(engine, thread, op);
  }

  /** Begins a move of reclaim's; false when it does not apply. */
  #startEviction(move: Extract<Move, { do: "evict" }>): boolean {
    const { engine } = this;
    const pages = evictables(engine.k);
    const at = pages.findIndex((page) => pageByte(engine.k.g, page) === move.at);
    const page = pages[at];
    if (page === undefined || !engine.isEnabled(engine.reclaim)) return false;
    this.#evict = at;
    this.moves.push(move);
    this.#events.evicting?.(engine, page);
    return true;
  }

  /** Begins a move of a thread's, or takes all free space. */
  #start(move: Exclude<Move, { do: "evict" }>): void {
    const { engine } = this;
    if (move.do === "fill") {
      this.#usedThen = usedBlocks(engine.k);
      this.moves.push(move);
      this.#events.filled?.();
      return;
    }
    const { thread } = move;
    const { pc, op } = engine.thread(thread);
    if (pc === Pc.DONE) return;
    const isKill = move.do === "kill";
    const unclear = unclearPages(engine.k);
    this.#now = { thread, op, isKill, unclear, hasStepped: false, faultedIn: 0, isShort: false };
    if (isKill) this.moves.push(move);
    if (this.stopped === thread) {
      this.stopped = NOBODY;
      this.#events.resumed?.(engine, thread, isKill);
    } else {
      this.#failedAt = NOBODY;
      this.#events.started?.(engine, thread);
    }
  }

  /** Whether a write's reservation goes through: always, until free space was taken; then by what was given back. */
  #hasSpace(t: Thread): boolean {
    if (this.#usedThen === undefined) return true;
    if (wantsTooMuch(this.engine.k, t, this.#usedThen)) return false;
    this.fail("nobody knows whether this reservation fails");
    return true;
  }
}
