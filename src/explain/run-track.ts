/**
 * What of a run counts beside the machine's state when its steps are spoken of by name: which of the events have
 * happened, which kworkers were born, and which choices of the environment were not the default.
 */

import { ThreadNames } from "../explore/pin/thread-names.js";
import type { Engine } from "../explore/run/engine.js";
import { CHOICE_NAMES, Choice } from "../kernel/machine/choices.js";
import type { Tracer } from "../kernel/machine/kernel.js";
import type { Thread } from "../kernel/machine/thread.js";
import { placeOf } from "../kernel/paths/index.js";
import { stepNames } from "../kernel/paths/step-names.js";
import type { Scenario } from "../scenario/types.js";
import type { RunEvent } from "./run-events.js";

/** Events per word of bits. */
const WORD = 30;

export class RunTrack implements Tracer {
  /** All of it, as numbers that may be saved, restored and compared. */
  readonly beside: Int32Array;
  /** Bits of the events that have happened, WORD to a word. */
  readonly happened: Int32Array;
  /** Per kind of choice, a number of where and how often it was not the default. */
  readonly answers: Int32Array;
  /** Events of the step that was watched last, in the order in which they happened. */
  fresh: number[] = [];
  readonly names: ThreadNames;
  readonly #engine: Engine;
  readonly #events: readonly RunEvent[];
  #running = "";
  /** Which thread stands at which label. */
  #at = 0;

  constructor(engine: Engine, { threads }: Pick<Scenario, "threads">, events: readonly RunEvent[]) {
    this.#engine = engine;
    this.#events = events;
    const births = engine.reclaim + 1;
    const words = Math.ceil(events.length / WORD);
    this.beside = new Int32Array(births + words + CHOICE_NAMES.length);
    this.happened = this.beside.subarray(births, births + words);
    this.answers = this.beside.subarray(births + words);
    this.names = new ThreadNames(threads, this.beside.subarray(0, births));
  }

  begin(): void {
    this.beside.fill(0);
    this.names.observe(this.#engine);
  }

  /** The thread is about to make a step. */
  watch(thread: number): void {
    this.#running = this.names.nameOf(this.#engine, thread);
    this.fresh = [];
    this.#engine.k.tracer = this;
  }

  /** The step was made. */
  settle(): void {
    this.#engine.k.tracer = null;
    this.names.observe(this.#engine);
  }

  step(t: Thread, pc: number): void {
    const { k } = this.#engine;
    this.#at = Math.imul(pc + 1024 * (t.index + 1), 0x85ebca6b) + placeOf(k, t, pc);
    const { aliases } = stepNames(k.fixes)[pc]!;
    for (let e = 0; e < this.#events.length; e++) {
      const { thread, step, at } = this.#events[e]!.ref;
      if (thread !== this.#running || !aliases.has(step)) continue;
      const word = Math.trunc(e / WORD);
      const bit = 1 << (e % WORD);
      if ((this.happened[word]! & bit) !== 0 || (at !== undefined && at !== placeOf(k, t, pc))) continue;
      this.happened[word]! |= bit;
      this.fresh.push(e);
    }
  }

  note(): void {}

  /** The environment has answered. Which page goes is no fault. */
  answered(kind: number, value: number): void {
    if (value === 0 || kind === Choice.EVICT) return;
    this.answers[kind] = Math.imul(this.answers[kind]! ^ value, 0x9e3779b1) + this.#at;
  }
}

/** Whether event `e` is among these bits. */
export function hasHappened(bits: Int32Array, e: number): boolean {
  return (bits[Math.trunc(e / WORD)]! & (1 << (e % WORD))) !== 0;
}
