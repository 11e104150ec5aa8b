/**
 * Schedules that user space can force on an unmodified kernel. A write can be stopped only where a page of its source
 * faults in (fault_in_iov_iter_readable(), after ->iomap_begin has cached the map and before the folio is looked up);
 * everything else runs as whole operations, one at a time, with the I/O it starts completed before the next begins.
 * A run is then a list of moves; this is the machine that makes them, and each strategy here says which comes next.
 */

import type { Engine } from "../explore/run/engine.js";
import { defaultThread } from "../explore/run/replay.js";
import type { Strategy } from "../explore/strategies/strategy.js";
import {
  CHOICE_EVICT,
  CHOICE_FATAL_SIGNAL,
  CHOICE_RESERVATION_FAILURE,
  CHOICE_SHORT_COPY,
} from "../kernel/machine/choices.js";
import { boundaryByte, startByte } from "../kernel/machine/geometry.js";
import { Pc } from "../kernel/machine/labels.js";
import { CallFlag, type Thread } from "../kernel/machine/thread.js";
import { ExtentType } from "../kernel/objects/extent-types.js";
import { FolioFlag } from "../kernel/objects/folios.js";
import { cannotFaultIn } from "../kernel/paths/buffered-write.js";

export type Move =
  /** The thread does its next operation, or goes on with its stopped write, to the stop at file offset `to` or to
   * the end of the operation. A stop where the write stands already is one more pass over the same page. `isShort`:
   * the copy is made to end there, so the stop leaves its mark even when nothing happens at it. */
  | { readonly do: "run"; readonly thread: number; readonly to?: number; readonly isShort?: true }
  /** A fatal signal ends the stopped write of the thread. */
  | { readonly do: "kill"; readonly thread: number }
  /** Reclaim drops the folio at this file offset. */
  | { readonly do: "evict"; readonly at: number }
  /** All free space of the file system is taken. */
  | { readonly do: "fill" };

/** What happens in a run, for whoever writes it down; each is told before the engine's state moves on. */
export interface ForcedEvents {
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
/** Blocks that may be left when free space is taken: filling up to the last one would make XFS write everything back. */
const SLACK = 16;

export abstract class Forced implements Strategy {
  abstract readonly name: string;
  readonly readsState = true;
  events: Partial<ForcedEvents> = {};
  /** Why the run that was asked for cannot be made; the rest of it is then the default run. */
  problem: string | undefined;
  /** The moves made. */
  moves: Move[] = [];
  /** Thread whose write is stopped, or NOBODY. */
  protected stopped = NOBODY;
  protected engine!: Engine;
  #moving = NOBODY;
  #op = 0;
  #hasStepped = false;
  /** The current move has made a copy come up short. */
  protected isShort = false;
  /** The pass repeats a rejected copy: nothing is faulted in, so nothing can be taken away. */
  #isLimited = false;
  /** Where the last pass of the operation failed to read its source: it cannot be stopped there another time. */
  #failedAt = NOBODY;
  #isKilling = false;
  #unclear: readonly boolean[] = [];
  #evict = 0;
  /** Blocks that the file had when free space was taken; NOBODY before. */
  #filled = NOBODY;

  /** The next move; undefined when there is none left. */
  protected abstract decide(): Move | undefined;
  /** Whether the write that has come to a place where it can be stopped is stopped there. */
  protected abstract stopsAt(thread: number, at: number): boolean;
  /** How a choice that only these strategies use is answered: cells that the next atomic copy brings, plus 1, or 0. */
  protected copies(_t: Thread, _options: number): number {
    return 0;
  }
  protected restart(): void {}

  begin(engine: Engine): void {
    this.engine = engine;
    this.problem = undefined;
    this.moves = [];
    this.stopped = NOBODY;
    this.#moving = NOBODY;
    this.#isKilling = false;
    this.#filled = NOBODY;
    this.restart();
  }

  next(engine: Engine, last: number): number {
    while (this.problem === undefined) {
      const running = this.#running();
      if (running !== NOBODY) return running;
      const worker = engine.enabledKworker();
      if (worker !== NOBODY) return worker;
      this.#settle();
      const move = this.decide();
      if (move === undefined) {
        this.events.finished?.(engine);
        return NOBODY;
      }
      if (this.#start(move) && move.do === "evict") return engine.reclaim;
    }
    return defaultThread(engine, last);
  }

  /** The thread that goes on within the current move, or NOBODY when it is over. */
  #running(): number {
    const { engine } = this;
    const moving = this.#moving;
    if (moving === NOBODY || this.stopped === moving || this.#isOver()) return NOBODY;
    const t = engine.k.threads[moving]!;
    if (this.#hasStepped && this.#canStop(t) && this.stopsAt(moving, startByte(engine.k.g, t.pos))) {
      this.stopped = moving;
      return NOBODY;
    }
    this.#hasStepped = true;
    if (t.pc === Pc.W_FAULT_IN) {
      this.#isLimited = t.hasFlag(CallFlag.CHUNK_LIMITED);
      this.#failedAt = cannotFaultIn(engine.k, t) ? t.pos : NOBODY;
    }
    if (engine.isEnabled(moving)) return moving;
    const worker = engine.enabledKworker();
    if (worker === NOBODY) this.fail(`thread ${moving} waits for the stopped write`);
    return worker === NOBODY ? defaultThread(engine, moving) : worker;
  }

  #canStop(t: Thread): boolean {
    const { k } = this.engine;
    return canStop(this.engine, t) && t.pos !== this.#failedAt && !this.#unclear[k.g.cellPage[t.pos]! - 1];
  }

  /**
   * Pages that do not show whether the write has got past them. Kernels that copy many pages at once fault in pages
   * that the write gets to later, so the program has to look at the page before the stop; it must not read one that
   * is not uptodate, and when that was dirty before and lies below EOF, nothing else has changed.
   */
  #unclearPages(): boolean[] {
    const { k } = this.engine;
    return Array.from({ length: k.g.pages }, (_, p) => {
      if (!k.fixes.writeLargeChunks || k.g.pageCell[p + 1]! > k.isize) return false;
      return k.folios.has(p, FolioFlag.DIRTY) && !k.folios.has(p, FolioFlag.UPTODATE);
    });
  }

  #isOver(): boolean {
    const t = this.engine.k.threads[this.#moving]!;
    return t.pc === Pc.DONE || t.op !== this.#op;
  }

  /** The move is over: at a stop, or with its operation and all I/O done. */
  #settle(): void {
    const { engine } = this;
    const moving = this.#moving;
    if (moving === NOBODY) return;
    this.#moving = NOBODY;
    if (this.stopped === moving) {
      const at = startByte(engine.k.g, engine.k.threads[moving]!.pos);
      const short = this.isShort ? { isShort: true as const } : {};
      this.moves.push({ do: "run", thread: moving, to: at, ...short });
      this.events.stopped?.(engine, moving, at);
      return;
    }
    if (!this.#isKilling) this.moves.push({ do: "run", thread: moving });
    this.#isKilling = false;
    this.events.ended?.(engine, moving, this.#op);
  }

  /** Begins a move; false when nothing is left to be done for it. */
  #start(move: Move): boolean {
    const { engine } = this;
    if (move.do === "evict") {
      const at = evictables(engine).indexOf(pageAt(engine, move.at));
      if (at < 0 || !engine.isEnabled(engine.reclaim)) return false;
      this.#evict = at;
      this.moves.push(move);
      this.events.evicting?.(engine, pageAt(engine, move.at));
      return true;
    }
    if (move.do === "fill") {
      this.#filled = usedBlocks(engine);
      this.moves.push(move);
      this.events.filled?.();
      return false;
    }
    const t = engine.k.threads[move.thread]!;
    if (t.pc === Pc.DONE) return false;
    this.#moving = move.thread;
    this.#op = t.op;
    this.#hasStepped = false;
    this.isShort = false;
    this.#unclear = this.#unclearPages();
    this.#isKilling = move.do === "kill";
    if (this.#isKilling) this.moves.push(move);
    if (this.stopped === move.thread) {
      this.stopped = NOBODY;
      this.events.resumed?.(engine, move.thread, this.#isKilling);
    } else {
      this.#failedAt = NOBODY;
      this.events.started?.(engine, move.thread);
    }
    return true;
  }

  choose(sort: number, options: number): number {
    if (sort === CHOICE_EVICT) return this.#evict;
    const t = this.#moving === NOBODY ? undefined : this.engine.k.threads[this.#moving];
    if (t === undefined) return 0;
    if (sort === CHOICE_RESERVATION_FAILURE) return this.#hasSpace(t) ? 0 : 1;
    if (sort === CHOICE_FATAL_SIGNAL) return this.#isKilling ? 1 : 0;
    const copies = sort === CHOICE_SHORT_COPY && !this.#isLimited ? this.copies(t, options) : 0;
    this.isShort ||= copies > 0;
    return copies;
  }

  /** Whether a write's reservation goes through: always, until free space was taken; then by what was given back. */
  #hasSpace(t: Thread): boolean {
    if (this.#filled === NOBODY) return true;
    const { k } = this.engine;
    const block = k.g.cellBlock[t.pos]!;
    const wanted = Math.min(k.blockRoundUp(t.end), k.extents.recordEnd(block)) - block;
    const free = this.#filled - usedBlocks(this.engine);
    if (k.opOf(t).kind !== "write" || wanted <= free + SLACK)
      this.fail("nobody knows whether this reservation fails");
    return wanted <= free;
  }

  protected get isFilled(): boolean {
    return this.#filled !== NOBODY;
  }

  protected fail(problem: string): void {
    this.problem ??= problem;
  }

  /** Whether the thread could begin or go on now. */
  protected canRun(thread: number): boolean {
    return this.engine.k.threads[thread]!.pc !== Pc.DONE && this.engine.isEnabled(thread);
  }
}

/** First pages of the folios that reclaim can take, in the order of its choice. */
export function evictables({ k }: Engine): number[] {
  const pages: number[] = [];
  for (let p = 0; p < k.g.pages; p++) if (k.folios.isEvictable(p)) pages.push(p);
  return pages;
}

function usedBlocks({ k }: Engine): number {
  let n = 0;
  for (let b = 0; b < k.g.blocks; b++) if (k.extents.type(b) !== ExtentType.HOLE) n++;
  return n;
}

export function pageAt({ k }: Engine, byte: number): number {
  for (let p = 0; p < k.g.pages; p++) if (k.g.cellStart[k.g.pageCell[p]!] === byte) return p;
  return NOBODY;
}

/**
 * Whether the writer stands where user space can stop it: before its first byte, or at the start of a page that is
 * not its last byte (the byte behind is needed for the stop on kernels that fault in more than a page). A pass that
 * is repeated with what a rejected copy brought faults in nothing new.
 */
export function canStop({ k }: Engine, t: Thread): boolean {
  if (t.pc !== Pc.W_FAULT_IN || t.hasFlag(CallFlag.CHUNK_LIMITED)) return false;
  const op = k.opOf(t);
  if (op.kind !== "write") return false;
  const { cellStart } = k.g;
  const isPageStart = k.g.pageCell[k.g.cellPage[t.pos]!] === t.pos;
  return isPageStart
    ? op.to > t.pos + 1 || cellStart[t.pos]! + 1 < boundaryByte(k.g, op.to)
    : t.pos === op.from;
}
