/**
 * A recorded trace as a program of the kernel model: one thread for its operations and one for what ran while a
 * writer stood still, in cells that every offset of the trace bounds.
 */

import { cellAtOrAfter, type Geometry, makeGeometry } from "../../kernel/machine/geometry.js";
import * as P from "../../kernel/machine/program.js";
import { Value } from "../../kernel/objects/values.js";
import type { OpName } from "../../kernel/ops.js";
import type { InnerOp, TraceFile, TraceOp } from "./trace-format.js";

export const MAIN_THREAD = 0;
export const INNER_THREAD = 1;
/** Pages whose residency is recorded. */
const RECORDED_PAGES = 16;

export interface ReplayOp {
  /** How many operations of the main thread make up this one, and where a writer stops: bytes of the destination. */
  readonly calls: number;
  readonly stop?: { readonly from: number; readonly to: number };
  /** Per inner operation, how many operations of the inner thread. */
  readonly inner: readonly number[];
}

export interface ReplayProgram {
  readonly program: P.KernelProgram;
  readonly ops: readonly ReplayOp[];
}

/** What mkfs.xfs leaves free before the first file, and where the inode is: disk blocks. */
export type FreshDisk = Pick<P.ModelDisk, "free" | "busy" | "inode">;
/** How a kernel keeps extent records. */
export type RecordKeeping = Pick<P.ModelDisk, "inodeRecords" | "leafAtInode">;

const FAR = 1 << 30;

export function replayProgram(trace: TraceFile, disk: FreshDisk & RecordKeeping): ReplayProgram {
  const geometry = geometryOf(trace);
  const compiler = new Compiler(geometry, trace.page);
  const ops = trace.ops.map((op) => compiler.op(op));
  const calls = compiler.main.length + compiler.inner.length;
  const firstFree = Math.max(...disk.free.map(([from]) => from), ...(disk.busy ?? []).map(([, to]) => to));
  // Each operation can take every block of the file anew while what it frees is busy.
  const blocks = Math.min(60_000, firstFree + geometry.blocks * (calls + 2));
  const program: P.KernelProgram = {
    geometry,
    initialSize: 0,
    setup: [],
    threads: [compiler.main, compiler.inner],
    budget: new Array<number>(P.BUDGETS).fill(0),
    values: Value.FIRST_DATA + 256,
    disk: { ...disk, blocks },
  };
  return { program, ops };
}

/** One free region from the start of the disk on. */
export const PLAIN_DISK: FreshDisk = { free: [[0, FAR]], inode: 0 };

/** A new image of recordings that do not say what was free, as mkfs.xfs 6.1 lays it out: a gap before the inodes, and the rest. */
export function recordingDisk(block: number): FreshDisk {
  const [gap, rest, inode] = block === 1024 ? ([[11, 32], 64, 33] as const) : ([[10, 16], 24, 16] as const);
  return block === 1024 || block === 4096 ? { free: [gap, [rest, FAR]], inode } : PLAIN_DISK;
}

/** Every range of the trace, in bytes. */
function* rangesOf(trace: TraceFile): Generator<{ from: number; to: number; cut: boolean }> {
  for (const op of trace.ops) {
    yield { from: op.size, to: op.size, cut: true };
    if (!("off" in op)) continue;
    yield { from: op.off, to: op.off + op.len, cut: op.op !== "sfr" };
    if (op.op === "swrite") yield { from: op.off, to: op.off + Math.min(op.good, op.len), cut: true };
    if (op.op !== "wstop") continue;
    for (const inner of op.inner) {
      if ("off" in inner) yield { from: inner.off, to: inner.off + inner.len, cut: inner.op !== "sfr" };
    }
  }
}

function geometryOf(trace: TraceFile): Geometry {
  const cuts = new Set<number>();
  let end = RECORDED_PAGES * trace.page;
  for (const { from, to, cut } of rangesOf(trace)) {
    if (cut) cuts.add(from).add(to);
    end = Math.max(end, to);
  }
  for (const op of trace.ops) for (const [off, len] of op.ext) end = Math.max(end, off + len);
  const pages = Array.from({ length: Math.ceil(end / trace.page) }, (_, i) => i * trace.page);
  return makeGeometry(trace.page, trace.bs, pages, cuts);
}

class Compiler {
  readonly main: P.KernelOp[] = [];
  readonly inner: P.KernelOp[] = [];
  readonly #g: Geometry;
  readonly #page: number;

  constructor(g: Geometry, page: number) {
    this.#g = g;
    this.#page = page;
  }

  op(op: TraceOp): ReplayOp {
    const calls = this.#calls(op);
    this.main.push(...calls);
    if (op.op !== "wstop") return { calls: calls.length, inner: [] };
    const inner = op.inner.map((i) => {
      const innerCalls = i.op === "state" ? [] : this.#calls(i);
      this.inner.push(...innerCalls);
      return innerCalls.length;
    });
    return { calls: calls.length, inner, stop: this.#stopOf(op) };
  }

  /** Destination of source page k: the recorder aligns its buffer like the file. */
  #stopOf(op: TraceOp & { op: "wstop" }): { from: number; to: number } {
    const page = Math.floor(op.off / this.#page) + op.k;
    return { from: Math.max(op.off, page * this.#page), to: (page + 1) * this.#page };
  }

  #calls(op: TraceOp | Exclude<InnerOp, { op: "state" }>): P.KernelOp[] {
    switch (op.op) {
      case "pwrite":
        return this.#write(op.off, op.len, op.c, op.len);
      case "swrite":
        return this.#write(op.off, op.len, op.c, op.good);
      case "wstop": {
        const good = op.end === "fail" ? this.#stopOf(op).from - op.off : op.len;
        return this.#write(op.off, op.len, op.c, good);
      }
      case "mstore":
        return op.len === 0
          ? []
          : [this.#call("store", op.off, op.off + op.len, { value: Value.FIRST_DATA + op.c })];
      case "falloc":
      case "zero": {
        const kind = op.op === "zero" ? "zero" : "fallocate";
        if (op.len === 0) return [];
        return [this.#call(kind, op.off, op.off + op.len, { keepSize: op.keep === 1 })];
      }
      case "punch":
        return op.len === 0 ? [] : [this.#call("punch", op.off, op.off + op.len)];
      case "trunc":
        return [this.#call("truncate", op.size, op.size)];
      case "fsync":
        return [this.#call("fsync", 0, this.#end())];
      case "sfr":
        return [this.#syncRange(op.off, op.len)];
      case "evict": {
        const to = op.len === 0 ? this.#end() : op.off + op.len;
        return [this.#syncRange(op.off, op.len), this.#call("fadvise", op.off, to)];
      }
    }
  }

  #write(off: number, len: number, c: number, good: number): P.KernelOp[] {
    if (len === 0) return [];
    const faultAt = cellAtOrAfter(this.#g, off + Math.min(good, len));
    return [this.#call("write", off, off + len, { value: Value.FIRST_DATA + c, faultAt })];
  }

  /** sync_file_range() works on whole pages; length 0 means up to the end. */
  #syncRange(off: number, len: number): P.KernelOp {
    const from = Math.floor(off / this.#page) * this.#page;
    const to = len === 0 ? this.#end() : Math.ceil((off + len) / this.#page) * this.#page;
    return this.#call("sync_file_range", from, to);
  }

  #end(): number {
    return this.#g.pages * this.#page;
  }

  #call(kind: OpName, from: number, to: number, more: Partial<P.KernelOp> = {}): P.KernelOp {
    return P.kernelOp(kind, cellAtOrAfter(this.#g, from), cellAtOrAfter(this.#g, to), more);
  }
}
