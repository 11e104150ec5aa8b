/**
 * A run as a script: who ran how far, with threads by name, kworkers by the bytes they complete, and ends of stretches
 * by where the thread stood. A script survives edits of the program that choices do not.
 */
import { defaultThread } from "../explore/run/default-thread.js";
import type { Engine } from "../explore/run/engine.js";
import { watchRun } from "../explore/run/replay.js";
import type { Subject } from "../explore/run/subject.js";
import type { Strategy } from "../explore/strategies/strategy.js";
import { CHOICE_NAMES } from "../kernel/machine/choices.js";
import { cellOfBlock, startByte } from "../kernel/machine/geometry.js";
import { END, type OpPlace, type ProgramCandidate } from "./edit.js";

/** Where a thread stood when another took over. */
export interface Stop {
  readonly pc: number;
  readonly op: number;
  readonly byte: number;
  /** Any place in the operation will do. */
  readonly anywhere: boolean;
}

export interface Stretch {
  /** Name of a program thread, `reclaim`, or `kworker` with `byte`. */
  readonly thread: string;
  readonly byte: number;
  readonly steps: number;
  /** Values that the environment chose within, by kind. */
  readonly answers: readonly (readonly number[])[];
  /** Absent: the thread ran to its end. */
  readonly stop?: Stop | undefined;
}

export type Script = readonly Stretch[];

/** Another schedule for the same program. */
export type ScheduleCandidate =
  | { readonly choices: readonly number[] }
  | { readonly script: Script; readonly exact: boolean };

function byteOf(engine: Engine, index: number): number {
  const { k } = engine;
  const { pos } = engine.thread(index);
  const isWorker = index >= k.layout.programThreads && index < engine.reclaim;
  const cell = isWorker ? cellOfBlock(k.g, Math.min(pos, k.g.blocks)) : pos;
  return startByte(k.g, cell);
}

/** Writes down the run of `choices`. */
export function scriptOf(subject: Subject, choices: readonly number[]): Script {
  const { engine, scenario } = subject;
  const { programThreads } = engine.k.layout;
  const script: { -readonly [K in keyof Stretch]: Stretch[K] }[] = [];
  let stretch: (typeof script)[number] | undefined;
  let answers: number[][] = [];
  watchRun(engine, choices, {
    step: (thread, last) => {
      if (stretch !== undefined && thread !== last && last !== engine.reclaim) {
        const { pc, op } = engine.thread(last);
        const stop = { pc, op: last < programThreads ? op : 0, byte: byteOf(engine, last), anywhere: false };
        if (pc !== 0) stretch.stop = stop;
      }
      if (thread < 0) return;
      if (thread !== last) {
        const name = thread === engine.reclaim ? "reclaim" : (scenario.threads[thread]?.name ?? "kworker");
        answers = CHOICE_NAMES.map(() => []);
        stretch = { thread: name, byte: byteOf(engine, thread), steps: 0, answers };
        script.push(stretch);
      }
      if (stretch !== undefined) stretch.steps++;
    },
    answered: (kind, value) => answers[kind]?.push(value),
  });
  return script;
}

/** The script for an edited program. */
export function carryOver(script: Script, { place, byte }: ProgramCandidate): Script {
  if (place === undefined && byte === undefined) return script;
  return script.map((s) => {
    const { stop, ...moved } = { ...s, byte: byte?.(s.byte) ?? s.byte };
    if (s.thread === "kworker" || s.thread === "reclaim")
      return stop === undefined ? moved : { ...moved, stop };
    const at = { thread: s.thread, op: stop?.op ?? END };
    const to: OpPlace = place?.(at) ?? at;
    if (to.op === END) return { ...moved, thread: to.thread };
    return {
      ...moved,
      thread: to.thread,
      stop: {
        pc: stop?.pc ?? 0,
        op: to.op,
        byte: stop === undefined ? 0 : (byte?.(stop.byte) ?? stop.byte),
        anywhere: to.gone ?? false,
      },
    };
  });
}

/** Follows a script: each stretch to its stop (`exact`: for its number of steps); a stretch whose thread is not
 * there or waits is left out. The default order goes on after the end. */
export class FollowScript implements Strategy {
  readonly name = "script";
  readonly #script: Script;
  readonly #exact: boolean;
  readonly #names: ReadonlyMap<string, number>;
  #at = 0;
  #ran = 0;
  #queues: number[][] = [];

  constructor(subject: Pick<Subject, "scenario">, script: Script, exact: boolean) {
    this.#script = script;
    this.#exact = exact;
    this.#names = new Map(subject.scenario.threads.map((t, i) => [t.name, i]));
  }

  begin(): void {
    this.#at = 0;
    this.#enter();
  }

  next(engine: Engine, last: number): number {
    for (; ; this.#at++, this.#enter()) {
      const stretch = this.#script[this.#at];
      if (stretch === undefined) return defaultThread(engine, last);
      const index = this.#indexOf(engine, stretch);
      if (index < 0 || !engine.isEnabled(index)) continue;
      if (this.#exact ? this.#ran >= stretch.steps : this.#hasArrived(engine, index, stretch)) continue;
      this.#ran++;
      return index;
    }
  }

  choose(kind: number, options: number): number {
    const value = this.#queues[kind]?.shift() ?? 0;
    return value < options ? value : 0;
  }

  #enter(): void {
    this.#ran = 0;
    this.#queues = this.#script[this.#at]?.answers.map((values) => [...values]) ?? [];
  }

  #hasArrived(engine: Engine, index: number, { stop, steps, thread }: Stretch): boolean {
    if (thread === "reclaim") return this.#ran >= steps;
    if (stop === undefined) return false;
    const t = engine.thread(index);
    // Of laps there is no telling which one it was.
    if (engine.k.repeats(t)) return this.#ran >= steps;
    if (index >= engine.k.layout.programThreads) return t.pc === stop.pc;
    if (t.op !== stop.op) return t.op > stop.op;
    return stop.anywhere || (t.pc === stop.pc && byteOf(engine, index) === stop.byte);
  }

  #indexOf(engine: Engine, { thread, byte }: Stretch): number {
    const named = this.#names.get(thread);
    if (named !== undefined) return named;
    if (thread === "reclaim") return engine.reclaim;
    if (thread !== "kworker") return -1;
    let covering = -1;
    for (let i = engine.k.layout.programThreads; i < engine.reclaim; i++) {
      if (!engine.isEnabled(i)) continue;
      const first = byteOf(engine, i);
      if (first === byte) return i;
      if (covering < 0 || first < byte) covering = i;
    }
    return covering;
  }
}
