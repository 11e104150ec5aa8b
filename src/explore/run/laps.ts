/**
 * Livelocks of threads that repeat (system-call.ts). A state is one when every thread that does not repeat has ended or waits,
 * every lap of those that do leads back to it, and a page that they write back is dirty all the time: it is for ever, however
 * often they come. A device may take its time, so that what waits for I/O waits. That a state is one follows from it alone: it is seen
 * alike when runs are sampled, searched or made again. What it takes two threads in turns to keep up is not looked for.
 */
import { judgeLivelock } from "../../check/progress.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { StateArray } from "../../kernel/machine/layout.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import { canEnterLap } from "../../kernel/paths/index.js";
import { type Snapshot, type Stepped, snapshotOf } from "./machine-snapshot.js";

/** More steps than a lap takes in which nobody else moves. */
const MOST_STEPS = 10_000;

/** An engine. */
interface Machine extends Stepped {
  isEnabled(thread: number): boolean;
  step(thread: number): void;
  completeAll(): void;
}

export class Laps {
  readonly #engine: Machine;
  readonly #repeating: readonly Thread[];
  readonly #others: readonly Thread[];
  readonly #before: Snapshot;
  readonly #start: StateArray;
  /** Pages that the laps were to write back and that have been dirty all the time. */
  #dirty: readonly number[] = [];
  #isTrying = false;

  constructor(engine: Machine) {
    const { k } = engine;
    this.#engine = engine;
    this.#repeating = k.programThreads.filter((t) => k.repeats(t));
    this.#others = k.programThreads.filter((t) => !k.repeats(t));
    this.#before = snapshotOf(engine);
    this.#start = k.s.slice(0, k.layout.compared);
  }

  /** A lap has ended: judges the state. */
  judge(): void {
    if (this.#isTrying || this.#others.some(({ index }) => this.#engine.isEnabled(index))) return;
    if (this.#dirtyPages().length === 0) return;
    this.#try(() => this.#goRound() && this.#isBack());
  }

  /** All others have ended: laps go on until one changes nothing, and what is dirty then stays so. */
  judgeEnd(): void {
    const most = this.#engine.k.g.blocks + 2;
    this.#try(() => {
      for (let i = 0; i < most && this.#goRound(); i++) {
        this.#engine.completeAll();
        if (this.#isBack()) return true;
      }
      return false;
    });
  }

  /** Pages that laps write back and that are dirty, and not on their way. */
  #dirtyPages(): number[] {
    const { folios, g } = this.#engine.k;
    const pages = Array.from({ length: g.pages }, (_, p) => p);
    return pages.filter(
      (p) =>
        folios.has(p, FolioFlag.DIRTY) &&
        !folios.has(p, FolioFlag.WRITEBACK) &&
        this.#repeating.some((t) => this.#writesBack(t, p)),
    );
  }

  /** Whether a lap of the thread brings to disk what is dirty in the page. */
  #writesBack({ index }: Thread, page: number): boolean {
    const { k } = this.#engine;
    return k.program.threads[index]!.some(
      ({ kind, does, from, to }) =>
        (kind === "writeback" || does.durable) && page >= k.pageOfCell(from) && page < k.pageRoundUp(to),
    );
  }

  /** Whether the laps lead back, which leaves no mark: a page that was dirty all the time is one for ever. */
  #try(lead: () => boolean): void {
    const { k, verdict } = this.#engine;
    const { watcher } = verdict;
    this.#isTrying = true;
    this.#before.save();
    verdict.watcher = null;
    k.tracer = null;
    const [page] = lead() ? this.#dirty : [];
    this.#before.restore();
    verdict.watcher = watcher;
    this.#isTrying = false;
    if (page === undefined) return;
    const thread = this.#repeating.find((t) => this.#writesBack(t, page))!;
    judgeLivelock(verdict, k.folios.firstCell(page), thread.index);
  }

  /** A lap of each thread that repeats, alone and without faults; false where one does not get to its end, or is in one. */
  #goRound(): boolean {
    const { k } = this.#engine;
    this.#start.set(k.s.subarray(0, this.#start.length));
    this.#dirty = this.#dirtyPages();
    return this.#repeating.every((t) =>
      t.pc === Pc.LAP ? canEnterLap(k, t) && this.#lap(t) : !this.#engine.isEnabled(t.index),
    );
  }

  #lap(t: Thread): boolean {
    const { folios } = this.#engine.k;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      this.#engine.step(t.index);
      this.#dirty = this.#dirty.filter((p) => folios.has(p, FolioFlag.DIRTY));
      if (t.pc === Pc.LAP) return true;
      if (!this.#engine.isEnabled(t.index)) return false;
    }
    return false;
  }

  /** Whether the laps led back to where they began. */
  #isBack(): boolean {
    const { s } = this.#engine.k;
    return this.#start.every((value, i) => s[i] === value);
  }
}
