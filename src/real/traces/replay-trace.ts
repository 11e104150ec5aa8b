/**
 * Runs a recorded trace on the kernel model: operation by operation, with what ran at a writer's stop, and with the
 * recorder's own reads and drops after each. The model is never set right in between.
 */

import { Oracles } from "../../check/oracles.js";
import { Engine } from "../../explore/run/engine.js";
import { LINUX_ERRNO } from "../../kernel/machine/errors.js";
import { boundaryByte, cellOfPage, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { type DiskExtent, type KernelOp, kernelOp } from "../../kernel/machine/program.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import { Value } from "../../kernel/objects/values.js";
import { functionAt } from "../../kernel/paths/step-names.js";
import { enterOp } from "../../kernel/paths/system-call.js";
import type { Fixes } from "../../kernel/versions/fixes.js";
import type { ByteRange } from "../../scenario/types.js";
import type { StartDisk } from "./recording-disk.js";
import { isAtStop } from "./trace-calls.js";
import type { InnerOp, TraceFile } from "./trace-format.js";
import { INNER_THREAD, MAIN_THREAD, type ReplayProgram, replayProgram } from "./trace-program.js";

/** A byte that nobody filled; other negative values are never recorded. */
export const UNINITIALISED_BYTE = -1;

interface ObservedInner {
  readonly size: number;
  /** One letter per recorded page. */
  readonly res: string;
}

/** What the model shows after one operation, in the terms of the recording. */
export interface Observed {
  readonly ret: number;
  readonly err: number;
  readonly stops: number;
  readonly inner: readonly ObservedInner[];
  readonly size: number;
  readonly ext: readonly (readonly [number, number, "W" | "U" | "D"])[];
  readonly res: string;
  /** One value per byte up to `size`. */
  readonly contents: Int16Array;
}

/** The model cannot go on: a thread waits for what nobody will do. */
export class Stuck extends Error {}

/** What the last call of the main thread returned. */
class Results extends Oracles {
  done = 0;
  status = 0;

  override returned(k: Kernel, t: Thread, done: number, status: number): void {
    super.returned(k, t, done, status);
    if (t.index !== MAIN_THREAD) return;
    this.done = done;
    this.status = status;
  }
}

interface ReplayOptions {
  readonly fixes: Fixes;
  readonly disk: StartDisk;
  /** Whether the recorder could see by cachestat what is cached but not uptodate, and so drop it again. */
  readonly cachestat: boolean;
}

/** The state numbers them in 16 bits. */
const MOST_CELLS = 60_000;
const MOST_STEPS = 1_000_000;

export class TraceReplay {
  readonly #trace: TraceFile;
  readonly #replay: ReplayProgram;
  readonly #engine: Engine;
  readonly #results = new Results();
  readonly #cachestat: boolean;
  /** Of which the residency is recorded. */
  readonly #pages: number;
  #next = 0;

  constructor(trace: TraceFile, options: ReplayOptions) {
    this.#trace = trace;
    this.#replay = replayProgram(trace, options.disk);
    this.#engine = new Engine(this.#replay.program, options.fixes);
    this.#engine.k.judge = this.#results;
    this.#cachestat = options.cachestat;
    this.#pages = trace.ops.reduce((most, op) => Math.max(most, op.res.length), 0);
  }

  /** Runs the next operation; `steps` receives what the model did, one line per kernel function. */
  step(steps?: string[]): Observed {
    const { k } = this.#engine;
    const op = this.#trace.ops[this.#next];
    const replay = this.#replay.ops[this.#next];
    if (k.g.cells > MOST_CELLS) throw new Stuck("bytes move, and part in too many places");
    if (op === undefined || replay === undefined) throw new RangeError("the trace has no more operations");
    this.#next++;
    const inner: ObservedInner[] = [];
    let stops = 0;
    if (steps !== undefined) k.tracer = collector(k, steps);
    const t = this.#engine.thread(MAIN_THREAD);
    const from = op.op === "append" ? k.isize : t.pos;
    this.#results.status = 0;
    const atStop = (): void => {
      stops++;
      if (op.op !== "wstop") return;
      for (const [n, i] of op.inner.entries()) inner.push(this.#inner(i, replay.inner[n]?.length ?? 0));
    };
    let { done, status } = this.#results;
    for (let i = 0; i < replay.calls.length; i++) {
      this.#call(t, replay.stop, atStop);
      // Of several calls the first is the one that is recorded, and the error is that of the last.
      if (i === 0 || !("ret" in op)) ({ done, status } = this.#results);
    }
    if (op.op === "mstore") this.#munmap();
    const written = replay.calls.length === 0 ? 0 : this.#byte(done) - this.#byte(from);
    const failed = status !== 0 && (done <= from || !("ret" in op));
    k.tracer = null;
    return {
      ret: failed ? -1 : written,
      err: failed ? (LINUX_ERRNO[status] ?? status) : 0,
      stops,
      inner,
      size: this.#byte(k.isize),
      ext: this.#extents(),
      res: this.#residency(),
      // Last: reading changes what is cached.
      contents: this.#readAll(),
    };
  }

  /** The recorder's end: fsync, and the file is removed. Returns the disk blocks that are busy then. */
  unlink(): readonly DiskExtent[] {
    const { k } = this.#engine;
    this.#auxiliary(kernelOp("fsync", 0, k.g.cells));
    return k.extents.unlink();
  }

  #inner(op: InnerOp, calls: number): ObservedInner {
    const t = this.#engine.thread(INNER_THREAD);
    for (let i = 0; i < calls; i++) this.#call(t);
    if (op.op === "mstore") this.#munmap();
    return { size: this.#byte(this.#engine.k.isize), res: this.#residency() };
  }

  /** Runs one operation of the thread to its return, with all the I/O that it starts. */
  #call(t: Thread, stop?: ByteRange, atStop?: () => void): void {
    const engine = this.#engine;
    const op = t.op;
    let ahead = stop;
    for (let steps = 0; t.op === op && t.pc !== Pc.DONE; steps++) {
      if (steps > MOST_STEPS) throw new Stuck("an operation does not end");
      if (ahead !== undefined && isAtStop(engine.k, t, ahead)) {
        ahead = undefined;
        atStop?.();
      }
      if (engine.isEnabled(t.index)) engine.step(t.index);
      else if (!engine.completeAll())
        throw new Stuck(`nothing lets ${functionAt(engine.k.fixes, t.pc)} go on`);
    }
    engine.completeAll();
  }

  /** One operation of the recorder itself. */
  #auxiliary(op: KernelOp): void {
    const { k } = this.#engine;
    k.harnessOps = [op];
    k.harness.op = 0;
    enterOp(k, k.harness);
    this.#call(k.harness);
  }

  #munmap(): void {
    const { k } = this.#engine;
    for (let p = 0; p < k.g.pages; p++) k.folios.unmap(p);
  }

  /** Reads the file page by page, dropping again what was not cached; returns the bytes. */
  #readAll(): Int16Array {
    const { k } = this.#engine;
    const { g, folios } = k;
    const contents = new Int16Array(this.#byte(k.isize));
    for (let p = 0; p < k.pageRoundUp(k.isize); p++) {
      const from = cellOfPage(g, p);
      const to = cellOfPage(g, p + 1);
      const uptodate = folios.has(p, FolioFlag.PRESENT | FolioFlag.UPTODATE);
      const wasCached = this.#cachestat ? folios.has(p, FolioFlag.PRESENT) : uptodate || g.blocksPerPage > 1;
      this.#auxiliary(kernelOp("read", from, to));
      for (let c = from; c < Math.min(to, k.isize); c++) {
        contents.fill(byteOf(folios.cell(c), k.fixes), startByte(g, c), boundaryByte(g, c + 1));
      }
      if (!wasCached) this.#auxiliary(kernelOp("fadvise", from, to));
    }
    return contents;
  }

  #extents(): [number, number, "W" | "U" | "D"][] {
    const { g, extents } = this.#engine.k;
    const found: [number, number, "W" | "U" | "D"][] = [];
    for (let b = 0; b < g.blocks; b++) {
      const type = ([undefined, "D", "U", "W"] as const)[extents.type(b)];
      if (type === undefined) continue;
      const at = b * g.blockSize;
      const last = found.at(-1);
      if (last !== undefined && last[2] === type && last[0] + last[1] === at) last[1] += g.blockSize;
      else found.push([at, g.blockSize, type]);
    }
    return found;
  }

  #residency(): string {
    const { folios } = this.#engine.k;
    return Array.from({ length: this.#pages }, (_, p) => {
      if (!folios.has(p, FolioFlag.PRESENT)) return ".";
      const dirty = folios.has(p, FolioFlag.DIRTY);
      return folios.has(p, FolioFlag.UPTODATE) ? (dirty ? "d" : "c") : dirty ? "q" : "p";
    }).join("");
  }

  #byte(cell: number): number {
    return boundaryByte(this.#engine.k.g, cell);
  }
}

/** Where delalloc is allocated as written, what a fresh block holds can be read: recorders' disks are of zeroes. */
function byteOf(value: number, fixes: Fixes): number {
  if (value === Value.ZERO || (value === Value.GARBAGE && !fixes.delallocToUnwritten)) return 0;
  if (value === Value.UNINITIALISED) return UNINITIALISED_BYTE;
  return value >= Value.FIRST_DATA ? value - Value.FIRST_DATA : -2;
}

/** The recorder's own operations are left out. */
function collector(k: Kernel, steps: string[]) {
  const names: Readonly<Record<number, string>> = { [MAIN_THREAD]: "", [INNER_THREAD]: "at the stop: " };
  return {
    step: (t: Thread, pc: number): void => {
      if (t !== k.harness) steps.push(`${names[t.index] ?? "kworker: "}${functionAt(k.fixes, pc)}`);
    },
    note: (t: Thread, text: string): void => {
      if (t !== k.harness && steps.length > 0) steps[steps.length - 1] += `: ${text}`;
    },
  };
}
