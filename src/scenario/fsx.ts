/**
 * Operation files of fsx, as fstests writes and replays them (`--replay-ops`): one operation per line, `NAME
 * OFFSET LENGTH SIZE [FLAG...]`, where SIZE is the file's size when it was recorded and is ignored by a replay.
 * A replay starts from an empty file, folds offsets into the file's current size, and leaves out what is then empty
 * or past the end; the scenario holds what is left. `truncate` keeps its new size in LENGTH.
 */

import { OP_NAMES, OPS, type OpName } from "../kernel/ops.js";
import { emptyBudget } from "./budget.js";
import { SCENARIO_NAME } from "./language/scenario-keys.js";
import { MAX_OPS_PER_THREAD, MAX_PAGES_TOUCHED, pagesTouched } from "./limits.js";
import { type ByteRange, NOTHING_STATED, type Op, type Scenario, WHOLE } from "./types.js";
import { type Hint, listed, quoted, type Read } from "./yaml/diagnostic.js";
import { nearestWord } from "./yaml/nearest.js";
import { checkText, Reporter, withoutMark } from "./yaml/source.js";
import { MAX_OFFSET } from "./yaml/units.js";

/** Of pages and blocks alike. */
const PAGE = 4096;

interface Word {
  readonly text: string;
  readonly start: number;
}

/** Turns an operation into what the replay does with the file at its size; the new size comes back. */
type Replay = (line: Line, size: number) => { ops: Op[]; size: number; isFolded?: boolean };

interface Line {
  readonly replay: Replay;
  readonly name: Word;
  readonly offset: number;
  readonly length: number;
  readonly flags: ReadonlySet<string>;
}

const REPLAYS: ReadonlyMap<string, Replay> = new Map([
  ...OP_NAMES.flatMap((kind): [string, Replay][] => {
    const { fsx } = OPS[kind];
    return fsx === undefined ? [] : [[fsx, replayOf(kind)]];
  }),
  ["mapread", replayMapread],
  ["mapwrite", replayMapwrite],
]);

/** What fsx does with most operations: those that can make the file longer anywhere, others within the file. */
function replayOf(kind: OpName): Replay {
  const { takes, grows, modifiers } = OPS[kind];
  if (takes === "range or whole") return (_line, size) => ({ ops: [{ kind, ...WHOLE }], size });
  if (takes === "size") return ({ length: to }) => ({ ops: [{ kind, from: to, to }], size: to });
  return (line, size) => {
    const range = grows ? { from: line.offset, to: line.offset + line.length } : folded(line, size);
    if (range.from >= range.to) return { ops: [], size };
    const keepSize = modifiers.includes("keepSize") && line.flags.has("keep_size");
    const op: Op = { kind, ...range, ...(keepSize ? { keepSize } : {}) };
    const isFolded = isOther(range, line);
    return { ops: [op], size: grows && !keepSize ? Math.max(size, range.to) : size, isFolded };
  };
}

function replayMapread(line: Line, size: number): ReturnType<Replay> {
  const range = folded(line, size);
  const ops: Op[] = range.from < range.to ? [{ kind: "load", ...throughLastPage(range, size) }] : [];
  return { ops, size, isFolded: isOther(range, line) };
}

/** fsx stores, then msync(MS_SYNC)s the range, then looks behind the end of the file within the last page. */
function replayMapwrite({ offset, length }: Line, size: number): ReturnType<Replay> {
  if (length === 0) return { ops: [], size };
  const range = { from: offset, to: offset + length };
  const end = Math.max(size, range.to);
  const tail = throughLastPage(range, end);
  const grow: Op[] = end > size ? [{ kind: "truncate", from: end, to: end }] : [];
  const look: Op[] = tail.to > range.to ? [{ kind: "load", from: end, to: tail.to }] : [];
  return { ops: [...grow, { kind: "store", ...range }, { kind: "fsync", ...range }, ...look], size: end };
}

/** Operations of fsx that the model may have no path for, with the number of their arguments. */
const UNSUPPORTED: ReadonlyMap<string, number> = new Map([
  ["collapse_range", 3],
  ["insert_range", 3],
  ["write_zeroes", 3],
  ["write_atomic", 3],
  ["write_dontcache", 3],
  ["read_dontcache", 3],
  ["clone_range", 4],
  ["dedupe_range", 4],
  ["copy_range", 4],
  ["exchange_range", 4],
]);

const FLAGS = ["keep_size", "close_open", "unshare", "*"];
const OPERATIONS = [...REPLAYS.keys()];

/** Whether a text is an fsx operation file rather than a scenario, judged by its first operation. */
export function looksLikeFsxOps(text: string): boolean {
  const first = /^[ \t]*(?:skip[ \t]+)?([a-z_]+)[ \t]+(?:0x[0-9a-f]+|\d+)[ \t]/im;
  for (const line of text.slice(0, 65536).split("\n")) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const name = first.exec(line)?.[1];
    return name !== undefined && (REPLAYS.has(name) || UNSUPPORTED.has(name));
  }
  return false;
}

/** Reads an fsx operation file as a scenario with one thread, `fsx`. */
export function parseFsxOps(text: string, fileName: string): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report)) return { diagnostics: report.diagnostics() };
  const ops: Op[] = [];
  const notes = new Map<string, number>();
  const noted = (what: string): void => void notes.set(what, (notes.get(what) ?? 0) + 1);
  let size = 0;
  let tooLarge = false;
  for (const words of linesOf(report.text)) {
    const line = readLine(report, words);
    if (words[0].text === "skip") noted("left out by skip");
    if (line === undefined || report.full) continue;
    const done = line.replay(line, size);
    for (const what of differences(line, done)) noted(what);
    ops.push(...done.ops);
    size = done.size;
    if (!tooLarge) tooLarge = isTooLarge(report, line.name, ops);
  }
  if (ops.length === 0 && !report.failed)
    report.add(0, 1, "expected at least one fsx operation that does something");
  if (report.failed) return { diagnostics: report.diagnostics() };
  const scenario: Scenario = {
    name: nameFrom(fileName),
    source: "fsx operation file",
    file: { size: 0, block: PAGE, page: PAGE },
    setup: [],
    threads: [{ name: "fsx", ops }],
    budget: emptyBudget(),
    ...NOTHING_STATED,
    ...(notes.size === 0 ? {} : { notes: [...notes].map(([what, n]) => `${operations(n)} ${what}`) }),
  };
  return { scenario };
}

function operations(n: number): string {
  return n === 1 ? "1 operation is" : `${n} operations are`;
}

/** In what the replay does something else than the line says. */
function differences({ flags }: Line, { ops, isFolded }: ReturnType<Replay>): string[] {
  if (ops.length === 0) return ["left out: there is nothing of the file at its place"];
  const keepsSize = flags.has("keep_size") && !ops.some((op) => op.keepSize);
  return [
    ...(isFolded === true ? ["folded into the file's size"] : []),
    ...(flags.has("close_open") ? ["made without the close_open that follows"] : []),
    ...(keepsSize ? ["made without keep_size, which changes nothing there"] : []),
  ];
}

type Words = readonly [Word, ...Word[]];

/** The words of each line that is neither empty nor a comment. */
function* linesOf(text: string): Generator<Words> {
  for (const line of text.matchAll(/[^\n]+/g)) {
    const found = [...line[0].matchAll(/[^ \t\r]+/g)];
    const [first, ...more] = found.map((word) => ({ text: word[0], start: line.index + word.index }));
    if (first !== undefined && !first.text.startsWith("#")) yield [first, ...more];
  }
}

function readLine(report: Reporter, words: Words): Line | undefined {
  const skipped = words[0].text === "skip";
  const [name, ...rest] = skipped ? words.slice(1) : words;
  const fail = ({ text, start }: Word, message: string, hint?: Hint) =>
    report.add(start, start + text.length, message, hint);
  if (name === undefined) return fail(words[0], "expected an operation after skip");
  const replay = REPLAYS.get(name.text);
  if (replay === undefined && !UNSUPPORTED.has(name.text)) {
    const message = `expected an fsx operation: ${listed(OPERATIONS)}; found ${quoted(name.text)}`;
    return fail(name, message, { nearest: nearestWord(name.text, OPERATIONS) });
  }
  const numberOfArgs = UNSUPPORTED.get(name.text) ?? 3;
  const args = rest
    .slice(0, numberOfArgs)
    .map(
      (word) =>
        readNumber(word.text) ??
        fail(word, `expected a number below 2^53 such as 0x1000, found ${quoted(word.text)}`),
    );
  if (rest.length < numberOfArgs) {
    return fail(name, `expected ${numberOfArgs} numbers after ${name.text}, found ${rest.length}`);
  }
  const flags = rest.slice(numberOfArgs);
  for (const flag of flags) {
    if (!FLAGS.includes(flag.text)) fail(flag, `expected ${listed(FLAGS)}, found ${quoted(flag.text)}`);
  }
  const [offset, length] = args;
  if (skipped || offset === undefined || length === undefined) return undefined;
  const unshare = flags.find((flag) => flag.text === "unshare");
  if (replay === undefined) {
    return fail(name, `the model has no ${name.text}: expected ${listed(OPERATIONS)}`, {
      remedy: `write "skip" before the operation to leave it out`,
    });
  }
  if (unshare !== undefined) return fail(unshare, "the model has no FALLOC_FL_UNSHARE_RANGE");
  if (offset + length > MAX_OFFSET) return fail(name, "offsets and sizes must be below 2^53");
  return { replay, name, offset, length, flags: new Set(flags.map((flag) => flag.text)) };
}

/** Numbers as strtoul(base 0) reads them: 0x for hex, a leading 0 for octal. */
function readNumber(text: string): number | undefined {
  const isOctal = /^0[0-7]+$/.test(text);
  if (text.length > 24 || !(isOctal || /^(0x[0-9a-f]+|0|[1-9]\d*)$/i.test(text))) return undefined;
  const value = isOctal ? Number.parseInt(text, 8) : Number(text);
  return value > MAX_OFFSET ? undefined : value;
}

function isTooLarge(report: Reporter, name: Word, ops: readonly Op[]): boolean {
  const end = name.start + name.text.length;
  if (ops.length > MAX_OPS_PER_THREAD) {
    const remedy = "cut the file, or put skip before operations";
    report.add(name.start, end, `expected at most ${MAX_OPS_PER_THREAD} operations`, { remedy });
    return true;
  }
  if (pagesTouched(ops, PAGE) <= MAX_PAGES_TOUCHED) return false;
  report.add(name.start, end, `expected operations to touch at most ${MAX_PAGES_TOUCHED} pages`);
  return true;
}

function isOther({ from, to }: ByteRange, { offset, length }: Line): boolean {
  return from !== offset || to !== offset + length;
}

function folded({ offset, length }: Line, size: number): ByteRange {
  const from = size === 0 ? 0 : offset % size;
  return { from, to: Math.min(from + length, size) };
}

/** fsx checks after a mapped access that reached the last page that the page is zero behind the end of the file. */
function throughLastPage(range: ByteRange, size: number): ByteRange {
  const lastPage = Math.floor(size / PAGE) * PAGE;
  return range.to > lastPage ? { from: range.from, to: lastPage + PAGE } : range;
}

function nameFrom(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/s, "");
  const name = base.replace(/[^\w.+-]+/g, "-").slice(0, 80);
  return SCENARIO_NAME.test(name) ? name : "fsx";
}
