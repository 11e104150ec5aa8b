/**
 * A C program that records a random trace on the kernel it runs on: one file, one operation at a time, everything
 * observable after each (size, extents, residency, contents), in the format of the recorded kernel traces. `small`
 * has no data operation that crosses a page, `any` has any length, `wstop` stops two writes in five where a source
 * page faults in. Arguments of the program: the new file, the trace, the seed.
 */
import { EVICT, LOOK, UNMAPPED } from "../export/c/c-operations.js";
import { PROLOGUE } from "../export/c/prologue.js";
import { WRITER, WRITER_FAIL, WRITER_FINISH } from "../export/c/writer.js";
import { cComment, cString } from "../export/c-text.js";
import { RECORDER_MAIN } from "./c/recorder-main.js";
import { RECORDER_OPERATIONS } from "./c/recorder-operations.js";
import { RECORDER_STATE } from "./c/recorder-state.js";
import { RECORDER_STOP } from "./c/recorder-stop.js";

export const TRACE_KINDS = ["small", "any", "wstop"] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

export interface RecorderOptions {
  readonly ops: number;
  readonly kind: TraceKind;
  readonly block: number;
  /** Label of the kernel it will run on. */
  readonly kernel: string;
}

const WSTOP_PERCENT = 40;

export function recorderC(options: RecorderOptions): string {
  const { ops, kind, block, kernel } = options;
  if (!Number.isInteger(ops) || ops < 1 || ops > 100_000)
    throw new Error(`1 to 100000 operations, not ${ops}.`);
  return [
    cComment([`Records ${ops} random operations (${kind}) on XFS with ${block}-byte blocks.`]),
    PROLOGUE,
    "#include <linux/fiemap.h>",
    "#include <linux/fs.h>",
    "#include <sched.h>",
    "#include <time.h>",
    "",
    `#define KERNEL ${cString(kernel)}`,
    `enum { BLOCK = ${block}, MAX = 65536, OPS = ${ops}, SMALL = ${kind === "any" ? 0 : 1} };`,
    `enum { WSTOP_PERCENT = ${kind === "wstop" ? WSTOP_PERCENT : 0} };`,
    "",
    "/* Never 0, and never the poison; inner stores have 128 more. */",
    "static int value_of(int i) { return 1 + i % 100; }",
    `static const char *name_of(int value) { return value < 128 ? "the write" : "a store"; }`,
    LOOK,
    UNMAPPED,
    EVICT,
    WRITER,
    WRITER_FINISH,
    WRITER_FAIL,
    RECORDER_STATE,
    RECORDER_OPERATIONS,
    RECORDER_STOP,
    RECORDER_MAIN,
  ].join("\n");
}
