/**
 * Plays forced moves on a kernel's model, as a player does on the kernel itself: a task runs from point to point, one
 * that waits goes on by itself when it can, and data waits until it is let go to the device.
 */
import { Engine } from "../../explore/run/engine.js";
import { evictables } from "../../force/stops.js";
import { Choice, type Chooser } from "../../kernel/machine/choices.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { IoendFlag, type Thread } from "../../kernel/machine/thread.js";
import { labelAt, placeOf } from "../../kernel/paths/index.js";
import { type KernelVariant, kernelOf } from "../../kernel/versions/variant.js";
import { compile } from "../../scenario/compile.js";
import type { Scenario } from "../../scenario/types.js";
import {
  type Change,
  type ForcedMove,
  type PlayedMove,
  type Returned,
  type Run,
  type Stand,
  taskOfIo,
  type Wait,
} from "./forced-moves.js";
import { bytesOf, bytesSent, dropsHeld, holdsFolio, needsWorker, watchAllocations } from "./move-parts.js";
import { Results } from "./play-results.js";
import { isSame, PACES, type Pace, type Saved, type Standing } from "./play-state.js";
import { holderOf, isFreeAt, waitAt } from "./waits.js";

/** The function at whose entry a kernel can hold the task at this label, before its step. */
export type PointAt = (k: Kernel, t: Thread, label: number) => string | undefined;

export class ModelPlay {
  readonly engine: Engine;
  readonly #results = new Results();
  readonly #pointAt: PointAt;
  readonly #names: readonly string[];
  #stands = new Map<number, Standing>();
  /** By number less 1, the thread that completes a piece of data. */
  #ios: number[] = [];
  /** Bytes `[from, to)` of each piece of data, by number less 1. */
  sent: (readonly [number, number])[] = [];
  /** Whether blocks were allocated right before others of their type: if they join is a matter of where free blocks lie. */
  readonly meeting: { isMade: boolean };
  /** What those that move wait for, since they began to. */
  #waits = new Map<number, { readonly label: number; readonly wait: Wait }>();
  readonly #chooser: Chooser = { choose: (kind, options) => this.#answer(kind, options) };
  #evicts = 0;
  #fails = false;
  #environment: Chooser["choose"] | undefined;

  /** The scenario's setup has run. */
  constructor(scenario: Scenario, variant: KernelVariant, pointAt: PointAt) {
    this.engine = new Engine(compile(scenario, true).program, kernelOf(variant), true);
    this.engine.k.judge = this.#results;
    this.engine.k.flusherComesBack = false;
    this.meeting = watchAllocations(this.engine.k);
    this.engine.reset();
    this.#pointAt = pointAt;
    this.#names = scenario.threads.map(({ name }) => name);
    this.#results.returns.push(...this.#names.map(() => []));
    for (const { index } of this.engine.k.programThreads) this.#stands.set(index, "idle");
  }

  /** What can be done now, in a fixed order; empty when all has come to its end, or nothing goes on any more. */
  possible(): ForcedMove[] {
    const { k } = this.engine;
    const moves: ForcedMove[] = [];
    for (const [index, stand] of this.#stands)
      if (
        stand !== "moving" &&
        this.engine.thread(index).pc !== Pc.DONE &&
        !dropsHeld(k, index, (p) => this.#isHeld(p))
      )
        moves.push({ do: "go", who: this.nameOf(index) });
    const isBusy = k.kworkers.some((w) => this.#stands.has(w.index));
    for (const [i, index] of this.#ios.entries())
      if (this.#isParked(i) && !(isBusy && needsWorker(k, index))) moves.push({ do: "io", n: i + 1 });
    if (k.evictionsLeft > 0)
      for (let p = 0; p < k.g.pages; p = k.folios.end(p))
        if (k.isEvictable(p) && !this.#isHeld(p)) moves.push({ do: "evict", ...bytesOf(k, p) });
    return moves;
  }

  /** Makes a move; what the environment does in it besides is nothing unless somebody says. */
  make(move: ForcedMove, environment?: Chooser["choose"]): PlayedMove {
    this.#environment = environment;
    const moved = this.#play(move, "mover first");
    this.#environment = undefined;
    return { move, moved, stands: this.stands() };
  }

  /** Undefined where no task of the name is under way. */
  standing(who: string): Stand | undefined {
    return this.stands().find((one) => one.who === who)?.stand;
  }

  /** Whether a move comes to the same end whoever is faster, the one that moves or those that it lets go on. */
  isDeterminate(move: ForcedMove): boolean {
    const before = this.#save();
    const { isMade } = this.meeting;
    const [first, ...others] = PACES.map((pace) => {
      this.#play(move, pace);
      const after = this.#save();
      this.#load(before);
      return after;
    });
    this.meeting.isMade = isMade;
    return others.every((other) => isSame(first as Saved, other));
  }

  /** Where everybody stands who has begun and whose completion has not ended. */
  stands(): Change[] {
    return [...this.#stands.keys()].map((index) => ({
      who: this.nameOf(index),
      stand: this.#standOf(index),
    }));
  }

  /** All operations have returned, and all data that was sent is complete. */
  get isOver(): boolean {
    const { k } = this.engine;
    return [...k.programThreads, ...k.kworkers].every(({ pc }) => pc === Pc.DONE);
  }

  /** What the operations of each thread have given back. */
  get returns(): readonly (readonly Returned[])[] {
    return this.#names.map((_, i) => this.#results.returns[i] ?? []);
  }

  /** What each load and read has seen, by `THREAD OPERATION`, operations counted from 0. */
  get saw(): ReadonlyMap<string, readonly Run[]> {
    return new Map(
      [...this.#results.saw].map(([key, runs]) => {
        const [index, op] = key.split(" ");
        return [`${this.#names[Number(index)]} ${op}`, runs];
      }),
    );
  }

  /** Oracles that were violated on the way, a mask over ORACLE_NAMES. */
  get found(): number {
    return this.#results.verdict.found;
  }

  nameOf(index: number): string {
    return this.#names[index] ?? taskOfIo(this.#ios.lastIndexOf(index) + 1);
  }

  /** Who moved, the one that was let go first. */
  #play(move: ForcedMove, pace: Pace): string[] {
    const before = new Map(this.stands().map(({ who, stand }) => [who, JSON.stringify(stand)]));
    let mover = "";
    if (move.do === "evict") this.#evict(move.from);
    else {
      const index = move.do === "go" ? this.#indexOf(move.who) : (this.#ios[move.n - 1] ?? -1);
      mover = this.nameOf(index);
      this.#fails = move.do === "io" && move.fails === true;
      this.#stands.set(index, "moving");
      this.#advance(index, pace === "waiters first");
      this.#fails = false;
    }
    this.#wake(-1, pace);
    const others = this.stands().filter(({ who, stand }) => before.get(who) !== JSON.stringify(stand));
    return [...new Set([...(mover === "" ? [] : [mover]), ...others.map(({ who }) => who)])];
  }

  /** The task runs to its next point, its return, or until it waits. */
  #advance(index: number, wakes: boolean): void {
    for (let i = 0; i < 1_000_000; i++) {
      if (!this.#stepOnce(index)) return;
      if (wakes) this.#wake(index);
    }
    throw new Error(`${this.nameOf(index)} does not come to a point`);
  }

  /** Whether it made a step, and goes on. */
  #stepOnce(index: number): boolean {
    const { engine } = this;
    const t = engine.thread(index);
    const { op } = t;
    if (!engine.isEnabled(index)) {
      this.#waits.set(index, this.#waitOf(t));
      return false;
    }
    this.#waits.delete(index);
    engine.step(index, this.#chooser);
    this.#noteIos();
    if (t.pc === Pc.DONE || t.op !== op) {
      if (index < engine.k.layout.programThreads) this.#stands.set(index, "idle");
      else this.#stands.delete(index);
      return false;
    }
    const at = this.#pointAt(engine.k, t, labelAt(engine.k, t, t.pc));
    if (at !== undefined) this.#stands.set(index, { at });
    return at === undefined;
  }

  /**
   * Those that waited and need not any more go on, the first first, the last first, or a step each by turns: who lets go
   * of a lock to take it again may find it taken.
   */
  #wake(except = -1, pace?: Pace): void {
    for (let isAny = true; isAny; ) {
      isAny = false;
      const stands = [...this.#stands];
      for (const [index, stand] of pace === "last waiter first" ? stands.reverse() : stands) {
        if (index === except || stand !== "moving" || !this.#canGoOn(index)) continue;
        if (pace === "step by step") this.#stepOnce(index);
        else this.#advance(index, false);
        isAny = true;
      }
    }
  }

  #waitOf(t: Thread): { readonly label: number; readonly wait: Wait } {
    const { k } = this.engine;
    const label = labelAt(k, t, t.pc);
    return { label, wait: waitAt(k, t, label) };
  }

  #canGoOn(index: number): boolean {
    return !this.#isStillHeld(index) && this.engine.isEnabled(index);
  }

  /** Whether a task waits on for what it began to wait for. */
  #isStillHeld(index: number): boolean {
    const began = this.#waits.get(index);
    const t = this.engine.thread(index);
    return began !== undefined && !isFreeAt(this.engine.k, t, began.label, began.wait);
  }

  /** Data that was submitted gets a number; what failed before that completes at once. */
  #noteIos(): void {
    const { k } = this.engine;
    const fresh = k.kworkers
      .filter((w) => w.pc === Pc.C_ENDIO && !w.hasFlag(IoendFlag.QUEUED) && !this.#ios.includes(w.index))
      .sort((a, b) => a.ioStart - b.ioStart);
    for (const { index } of this.engine.k.kworkers)
      if (this.engine.thread(index).pc === Pc.DONE) this.#forget(index);
    for (const w of fresh) {
      if (!w.hasFlag(IoendFlag.ERROR)) {
        this.#ios.push(w.index);
        this.sent.push(bytesSent(k, w));
      } else while (w.pc !== Pc.DONE) this.engine.step(w.index, this.#chooser);
    }
  }

  /** The slot of a completion that has ended is free for another. */
  #forget(index: number): void {
    const i = this.#ios.lastIndexOf(index);
    if (i >= 0) this.#ios[i] = -1;
  }

  #evict(from: number): void {
    const { engine } = this;
    const { k } = engine;
    this.#evicts = evictables(k).findIndex((p) => bytesOf(k, p).from === from);
    if (this.#evicts < 0) throw new Error(`nothing to evict at ${from}`);
    engine.step(engine.reclaim, this.#chooser);
    this.#noteIos();
  }

  #answer(kind: Choice, options: number): number {
    if (kind === Choice.EVICT) return this.#evicts;
    if (this.#environment !== undefined) return this.#environment(kind, options);
    return kind === Choice.DEVICE_ERROR && this.#fails ? 1 : 0;
  }

  #standOf(index: number): Stand {
    const { k } = this.engine;
    const t = this.engine.thread(index);
    const stand = this.#stands.get(index);
    const byte = placeOf(k, t, t.pc);
    if (stand === "idle") return { is: "returned", ops: this.#results.returns[index]?.length ?? 0 };
    if (typeof stand === "object") return { is: "at", fn: stand.at, byte };
    // It has got the one, and waits for the next.
    const { wait } = (this.#isStillHeld(index) ? this.#waits.get(index) : undefined) ?? this.#waitOf(t);
    const holder = holderOf(k, t, wait);
    return { is: "waits", for: wait, by: holder < 0 ? "" : this.nameOf(holder), byte };
  }

  #indexOf(who: string): number {
    const index = this.#names.indexOf(who);
    return index >= 0 ? index : (this.#ios[Number(who.slice(taskOfIo("").length)) - 1] ?? -1);
  }

  /** Whether a task that waits holds on to the page's folio. */
  #isHeld(page: number): boolean {
    const { k } = this.engine;
    const waiting = [...this.#waits].filter(([index]) => this.#stands.get(index) === "moving");
    return waiting.some(([index, { label, wait }]) => holdsFolio(k, index, label, wait, page));
  }

  #isParked(i: number): boolean {
    const index = this.#ios[i] ?? -1;
    return index >= 0 && this.engine.thread(index).pc === Pc.C_ENDIO && !this.#stands.has(index);
  }

  #save(): Saved {
    return {
      state: this.engine.k.s.slice(),
      stands: new Map(this.#stands),
      ios: [...this.#ios],
      returns: this.#results.returns.map((of) => [...of]),
      waits: new Map(this.#waits),
      sent: [...this.sent],
    };
  }

  #load(saved: Saved): void {
    this.engine.k.s.set(saved.state);
    this.#stands = new Map(saved.stands);
    this.#ios = [...saved.ios];
    this.#waits = new Map(saved.waits);
    this.sent = [...saved.sent];
    this.#results.returns.length = 0;
    this.#results.returns.push(...saved.returns.map((of) => [...of]));
  }
}
