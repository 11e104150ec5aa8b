/**
 * What fsx prints, as it is after mail, bug trackers and pagers: the LOG DUMP of a failed run, the lines that -d prints
 * while it runs, both forms of LTP, and what it says of wrong bytes. Lines may carry any prefix (quote marks, signs of a
 * diff, times, an id), any blanks, and may be broken in two.
 */

import { type BadBytes, type Call, type CallName, call, type FsxLog, TWO_RANGES } from "./fsx-log.js";
import { commandIn } from "./fsx-options.js";

/** Longer lines are no lines of fsx. */
const LONGEST_LINE = 1000;
const HEX = /0x([0-9a-f]{1,13})\b/gi;

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
  { form: "log of LTP", line: new RegExp(`\\b(\\d{1,9}): \\d{1,12}\\.\\d{6} (${DUMP_WORDS})\\b(.*)`) },
  {
    form: "log of LTP",
    line: new RegExp(`\\b(\\d{1,9}) \\d{1,12}\\.\\d{6} (?:\\d+ )?(${LIVE_WORDS})\\b(.*)`),
  },
  { form: "live log", line: new RegExp(`(?:^|[^\\w.])(\\d{1,9})\\s+(${LIVE_WORDS})(?=\\s|$)(.*)`) },
];
/** LTP's rewrite of 2023 numbers nothing. */
const TINFO =
  /\b(Reading|Writing|Map reading|Map writing) at offset=(\d{1,15}), size=(\d{1,15})|\bTruncating to (\d{1,15})/;
const TINFO_CALLS: Readonly<Record<string, CallName>> = {
  Reading: "read",
  Writing: "write",
  "Map reading": "mapread",
  "Map writing": "mapwrite",
};

/** How the numbers of a line make a call of it. */
const NAMES: Readonly<Record<string, CallName>> = {
  read: "read",
  write: "write",
  mapread: "mapread",
  mapwrite: "mapwrite",
  trunc: "truncate",
  truncate: "truncate",
  falloc: "fallocate",
  punch: "punch_hole",
  zero: "zero_range",
  collapse: "collapse_range",
  insert: "insert_range",
  clone: "clone_range",
  dedupe: "dedupe_range",
  copy: "copy_range",
  xchg: "exchange_range",
  swap: "exchange_range",
  fsync: "fsync",
  pollute_eof: "pollute_eof",
};

interface Line {
  readonly text: string;
  readonly start: number;
}

/** A line of a form; its number, word and rest. */
interface Matched extends Line {
  readonly form: FsxLog["form"];
  readonly number: number | undefined;
  readonly word: string;
  readonly rest: string;
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    yield { text: text.slice(start, Math.min(stop, start + LONGEST_LINE)), start };
    start = stop + 1;
  }
}

function matched(line: Line): Matched | undefined {
  for (const { form, line: pattern } of LINE_FORMS) {
    const found = pattern.exec(line.text);
    if (found === null) continue;
    const [, number, word = "", rest = ""] = found;
    const start = line.start + found.index + found[0].length - rest.length - word.length;
    const isCall = /0x[0-9a-f]/i.test(rest) || /fsync|skipped|close/i.test(word) || form === "log dump";
    if (isCall) return { text: line.text, start, form, number: Number(number), word, rest };
  }
  const found = TINFO.exec(line.text);
  if (found === null) return undefined;
  const [whole, what, offset, size, to] = found;
  const word = what ?? "truncate";
  const numbers = what === undefined ? [0, to] : [offset, size];
  const rest = numbers.map((n) => `0x${Number(n).toString(16)}`).join(" ");
  return { text: whole, start: line.start + found.index, form: "log of LTP", number: undefined, word, rest };
}

/** Whether a text is one that fsx printed: two lines of one of its forms, or one and what it complains about. */
export function looksLikeFsxLog(text: string): boolean {
  let lines = 0;
  let signs = 0;
  for (const line of linesOf(text)) {
    if (matched(line) !== undefined) lines++;
    else if (/LOG DUMP \(|READ BAD DATA|non-zero data past EOF|^\W*OFFSET\s+GOOD\s+BAD/.test(line.text))
      signs++;
    if (lines > 1 || (lines > 0 && signs > 0) || /LOG DUMP \(\d/.test(line.text)) return true;
  }
  return false;
}

/** Reads it. What is no line of fsx is passed over; of two logs in it the first is read. */
export function readFsxLog(text: string): FsxLog {
  const calls: Call[] = [];
  const seen = new Complaints();
  let form: FsxLog["form"] = "log dump";
  let command: string | undefined;
  let open: { readonly line: Matched; rest: string; left: number } | undefined;
  let isOver = false;
  const close = (): void => {
    const made = open === undefined ? undefined : callOf(open.line, open.rest);
    if (made !== undefined) calls.push(made);
    open = undefined;
  };
  for (const line of linesOf(text)) {
    const found = matched(line);
    if (found === undefined) {
      if (open !== undefined && open.left > 0 && !isWhole(open.line, open.rest)) {
        open.rest += ` ${line.text}`;
        open.left--;
      }
      if (/\bCLOSE\/OPEN\b/.test(line.text) && open !== undefined) open.rest += " CLOSE/OPEN";
      seen.hear(line.text);
      command ??= commandIn(line.text);
      continue;
    }
    close();
    if (isOver) continue;
    const last = calls.at(-1)?.number;
    if (found.form === form && found.number !== undefined && last !== undefined && found.number < last) {
      isOver = true;
      continue;
    }
    // A live log that ends in a dump says everything twice.
    if (found.form === "log dump" && form === "live log" && calls.length > 0) calls.length = 0;
    if (found.form === "live log" && form === "log dump" && calls.length > 0) continue;
    form = found.form;
    if (/^close/i.test(found.word)) closeLast(calls);
    else open = { line: found, rest: found.rest, left: 1 };
  }
  close();
  return { form, calls, command, hasMore: isOver, badBytes: seen.badBytes, complaint: seen.complaint };
}

function closeLast(calls: Call[]): void {
  const last = calls.pop();
  if (last !== undefined) calls.push({ ...last, closeOpen: true });
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(HEX)].map(([, digits]) => Number.parseInt(digits ?? "0", 16));
}

/** How many numbers a line of this word needs. */
function isWhole({ word }: Matched, rest: string): boolean {
  if (/fsync|skipped/i.test(word)) return true;
  return numbersIn(rest).length >= (/^(clone|dedupe|copy|xchg|swap)/i.test(word) ? 4 : 2);
}

function callOf(line: Matched, rest: string): Call | undefined {
  const { number, word, start, form } = line;
  const isDump = /^[A-Z]/.test(word) && TINFO_CALLS[word] === undefined;
  const place = { number, start, end: start + word.length, closeOpen: rest.includes("CLOSE/OPEN") };
  const name = TINFO_CALLS[word] ?? NAMES[word.toLowerCase()];
  const [a = 0, b = 0, c, d] = numbersIn(rest);
  // The operation that was not made counts, so that what follows it can say that a reopening came behind it.
  if (name === undefined) return call("read", 0, 0, { ...place, isSkipped: true });
  if (name === "fsync") return call(name, 0, 0, place);
  if (!isWhole(line, rest)) return undefined;
  if (name === "truncate") {
    // LTP's live form prints the bytes that there will be last.
    const isLtp = form === "log of LTP" && !isDump && c !== undefined;
    return call(name, 0, isLtp ? c : b, { ...place, size: number === undefined ? undefined : a });
  }
  if (number === undefined) return call(name, a, b, place);
  const isExclusive = isDump ? name === "fallocate" : /\bfrom\b/.test(rest);
  const length = Math.max(0, b - a + (isExclusive ? 0 : 1));
  const keepSize = name === "fallocate" && isDump ? /PAST_EOF/.test(rest) : undefined;
  // `(0xN bytes) to 0xD thru 0xE`, `(0xN bytes) at 0xD`.
  const bounds = isDump ? boundsSaid(name, rest, a, a + length) : {};
  return call(name, a, length, { ...place, keepSize, to: TWO_RANGES.has(name) ? d : undefined, ...bounds });
}

/** What HOLE, EXTEND, INTERIOR and their absence say of the size of the file before the call. */
function boundsSaid(name: CallName, rest: string, from: number, to: number): Partial<Call> {
  if (name === "write") {
    if (/\bHOLE\b/.test(rest)) return { below: from };
    return /\bEXTEND\b/.test(rest) ? { atLeast: from, below: to } : { atLeast: to };
  }
  if (name === "fallocate") return /\bINTERIOR\b/.test(rest) ? { atLeast: to } : { below: to };
  return {};
}

/** What fsx says of wrong bytes. */
class Complaints {
  badBytes: BadBytes | undefined;
  complaint: string | undefined;
  #isTable = false;
  #read: { readonly from: number; readonly to: number } | undefined;

  hear(line: string): void {
    const read = /READ BAD DATA: offset = 0x([0-9a-f]{1,13}), size = 0x([0-9a-f]{1,13})/i.exec(line);
    if (read !== null) {
      const [from = 0, size = 0] = read.slice(1).map((n) => Number.parseInt(n, 16));
      this.#read = { from, to: from + Math.max(1, size) };
      this.#note(line);
      this.badBytes ??= this.#read;
    } else if (/OFFSET\s+GOOD\s+BAD/.test(line)) this.#isTable = true;
    else if (this.#isTable) this.#row(line);
    const past = /Mapped (?:Read|Write|check_contents): non-zero data past EOF \(0x([0-9a-f]{1,13})\)/i.exec(
      line,
    );
    if (past !== null) {
      const from = Number.parseInt(past[1] ?? "0", 16) + 1;
      this.badBytes ??= { from, to: from + 1 };
      this.#note(line);
    }
    if (/Size error: expected 0x|short (?:read|write): 0x/.test(line)) this.#note(line);
    const ltp = /File memory differs at offset=(\d{1,15})/.exec(line);
    if (ltp !== null) {
      this.badBytes ??= { from: Number(ltp[1]), to: Number(ltp[1]) + 1 };
      this.#note(line);
    }
  }

  #note(line: string): void {
    this.complaint ??= line
      .slice(Math.max(0, line.search(/READ BAD|Mapped|Size error|short|File memory/)))
      .trim();
  }

  #row(line: string): void {
    const row =
      /0x([0-9a-f]{1,13})\s+(0x[0-9a-f]{1,4})\s+(0x[0-9a-f]{1,4})(?:\s+0x\s*([0-9a-f]{1,13}))?/i.exec(line);
    if (row === null) {
      if (!/operation# \(mod 256\)/.test(line)) this.#isTable = false;
      return;
    }
    const from = Number.parseInt(row[1] ?? "0", 16);
    const range = Number.parseInt(row[4] ?? "0", 16);
    const last = Math.min(from + Math.max(1, range), this.#read?.to ?? Number.POSITIVE_INFINITY);
    const isFirst = this.badBytes?.good === undefined;
    if (isFirst) this.badBytes = { from, to: Math.max(from + 1, last), good: row[2], bad: row[3] };
    else if (this.badBytes !== undefined)
      this.badBytes = { ...this.badBytes, to: Math.max(this.badBytes.to, from + 1) };
  }
}
