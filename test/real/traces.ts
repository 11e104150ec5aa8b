/** The recorded traces of real kernels, and some of this project's own recorder, compressed in the test data. */
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseTrace, type TraceFile } from "../../src/real/traces/trace-format.js";

const ROOT = new URL("../data/kernel-traces/", import.meta.url);
const OWN = new URL("../data/own-traces/", import.meta.url);

export const TRACE_KERNELS = readdirSync(ROOT).sort();
export const TRACE_NAMES = readdirSync(new URL(`${TRACE_KERNELS[0]}/`, ROOT)).sort();

export function traceText(kernel: string, name: string): string {
  return unzipped(new URL(`${kernel}/${name}`, ROOT));
}

export function readTrace(kernel: string, name: string): TraceFile {
  return parsed(traceText(kernel, name), `${kernel}/${name}`);
}

/** Recorded on 6.18.44 with what was free on the image. */
export function ownTraces(): { readonly name: string; readonly trace: TraceFile }[] {
  const names = readdirSync(OWN).sort();
  return names.map((name) => ({ name, trace: parsed(unzipped(new URL(name, OWN)), name) }));
}

function unzipped(file: URL): string {
  return gunzipSync(readFileSync(file)).toString("utf8");
}

function parsed(text: string, name: string): TraceFile {
  const read = parseTrace(text, name);
  if ("diagnostics" in read) throw new Error(`${name}: ${read.diagnostics[0]?.message}`);
  return read.trace;
}
