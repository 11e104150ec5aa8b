/**
 * A recorded trace as a program of the kernel model: one thread for its operations and one for what ran while a
 * writer stood still, in cells that every offset of the trace bounds.
 */

import { CHOICES } from "../../kernel/machine/choices.js";
import { type Geometry, makeGeometry } from "../../kernel/machine/geometry.js";
import type * as P from "../../kernel/machine/program.js";
import { Value } from "../../kernel/objects/values.js";
import { compileOp } from "../../scenario/compile.js";
import { copiedCuts, offsetsInBlock } from "../../scenario/copied-cuts.js";
import { endOfFloating } from "../../scenario/floating-ops.js";
import { offsetsOf } from "../../scenario/op-bytes.js";
import type { StartDisk } from "./recording-disk.js";
import { endOf, type RecordedCall, type RecordedOp, recordedOps } from "./trace-calls.js";
import type { TraceFile } from "./trace-format.js";

export const MAIN_THREAD = 0;
export const INNER_THREAD = 1;
export interface ReplayProgram {
  readonly program: P.KernelProgram;
  /** What each operation of the trace is in it: its calls by the main thread, inner ones by the inner thread. */
  readonly ops: readonly RecordedOp[];
}

export function replayProgram(trace: TraceFile, disk: StartDisk): ReplayProgram {
  const ops = recordedOps(trace);
  const main = ops.flatMap((op) => op.calls);
  const inner = ops.flatMap((op) => op.inner.flat());
  const geometry = geometryOf(trace, [...main, ...inner]);
  const compiled = (calls: readonly RecordedCall[]): P.KernelOp[] =>
    calls.map(({ op, value }) => compileOp(geometry, op, Value.FIRST_DATA + value));
  const firstFree = Math.max(...disk.free.map(([from]) => from), ...(disk.busy ?? []).map(([, to]) => to));
  // Each operation can take every block of the file anew while what it frees is busy.
  const blocks = Math.min(60_000, firstFree + geometry.blocks * (main.length + inner.length + 2));
  const program: P.KernelProgram = {
    geometry,
    initialSize: 0,
    setup: [],
    threads: [compiled(main), compiled(inner)],
    budget: new Array<number>(CHOICES).fill(0),
    values: Value.FIRST_DATA + 256,
    disk: { ...disk, blocks },
  };
  return { program, ops };
}

function geometryOf(trace: TraceFile, calls: readonly RecordedCall[]): Geometry {
  const pages = Array.from({ length: endOf(trace) / trace.page }, (_, i) => i * trace.page);
  const cuts = new Set([...calls.flatMap(({ op }) => offsetsOf(op)), ...trace.ops.map((op) => op.size)]);
  const ops = calls.map(({ op }) => op);
  if (endOfFloating(ops, 0) !== undefined) {
    const inBlock = offsetsInBlock(ops, cuts, trace.bs);
    for (let at = 0; at < endOf(trace); at += trace.bs) for (const within of inBlock) cuts.add(at + within);
  }
  for (const at of copiedCuts(ops, cuts, trace.bs)) cuts.add(at);
  return makeGeometry(trace.page, trace.bs, pages, cuts);
}
