/**
 * Runs schedules of one program on one kernel: setup once, then from its snapshot one run after the other, each
 * driven by a strategy and ended by the drain (write everything back, evict, compare). Allocates nothing per run.
 */

import { judgeReservations } from "../../check/accounting.js";
import { judgeCache, judgeDisk } from "../../check/content.js";
import { Oracles } from "../../check/oracles.js";
import { judgeDeadlock, judgeLivelock, judgeLockOrder } from "../../check/progress.js";
import { Verdict } from "../../check/violations.js";
import { Checks, checkIndex } from "../../kernel/machine/checks.js";
import { Choice, type Chooser, DEFAULT_CHOOSER } from "../../kernel/machine/choices.js";
import { Kernel, type Tracer } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { Reg, type StateArray } from "../../kernel/machine/layout.js";
import { type KernelOp, type KernelProgram, kernelOp } from "../../kernel/machine/program.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { continuations, GO_ON, labelAt, RUN, STOP, WHEN } from "../../kernel/paths/index.js";
import { enterOp } from "../../kernel/paths/system-call.js";
import type { Fixes } from "../../kernel/versions/fixes.js";
import { ASK, MOST_IN_MASK, RECLAIM_BIT, type Strategy, type View } from "../strategies/strategy.js";
import { grown } from "./growing-arrays.js";
import { Laps } from "./laps.js";

/**
 * More steps than so many operations of the program can need: each takes a few per block, and does some again for each change
 * of an extent by another thread, of which every operation makes a few per block; faults and evictions are limited by their
 * budgets. What goes on after that goes round in circles.
 */
function stepLimit({ geometry, threads }: KernelProgram, operations: number): number {
  return 20_000 + 32 * operations * (geometry.blocks + 8) * (threads.length + 1);
}

/** Makes the steps of a run and judges its end: the machine, or who knows what the machine would do. */
export interface Runner extends View {
  /** Goes to where runs start. */
  reset(): void;
  step(thread: number, chooser: Chooser): void;
  /** Judges the end; what `Engine.atEnd` says of it. */
  finish(): number;
}

export class Engine implements Runner {
  readonly k: Kernel;
  readonly oracles = new Oracles();
  readonly verdict: Verdict;
  /** Threads that schedules choose between: program threads, kworkers, reclaim. */
  readonly schedulable: number;
  readonly reclaim: number;
  /** Raw decisions of the last run: thread indices, each followed by what its step chose. `decisions` are valid. */
  log = new Uint16Array(32);
  decisions = 0;
  /** Steps of the last run, without setup and drain. */
  steps = 0;
  /** Times that the machine was put back to its start. */
  starts = 0;
  /** Steps that were computed since the start, those of drains included. */
  computed = 0;
  /** Kinds of choices that steps have asked for, or could have, since the start: a mask over Choice. */
  offered = 0;
  /** Looks at the state that a run ended in, before the drain; what it says stands in `endValue` after the run. */
  atEnd: () => number = () => 0;
  endValue = 0;
  readonly #continuation: Uint8Array;
  /** Where some thread repeats. */
  readonly laps: Laps | undefined;
  /** Where each thread's program counter lies in the state. */
  readonly pcAt: Int32Array;
  readonly #start: StateArray;
  /** i_size after the setup, in cells. */
  readonly startSize: number;
  readonly #setupVerdict = new Verdict();
  readonly #drain: readonly KernelOp[];
  readonly #mostSteps: number;
  #strategy: Strategy | null = null;

  /** Builds the machine and runs the setup; `tracer` watches it. */
  constructor(program: KernelProgram, fixes: Fixes, fine = false, tracer: Tracer | null = null) {
    this.verdict = this.oracles.verdict;
    this.k = new Kernel(program, fixes, this.oracles, fine);
    this.#continuation = continuations(fixes, fine);
    this.pcAt = new Int32Array(this.k.layout.threads.map((t) => t.base + Reg.PC));
    this.schedulable = this.k.layout.harness;
    this.reclaim = this.k.layout.reclaim;
    this.#mostSteps = stepLimit(program, program.threads.flat().length);
    this.#drain = [kernelOp("fsync", 0, program.geometry.cells)];
    this.k.tracer = tracer;
    this.#runHarness(program.setup);
    this.k.tracer = null;
    for (let i = 0; i < program.threads.length; i++) enterOp(this.k, this.k.threads[i]!);
    this.k.grantBudgets();
    if (this.k.evictionsLeft > 0) this.k.threads[this.reclaim]!.pc = Pc.K_RECLAIM;
    this.#start = this.k.s.slice();
    this.startSize = this.k.isize;
    this.#setupVerdict.copyFrom(this.verdict);
    if (program.repeats !== undefined) this.laps = new Laps(this);
  }

  /** Back to the state after setup. */
  reset(): void {
    this.putBack();
    this.forgetRun();
  }

  /** The state is as it was after setup. */
  putBack(): void {
    this.k.s.set(this.#start);
    this.starts++;
  }

  /** What stands beside the state is as it was after setup. */
  forgetRun(): void {
    this.verdict.copyFrom(this.#setupVerdict);
    this.k.lockOrder.reset();
    this.decisions = 0;
    this.steps = 0;
  }

  thread(index: number): Thread {
    return this.k.threads[index]!;
  }

  isEnabled(index: number): boolean {
    const pc = this.k.s[this.pcAt[index]!]!;
    if (pc === 0) return false;
    const when = WHEN[pc]!;
    return when === null || when(this.k, this.k.threads[index]!);
  }

  /** Whether the thread repeats and stands between two laps: it is not in the way of others. */
  rests(index: number): boolean {
    return this.k.s[this.pcAt[index]!]! === Pc.LAP;
  }

  get enabled(): number {
    const { k, pcAt } = this;
    const { s, threads } = k;
    const busy = this.#busyThreads;
    let mask = this.isEnabled(this.reclaim) ? RECLAIM_BIT : 0;
    for (let i = 0; i < busy; i++) {
      const pc = s[pcAt[i]!]!;
      if (pc === 0) continue;
      const when = WHEN[pc]!;
      if (when !== null && !when(k, threads[i]!)) continue;
      if (i >= MOST_IN_MASK) return ASK;
      mask |= 1 << i;
    }
    return mask;
  }

  /** Threads from this one on are idle, but for reclaim. */
  get #busyThreads(): number {
    return this.k.layout.programThreads + this.k.usedKworkers;
  }

  /** One scheduler step: the thread runs to its next interleaving point; `chooser` is the environment meanwhile. */
  step(index: number, chooser: Chooser = DEFAULT_CHOOSER): void {
    const { k } = this;
    if (Checks.ON) checkIndex("thread", index, k.threads.length);
    k.chooser = chooser;
    const t = k.threads[index]!;
    const at = this.pcAt[index]!;
    this.computed++;
    let pc = k.s[at]!;
    if (pc === Pc.LAP) {
      RUN[pc]!(k, t);
      pc = k.s[at]!;
    }
    for (;;) {
      if (k.tracer !== null) k.tracer.step(t, labelAt(k, t, pc));
      RUN[pc]!(k, t);
      pc = k.s[at]!;
      const next = this.#continuation[pc];
      if (next === STOP || (next !== GO_ON && !WHEN[pc]!(k, t))) break;
    }
    if (pc === Pc.LAP) this.laps?.judge();
  }

  /** Runs one schedule to its end and judges it; the verdict stands in `verdict`. `runner` makes its steps. */
  run(strategy: Strategy, runner: Runner = this): void {
    runner.reset();
    this.#strategy = strategy;
    strategy.begin(runner);
    let last = -1;
    for (;;) {
      const next = strategy.next(runner, last);
      if (next < 0) break;
      this.record(next);
      // A choice of one page asks nobody.
      if (next === this.reclaim) this.offered |= 1 << Choice.EVICT;
      runner.step(next, this);
      last = next;
      if (++this.steps >= this.#mostSteps) {
        judgeLivelock(this.verdict, 0, next);
        break;
      }
    }
    this.endValue = runner.finish();
  }

  /** Answers a step's choice through the strategy and records it. */
  choose(kind: number, options: number): number {
    const value = this.#strategy!.choose(kind, options);
    this.offered |= 1 << kind;
    this.record(value);
    return value;
  }

  record(decision: number): void {
    this.log = grown(this.log, this.decisions + 1);
    this.log[this.decisions++] = decision;
  }

  /** Judges the end of a schedule: the order of its locks and the state it left. */
  finish(): number {
    judgeLockOrder(this.k, this.verdict);
    return this.judgeEnd();
  }

  /** Judges the state at the end of a schedule: deadlock, cache, drain, disk, accounting. */
  judgeEnd(): number {
    const { k } = this;
    const value = this.atEnd();
    const busy = this.#busyThreads;
    for (let i = 0; i < busy; i++) {
      if (k.threads[i]!.pc !== 0 && !this.rests(i)) {
        judgeDeadlock(this.verdict, i);
        return value;
      }
    }
    this.laps?.judgeEnd();
    judgeCache(k, this.verdict);
    k.withdrawBudgets();
    k.draining = true;
    this.#runHarness(this.#drain);
    k.draining = false;
    judgeDisk(k, this.verdict);
    judgeReservations(k, this.verdict);
    return value;
  }

  /** Runs operations one after the other on the harness, each with all that it starts. */
  #runHarness(ops: readonly KernelOp[]): void {
    const { k } = this;
    const { harness } = k;
    k.harnessOps = ops;
    harness.op = 0;
    enterOp(k, harness);
    for (let left = stepLimit(k.program, ops.length); left > 0; left--) {
      const before = harness.op;
      if (this.isEnabled(harness.index)) {
        this.step(harness.index);
        if (harness.op === before && harness.pc !== 0) continue;
      }
      this.completeAll();
      if (harness.pc === 0) return;
    }
    judgeDeadlock(this.verdict, harness.index);
  }

  /** The first kworker that could run, or -1. */
  enabledKworker(): number {
    for (let i = this.k.layout.programThreads; i < this.reclaim; i++) if (this.isEnabled(i)) return i;
    return -1;
  }

  /** Completes all I/O; whether there was any. */
  completeAll(): boolean {
    let any = false;
    for (let i = this.k.layout.programThreads; i < this.#busyThreads; i++) {
      while (this.isEnabled(i)) {
        this.step(i);
        any = true;
      }
    }
    return any;
  }
}
