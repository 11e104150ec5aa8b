/**
 * Whatever fsx left behind, as a scenario with one thread, `fsx`: an operation file, or what it printed.
 */

import { noneOf } from "../beyond-model.js";
import { emptyBudget } from "../budget.js";
import { SCENARIO_NAME } from "../language/scenario-keys.js";
import { DEFAULT_BLOCK, DEFAULT_PAGE, pagesTouched, tooManyCells } from "../limits.js";
import { type ByteRange, NOTHING_STATED, type Scenario } from "../types.js";
import { listed, type Read, shortened, visible } from "../yaml/diagnostic.js";
import { checkText, Reporter, withoutMark } from "../yaml/source.js";
import { printQuantity } from "../yaml/units.js";
import { optionsIn, sizesIn } from "./fsx-command.js";
import { readFsxLog } from "./fsx-dump.js";
import { type Call, call, type FsxLog } from "./fsx-log.js";
import { commentsIn, readFsxOps } from "./fsx-ops-file.js";
import { type FsxOptions, PLAIN_FSX, parseFsxOptions } from "./fsx-options.js";
import { type Replayed, replay } from "./fsx-replay.js";
import { fitsUntil, sizeAfter, sizeAtStart, withKeptSizes } from "./fsx-sizes.js";
import { gapsIn } from "./fsx-whole.js";
import { type HowRead, MOST_BYTES, MOST_OPS, MOST_PAGES } from "./how-read.js";

/** Calls of a log that are needed to say of it that it is one of direct I/O. */
const ENOUGH = 8;
const SECTOR = 512;
/** A log that begins with a later operation does not begin with an empty file. */
const FIRST = 20;

/** Reads an operation file of fsx. */
export function parseFsxOps(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MOST_BYTES)) return { diagnostics: report.diagnostics() };
  const calls = readFsxOps(report);
  return scenarioOf(report, { form: "operation file", calls }, how);
}

/** Reads what fsx printed. */
export function parseFsxLog(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MOST_BYTES)) return { diagnostics: report.diagnostics() };
  return scenarioOf(report, readFsxLog(report.text), how);
}

interface Setting {
  readonly page: number;
  readonly block: number;
  readonly options: FsxOptions;
}

/** What the options say, else comment lines, else the log. */
function settingOf(report: Reporter, log: FsxLog, how: HowRead): Setting | undefined {
  const comments = log.form === "operation file" ? [...commentsIn(report.text)] : [];
  const sizes = [...comments.map((comment) => sizesIn(`#${comment}`)), log.sizes ?? {}];
  const said = (what: "page" | "block") => how[what] ?? sizes.find((one) => one[what] !== undefined)?.[what];
  let options = PLAIN_FSX;
  const texts = [log.command ?? "", ...comments.map((comment) => optionsIn(comment) ?? "")];
  for (const text of [...texts, how.fsx ?? ""]) {
    const read = parseFsxOptions(text, options, text !== how.fsx);
    if (typeof read === "string")
      return report.add(0, 1, read, { remedy: "--fsx gives the options that it ran with" });
    options = read;
  }
  const p = said("page") ?? DEFAULT_PAGE;
  const b = said("block") ?? Math.min(DEFAULT_BLOCK, p);
  for (const [what, size, least] of [["page", p, 4096] as const, ["block", b, SECTOR] as const])
    if (size < least || size > 65536 || !Number.isInteger(Math.log2(size)))
      return report.add(0, 1, `expected a ${what} of a power of two from ${printQuantity(least)} to 64k`);
  if (b > p)
    return report.add(
      0,
      1,
      `the model has no blocks larger than pages: ${printQuantity(b)} on ${printQuantity(p)}`,
      {
        remedy: "--page says how large pages were",
      },
    );
  return { page: p, block: b, options };
}

function scenarioOf(report: Reporter, log: FsxLog, how: HowRead): Read<{ readonly scenario: Scenario }> {
  const setting = settingOf(report, log, how);
  if (setting === undefined || report.failed) return { diagnostics: report.diagnostics() };
  const isFile = log.form === "operation file";
  const size = isFile ? 0 : firstSize(log.calls);
  const isLate = size > 0 || (!isFile && beginsInside(log));
  const given = isFile ? log.calls : withKeptSizes(log.calls, size);
  const hasPollution = given.some(({ name }) => name === "pollute_eof");
  const isDirect = setting.options.isDirect || (!isFile && looksDirect(given));
  const options = { ...setting.options, isDirect, pollutes: setting.options.pollutes && !hasPollution };
  const settings = {
    page: setting.page,
    options,
    isFolded: isFile,
    leaveOut: new Set(how.leaveOut),
    size,
  };
  const sought = soughtBytes(log);
  const { damaged = 0 } = log;
  const gaps = isLate ? [] : gapsIn({ ...log, calls: given }, size, (at) => report.lineOf(at));
  const moves = given.some(({ name, isSkipped }) => !isSkipped && MOVES.test(name));
  const calls =
    given.length > MOST_OPS && !moves ? cut(given, size, sought ?? lastBytes(given), setting.page) : given;
  const done = replay(calls, settings);
  refuse(report, done, setting.options.isDirect);
  const file = { size, block: setting.block, page: setting.page };
  if (!report.failed) checkSize(report, done, calls, file);
  if (report.failed) return { diagnostics: report.diagnostics() };
  const notes = [
    ...[...done.notes].map(([what, n]) => `${operations(n)} ${what}`),
    ...partNotes(report, done),
    ...(calls === given
      ? []
      : [
          `of ${given.length} operations ${calls.length} were kept: those that touch the pages in question or change the size`,
        ]),
    ...(isLate
      ? [
          `the log begins in the middle${size === 0 ? "" : `, with a file of ${printQuantity(size)}`}: what it held then is not known`,
        ]
      : []),
    ...(damaged === 0
      ? []
      : [`${operations(damaged)} left out, and this is about the rest: the lines are damaged`]),
    ...gaps.map((gap) => `${gap}: this is about the lines that are there`),
    ...(log.hasMore === true
      ? ["the file holds another log, which was not read: cut it to the log that is meant"]
      : []),
    ...(sought === undefined && log.complaint === undefined ? [] : [`reported: ${reported(log)}`]),
  ];
  const isPart =
    done.isPart || isLate || calls !== given || damaged > 0 || gaps.length > 0 || log.hasMore === true;
  const scenario: Scenario = {
    name: nameFrom(report.file),
    source: `fsx ${log.form}`,
    file,
    setup: [],
    threads: [{ name: "fsx", ops: done.ops }],
    budget: emptyBudget(),
    ...NOTHING_STATED,
    ...(notes.length === 0 ? {} : { notes }),
    ...(isPart ? { isPart } : {}),
    ...(sought === undefined ? {} : { sought }),
  };
  return { scenario };
}

/** What came before is not in the log, unless it says that the file was empty. */
function beginsInside({ calls, isLive = false }: FsxLog): boolean {
  const first = calls.find(({ isSkipped }) => !isSkipped);
  // Dumps number what fsx skipped, too.
  const number = (isLive ? first : calls[0])?.number ?? 1;
  return first !== undefined && number > (isLive ? FIRST : 1) && first.size !== 0;
}

function firstSize(calls: readonly Call[]): number {
  const first = calls.find(({ isSkipped }) => !isSkipped)?.number ?? 1;
  if (first <= 1) return 0;
  const start = sizeAtStart(calls);
  if (first > FIRST) return start;
  return fitsUntil(calls, 0) >= fitsUntil(calls, start) ? 0 : start;
}

/** -Z is seen by the lengths: only direct I/O has all of them whole sectors. */
function looksDirect(calls: readonly Call[]): boolean {
  const moves = calls.filter(({ name, isSkipped }) => !isSkipped && (name === "read" || name === "write"));
  return moves.length >= ENOUGH && moves.every(({ offset, length }) => (offset | length) % SECTOR === 0);
}

function soughtBytes({ badBytes }: FsxLog): ByteRange | undefined {
  return badBytes === undefined ? undefined : { from: badBytes.from, to: badBytes.to };
}

function lastBytes(calls: readonly Call[]): ByteRange {
  const last = calls.findLast(({ isSkipped }) => !isSkipped) ?? call("read", 0, 1);
  return { from: last.offset, to: last.offset + Math.max(1, last.length) };
}

/** After these, bytes have other places: nothing can be cut by its pages. */
const MOVES = /^(?:collapse|insert)_range$/;

/** The calls that touch the pages of these bytes, and those that change the size of the file. */
function cut(calls: readonly Call[], start: number, { from, to }: ByteRange, page: number): Call[] {
  const first = Math.floor(from / page) * page;
  const end = Math.ceil(to / page) * page;
  let size = start;
  return calls.filter((one) => {
    const { name, offset, length, to: other } = one;
    const before = size;
    size = sizeAfter(one.size ?? size, one);
    const touches = (at: number) => at < end && at + length > first;
    return (
      name === "fsync" ||
      size !== before ||
      name === "truncate" ||
      touches(offset) ||
      (other !== undefined && touches(other))
    );
  });
}

/** What the model does not have is said once, at the first call that needs it. */
function refuse(report: Reporter, { refused }: Replayed, isSaid: boolean): void {
  const names = refused.map(({ beyond }) => beyond.name);
  for (const { beyond, call, count } of refused) {
    const times = count === 1 ? "" : ` (${count} operations)`;
    const seen =
      beyond.name === "direct" && !isSaid ? ": reads and writes are whole sectors, as with fsx -Z" : "";
    report.add(call.start, call.end, `${noneOf(beyond)}${seen}${times}`, {
      remedy: `--leave-out ${names.join(",")} answers for the rest, which is no verdict on the whole`,
    });
  }
}

function checkSize(
  report: Reporter,
  { ops }: Replayed,
  calls: readonly Call[],
  file: Scenario["file"],
): void {
  const cells = tooManyCells({ setup: [], threads: [{ name: "fsx", ops }], file });
  const last = calls.at(-1) ?? call("read", 0, 0);
  if (ops.length === 0) report.add(0, 1, "expected at least one fsx operation that does something");
  else if (calls.length > MOST_OPS)
    report.add(last.start, last.end, `expected at most ${MOST_OPS} operations, found ${calls.length}`, {
      remedy: "cut the file to its end",
    });
  else if (cells !== undefined) report.add(last.start, last.end, `expected ${cells}`);
  else if (pagesTouched(ops, file.page) > MOST_PAGES)
    report.add(last.start, last.end, `expected operations to touch at most ${MOST_PAGES} pages`, {
      remedy: "keep only those that touch the pages in question",
    });
}

function operations(n: number): string {
  return n === 1 ? "1 operation is" : `${n} operations are`;
}

/** What of the log is not in the program. */
function partNotes(report: Reporter, { leftOut, parted }: Replayed): string[] {
  const all = [...leftOut.values()].reduce((sum, n) => sum + n, 0);
  const names = [...leftOut].map(([name, n]) => `${name}${n === 1 ? "" : ` (${n})`}`);
  return [
    ...(all === 0
      ? []
      : [`${operations(all)} left out, and this is about the rest: ${listed(names, "and")}`]),
    ...(parted === undefined ? [] : [partedText(report, parted)]),
  ];
}

function partedText(report: Reporter, { call, size }: NonNullable<Replayed["parted"]>): string {
  const { number, name, size: said = 0 } = call;
  const which = number === undefined ? `line ${report.lineOf(call.start)}` : `operation ${number}`;
  return `the sizes part at ${which}, a ${name}: 0x${said.toString(16)} in the log, 0x${size.toString(16)} here`;
}

function reported({ badBytes, complaint }: FsxLog): string {
  const said = complaint === undefined ? "" : shortened(visible(complaint));
  const { from, good, bad } = badBytes ?? {};
  if (from === undefined || good === undefined) return said;
  return `${said === "" ? "" : `${said}; `}at 0x${from.toString(16)} ${good} was expected and ${bad} found`;
}

function nameFrom(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/s, "");
  const name = base.replace(/[^\w.+-]+/g, "-").slice(0, 80);
  return SCENARIO_NAME.test(name) ? name : "fsx";
}
