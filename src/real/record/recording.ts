/** A trace as it comes from a recorder, looked at before anybody writes it down: what a child says may be anything. */
import type { FreeSpace } from "../machine/free-space.js";
import { parseTrace } from "../traces/trace-format.js";
import { type RecordRequest, traceName } from "./recorder.js";

export interface RecordedTrace {
  readonly request: RecordRequest;
  /** KERNEL/BLOCKSIZE-KIND-sSEED.json, as the given traces are named. */
  readonly path: string;
  readonly json: string;
}

export class NotThatTrace extends Error {}

/** Throws NotThatTrace when the text is not the trace that was asked for, whole. */
export function checkedTrace(
  request: RecordRequest,
  kernel: string,
  text: string,
  layout: FreeSpace,
): RecordedTrace {
  const name = traceName(request);
  const fail = (why: string) => new NotThatTrace(`what came is not that trace: ${why}`);
  const json = withLayout(text, layout);
  const read = parseTrace(json, name);
  if ("diagnostics" in read) {
    const [first] = read.diagnostics;
    throw fail(`${first?.line}:${first?.column} ${first?.message}`);
  }
  const { trace } = read;
  const { seed, ops, block } = request;
  if (trace.kernel !== kernel) throw fail(`it is of kernel ${trace.kernel}, not ${kernel}`);
  if (trace.bs !== block) throw fail(`its blocks have ${trace.bs} bytes`);
  if (trace.seed !== seed) throw fail(`its seed is ${trace.seed}`);
  if (trace.ops.length !== ops) throw fail(`it has ${trace.ops.length} of ${ops} operations`);
  if (trace.ops.some((op) => op.rle === undefined)) throw fail("it does not say what the file held");
  return { request, path: `${kernel}/${name}.json`, json };
}

/** The free space that the file found is part of the trace. */
export function withLayout(json: string, layout: FreeSpace): string {
  return json.replace('{"v":1,', `{"v":1,"layout":${JSON.stringify(layout)},`);
}
