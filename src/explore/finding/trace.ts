/**
 * Traces: one run of an engine written down step by step, with the kernel functions inside each scheduler step, what
 * they did, and what the checks after each step say.
 */

import { isAbandonedBlock } from "../../check/accounting.js";
import { isBacked } from "../../check/backing.js";
import { isCoherent } from "../../check/content.js";
import { boundaryByte } from "../../kernel/machine/geometry.js";
import type { Tracer } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FUNCTIONS } from "../../kernel/paths/index.js";
import type { Engine } from "../run/engine.js";
import type { Strategy } from "../strategies/strategy.js";

/** One kernel function that ran inside a step, with what it did. */
export interface TraceCall {
  readonly fn: string;
  readonly pc: number;
  readonly notes: string[];
}

export interface TraceStep {
  /** Counts from 1. */
  readonly i: number;
  /** Thread index of the engine. */
  readonly thread: number;
  /** For a kworker its number by birth, from 1; else 0. */
  readonly worker: number;
  readonly calls: TraceCall[];
  /** Index of the operation that the thread was in. */
  readonly op: number;
  /** First byte that the thread worked at when the step began; undefined beyond what the program can touch. */
  readonly at: number | undefined;
}

export interface Trace {
  readonly steps: readonly TraceStep[];
  /** Changes of thread between consecutive steps. */
  readonly switches: number;
  /** Switches away from a thread that could have run. */
  readonly preemptions: number;
}

/** A cell or block to judge after every step, to find where it went bad. */
export interface Watch {
  readonly rule: "content" | "backing" | "accounting";
  /** Cell for content, block otherwise. */
  readonly at: number;
  /** Oracle of verdict.ts whose first violation is awaited. */
  readonly oracle: number;
}

/** A cached map that was older than the extent it was used on. */
export interface StaleMap {
  readonly thread: number;
  readonly loadedAt: number;
  /** Step at which the extent last changed its type before the use; 0 when it never did. */
  readonly changedAt: number;
  readonly usedAt: number;
  /** Extent types of values.ts. */
  readonly cached: number;
  readonly actual: number;
}

export interface WatchedTrace extends Trace {
  /** Step after which the watched thing was bad and stayed so; 0: before the first; steps + 1: only at the end. */
  readonly lostAt: number;
  /** Step in which the oracle was violated; steps + 1: in the check at the end. */
  readonly seenAt: number;
  /** The map under which the losing step worked, when it covered the place. */
  readonly map: StaleMap | undefined;
}

/** Runs the engine under `strategy` and writes the run down; the verdict stands in the engine. */
export function traceRun(engine: Engine, strategy: Strategy, watch?: Watch): WatchedTrace {
  const steps: TraceStep[] = [];
  let calls: TraceCall[] = [];
  let births = 0;
  const worker = new Map<number, number>();
  const alive = new Set<number>();
  const { k } = engine;
  const firstWorker = k.layout.programThreads;
  let switches = 0;
  let preemptions = 0;
  const fate = watch === undefined ? undefined : new Fate(engine, watch);
  const tracer: Tracer = {
    step: (_t: Thread, pc: number) => {
      const last = calls.at(-1);
      // A store that turns out to be a fault renames the call that has just begun.
      if (
        last !== undefined &&
        last.notes.length === 0 &&
        last.pc !== pc &&
        isAccess(last.pc) &&
        isAccess(pc)
      ) {
        calls[calls.length - 1] = { fn: FUNCTIONS[pc]!, pc, notes: [] };
      } else if (last === undefined || last.pc !== pc || !isAccess(pc))
        calls.push({ fn: FUNCTIONS[pc]!, pc, notes: [] });
    },
    note: (_t: Thread, text: string) => {
      calls.at(-1)?.notes.push(text);
    },
  };
  const observer: Strategy = {
    name: strategy.name,
    begin: (e) => {
      strategy.begin(e);
      k.extents.sequence = 0;
    },
    choose: (sort, options) => strategy.choose(sort, options),
    next: (e, last) => {
      closeStep();
      const next = strategy.next(e, last);
      if (next < 0) return next;
      if (last >= 0 && last !== next) {
        switches++;
        if (e.isEnabled(last)) preemptions++;
      }
      const t = k.threads[next]!;
      calls = [];
      steps.push({
        i: steps.length + 1,
        thread: next,
        worker: worker.get(next) ?? 0,
        calls,
        op: next < firstWorker ? t.op : 0,
        at: next < firstWorker && t.pos <= k.g.cells ? boundaryByte(k.g, t.pos) : undefined,
      });
      fate?.beforeStep(next);
      k.tracer = tracer;
      return next;
    },
  };
  const closeStep = (): void => {
    k.tracer = null;
    for (let i = firstWorker; i < engine.reclaim; i++) {
      if (k.threads[i]!.pc === Pc.DONE) alive.delete(i);
      else if (!alive.has(i)) {
        alive.add(i);
        worker.set(i, ++births);
      }
    }
    fate?.afterStep(steps.length);
  };
  engine.run(observer);
  k.tracer = null;
  const end = steps.length + 1;
  return {
    steps,
    switches,
    preemptions,
    lostAt: fate?.lostAt(end) ?? end,
    seenAt: fate?.seenAt ?? end,
    map: fate?.staleMap(steps, end),
  };
}

/** What became of the watched place: judged after every step; a locked folio leaves the question open. */
class Fate {
  seenAt: number | undefined;
  readonly #engine: Engine;
  readonly #watch: Watch;
  readonly #block: number;
  #doubtSince = -1;
  #badSince = -1;
  /** Per step: type of the extent before it, and per step the map of its thread where it covered the block. */
  readonly #types: number[] = [];
  readonly #maps: (number | undefined)[] = [];
  readonly #loads: Map<number, { at: number; type: number }>[] = [];

  constructor(engine: Engine, watch: Watch) {
    this.#engine = engine;
    this.#watch = watch;
    this.#block = watch.rule === "content" ? engine.k.g.cellBlock[watch.at]! : watch.at;
  }

  beforeStep(thread: number): void {
    const { k } = this.#engine;
    const t = k.threads[thread]!;
    const covers = thread < k.layout.programThreads && t.mapStart <= this.#block && t.mapEnd > this.#block;
    this.#types.push(k.extents.type(this.#block));
    this.#maps.push(covers ? t.mapType : undefined);
  }

  /** `step` steps were done; 0 is the state after setup. */
  afterStep(step: number): void {
    const engine = this.#engine;
    const { k } = engine;
    if (this.seenAt === undefined && engine.verdict.has(this.#watch.oracle)) this.seenAt = step;
    const loads = new Map(this.#loads.at(-1));
    for (let i = 0; i < k.layout.programThreads; i++) {
      const t = k.threads[i]!;
      const covers = t.mapStart <= this.#block && t.mapEnd > this.#block;
      if (!covers) loads.delete(i);
      else if (loads.get(i)?.type !== t.mapType) loads.set(i, { at: step, type: t.mapType });
    }
    this.#loads.push(loads);
    const locked = k.folios.isLocked(k.folios.pageOf(this.#block));
    if (this.#watch.rule === "content" && locked) {
      if (this.#badSince < 0 && this.#doubtSince < 0) this.#doubtSince = step;
    } else if (this.#isBad()) {
      if (this.#badSince < 0) this.#badSince = this.#doubtSince >= 0 ? this.#doubtSince : step;
    } else {
      this.#badSince = -1;
      this.#doubtSince = -1;
    }
  }

  #isBad(): boolean {
    const { k } = this.#engine;
    if (this.#watch.rule === "content") return !isCoherent(k, this.#watch.at);
    if (this.#watch.rule === "backing") return !isBacked(k, this.#watch.at);
    return isAbandonedBlock(k, this.#watch.at);
  }

  lostAt(end: number): number {
    const seen = this.seenAt ?? end;
    return this.#badSince < 0 ? seen : Math.min(this.#badSince, seen);
  }

  staleMap(steps: readonly TraceStep[], end: number): StaleMap | undefined {
    const usedAt = this.lostAt(end);
    const cached = this.#maps[usedAt - 1];
    if (usedAt < 1 || cached === undefined) return undefined;
    const thread = steps[usedAt - 1]!.thread;
    const actual = this.#types[usedAt - 1]!;
    let changedAt = usedAt - 1;
    while (changedAt > 0 && this.#types[changedAt - 1] === actual) changedAt--;
    return {
      thread,
      loadedAt: this.#loads[usedAt - 1]?.get(thread)?.at ?? 0,
      changedAt,
      usedAt,
      cached,
      actual,
    };
  }
}

function isAccess(pc: number): boolean {
  return pc >= Pc.S_FAULT && pc <= Pc.L_LOAD && pc !== Pc.S_READ_MAP && pc !== Pc.L_READ_MAP;
}
