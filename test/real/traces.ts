/** The recorded traces of real kernels, compressed in the test data. */
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseTrace, type TraceFile } from "../../src/real/trace-format.js";

const ROOT = new URL("../data/kernel-traces/", import.meta.url);

export const TRACE_KERNELS = readdirSync(ROOT).sort();
export const TRACE_NAMES = readdirSync(new URL(`${TRACE_KERNELS[0]}/`, ROOT)).sort();

export function traceText(kernel: string, name: string): string {
  return gunzipSync(readFileSync(new URL(`${kernel}/${name}`, ROOT))).toString("utf8");
}

export function readTrace(kernel: string, name: string): TraceFile {
  const read = parseTrace(traceText(kernel, name), name);
  if ("diagnostics" in read) throw new Error(`${kernel}/${name}: ${read.diagnostics[0]?.message}`);
  return read.trace;
}
