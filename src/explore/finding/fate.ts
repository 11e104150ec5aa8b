/**
 * What became of a watched place in a run: after which step it was bad for good, in which step that was seen, and the
 * map, older than the extent, under which the losing step worked.
 */
import { isAbandonedBlock } from "../../check/accounting.js";
import { isBacked } from "../../check/backing.js";
import { isCoherent } from "../../check/content.js";
import type { Engine } from "../run/engine.js";

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

/** Judged after every step; a locked folio leaves the question open. */
export class Fate {
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

  staleMap(steps: readonly { readonly thread: number }[], end: number): StaleMap | undefined {
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
