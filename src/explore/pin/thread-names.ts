/**
 * What schedules written by people refer to: threads by name, and the kernel functions that a thread would run next,
 * with the byte offset that each would work at. The next functions are found by running the thread's next step on the
 * real state and putting everything back, so they are exactly those that a trace would show.
 */
import { Verdict } from "../../check/violations.js";
import type { Chooser } from "../../kernel/machine/choices.js";
import { boundaryByte } from "../../kernel/machine/geometry.js";
import type { Kernel, Tracer } from "../../kernel/machine/kernel.js";
import { LABEL_NAMES, Pc } from "../../kernel/machine/labels.js";
import { BUDGET_EVICTIONS } from "../../kernel/machine/program.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FUNCTIONS } from "../../kernel/paths/index.js";
import type { StepRef, ThreadSpec } from "../../scenario/types.js";
import type { Engine } from "../run/engine.js";

/** No thread of that name can ever run in this program. */
export const UNKNOWN = -1;
/** A kworker whose ioend was not submitted yet. */
export const UNBORN = -2;
/** A kworker that has finished. */
export const GONE = -3;

const KWORKER = /^kworker\/([1-9]\d*)$/;
const AMBIENT = /^writeback\/([1-9]\d*)$/;

/** The names of an engine's threads during one run; kworkers are numbered by birth. */
export class ThreadNames {
  readonly #names: readonly string[];
  readonly #slots = new Map<number, number>();
  #workers: Int32Array = new Int32Array(0);
  #births = 0;

  constructor(threads: readonly Pick<ThreadSpec, "name">[]) {
    this.#names = threads.map((t) => t.name);
  }

  begin(engine: Engine): void {
    this.#workers = new Int32Array(engine.reclaim);
    this.#slots.clear();
    this.#births = 0;
  }

  /** Notes which kworkers were born and which finished; to be called between any two steps. */
  observe(engine: Engine): void {
    for (let i = engine.k.layout.programThreads; i < engine.reclaim; i++) {
      const worker = this.#workers[i]!;
      if (engine.k.threads[i]!.pc === Pc.DONE) {
        if (worker !== 0) this.#slots.delete(worker);
        this.#workers[i] = 0;
      } else if (worker === 0) {
        this.#workers[i] = ++this.#births;
        this.#slots.set(this.#births, i);
      }
    }
  }

  nameOf(engine: Engine, index: number): string {
    if (index === engine.reclaim) return "reclaim";
    if (index < this.#names.length) return this.#names[index]!;
    if (index < engine.k.layout.programThreads) return `writeback/${index - this.#names.length + 1}`;
    return `kworker/${this.#workers[index]}`;
  }

  /** The thread index behind a name, or UNKNOWN, UNBORN or GONE. */
  indexOf(engine: Engine, name: string): number {
    const index = this.#names.indexOf(name);
    if (index >= 0) return index;
    if (name === "reclaim") return engine.k.program.budget[BUDGET_EVICTIONS]! > 0 ? engine.reclaim : UNKNOWN;
    const ambient = AMBIENT.exec(name);
    if (ambient !== null) {
      const at = this.#names.length + Number(ambient[1]) - 1;
      return at < engine.k.layout.programThreads ? at : UNKNOWN;
    }
    const kworker = KWORKER.exec(name);
    if (kworker === null) return UNKNOWN;
    const birth = Number(kworker[1]);
    return this.#slots.get(birth) ?? (birth <= this.#births ? GONE : UNBORN);
  }
}

/** A kernel function that a thread would run, and the byte offset that it would work at. */
export interface Call {
  readonly fn: string;
  readonly pc: number;
  readonly at: number;
}

export function matches(call: Call, ref: Pick<StepRef, "step" | "at">): boolean {
  return call.fn === ref.step && (ref.at === undefined || ref.at === call.at);
}

/** Looks one scheduler step ahead without changing anything. */
export class Lookahead {
  readonly #engine: Engine;
  readonly #state: Kernel["s"];
  readonly #verdict = new Verdict();
  readonly #edges: Uint8Array;
  readonly #windows: Uint32Array;

  constructor(engine: Engine) {
    const { k } = engine;
    this.#engine = engine;
    this.#state = k.s.slice();
    this.#edges = k.lockOrder.edges.slice();
    this.#windows = k.windows.slice();
  }

  /** What the thread's next step would call, the environment answering by `chooser`; of a thread that waits, only
   * the function that it waits in. */
  callsOf(index: number, chooser: Chooser): readonly Call[] {
    const engine = this.#engine;
    const { k } = engine;
    const t = k.threads[index]!;
    if (t.pc === Pc.DONE) return [];
    if (!engine.isEnabled(index)) return [{ fn: FUNCTIONS[t.pc]!, pc: t.pc, at: positionOf(k, t, t.pc) }];
    const { chooser: realChooser, tracer: realTracer } = k;
    const sequence = k.extents.sequence;
    this.#state.set(k.s);
    this.#edges.set(k.lockOrder.edges);
    this.#windows.set(k.windows);
    this.#verdict.copyFrom(engine.verdict);
    const recorder = new CallRecorder(k);
    k.chooser = chooser;
    k.tracer = recorder;
    engine.step(index);
    k.chooser = realChooser;
    k.tracer = realTracer;
    k.extents.sequence = sequence;
    k.s.set(this.#state);
    k.lockOrder.edges.set(this.#edges);
    k.windows.set(this.#windows);
    engine.verdict.copyFrom(this.#verdict);
    return recorder.calls;
  }
}

/** Writes down the functions that run, as a trace does. */
export class CallRecorder implements Tracer {
  readonly calls: Call[] = [];
  readonly #k: Kernel;
  #noted = false;

  constructor(k: Kernel) {
    this.#k = k;
  }

  step(t: Thread, pc: number): void {
    const last = this.calls.at(-1);
    // A store that turns out to be a fault renames the call that has just begun.
    const renames = last !== undefined && !this.#noted && isAccess(last.pc) && isAccess(pc);
    if (renames) this.calls.pop();
    this.calls.push({ fn: FUNCTIONS[pc]!, pc, at: positionOf(this.#k, t, pc) });
    this.#noted = false;
  }

  note(): void {
    this.#noted = true;
  }
}

function isAccess(pc: number): boolean {
  return pc >= Pc.S_FAULT && pc <= Pc.L_LOAD && pc !== Pc.S_READ_MAP && pc !== Pc.L_READ_MAP;
}

type Place = "cell" | "zero" | "truncate" | "punch" | "page" | "block";

/** Which register says where the step at each label works. */
const PLACES: readonly Place[] = LABEL_NAMES.map((name) => {
  if (/^Z_/.test(name)) return "zero";
  if (/^T_/.test(name)) return "truncate";
  if (/^P_|^S_MKWRITE_NEXT$/.test(name)) return "punch";
  if (/^B_(LOOKUP|CONVERT|DISCARD)/.test(name)) return "block";
  if (/^B_(?!START|RETURN)/.test(name)) return "page";
  return "cell";
});

/** The byte offset that thread `t` works at in the step at label `pc`. */
function positionOf(k: Kernel, t: Thread, pc: number): number {
  if (t.index === k.layout.reclaim) return 0;
  if (t.index >= k.layout.programThreads && t.index < k.layout.reclaim) return blockByte(k, t.ioStart);
  switch (PLACES[pc]!) {
    case "zero":
      return cellByte(k, t.zeroPos);
    case "truncate":
      return pageByte(k, t.truncPage);
    case "punch":
      return blockByte(k, t.punchFrom);
    case "block":
      return blockByte(k, t.wbBlock);
    case "page":
      return pageByte(k, t.wbPage);
    default:
      return cellByte(k, t.pos);
  }
}

function cellByte(k: Kernel, cell: number): number {
  return cell >= k.g.cells ? boundaryByte(k.g, k.g.cells) : k.g.cellStart[cell]!;
}
function blockByte(k: Kernel, block: number): number {
  return cellByte(k, k.g.blockCell[Math.min(block, k.g.blocks)]!);
}
function pageByte(k: Kernel, page: number): number {
  return cellByte(k, k.g.pageCell[Math.min(page, k.g.pages)]!);
}
