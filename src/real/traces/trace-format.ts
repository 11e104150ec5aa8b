/**
 * Recorded traces of real kernels: random single-file programs with everything observable written down after each
 * operation. Reads and validates one JSON file, which may come from anywhere.
 */
import * as z from "zod";
import { OP_NAMES, OPS, type TraceWord } from "../../kernel/ops.js";
import { quoted, type Read } from "../../scenario/yaml/diagnostic.js";
import { Reporter, withoutMark } from "../../scenario/yaml/source.js";
import { offsetsOf } from "./json-offsets.js";
import { MAX_TRACE_LENGTH } from "./trace-text.js";

/** Over these a trace is refused: the model's state grows with pages and operations. */
const MAX_TRACE_OPS = 10_000;
const MAX_TRACE_BYTES = 1 << 20;
const MAX_DISK_BLOCK = 1 << 30;
/** So many are told at once. */
const MOST_ISSUES = 50;

const bytes = z.int().min(0).max(MAX_TRACE_BYTES);
const value = z.int().min(0).max(255);
const result = z.int().min(-1).max(MAX_TRACE_BYTES);
const errno = z.int().min(0).max(4095);
const residency = z
  .string()
  .regex(/^(?:[.cdpq]*|[01]*)$/, "expected one of . c d p q, or 0 and 1, per page")
  .max(256);
const flag = z.int().min(0).max(1);
const extent = z.tuple([bytes, bytes, z.enum(["W", "U", "D"])]);
const diskBlock = z.int().min(0).max(MAX_DISK_BLOCK);
const run = z.tuple([bytes, z.int().min(-1).max(255)]);

/** An array that is counted before its elements are looked at: each wrong one costs much more than its bytes. */
function few<T extends z.ZodType>(least: number, most: number, element: T) {
  return z.array(z.unknown()).min(least).max(most).pipe(z.array(element));
}

const dropped = z
  .unknown()
  .transform(() => undefined)
  .optional();

/** Keys of a recording that nothing here reads. Others are refused: one that is misspelt would not be compared. */
function unread(names: string): Readonly<Record<string, typeof dropped>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, dropped]));
}

const range = { off: bytes, len: bytes };
/** RWF_DONTCACHE; what a write was to have written back was waited for: its range, or all where it woke the flusher. */
const uncached = { dontcache: flag.optional() };
const woken = { flusher: flag.optional() };
const atStop = { res: residency.optional() };

const inner = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("state"), size: bytes, ...atStop }),
  z.strictObject({ op: z.literal("mstore"), ...range, c: value, ...atStop }),
  z.strictObject({ op: z.enum(["sfr", "evict"]), ...range, ...unread("err"), ...atStop }),
  z.strictObject({ op: z.literal("fsync"), ...unread("err"), ...atStop }),
]);

/** What was observed after each operation. */
const after = {
  i: z.int().min(0),
  size: bytes,
  ...unread("crc leak mismatch size_quirk"),
  ext: few(0, 4096, extent),
  rle: few(0, 65536, run).optional(),
  res: residency,
  err: errno.optional(),
};

type PlainWord = Exclude<
  TraceWord,
  "mstore" | "trunc" | "fsync" | "append" | "close" | "pread" | "copy_range"
>;

/** What operations that take a range and no data are called; those that can keep the size, or the others. */
function plainWords(keepsSize: boolean): PlainWord[] {
  return OP_NAMES.flatMap((name) => {
    const { trace, takes, data, modifiers, copies } = OPS[name];
    const isPlain =
      takes === "range" &&
      data === "none" &&
      !copies &&
      name !== "read" &&
      modifiers.includes("keepSize") === keepsSize;
    return isPlain && trace !== undefined ? [trace as PlainWord] : [];
  });
}

const op = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("pwrite"),
    ...range,
    ...uncached,
    ...woken,
    c: value,
    ret: result,
    ...after,
  }),
  z.strictObject({ op: z.literal("pread"), ...range, ...uncached, ret: result, ...after }),
  z.strictObject({ op: z.literal("copy_range"), ...range, to: bytes, ret: result, ...after }),
  z.strictObject({ op: z.literal("swrite"), ...range, good: bytes, c: value, ret: result, ...after }),
  z.strictObject({
    op: z.literal("wstop"),
    ...range,
    c: value,
    k: z.int().min(0).max(256),
    end: z.enum(["ok", "fail"]),
    inner: few(0, 1000, inner),
    stops: z.int().min(0),
    ret: result,
    ...after,
  }),
  z.strictObject({ op: z.literal("mstore"), ...range, c: value, ...after }),
  z.strictObject({ op: z.literal("append"), len: bytes, c: value, ret: result, ...after }),
  z.strictObject({ op: z.enum(plainWords(true)), ...range, keep: flag, ...after }),
  z.strictObject({ op: z.enum(["evict", ...plainWords(false)]), ...range, ...after }),
  // Its new size is the size that was seen after it.
  z.strictObject({ op: z.literal("trunc"), ...after }),
  z.strictObject({ op: z.literal("fsync"), ...after }),
  z.strictObject({ op: z.literal("close"), ...after }),
]);

const powerOfTwo = (n: number): boolean => (n & (n - 1)) === 0;
const trace = z.strictObject({
  ...unread(
    "mode wstop_pct hash_every max final disk mismatches first_bad_op size_quirks leak_ops leak_bytes",
  ),
  ...unread("dontcache seconds"),
  v: z.literal(1),
  seed: z.int().min(0).optional(),
  kernel: z.string().regex(/^[0-9A-Za-z][\w.+-]{0,79}$/, "expected the version of a kernel"),
  bs: z.int().min(512).max(4096).refine(powerOfTwo, "expected a power of two"),
  page: z.literal(4096),
  cachestat: flag.optional(),
  // Free disk blocks before the file's first, and the block of its inode: our recorder's traces have them.
  layout: z
    .strictObject({ free: few(1, 1000, z.tuple([diskBlock, diskBlock])), inode: diskBlock })
    .optional(),
  ops: z.array(z.unknown()).min(1),
});

export type TraceOp = z.infer<typeof op>;
export type TraceFile = Omit<z.infer<typeof trace>, "ops"> & { readonly ops: readonly TraceOp[] };
export type InnerOp = z.infer<typeof inner>;

/** Reads a trace, or says everything that is wrong with it. */
export function parseTrace(text: string, fileName: string): Read<{ readonly trace: TraceFile }> {
  const report = new Reporter(withoutMark(text), fileName);
  const failed = () => ({ diagnostics: report.diagnostics() });
  if (text.length > MAX_TRACE_LENGTH) {
    report.add(0, 1, "expected a trace of at most 32 MiB", { remedy: "is this the right file?" });
    return failed();
  }
  let json: unknown;
  try {
    json = JSON.parse(report.text);
  } catch (error) {
    const at = positionOf(error as Error, report.text);
    report.add(at, at + 1, "expected a recorded trace: this is not valid JSON");
    return failed();
  }
  const { trace: read, issues } = readTrace(json);
  if (read !== undefined) return { trace: read };
  const paths = issues.map(({ path }) => path.map(String));
  const places = offsetsOf(paths, report.text);
  for (const [i, { message }] of issues.entries()) {
    const [at = 0, path = []] = [places[i], paths[i]];
    const remedy = path.length === 0 ? undefined : `at ${quoted(path.join(".")).slice(1, -1)}`;
    const words = message.slice(0, 200).replace(/^./, (c) => c.toLowerCase());
    report.add(at, at + 1, words, { remedy });
  }
  return failed();
}

type Issue = Pick<z.core.$ZodIssue, "path" | "message">;

/** The trace, or the first things that are wrong with it: operation by operation, as there may be millions. */
function readTrace(json: unknown): { readonly trace?: TraceFile; readonly issues: readonly Issue[] } {
  const given = opsOf(json);
  const isLong = given.length > MAX_TRACE_OPS;
  const head = trace.safeParse(isLong ? { ...(json as object), ops: [0] } : json);
  const issues: Issue[] = head.success ? [] : [...head.error.issues];
  if (isLong) issues.push({ path: ["ops"], message: `expected at most ${MAX_TRACE_OPS} operations` });
  const ops: TraceOp[] = [];
  for (const [i, raw] of given.slice(0, MAX_TRACE_OPS).entries()) {
    if (issues.length >= MOST_ISSUES) break;
    const read = op.safeParse(raw);
    if (read.success && read.data.i === i) ops.push(read.data);
    else if (read.success)
      issues.push({
        path: ["ops", i, "i"],
        message: `expected operation ${i}: one is missing, or out of order`,
      });
    else
      for (const { path, message } of read.error.issues) issues.push({ path: ["ops", i, ...path], message });
  }
  const inner = ops.reduce((sum, one) => sum + (one.op === "wstop" ? one.inner.length : 0), 0);
  if (inner > MAX_TRACE_OPS)
    issues.push({ path: ["ops"], message: `over ${MAX_TRACE_OPS} operations at stops` });
  if (head.success && issues.length === 0) return { trace: { ...head.data, ops }, issues };
  return { issues: issues.slice(0, MOST_ISSUES) };
}

function opsOf(json: unknown): readonly unknown[] {
  const ops = (json as { readonly ops?: unknown } | null)?.ops;
  return Array.isArray(ops) ? ops : [];
}

/** JSON.parse() says where it stopped in words of its own, or not at all. */
function positionOf(error: Error, text: string): number {
  const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? Number.NaN);
  return Number.isInteger(at) ? Math.min(at, text.length) : Math.max(0, text.trimEnd().length - 1);
}
