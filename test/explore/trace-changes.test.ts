/**
 * Traces of kernels with one field of one event changed: they are refused, but for fields that say nothing of the file or of
 * which nothing else in the trace says anything. STALEMAP_CHANGES=all takes every field of every event, minutes.
 */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { parseKernelTrace } from "../../src/scenario/reports/kernel-trace/kernel-trace.js";
import { doJob } from "../../src/tasks/index.js";
import { variantOf } from "../kernel/drive.js";

const ALL = process.env.STALEMAP_CHANGES === "all";
const SAMPLE = 120;

/** Fields that may say something else in some line, and why. */
const FREE: readonly (readonly [fields: RegExp, why: string])[] = [
  [/\.(?:addr|page|pfn|ops|buf|startblock)$/, "addresses in memory and on disk: the model has none"],
  [/\.fd$/, "numbers of descriptors"],
  [/\.iflags$|^xfs_\w+_fault\.order$/, "what the model does not have"],
  [/^iomap_(?:iter|apply)_dstmap\.flags$|^iomap_add_to_ioend\.flags$/, "the type says it"],
  [/^iomap_iter\.(?:length|status)$/, "what a step has done is seen by where the next one is"],
  [/^iomap_iter\.(?:pos|flags)$/, "steps of zeroing, and of functions that are not known"],
  [
    /^iomap_add_to_ioend\.(?:offset|length)$|^iomap_iter_dstmap\.length$/,
    "an extent of which only a part is in question",
  ],
  [/^xfs_(?:map_blocks|iomap)_found\.(?:fsbcount|bytecount)$/, "a record beyond what is asked for"],
  [/^sys_(?:fadvise64|sync_file_range)\.(?:offset|len|nbytes|advice)$/, "a range of which nothing is done"],
  [/^sys_p?(?:read|write)(?:64)?\.(?:count|result)$/, "a call of another file, or one that got less"],
  [/^xfs_file_buffered_read\./, "a read whose call is not in the trace, of pages that are there"],
  [/^iomap_writeback_folio\.length$/, "a folio that came before the trace began"],
];

interface Change {
  readonly key: string;
  readonly text: string;
  readonly line: number;
}

const FIELD =
  /(?<field>[A-Za-z_]\w*)(?<between>[=: ]{1,2})(?<value>-?0x[0-9a-f]+|-?\d+|[0-9a-f]+|HOLE|DELALLOC|UNWRITTEN|MAPPED|WRITE|ZERO)(?=[\s,)|]|$)/g;
const WORDS: Readonly<Record<string, string>> = {
  HOLE: "MAPPED",
  DELALLOC: "HOLE",
  UNWRITTEN: "MAPPED",
  MAPPED: "HOLE",
  WRITE: "ZERO",
  ZERO: "WRITE",
};

function changed(field: string, value: string): string {
  if (WORDS[value] !== undefined) return WORDS[value];
  if (value.startsWith("-")) return "0";
  const step = /^(?:startoff|startblock|\w*blockcount|fsbcount|nr_pages|order|fd|mode|flags|advice)$/.test(
    field,
  )
    ? 1n
    : 4096n;
  if (value.startsWith("0x")) return `0x${(BigInt(value) + step).toString(16)}`;
  return /^\d+$/.test(value) ? `${BigInt(value) + step}` : `${value}0`;
}

function* changesOf(text: string): Generator<Change> {
  const lines = text.split("\n");
  for (const [i, line] of lines.entries()) {
    const [head, name = ""] = /^\s*\S.*?-\d+\s+\[\d+\]\s+\S+\s+\d+\.\d+: (\w+)(?::|\(| -> )/.exec(line) ?? [];
    if (head === undefined) continue;
    const rest = line.slice(head.length);
    const put = (key: string, fresh: string) => ({ key, text: lines.with(i, fresh).join("\n"), line: i + 1 });
    if (head.endsWith("-> "))
      yield put(`${name}.result`, `${head}${rest.trim() === "0x0" ? "0x200" : "0x7fff"}`);
    for (const found of rest.matchAll(FIELD)) {
      const { field = "", between = "", value = "" } = found.groups ?? {};
      if (field === "ino" || field === "dev") continue;
      const at = found.index + field.length + between.length;
      const fresh = changed(field, value) + rest.slice(at + value.length);
      yield put(`${name}.${field}`, head + rest.slice(0, at) + fresh);
    }
  }
}

/** The line where it is refused; undefined where it is not. */
function refusal(text: string, kernel: string): number | undefined {
  const parsed = parseFile("t", text, {});
  if ("diagnostics" in parsed) return parsed.diagnostics[0]?.line;
  const subject = { scenario: parsed.scenario, variant: variantOf(kernel) };
  const fit = doJob({ kind: "fit", subject, mask: -1 });
  return fit.isPossible ? undefined : (fit.misfit?.event.line ?? 0);
}

it.each([
  ["lost-5.10.txt", "5.10"],
  ["lost-6.18.txt", "6.18"],
])("a field of %s that is changed is refused, or nobody can tell", { timeout: 600_000 }, (file, kernel) => {
  const text = readFileSync(`test/data/kernel-events/${file}`, "utf8");
  const rng = makeRng(file);
  const all = [...changesOf(text)];
  const chosen = ALL ? all : all.filter(() => rng.chance(SAMPLE / all.length));
  expect(chosen.length).toBeGreaterThan(SAMPLE / 2);
  const isFree = ({ key }: Change) => FREE.some(([fields]) => fields.test(key));
  const passed = chosen.filter((one) => (ALL || !isFree(one)) && refusal(one.text, kernel) === undefined);
  expect(passed.filter((one) => !isFree(one)).map(({ key, line }) => `${line} ${key}`)).toEqual([]);
});

/** The line at which the reader itself refuses a trace of inode `inode`. */
function readRefusal(text: string, inode: number): number | undefined {
  const read = parseKernelTrace(text, "t", { inode });
  return "diagnostics" in read ? read.diagnostics[0]?.line : read.scenario.observed?.contrary?.line;
}

/** Nothing else in a thread says whose these are: a completion is noticed where it is missing, a fault may be of any file. */
const ALONE =
  /: (?:xfs_unwritten_convert|xfs_setfilesize|xfs_(?:read|write)_fault|xfs_file_(?:fsync|buffered_read)): /;

it.each(["lost-5.10.txt", "lost-6.18.txt"])(
  "an event of %s that is another inode's is refused there",
  (file) => {
    const lines = readFileSync(`test/data/kernel-events/${file}`, "utf8").split("\n");
    const inode = (line: string) => / ino[ =](?:0x)?([0-9a-f]+)/.exec(line)?.[1];
    const own = Number.parseInt(lines.map(inode).find((one) => one !== undefined) ?? "", 16);
    expect(readRefusal(lines.join("\n"), own)).toBeUndefined();
    const moved = lines.flatMap((line, i) => (inode(line) === undefined || ALONE.test(line) ? [] : [i]));
    expect(moved.length).toBeGreaterThan(25);
    const other = (line: string) => line.replace(/( ino[ =](?:0x)?[0-9a-f]+)/, "$11");
    const passed = moved.filter(
      (i) => readRefusal(lines.with(i, other(lines[i] ?? "")).join("\n"), own) !== i + 1,
    );
    expect(passed.map((i) => lines[i])).toEqual([]);
  },
);

it("a call that waits for I/O does not return before it is over", () => {
  const lines = readFileSync("test/data/kernel-events/lost-5.10.txt", "utf8").split("\n");
  const parts = (line = "") => /^(.*\s)(\d+\.\d+)(: .*)$/.exec(line)?.slice(1) ?? [];
  for (const i of [27, 44]) {
    const [[who, when, what], [who2, when2, what2]] = [parts(lines[i]), parts(lines[i + 1])];
    expect([what, what2]).toEqual([
      expect.stringContaining("xfs_unwritten_convert"),
      expect.stringContaining("sys_sync_file_range -> 0x0"),
    ]);
    const swapped = lines.with(i, `${who2}${when}${what2}`).with(i + 1, `${who}${when2}${what}`);
    expect(readRefusal(swapped.join("\n"), 0x17445)).toBe(i + 2);
  }
});
