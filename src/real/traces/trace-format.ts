/**
 * Recorded traces of real kernels: random single-file programs with everything observable written down after each
 * operation. Reads and validates one JSON file, which may come from anywhere.
 */
import * as z from "zod";
import { OP_NAMES, OPS, type TraceWord } from "../../kernel/ops.js";
import { type Diagnostic, quoted } from "../../scenario/yaml/diagnostic.js";
import { Reporter, withoutMark } from "../../scenario/yaml/source.js";

/** Over these a trace is refused: the model's state grows with pages and operations. */
const MAX_TRACE_OPS = 10_000;
const MAX_TRACE_BYTES = 1 << 20;
const MAX_DISK_BLOCK = 1 << 30;
export const MAX_TRACE_LENGTH = 32 * MAX_TRACE_BYTES;

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

const inner = z.discriminatedUnion("op", [
  z.object({ op: z.literal("state"), size: bytes, res: residency.optional() }),
  z.object({ op: z.literal("mstore"), off: bytes, len: bytes, c: value, res: residency.optional() }),
  z.object({ op: z.enum(["sfr", "evict"]), off: bytes, len: bytes, res: residency.optional() }),
  z.object({ op: z.literal("fsync"), res: residency.optional() }),
]);

/** What was observed after each operation. */
const after = {
  i: z.int().min(0),
  size: bytes,
  ext: z.array(extent).max(4096),
  rle: z.array(run).max(65536).optional(),
  res: residency,
  err: errno.optional(),
};

type PlainWord = Exclude<TraceWord, "mstore" | "trunc" | "fsync">;

/** What operations that take a range and no data are called; those that can keep the size, or the others. */
function plainWords(keepsSize: boolean): PlainWord[] {
  return OP_NAMES.flatMap((name) => {
    const { trace, takes, data, modifiers } = OPS[name];
    const isPlain = takes === "range" && data === "none" && modifiers.includes("keepSize") === keepsSize;
    return isPlain && trace !== undefined ? [trace as PlainWord] : [];
  });
}

const op = z.discriminatedUnion("op", [
  z.object({ op: z.literal("pwrite"), off: bytes, len: bytes, c: value, ret: result, ...after }),
  z.object({ op: z.literal("swrite"), off: bytes, len: bytes, good: bytes, c: value, ret: result, ...after }),
  z.object({
    op: z.literal("wstop"),
    off: bytes,
    len: bytes,
    c: value,
    k: z.int().min(0).max(256),
    end: z.enum(["ok", "fail"]),
    inner: z.array(inner).max(1000),
    stops: z.int().min(0),
    ret: result,
    ...after,
  }),
  z.object({ op: z.literal("mstore"), off: bytes, len: bytes, c: value, ...after }),
  z.object({ op: z.enum(plainWords(true)), off: bytes, len: bytes, keep: flag, ...after }),
  z.object({ op: z.enum(["evict", ...plainWords(false)]), off: bytes, len: bytes, ...after }),
  // Its new size is the size that was seen after it.
  z.object({ op: z.literal("trunc"), ...after }),
  z.object({ op: z.literal("fsync"), ...after }),
]);

const powerOfTwo = (n: number): boolean => (n & (n - 1)) === 0;
const trace = z.object({
  v: z.literal(1),
  kernel: z.string().regex(/^[0-9A-Za-z][\w.+-]{0,79}$/, "expected the version of a kernel"),
  bs: z.int().min(512).max(4096).refine(powerOfTwo, "expected a power of two"),
  page: z.literal(4096),
  cachestat: flag.optional(),
  // Free disk blocks before the file's first, and the block of its inode: our recorder's traces have them.
  layout: z
    .object({
      free: z
        .array(z.tuple([diskBlock, diskBlock]))
        .min(1)
        .max(1000),
      inode: diskBlock,
    })
    .optional(),
  ops: z.array(op).min(1).max(MAX_TRACE_OPS),
});

export type TraceFile = z.infer<typeof trace>;
export type TraceOp = TraceFile["ops"][number];
export type InnerOp = z.infer<typeof inner>;

/** Whether a text is meant to be a trace: a JSON object. */
export function looksLikeTrace(text: string): boolean {
  return /^\uFEFF?\s*\{\s*"/.test(text.slice(0, 4096));
}

/** Reads a trace, or says everything that is wrong with it. */
export function parseTrace(
  text: string,
  fileName: string,
): { readonly trace: TraceFile } | { readonly diagnostics: Diagnostic[] } {
  const report = new Reporter(withoutMark(text), fileName);
  const failed = (): { diagnostics: Diagnostic[] } => ({ diagnostics: report.diagnostics() });
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
  const read = trace.safeParse(json);
  if (read.success) return { trace: read.data };
  for (const issue of read.error.issues.slice(0, 50)) {
    const at = offsetOf(issue.path, report.text);
    const path = issue.path.map(String).join(".");
    const remedy = path === "" ? undefined : `at ${quoted(path).slice(1, -1)}`;
    const message = issue.message.replace(/^./, (c) => c.toLowerCase());
    report.add(at, at + 1, message, remedy ? { remedy } : {});
  }
  return failed();
}

/** JSON.parse() says where it stopped in words of its own, or not at all. */
function positionOf(error: Error, text: string): number {
  const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? Number.NaN);
  return Number.isInteger(at) ? Math.min(at, text.length) : Math.max(0, text.trimEnd().length - 1);
}

/**
 * Offset of the value at the path in a text that is known to be JSON; of the innermost that exists when the path goes
 * further.
 */
function offsetOf(path: readonly PropertyKey[], text: string): number {
  const token = /["[\]{},]|[^\s"[\]{},:]/g;
  let offset = 0;
  /** Key or index of the value at hand in each container around it; undefined before a key. */
  const keys: (PropertyKey | undefined)[] = [];
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const { 0: c, index } = found;
    const last = keys.at(-1);
    token.lastIndex = c === '"' ? stringEnd(text, index) : token.lastIndex;
    if (c === '"' && keys.length > 0 && last === undefined)
      keys[keys.length - 1] = JSON.parse(text.slice(index, token.lastIndex)) as string;
    else if (c === ",") keys[keys.length - 1] = typeof last === "number" ? last + 1 : undefined;
    else if (c === "]" || c === "}") keys.pop();
    else {
      if (keys.every((key, i) => key === path[i])) offset = index;
      if (offset === index && keys.length === path.length) return offset;
      if (c === "[") keys.push(0);
      else if (c === "{") keys.push(undefined);
      else if (c !== '"') token.lastIndex = scalarEnd(text, index);
    }
  }
  return offset;
}

/** A regular expression for a whole string would run out of stack on a long one. */
function stringEnd(text: string, start: number): number {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

function scalarEnd(text: string, start: number): number {
  let end = start + 1;
  while (/[\w.+-]/.test(text[end] ?? "")) end++;
  return end;
}
