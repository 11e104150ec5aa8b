/**
 * Lines as fsx prints them, in all its forms, wherever they stand in a line of a mail: the number of the operation, its
 * word and the rest.
 */
import type { FsxLog } from "./fsx-log.js";

/** Longer lines are no lines of fsx. */
const LONGEST_LINE = 1000;
/** A form of lines: what it looks like, and what of it is the call. */
interface LineForm {
  readonly form: FsxLog["form"];
  /** Groups: the number of the operation, its word, the rest. */
  readonly line: RegExp;
}

const DUMP_WORDS =
  "MAPREAD|MAPWRITE|READ|WRITE|TRUNCATE|FALLOC|PUNCH|ZERO|COLLAPSE|INSERT|XCHG|CLONE|DEDUPE|COPY|FSYNC|SKIPPED|CLOSE/OPEN";
const LIVE_WORDS =
  "mapread|mapwrite|read|write|trunc|punch|zero|falloc|collapse|insert|clone|dedupe|copy|swap|fsync|close/open|pollute_eof";

const LINE_FORMS: readonly LineForm[] = [
  {
    form: "log dump",
    line: new RegExp(`(\\d{1,9})\\s*\\(\\s*\\d{1,3}\\s+mod\\s+256\\s*\\)\\s*:\\s*(${DUMP_WORDS})\\b(.*)`),
  },
  // LTP prints the time as well; others have dropped the number that is left of the operation's.
  { form: "log of LTP", line: new RegExp(`\\b(\\d{1,9}): \\d{1,12}\\.\\d{6} (${DUMP_WORDS})\\b(.*)`) },
  { form: "log dump", line: new RegExp(`(?:^|[^\\w.:])(\\d{1,9}):\\s{1,20}(${DUMP_WORDS})\\b(.*)`) },
  {
    form: "log of LTP",
    line: new RegExp(`\\b(\\d{1,9}) \\d{1,12}\\.\\d{6} (?:\\d+ )?(${LIVE_WORDS})\\b(.*)`),
  },
  { form: "live log", line: new RegExp(`(?:^|[^\\w.])(\\d{1,9})\\s+(${LIVE_WORDS})(?=\\s|$)(.*)`) },
];
/** LTP's rewrite of 2023 numbers nothing. */
const TINFO =
  /\b(Reading|Writing|Map reading|Map writing) at offset=(\d{1,15}), size=(\d{1,15})|\bTruncating to (\d{1,15})/;
export interface Line {
  readonly text: string;
  readonly start: number;
}

/** A line of a form; its number, word and rest. */
export interface Matched extends Line {
  readonly form: FsxLog["form"];
  readonly number: number | undefined;
  readonly word: string;
  readonly rest: string;
  /** Printed when the call was made, not afterwards. */
  readonly isLive: boolean;
}

export function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    yield { text: text.slice(start, Math.min(stop, start + LONGEST_LINE)), start };
    start = stop + 1;
  }
}

export function matched(line: Line): Matched | undefined {
  for (const { form, line: pattern } of LINE_FORMS) {
    const found = pattern.exec(line.text);
    if (found === null) continue;
    const [, number, word = "", rest = ""] = found;
    const start = line.start + found.index + found[0].length - rest.length - word.length;
    const isCall = /0x[0-9a-f]/i.test(rest) || /fsync|skipped|close/i.test(word) || form === "log dump";
    const isLive = /^[a-z]/.test(word);
    if (isCall) return { text: line.text, start, form, number: Number(number), word, rest, isLive };
  }
  const found = TINFO.exec(line.text);
  if (found === null) return undefined;
  const [whole, what, offset, size, to] = found;
  const word = what ?? "truncate";
  const numbers = what === undefined ? [0, to] : [offset, size];
  const rest = numbers.map((n) => `0x${Number(n).toString(16)}`).join(" ");
  return {
    text: whole,
    start: line.start + found.index,
    form: "log of LTP",
    number: undefined,
    word,
    rest,
    isLive: true,
  };
}
