/**
 * The one reading of a recorded trace: each operation as the calls that the recorder made, in bytes of the file, with
 * the place where a writer stops and what was called meanwhile.
 */

import { boundaryByte, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { OP_NAMES, OPS } from "../../kernel/ops.js";
import { faultInEnd } from "../../kernel/paths/buffered-write.js";
import { type ByteRange, type Op, WHOLE } from "../../scenario/types.js";
import type { InnerOp, TraceFile, TraceOp } from "./trace-format.js";

export interface RecordedCall {
  readonly op: Op;
  /** Value of the bytes that it writes; 0 for those that write none. */
  readonly value: number;
  /** Size of the file when it was made. */
  readonly size: number;
}

export interface RecordedOp {
  readonly calls: readonly RecordedCall[];
  /** Destination of the source page at which a writer stops. */
  readonly stop?: ByteRange;
  /** The calls of each inner operation. */
  readonly inner: readonly (readonly RecordedCall[])[];
}

/** Pages whose residency is recorded. */
const RECORDED_PAGES = 16;

/** Byte past everything that the trace speaks of, a whole number of pages. */
export function endOf({ ops, page }: TraceFile): number {
  let end = RECORDED_PAGES * page;
  const reach = (op: TraceOp | InnerOp): void => {
    if ("off" in op) end = Math.max(end, op.off + op.len);
    if ("to" in op) end = Math.max(end, op.to + op.len);
  };
  for (const op of ops) {
    reach(op);
    if (op.op === "wstop") op.inner.forEach(reach);
    for (const [off, len] of op.ext) end = Math.max(end, off + len);
    end = Math.max(end, op.size);
  }
  return Math.ceil(end / page) * page;
}

export function recordedOps(trace: TraceFile): RecordedOp[] {
  const end = endOf(trace);
  let size = 0;
  const read = (op: TraceOp | InnerOp): RecordedCall[] =>
    callsOf(op, trace.page, end).map((made) => ({ op: made, value: "c" in op ? op.c : 0, size }));
  return trace.ops.map((op) => {
    const calls = read(op);
    const stopped = op.op === "wstop" ? op : undefined;
    const inner = (stopped?.inner ?? []).map((i) => {
      if (i.op === "state") size = i.size;
      return read(i);
    });
    size = op.size;
    return { calls, inner, ...(stopped === undefined ? {} : { stop: stopOf(stopped, trace.page) }) };
  });
}

/** The recorder aligns its buffer like the file. */
function stopOf({ off, k }: { readonly off: number; readonly k: number }, page: number): ByteRange {
  const from = (Math.floor(off / page) + k) * page;
  return { from: Math.max(off, from), to: from + page };
}

/** Whether a write is about to fault in source bytes that go into the range. */
export function isAtStop(k: Kernel, t: Thread, stop: ByteRange): boolean {
  if (t.pc !== Pc.W_FAULT_IN) return false;
  return startByte(k.g, t.pos) < stop.to && boundaryByte(k.g, faultInEnd(k, t)) > stop.from;
}

function callsOf(op: TraceOp | InnerOp, page: number, end: number): Op[] {
  if (op.op === "state") return [];
  if (op.op === "fsync") return [{ kind: "fsync", ...WHOLE }];
  if (op.op === "close") return [{ kind: "close", ...WHOLE }];
  if (op.op === "trunc") return [{ kind: "truncate", from: op.size, to: op.size }];
  if (op.op === "append") return op.len === 0 ? [] : [{ kind: "append", from: 0, to: op.len }];
  const range = { from: op.off, to: op.off + op.len };
  if (op.op === "sfr" || op.op === "evict") {
    // Length 0 means up to the end; sync_file_range() works on whole pages.
    const all = { from: op.off, to: op.len === 0 ? end : range.to };
    const pages = { from: Math.floor(all.from / page) * page, to: Math.ceil(all.to / page) * page };
    const sync: Op = { kind: "sync_file_range", ...pages };
    return op.op === "sfr" ? [sync] : [sync, { kind: "fadvise", ...all }];
  }
  if (op.len === 0) return [];
  if (op.op === "pwrite" && op.dontcache === 1) {
    const pages = { from: Math.floor(range.from / page) * page, to: Math.ceil(range.to / page) * page };
    return [
      { kind: "write", ...range, dontcache: true },
      { kind: "sync_file_range", ...(op.flusher === 1 ? { from: 0, to: end } : pages) },
    ];
  }
  if (op.op === "pwrite") return [{ kind: "write", ...range }];
  if (op.op === "pread")
    return [{ kind: "read", ...range, ...(op.dontcache === 1 ? { dontcache: true } : {}) }];
  if (op.op === "copy_range") return [{ kind: "copy_range", ...range, target: op.to }];
  if (op.op === "swrite") return [failingWrite(range, range.from + op.good)];
  if (op.op === "wstop") return [failingWrite(range, op.end === "fail" ? stopOf(op, page).from : range.to)];
  const kind = OP_NAMES.find((name) => OPS[name].trace === op.op);
  if (kind === undefined) throw new Error(`${op.op} is in no table`);
  return [{ kind, ...range, ...("keep" in op && op.keep === 1 ? { keepSize: true } : {}) }];
}

function failingWrite(range: ByteRange, faultAt: number): Op {
  return { kind: "write", ...range, ...(faultAt < range.to ? { faultAt } : {}) };
}
