/**
 * What schedules written by people refer to: threads by name, and the kernel functions that a thread would run next,
 * with the byte offset that each would work at. The next functions are found by running the thread's next step on the
 * real state and putting everything back, so they are exactly those that a trace would show.
 */
import { Choice, type Chooser } from "../../kernel/machine/choices.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { StepRef, ThreadSpec } from "../../scenario/types.js";
import type { Engine } from "../run/engine.js";
import { snapshotOf } from "../run/machine-snapshot.js";
import { type Call, CallRecorder, callOf } from "./calls.js";
import { Kworkers } from "./kworkers.js";

/** No thread of that name can ever run in this program. */
export const UNKNOWN = -1;
/** A kworker whose ioend was not submitted yet. */
export const UNBORN = -2;
/** A kworker that has finished. */
export const GONE = -3;

const KWORKER = /^kworker\/([1-9]\d*)$/;

export function isKworker(name: string): boolean {
  return KWORKER.test(name);
}

/** The names of an engine's threads during one run; kworkers are numbered by birth. */
export class ThreadNames extends Kworkers {
  readonly #names: readonly string[];

  /** `births` may be part of something that is saved and restored (kworkers.ts). */
  constructor(threads: readonly Pick<ThreadSpec, "name">[], births?: Int32Array) {
    super(births);
    this.#names = threads.map((t) => t.name);
  }

  nameOf(engine: Engine, index: number): string {
    if (index === engine.reclaim) return "reclaim";
    if (index < this.#names.length) return this.#names[index]!;
    return `kworker/${this.numberOf(index)}`;
  }

  /** The thread index behind a name, or UNKNOWN, UNBORN or GONE. */
  indexOf(engine: Engine, name: string): number {
    const index = this.#names.indexOf(name);
    if (index >= 0) return index;
    if (name === "reclaim") return engine.k.program.budget[Choice.EVICT]! > 0 ? engine.reclaim : UNKNOWN;
    const kworker = KWORKER.exec(name);
    if (kworker === null) return UNKNOWN;
    const number = Number(kworker[1]);
    return this.threadOf(number) ?? (number <= this.births ? GONE : UNBORN);
  }
}

export function matches(call: Call, ref: Pick<StepRef, "step" | "at">): boolean {
  return call.aliases.has(ref.step) && (ref.at === undefined || ref.at === call.at);
}

/**
 * Looks one scheduler step ahead without changing anything: what the thread's next step would call, the environment
 * answering by `chooser`; of a thread that waits, only the function that it waits in.
 */
export type Lookahead = (index: number, chooser: Chooser) => readonly Call[];

export function lookahead(engine: Engine): Lookahead {
  const { k } = engine;
  const before = snapshotOf(engine);
  return (index, chooser) => {
    const t = engine.thread(index);
    if (t.pc === Pc.DONE) return [];
    if (!engine.isEnabled(index)) return [callOf(k, t, t.pc)];
    before.save();
    const recorder = new CallRecorder(k);
    k.tracer = recorder;
    engine.step(index, chooser);
    before.restore();
    return recorder.calls;
  };
}
