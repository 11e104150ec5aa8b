/**
 * Operation files of fsx, as fstests writes and replays them (`--replay-ops`): one operation per line, `NAME OFFSET
 * LENGTH SIZE [FLAG...]`, where SIZE is the file's size when it was recorded. `truncate` keeps its new size in LENGTH.
 */
import { beyondModel, noneOf } from "../beyond-model.js";
import type { Hint } from "../yaml/diagnostic.js";
import { listed, quoted } from "../yaml/diagnostic.js";
import { nearestWord } from "../yaml/nearest.js";
import type { Reporter } from "../yaml/source.js";
import { MAX_OFFSET } from "../yaml/units.js";
import { CALL_NAMES, type Call, type CallName, call, TWO_RANGES } from "./fsx-log.js";

interface Word {
  readonly text: string;
  readonly start: number;
}
type Words = readonly [Word, ...Word[]];

const FLAGS = ["keep_size", "close_open", "unshare", "*"];
const NAMES: readonly string[] = CALL_NAMES.filter((name) => name !== "pollute_eof");

/** Whether a text is an operation file, judged by its first operation. */
export function looksLikeFsxOps(text: string): boolean {
  const first = /^[ \t]*(?:skip[ \t]+)?([a-z_]+)[ \t]+(?:0x[0-9a-f]+|\d+)[ \t]/im;
  for (const line of text.slice(0, 65536).split("\n")) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const name = first.exec(line)?.[1];
    return name !== undefined && NAMES.includes(name);
  }
  return false;
}

/** Reads the operations; what is wrong with them is reported. */
export function readFsxOps(report: Reporter): Call[] {
  const calls: Call[] = [];
  for (const words of linesOf(report.text)) {
    if (report.full) break;
    const read = readLine(report, words);
    if (read !== undefined) calls.push(read);
  }
  return calls;
}

/** The texts of the comments. */
export function* commentsIn(text: string): Generator<string> {
  for (const [, comment = ""] of text.matchAll(/^[ \t]*#([^\n]*)/gm)) yield comment;
}

/** The words of each line that is neither empty nor a comment. */
function* linesOf(text: string): Generator<Words> {
  for (const line of text.matchAll(/[^\n]+/g)) {
    const found = [...line[0].matchAll(/[^ \t\r]+/g)];
    const [first, ...more] = found.map((word) => ({ text: word[0], start: line.index + word.index }));
    if (first !== undefined && !first.text.startsWith("#")) yield [first, ...more];
  }
}

function readLine(report: Reporter, words: Words): Call | undefined {
  const isSkipped = words[0].text === "skip";
  const [word, ...rest] = isSkipped ? words.slice(1) : words;
  const fail = ({ text, start }: Word, message: string, hint?: Hint) =>
    report.add(start, start + text.length, message, hint);
  if (word === undefined) return fail(words[0], "expected an operation after skip");
  const name = NAMES.find((known): known is CallName => known === word.text);
  if (name === undefined) {
    const beyond = beyondModel(word.text);
    if (beyond !== undefined) return fail(word, noneOf(beyond), { remedy: beyond.instead });
    const message = `expected an fsx operation: ${listed(NAMES)}; found ${quoted(word.text)}`;
    return fail(word, message, { nearest: nearestWord(word.text, NAMES) });
  }
  const numberOfArgs = TWO_RANGES.has(name) ? 4 : 3;
  const args = rest
    .slice(0, numberOfArgs)
    .map(
      (word) =>
        readNumber(word.text) ??
        fail(word, `expected a number below 2^53 such as 0x1000, found ${quoted(word.text)}`),
    );
  if (rest.length < numberOfArgs)
    return fail(word, `expected ${numberOfArgs} numbers after ${name}, found ${rest.length}`);
  const flags = rest.slice(numberOfArgs);
  for (const flag of flags)
    if (!FLAGS.includes(flag.text)) fail(flag, `expected ${listed(FLAGS)}, found ${quoted(flag.text)}`);
  const [offset, length, third, fourth] = args;
  if (offset === undefined || length === undefined) return undefined;
  const to = TWO_RANGES.has(name) ? third : undefined;
  if (Math.max(offset, to ?? 0) + length > MAX_OFFSET)
    return isSkipped ? undefined : fail(word, "offsets and sizes must be below 2^53");
  const has = (text: string) => flags.some((flag) => flag.text === text);
  return call(name, offset, length, {
    to,
    size: TWO_RANGES.has(name) ? fourth : third,
    keepSize: has("keep_size"),
    closeOpen: has("close_open"),
    unshare: has("unshare"),
    isSkipped,
    start: word.start,
    end: word.start + word.text.length,
  });
}

/** Numbers as strtoul(base 0) reads them: 0x for hex, a leading 0 for octal. */
function readNumber(text: string): number | undefined {
  const isOctal = /^0[0-7]+$/.test(text);
  if (text.length > 24 || !(isOctal || /^(0x[0-9a-f]+|0|[1-9]\d*)$/i.test(text))) return undefined;
  const value = isOctal ? Number.parseInt(text, 8) : Number(text);
  return value > MAX_OFFSET ? undefined : value;
}
