/**
 * A C program that records a random trace on the kernel it runs on: one file, one operation at a time, everything
 * observable after each (size, extents, residency, contents), in the format of the recorded kernel traces. `small`
 * has no data operation that crosses a page, `any` has any length, `wstop` stops two writes in five where a source
 * page faults in, `more` moves extents, appends, copies and leaves nothing cached. Arguments of the program: the new file, the trace, the seed.
 */
import { cComment, cString, exportedC, recorderPart } from "../export/c-text.js";

export const TRACE_KINDS = ["small", "any", "wstop", "more"] as const;

export interface RecorderOptions {
  readonly ops: number;
  readonly kind: (typeof TRACE_KINDS)[number];
  readonly block: number;
  /** Label of the kernel it will run on. */
  readonly kernel: string;
}

/** One trace: a recorder and the seed that it gets. */
export interface RecordRequest extends Omit<RecorderOptions, "kernel"> {
  readonly seed: number;
}

export const traceName = ({ block, kind, seed }: RecordRequest) => `${block / 1024}k-${kind}-s${seed}`;

/** Of the program, which serves all seeds. */
export const recorderName = ({ block, kind, ops }: RecordRequest) => `record-${block / 1024}k-${kind}-${ops}`;

const WSTOP_PERCENT = 40;
const MORE_PERCENT = 35;
/** What random offsets are multiples of, bytes: where bytes move, each place at which they part costs as many as there are blocks. */
const GRAIN = 128;

export function recorderC(options: RecorderOptions): string {
  const { ops, kind, block, kernel } = options;
  if (!Number.isInteger(ops) || ops < 1 || ops > 100_000)
    throw new Error(`1 to 100000 operations, not ${ops}.`);
  return [
    cComment([`Records ${ops} random operations (${kind}) on XFS with ${block}-byte blocks.`]),
    exportedC("prologue"),
    exportedC("newer"),
    `#define KERNEL ${cString(kernel)}`,
    `enum { BLOCK = ${block}, FILE_SIZE = 0, MAX = 65536, OPS = ${ops}, SMALL = ${kind === "any" || kind === "more" ? 0 : 1} };`,
    `enum { WSTOP_PERCENT = ${kind === "wstop" ? WSTOP_PERCENT : 0}, MORE_PERCENT = ${kind === "more" ? MORE_PERCENT : 0}, GRAIN = ${kind === "more" ? GRAIN : 1} };`,
    "",
    ...["begin", "unmapped", "page_cache", "writer", "writer_finish", "writer_fail"].map(exportedC),
    ...["state", "operations", "stop", "random_ranges", "random_program", "main"].map(recorderPart),
  ].join("\n");
}
