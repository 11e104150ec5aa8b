/**
 * The race as kernel commit logs draw it: one column per thread, time running down, within 80 columns or as many as the terminal has. kworkers share
 * a column with the thread that made their I/O where there is no room for one of their own; when even that is too
 * narrow for function names, everything but the thread that lost the data shares one column.
 */
import type { Film } from "../explore/finding/film.js";
import type { Finding } from "../explore/finding/finding.js";
import type { Scenario } from "../scenario/types.js";
import { byteStrips } from "./byte-strips.js";
import { findingRows, losingStep, type Row } from "./rows.js";
import { type Cell, COLUMNS, keep, type Palette, pictureColumns, wrap } from "./style.js";

const MOST_COLUMNS = 4;
const GAP = 2;
/** Between the threads and the bytes. */
const STRIPS_GAP = 3;
/** Narrower than this, threads have all of it. */
const ROOM_FOR_STRIPS = 105;
/** A column narrower than this breaks too many kernel names. */
const NARROWEST = 18;
/** A note longer than this may as well wrap. */
const MOST_WISHED = 40;

interface Column {
  readonly threads: readonly string[];
  readonly width: number;
}

/**
 * The race that a finding of the scenario is, the step that lost the data marked; with what the bytes are after each step
 * beside it, where there is room and `film` gives it.
 */
export function drawRace(
  scenario: Scenario,
  finding: Finding,
  paint: Palette,
  film?: () => Film | undefined,
): string[] {
  const rows = findingRows(scenario, finding);
  const mark = losingStep(finding);
  const victim = finding.map === undefined ? undefined : scenario.threads[finding.map.thread]?.name;
  const digits = String(rows.at(-1)?.i ?? 0).length;
  // Mark, space, number, space.
  const margin = 2 + digits + 1;
  const whole = pictureColumns(paint) - margin;
  const strips = whole > ROOM_FOR_STRIPS ? byteStrips(scenario, film?.()) : undefined;
  const room = strips === undefined ? whole : whole - strips.width - STRIPS_GAP;
  const columns = layOut(rows, victim ?? scenario.threads[0]?.name, room);
  const width = columns.reduce((n, column) => n + column.width + GAP, margin - GAP);
  const lines = heading(columns, margin, paint, strips !== undefined);
  const addStrip = (line: number, strip: string | undefined, length: number) => {
    if (strip !== undefined) lines[line] += `${" ".repeat(width + STRIPS_GAP - length)}${strip}`;
  };
  if (strips !== undefined) {
    addStrip(lines.length - 2, paint.bold(strips.heads), width);
    addStrip(lines.length - 1, strips.after(0), width);
  }
  const last = new Map<Column, string>();
  for (const row of rows) {
    const at = columns.findIndex(({ threads }) => threads.includes(row.thread));
    const column = columns[at];
    if (column === undefined) continue;
    const isShared = column.threads.length > 1;
    const label = isShared && last.get(column) !== row.thread ? `${row.thread}: ` : "";
    last.set(column, row.thread);
    const isMarked = row.i === mark;
    const before = columns.slice(0, at).reduce((n, c) => n + c.width + GAP, 0);
    cellLines(row, label, column.width, paint).forEach(([text, colour], n) => {
      const number = n === 0 ? String(row.i).padStart(digits) : " ".repeat(digits);
      const head = `${isMarked ? paint.red(n === 0 ? "x" : "|") : " "} ${paint.dim(number)} `;
      lines.push(`${head}${" ".repeat(before)}${(isMarked ? paint.red : colour)(text)}`);
      if (n === 0) addStrip(lines.length - 1, strips?.after(row.i), margin + before + text.length);
    });
  }
  if (strips !== undefined)
    lines.push("", ...wrap(strips.legend, COLUMNS - 4, "").map((line) => `    ${line}`));
  return lines;
}

function cellLines(row: Row, label: string, width: number, { bold, dim }: Palette): Cell[] {
  const lines: Cell[] = [];
  let rest = label;
  if (row.begins !== undefined) {
    for (const text of wrap(`${rest}(${row.begins})`, width, "  ")) lines.push([text, dim]);
    rest = "";
  }
  for (const { fn, notes } of row.calls) {
    const one = [`${rest}${fn}`, ...notes].join(" ");
    if (notes.length <= 1 && one.length <= width) lines.push([one, bold]);
    else {
      for (const part of wrap(rest + fn, width, "    ")) lines.push([part, bold]);
      for (const note of notes.flatMap((text) => text.split(/ (?=<- )/))) {
        for (const part of wrapNote(note, width - 2)) lines.push([`  ${part}`, keep]);
      }
    }
    rest = "";
  }
  return lines;
}

/** A note in lines; `seq 4` and `-> WRITTEN` stay in one piece. */
function wrapNote(note: string, width: number): string[] {
  const glued = note.replace(/(seq|page|->|is|says) (?=\S)/g, "$1\u00a0");
  return wrap(glued, width, "  ").map((line) => line.replace(/\u00a0/g, " "));
}

function heading(columns: readonly Column[], margin: number, paint: Palette, isPadded: boolean): string[] {
  const cells = columns.map(({ threads, width }) => ({
    width,
    texts: wrap(threads.join(" / "), width, "  "),
  }));
  const height = Math.max(...cells.map(({ texts }) => texts.length));
  const lines: string[] = [];
  for (let n = 0; n < height; n++) {
    const text = cells.map(({ texts, width }) => (texts[n] ?? "").padEnd(width)).join(" ".repeat(GAP));
    lines.push(`${" ".repeat(margin)}${paint.bold(isPadded ? text : text.trimEnd())}`);
  }
  const rule = columns.map((column) => "-".repeat(column.width)).join(" ".repeat(GAP));
  lines.push(`${" ".repeat(margin)}${paint.dim(rule)}`);
  return lines;
}

function layOut(rows: readonly Row[], first: string | undefined, room: number): Column[] {
  const threads = [...new Set(rows.map((row) => row.thread))];
  if (first !== undefined && threads.includes(first)) {
    threads.splice(threads.indexOf(first), 1);
    threads.unshift(first);
  }
  const most = room > COLUMNS ? threads.length : MOST_COLUMNS;
  const groupings = [threads.map((name) => [name]), withWorkers(threads, rows), withAll(threads)].filter(
    (groups) => groups.length <= most,
  );
  for (const groups of groupings) {
    const columns = fitColumns(groups, rows, room);
    if (columns !== undefined) return columns;
  }
  // Two threads stay apart even where names break.
  if (threads.length === 2)
    return threads.map((name) => ({ threads: [name], width: Math.floor((room - GAP) / 2) }));
  return [{ threads, width: room }];
}

/** kworkers beside the thread that stepped last before the first of them did. */
function withWorkers(threads: readonly string[], rows: readonly Row[]): string[][] {
  const isWorker = (name: string) => name.startsWith("kworker/");
  const groups = threads.filter((name) => !isWorker(name)).map((name) => [name]);
  const workers = threads.filter(isWorker);
  if (workers.length === 0) return groups;
  const submits = rows.find((row) =>
    row.calls.some((call) => call.notes.some((note) => / to an ioend/.test(note))),
  )?.thread;
  const home = groups.find((group) => group[0] === submits && group[0] !== threads[0]) ?? groups[1];
  if (home === undefined) groups.push(workers);
  else home.push(...workers);
  return groups;
}

function withAll(threads: readonly string[]): string[][] {
  return [threads.slice(0, 1), threads.slice(1)].filter((group) => group.length > 0);
}

/** Widths for the columns, by what each has to hold; undefined when names would break. */
function fitColumns(groups: readonly string[][], rows: readonly Row[], room: number): Column[] | undefined {
  const space = room - GAP * (groups.length - 1);
  const needs = groups.map((threads) => {
    const calls = rows.filter((row) => threads.includes(row.thread)).flatMap((row) => row.calls);
    const label = threads.length > 1 ? Math.max(...threads.slice(1).map((name) => name.length + 2)) : 0;
    const names = Math.max(NARROWEST, ...calls.map((call) => call.fn.length));
    const notes = calls.flatMap((call) => call.notes.map((note) => Math.min(MOST_WISHED, note.length + 2)));
    const wish = Math.max(names, label + names, ...notes);
    return { threads, names, wish };
  });
  const least = needs.reduce((n, need) => n + need.names, 0);
  if (least > space) return undefined;
  const extra = space - least;
  const wished = needs.reduce((n, need) => n + need.wish - need.names, 0);
  return needs.map(({ threads, names, wish }) => {
    const more = wished <= extra ? wish - names : Math.floor(((wish - names) * extra) / wished);
    return { threads, width: names + more };
  });
}
