/**
 * What fsx prints, as it is after mail, bug trackers and pagers: the LOG DUMP of a failed run, the lines that -d prints
 * while it runs, both forms of LTP, and what it says of wrong bytes. Lines may carry any prefix (quote marks, signs of a
 * diff, times, an id), any blanks, and may be broken in two.
 */

import { commandIn, sizesIn } from "./fsx-command.js";
import { Complaints } from "./fsx-complaints.js";
import { type Line, linesOf, type Matched, matched } from "./fsx-lines.js";
import { type Call, type CallName, call, type FsxLog, TWO_RANGES } from "./fsx-log.js";

/** printf writes %#08x of 0 without 0x. */
const HEX = /0x([0-9a-f]{1,13})\b|(?<![\w.])(0{6,16})\b/gi;

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
  const reader = new LogReader();
  for (const line of linesOf(text)) reader.take(line);
  return reader.end();
}

class LogReader {
  readonly #calls: Call[] = [];
  readonly #complaints = new Complaints();
  #form: FsxLog["form"] = "log dump";
  #command: string | undefined;
  #sizes: ReturnType<typeof sizesIn> = {};
  /** The last line, which may go on in the next, and whether that is still to come. */
  #open: { readonly line: Matched; rest: string; isLast: boolean } | undefined;
  #damaged = 0;
  /** The calls so far were printed as they were made. */
  #isLive = false;
  /** What the head of the dump says. */
  #total: number | undefined;
  #isOver = false;

  take(line: Line): void {
    const found = matched(line);
    if (found === undefined) this.#other(line.text);
    else {
      this.#close();
      this.#add(found);
    }
  }

  end(): FsxLog {
    this.#close();
    const { badBytes, complaint } = this.#complaints;
    const said = { badBytes, complaint, command: this.#command, sizes: this.#sizes, hasMore: this.#isOver };
    const its = { isLive: this.#isLive, total: this.#total };
    return { form: this.#form, calls: this.#calls, damaged: this.#damaged, ...its, ...said };
  }

  #other(text: string): void {
    const open = this.#open;
    if (open?.isLast) {
      open.rest = goneOn(open.line, open.rest, text);
      open.isLast = false;
    }
    if (/\bCLOSE\/OPEN\b/.test(text) && open !== undefined) open.rest += " CLOSE/OPEN";
    const total = /LOG DUMP \((\d{1,9})/.exec(text)?.[1];
    if (total !== undefined) this.#beginDump(Number(total));
    if (!this.#isOver) this.#complaints.hear(text);
    this.#sizes = { ...sizesIn(text), ...this.#sizes };
    // What a diff takes away has not been called; of several commands the last is the one that failed.
    if (this.#calls.length === 0 && !/^[\s>]*-/.test(text)) this.#command = commandIn(text) ?? this.#command;
  }

  /** A dump says again what was printed live; one behind another dump is of another run. */
  #beginDump(total: number): void {
    this.#close();
    if (this.#isLive) this.#calls.length = 0;
    else this.#isOver ||= this.#calls.length > 0;
    if (!this.#isOver) this.#total = total;
  }

  #add(found: Matched): void {
    const last = this.#calls.at(-1)?.number ?? 0;
    if (found.number === 1 && last > 1 && found.isLive === this.#isLive) this.#isOver = true;
    if (this.#isOver || (found.isLive && !this.#isLive && this.#calls.length > 0)) return;
    if (!found.isLive && this.#isLive) this.#calls.length = 0;
    this.#isLive = found.isLive;
    this.#form = found.form;
    if (/^close/i.test(found.word)) closeLast(this.#calls);
    else this.#open = { line: found, rest: found.rest, isLast: true };
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const numbers = numbersIn(open.rest);
    const made = isSound(open.line, open.rest, numbers) ? callOf(open.line, open.rest, numbers) : undefined;
    if (made === undefined) this.#damaged++;
    const { number, start } = open.line;
    this.#calls.push(made ?? call("read", 0, 0, { number, start, end: start + 1, isSkipped: true }));
  }
}

function closeLast(calls: Call[]): void {
  const last = calls.pop();
  if (last !== undefined) calls.push({ ...last, closeOpen: true });
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(HEX)].map(([, digits = "0"]) => Number.parseInt(digits, 16));
}

/** What a line that was broken in two says with the text of the next one, if that belongs to it. */
function goneOn(line: Matched, rest: string, next: string): string {
  const text = next.replace(/^(?:[ \t]{0,20}[>|+])* ?/, "");
  if (isWhole(line, rest) && SAID.test(rest)) return FLAGS.test(text) ? `${rest} ${text}` : rest;
  const joined = [rest + text, `${rest} ${text}`];
  const whole = joined.find((one) => isSound(line, one) && (SAID.test(one) || !isWhole(line, rest)));
  return whole ?? rest;
}

/** How many bytes a line says that its range has. */
const SAID = /\(0x([0-9a-f]{1,13})(?: \(\d{1,15}\))? bytes\)/;
/** What may stand behind that. */
const FLAGS = /^\s*(?:HOLE|EXTEND|INTERIOR|PAST_EOF|\*{3}|to 0x|at 0x)/;

/** Whether it has what it needs, and its range is as long as it says; fsx' own ends are off by one here and there. */
function isSound(line: Matched, rest: string, numbers: readonly number[] = numbersIn(rest)): boolean {
  if (!isWhole(line, rest, numbers)) return false;
  const said = SAID.exec(rest)?.[1];
  if (said === undefined || /^trunc/i.test(line.word) || line.number === undefined) return true;
  const [from = 0, to = 0] = numbers;
  return Math.abs(Math.max(0, to - from + 1) - Number.parseInt(said, 16)) <= 1;
}

/** How many numbers a line of this word needs. */
function isWhole({ word }: Matched, rest: string, numbers: readonly number[] = numbersIn(rest)): boolean {
  if (/^(?:fsync|skipped)/i.test(word)) return true;
  return numbers.length >= (/^(?:clone|dedupe|copy|xchg|swap)/i.test(word) ? 4 : 2);
}

function callOf(line: Matched, rest: string, numbers: readonly number[]): Call | undefined {
  const { number, word, start, form, isLive } = line;
  const isDump = !isLive;
  const place = { number, start, end: start + word.length, closeOpen: rest.includes("CLOSE/OPEN") };
  const name = TINFO_CALLS[word] ?? NAMES[word.toLowerCase()];
  const [a = 0, b = 0, , d] = numbers;
  // The operation that was not made counts, so that what follows it can say that a reopening came behind it.
  if (name === undefined) return call("read", 0, 0, { ...place, isSkipped: true });
  if (name === "fsync") return call(name, 0, 0, place);
  if (name === "truncate") {
    // LTP's live form prints last how many bytes there will be.
    const isLtp = form === "log of LTP" && isLive && number !== undefined;
    return call(name, 0, isLtp ? (numbers.at(-1) ?? b) : b, {
      ...place,
      size: number === undefined ? undefined : a,
    });
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
