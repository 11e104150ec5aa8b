/** The recorded traces of real kernels, and some of this project's own recorder, compressed in the test data. */
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  type Conformance,
  type ConformOptions,
  conforming,
  contentsOf,
  differs,
} from "../../src/real/traces/agreement.js";
import { whole } from "../../src/real/traces/in-pieces.js";
import type { RecordingSession, Start } from "../../src/real/traces/recording-session.js";
import { parseTrace, type TraceFile, type TraceOp } from "../../src/real/traces/trace-format.js";

const ROOT = new URL("../data/kernel-traces/", import.meta.url);
const OWN = new URL("../data/own-traces/", import.meta.url);
/** Folders called after kernels, with a few recordings each. */
export const SAMPLES = new URL("../data/sample-traces/", import.meta.url);

export const TRACE_KERNELS = readdirSync(ROOT).sort();
export const TRACE_NAMES = readdirSync(new URL(`${TRACE_KERNELS[0]}/`, ROOT)).sort();

export function traceText(kernel: string, name: string): string {
  return unzipped(new URL(`${kernel}/${name}`, ROOT));
}

export function readTrace(kernel: string, name: string): TraceFile {
  return parsed(traceText(kernel, name), `${kernel}/${name}`);
}

export function readSample(kernel: string, name: string): TraceFile {
  return parsed(unzipped(new URL(`${kernel}/${name}`, SAMPLES)), `${kernel}/${name}`);
}

/** Recorded on 6.18.44 with what was free on the image. */
export function ownTraces(): { readonly name: string; readonly trace: TraceFile }[] {
  const names = readdirSync(OWN).sort();
  return names.map((name) => ({ name, trace: parsed(unzipped(new URL(name, OWN)), name) }));
}

export function conform(trace: TraceFile, options: ConformOptions): Conformance {
  return whole(conforming(trace, options));
}

export function startOf(session: RecordingSession, file: string, trace: TraceFile): Start {
  return whole(session.starting(file, trace));
}

function unzipped(file: URL): string {
  return gunzipSync(readFileSync(file)).toString("utf8");
}

function parsed(text: string, name: string): TraceFile {
  const read = parseTrace(text, name);
  if ("diagnostics" in read) throw new Error(`${name}: ${read.diagnostics[0]?.message}`);
  return read.trace;
}

/** The operation at which two recordings of one program part, by what a replay compares but residency. */
export function firstDifference(a: TraceFile, b: TraceFile): number | undefined {
  for (const [at, op] of a.ops.entries()) {
    const other = b.ops[at];
    if (other === undefined || program(op) !== program(other)) return op.i;
    if (outcome(op) !== outcome(other) || differs(contentsOf(op), contentsOf(other)) >= 0) return op.i;
  }
  return undefined;
}

function outcome(op: TraceOp): string {
  return JSON.stringify(["ret" in op ? op.ret : 0, op.err ?? 0, op.size, op.ext]);
}

/** What was asked for, without what came of it. */
function program(op: TraceOp): string {
  const inner = op.op === "wstop" ? op.inner.map((i) => ({ ...i, res: 0, size: 0 })) : [];
  const {
    ret: _ret,
    stops: _stops,
    err: _err,
    size,
    ext: _ext,
    rle: _rle,
    res: _res,
    inner: _inner,
    ...asked
  } = { ret: 0, stops: 0, inner: [], ...op };
  return JSON.stringify([asked, inner, op.op === "trunc" ? size : 0]);
}
