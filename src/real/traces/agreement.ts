/**
 * Agreement of the model with recorded traces: per operation on return value and errno, size, contents, extents and
 * residency, and where the two part first.
 */

import { Errno, LINUX_ERRNO } from "../../kernel/machine/errors.js";
import type { DiskExtent } from "../../kernel/machine/program.js";
import { type FixName, makeFixes } from "../../kernel/versions/fixes.js";
import { findRelease } from "../../kernel/versions/releases.js";
import { ASPECTS, type Aspect, type Counts } from "./aspects.js";
import type { InPieces } from "./in-pieces.js";
import { recordingDisk } from "./recording-disk.js";
import { type Observed, Stuck, TraceReplay, UNINITIALISED_BYTE } from "./replay-trace.js";
import type { TraceFile, TraceOp } from "./trace-format.js";

/** What one side shows of an operation, as far as the two differ. */
export interface Side {
  readonly ret?: number;
  readonly err?: number;
  readonly stops?: number;
  readonly size?: number;
  readonly ext?: Observed["ext"];
  readonly res?: string;
  /** First byte that differs, and its value: -1 uninitialised. */
  readonly byte?: { readonly at: number; readonly value: number };
  readonly inner?: string;
}

export interface Disagreement {
  /** Number of the operation, as recorded. */
  readonly i: number;
  readonly op: string;
  readonly aspects: readonly Aspect[];
  readonly kernel: Side;
  readonly model: Side;
  /** What the model did, a line per kernel function. */
  readonly steps: readonly string[];
}

export interface Conformance {
  /** Kernel of the recording, and the model's. */
  readonly kernel: string;
  readonly model: string;
  readonly ops: number;
  /** Operations that agree. */
  readonly agree: Counts;
  /** Operations of which the contents were not recorded; they count neither way. */
  readonly unsaid: number;
  /** Number of the first operation that disagrees, per aspect. */
  readonly first: { readonly [A in Aspect]?: number };
  /** Bytes that were called uninitialised, over all operations. */
  readonly uninitialised: { readonly kernel: number; readonly model: number };
  /** In residency alone only if there is no other. */
  readonly firstDisagreement: Disagreement | undefined;
  /** Why the model could not go on, when it could not. */
  readonly stuck: string | undefined;
}

export interface ConformOptions {
  /** Name of the model's kernel; by default that of the recording. */
  readonly model: string;
  /** Toggles that are on; by default those of the kernel. */
  readonly fixes?: ReadonlySet<FixName>;
  /** Disk blocks that the file before left busy, of a recording that does not say what was free. */
  readonly busy?: readonly DiskExtent[];
}

/** How far the model agrees with the trace, operation by operation. */
export function* conforming(trace: TraceFile, options: ConformOptions): InPieces<Conformance> {
  const replay = makeReplay(trace, options);
  const { ops } = trace;
  const agree = { ret: 0, size: 0, contents: 0, extents: 0, residency: 0 };
  const uninitialised = { kernel: 0, model: 0 };
  const first: { [A in Aspect]?: number } = {};
  let shown: (Difference & { readonly at: number; readonly op: TraceOp }) | undefined;
  let stuck: string | undefined;
  let unsaid = 0;
  for (const [at, op] of ops.entries()) {
    yield;
    let observed: Observed;
    try {
      observed = replay.step();
    } catch (error) {
      stuck = `operation ${op.i}: ${reasonOf(error)}`;
      break;
    }
    const recorded = contentsOf(op);
    const difference = compare(trace, op, recorded, observed);
    const { aspects } = difference;
    if (op.rle === undefined) unsaid++;
    for (const aspect of ASPECTS) {
      if (aspect === "contents" && op.rle === undefined) continue;
      if (aspects.includes(aspect)) first[aspect] ??= op.i;
      else agree[aspect]++;
    }
    uninitialised.kernel += uninitialisedIn(recorded);
    uninitialised.model += uninitialisedIn(observed.contents);
    const isFirst = shown === undefined || (isMinor(shown.aspects) && !isMinor(aspects));
    if (aspects.length > 0 && isFirst) shown = { ...difference, at, op };
  }
  const firstDisagreement = shown && {
    i: shown.op.i,
    op: describeOp(shown.op),
    aspects: shown.aspects,
    kernel: shown.kernel,
    model: shown.model,
    steps: yield* stepsOf(makeReplay(trace, options), shown.at),
  };
  const { model } = options;
  return {
    kernel: trace.kernel,
    model,
    ops: ops.length,
    agree,
    unsaid,
    first,
    uninitialised,
    stuck,
    firstDisagreement,
  };
}

function isMinor(aspects: readonly Aspect[]): boolean {
  return aspects.every((a) => a === "residency");
}

/** Why the model cannot go on; any other error is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof Stuck || error instanceof RangeError) return error.message;
  throw error;
}

/** What the file of a recording leaves busy on disk for the next one; undefined when its replay comes to no end. */
export function* leftBusy(
  trace: TraceFile,
  options: ConformOptions,
): InPieces<readonly DiskExtent[] | undefined> {
  const replay = makeReplay(trace, options);
  try {
    for (const _ of trace.ops) {
      yield;
      replay.step();
    }
    return replay.unlink();
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}

function makeReplay(trace: TraceFile, { model, fixes: on, busy = [] }: ConformOptions): TraceReplay {
  const release = findRelease(model);
  if (release === undefined) throw new RangeError(`no kernel ${model}`);
  const fixes = makeFixes(onDeviceOf(trace, on ?? release.fixes), release.linux);
  const { cachestat, inodeRecords, leafAtInode } = release;
  const disk = { ...(trace.layout ?? { ...recordingDisk(trace.bs), busy }), inodeRecords, leafAtInode };
  return new TraceReplay(trace, { fixes, disk, cachestat });
}

/** Zeroes are written by devices that unmap with it: where none of these calls was known, the recorder's was not one. */
function onDeviceOf({ ops }: TraceFile, on: ReadonlySet<FixName>): ReadonlySet<FixName> {
  const calls = ops.filter(({ op }) => op === "write_zeroes");
  if (calls.length === 0 || calls.some(({ err }) => err !== LINUX_ERRNO[Errno.EOPNOTSUPP])) return on;
  const without = new Set(on);
  without.delete("falloc-write-zeroes");
  return without;
}

function* stepsOf(replay: TraceReplay, at: number): InPieces<string[]> {
  const steps: string[] = [];
  for (let i = 0; i < at; i++) {
    yield;
    replay.step();
  }
  replay.step(steps);
  return steps;
}

/** Contents of a recording, one value per byte; bytes past the last run are zero. */
export function contentsOf(op: TraceOp): Int16Array {
  const contents = new Int16Array(op.size);
  let at = 0;
  for (const [count, value] of op.rle ?? []) {
    contents.fill(value, at, at + count);
    at += count;
  }
  return contents;
}

/** First byte that differs and is initialised on both sides, or -1. */
export function differs(a: Int16Array, b: Int16Array): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    if (a[i] !== b[i] && a[i] !== UNINITIALISED_BYTE && b[i] !== UNINITIALISED_BYTE) return i;
  }
  return a.length === b.length ? -1 : end;
}

function uninitialisedIn(contents: Int16Array): number {
  let n = 0;
  for (let at = contents.indexOf(UNINITIALISED_BYTE); at >= 0; n++)
    at = contents.indexOf(UNINITIALISED_BYTE, at + 1);
  return n;
}

interface Difference {
  readonly aspects: readonly Aspect[];
  readonly kernel: Side;
  readonly model: Side;
}

/** `recorded` is what contentsOf() says of the operation. */
function compare(trace: TraceFile, op: TraceOp, recorded: Int16Array, seen: Observed): Difference {
  const aspects = new Set<Aspect>();
  const kernel: Record<string, unknown> = {};
  const model: Record<string, unknown> = {};
  const check = (aspect: Aspect, key: keyof Side, theirs: unknown, modelled: unknown): void => {
    if (JSON.stringify(theirs) === JSON.stringify(modelled)) return;
    aspects.add(aspect);
    kernel[key] = theirs;
    model[key] = modelled;
  };
  if ("ret" in op) check("ret", "ret", op.ret, seen.ret);
  check("ret", "err", op.err ?? 0, seen.err);
  if (op.op === "wstop") {
    check("ret", "stops", op.stops, seen.stops);
    for (const [n, inner] of op.inner.entries()) {
      const at = seen.inner[n];
      const where = (value: unknown): string => `${inner.op}, number ${n + 1} at the stop: ${value}`;
      if (inner.op === "state") check("residency", "inner", where(inner.size), where(at?.size));
      if (inner.res !== undefined && at !== undefined)
        check("residency", "inner", where(inner.res), where(letters(trace, at.res)));
    }
  }
  check("size", "size", op.size, seen.size);
  check("extents", "ext", op.ext, seen.ext);
  check("residency", "res", op.res, letters(trace, seen.res));
  if (op.rle !== undefined) {
    const at = differs(recorded, seen.contents);
    if (at >= Math.min(recorded.length, seen.contents.length))
      check("contents", "size", recorded.length, seen.contents.length);
    else if (at >= 0)
      check("contents", "byte", { at, value: recorded[at] }, { at, value: seen.contents[at] });
  }
  return { aspects: ASPECTS.filter((a) => aspects.has(a)), kernel, model };
}

/** The model's residency in the letters of the recording: without cachestat only what is uptodate shows. */
function letters(trace: TraceFile, res: string): string {
  return trace.cachestat === 1
    ? res
    : res.replace(/[.p]/g, "0").replace(/[cdq]/g, (c) => (c === "q" ? "0" : "1"));
}

/** `pwrite 4096..8192`, `trunc 6144`. */
function describeOp(op: TraceOp): string {
  if (op.op === "trunc") return `trunc ${op.size}`;
  return "off" in op ? `${op.op} ${op.off}..${op.off + op.len}${modifierOf(op)}` : op.op;
}

function modifierOf(op: TraceOp): string {
  if (op.op === "wstop") return ` stopped at its source page ${op.k}, then ${op.end}`;
  if (op.op === "swrite") return ` of which ${op.good} bytes can be read`;
  if (op.op === "copy_range") return ` to ${op.to}`;
  if ("dontcache" in op && op.dontcache === 1) return " uncached";
  return "keep" in op && op.keep === 1 ? " keeping the size" : "";
}
