/**
 * The race as kernel commit logs draw it: one column per thread, time running down, within 80 columns. kworkers share
 * a column with the thread that made their I/O where there is no room for one of their own; when even that is too
 * narrow for function names, everything but the thread that lost the data shares one column.
 */
import type { Row } from "./rows.js";
import { COLUMNS, type Palette, wrap } from "./style.js";

const MOST_COLUMNS = 4;
const GAP = 2;
/** A column narrower than this breaks too many kernel names. */
const NARROWEST = 18;
/** A note longer than this may as well wrap. */
const MOST_WISHED = 40;

interface Column {
  readonly threads: string[];
  width: number;
}

export interface RaceOptions {
  /** The step to mark as the one that lost the data. */
  readonly mark: number | undefined;
  /** The thread that stands in the first column. */
  readonly first: string | undefined;
  readonly columns?: number;
}

/** The lines of the diagram. */
export function drawRace(rows: readonly Row[], options: RaceOptions, paint: Palette): string[] {
  const width = options.columns ?? COLUMNS;
  const digits = String(rows.at(-1)?.i ?? 0).length;
  // Mark, space, number, space.
  const margin = 2 + digits + 1;
  const columns = layOut(rows, options.first, width - margin);
  const lines = heading(columns, margin, paint);
  const last = columns.map(() => "");
  for (const row of rows) {
    const at = columns.findIndex((column) => column.threads.includes(row.thread));
    const column = columns[at]!;
    const isShared = column.threads.length > 1;
    const label = isShared && last[at] !== row.thread ? `${row.thread}: ` : "";
    last[at] = row.thread;
    const cell = cellLines(row, label, column.width);
    const isMarked = row.i === options.mark;
    const before = columns.slice(0, at).reduce((n, c) => n + c.width + GAP, 0);
    cell.forEach(({ text, style }, n) => {
      const number = n === 0 ? String(row.i).padStart(digits) : " ".repeat(digits);
      const head = `${isMarked ? paint.red(n === 0 ? "x" : "|") : " "} ${paint.dim(number)} `;
      const painted = isMarked
        ? paint.red(text)
        : style === "detail"
          ? text
          : style === "op"
            ? paint.dim(text)
            : paint.bold(text);
      lines.push(`${head}${" ".repeat(before)}${painted}`);
    });
  }
  return lines;
}

type CellLine = { readonly text: string; readonly style: "fn" | "detail" | "op" };

function cellLines(row: Row, label: string, width: number): CellLine[] {
  const lines: CellLine[] = [];
  let rest = label;
  if (row.begins !== undefined) {
    for (const text of wrap(`${rest}(${row.begins})`, width, "  ")) lines.push({ text, style: "op" });
    rest = "";
  }
  for (const { fn, notes } of row.calls) {
    const one = [`${rest}${fn}`, ...notes].join(" ");
    if (notes.length <= 1 && one.length <= width) lines.push({ text: one, style: "fn" });
    else {
      for (const part of wrap(rest + fn, width, "    ")) lines.push({ text: part, style: "fn" });
      for (const note of notes.flatMap((text) => text.split(/ (?=<- )/))) {
        for (const part of wrapNote(note, width - 2)) lines.push({ text: `  ${part}`, style: "detail" });
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

function heading(columns: readonly Column[], margin: number, paint: Palette): string[] {
  const cells = columns.map((column) => wrap(column.threads.join(" / "), column.width, "  "));
  const height = Math.max(...cells.map((cell) => cell.length));
  const lines: string[] = [];
  for (let n = 0; n < height; n++) {
    const text = cells.map((cell, i) => (cell[n] ?? "").padEnd(columns[i]!.width)).join(" ".repeat(GAP));
    lines.push(`${" ".repeat(margin)}${paint.bold(text.trimEnd())}`);
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
  const groupings = [threads.map((name) => [name]), withWorkers(threads, rows), withAll(threads)].filter(
    (groups) => groups.length <= MOST_COLUMNS,
  );
  for (const groups of groupings) {
    const columns = fitColumns(groups, rows, room);
    if (columns !== undefined) return columns;
  }
  if (threads.length === 2)
    return fitColumns(
      threads.map((name) => [name]),
      rows,
      room,
      true,
    )!;
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
  const [first, ...others] = threads;
  return others.length === 0 ? [[first!]] : [[first!], others];
}

/** Widths for the columns, by what each has to hold; undefined when names would break. */
function fitColumns(
  groups: readonly string[][],
  rows: readonly Row[],
  room: number,
  force = false,
): Column[] | undefined {
  const space = room - GAP * (groups.length - 1);
  const needs = groups.map((threads) => {
    const calls = rows.filter((row) => threads.includes(row.thread)).flatMap((row) => row.calls);
    const label = threads.length > 1 ? Math.max(...threads.slice(1).map((name) => name.length + 2)) : 0;
    const names = Math.max(NARROWEST, ...calls.map((call) => call.fn.length));
    const notes = calls.flatMap((call) => call.notes.map((note) => Math.min(MOST_WISHED, note.length + 2)));
    const wish = Math.max(names, label + names, ...notes);
    return { names, wish };
  });
  const least = needs.reduce((n, need) => n + need.names, 0);
  if (least > space) {
    if (!force) return undefined;
    const each = Math.floor(space / groups.length);
    return groups.map((threads) => ({ threads, width: each }));
  }
  const extra = space - least;
  const wished = needs.reduce((n, need) => n + need.wish - need.names, 0);
  return groups.map((threads, i) => {
    const { names, wish } = needs[i]!;
    const more = wished <= extra ? wish - names : Math.floor(((wish - names) * extra) / wished);
    return { threads, width: names + more };
  });
}
