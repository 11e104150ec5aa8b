/**
 * Colours as the report needs them, so that it stays a pure function of its input. Every paint keeps the visible
 * width; nothing is said by colour alone.
 */

type Paint = (text: string) => string;

export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  /** Of a terminal, as wide as it says it is; absent where nobody knows, as in a file. */
  readonly columns?: number;
}

export const keep: Paint = (text) => text;
export const PLAIN: Palette = { bold: keep, dim: keep, red: keep, green: keep, yellow: keep, cyan: keep };

/** What reports are as wide as, unless a terminal is narrower; only pictures use more. */
export const COLUMNS = 80;
/** Less than this is not believed. */
const LEAST_COLUMNS = 40;

/** What text may take of a line. */
export function textColumns(paint: Palette): number {
  return Math.min(COLUMNS, pictureColumns(paint));
}

/** What a picture may take of a line. */
export function pictureColumns({ columns = COLUMNS }: Palette): number {
  return Math.max(LEAST_COLUMNS, columns);
}

/** Breaks text at spaces into lines of at most `width`; a longer word is cut. `indent` begins all but the first. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    const room = () => width - (lines.length > 0 ? indent.length : 0);
    if (line !== "" && line.length + 1 + word.length > room()) {
      lines.push(lines.length > 0 ? indent + line : line);
      line = "";
    }
    while (line === "" && word.length > room()) {
      const cut = breakAt(word, room());
      lines.push((lines.length > 0 ? indent : "") + word.slice(0, cut));
      word = word.slice(cut);
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "" || lines.length === 0) lines.push(lines.length > 0 ? indent + line : line);
  return lines;
}

/** Text right of `head`, which is `margin` columns wide; `indent` begins all lines but the first. */
export function beside(head: string, margin: number, text: string, indent = "", paint = keep): string[] {
  const lines = wrap(text, COLUMNS - margin, indent);
  return lines.map((line, i) => (i === 0 ? head : " ".repeat(margin)) + paint(line));
}

/** Where to cut a word that does not fit: after an underscore or a hyphen where there is one. */
function breakAt(word: string, room: number): number {
  const joint = Math.max(word.lastIndexOf("_", room - 1), word.lastIndexOf("-", room - 1));
  return joint > room / 3 ? joint + 1 : room;
}

/** A word of a table, and its colour. */
export type Cell = readonly [text: string, paint: Paint];

/** Rows of cells behind their names, below bold heads; what is wider than its column is cut. */
export function tableText(
  heads: readonly string[],
  rows: readonly (readonly [name: string, cells: readonly Cell[]])[],
  nameWidth: number,
  width: (column: number) => number,
  { bold }: Palette,
): string {
  const line = (name: string, cells: readonly Cell[]) => {
    const texts = cells.map(([text, paint], i) => paint(text.slice(0, width(i)).padEnd(width(i))));
    return `${[name.slice(0, nameWidth).padEnd(nameWidth), ...texts].join("  ")}`.trimEnd();
  };
  const all = [
    line(
      "",
      heads.map((head): Cell => [head, bold]),
    ),
    ...rows.map((row) => line(...row)),
  ];
  return `${all.join("\n")}\n`;
}

/** `20,000`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 step`, `9 steps`; `many` is what more than one are called where an s does not do. */
export function plural(n: number, word: string, many = `${word}s`): string {
  return `${grouped(n)} ${n === 1 ? word : many}`;
}

/** A probability to two digits: `0.25`, `0.0010`, `7.5e-4`. */
export function probability(p: number): string {
  if (p <= 0) return "0";
  if (p >= 1) return "1";
  return p >= 0.001 ? p.toPrecision(2) : p.toExponential(1);
}
