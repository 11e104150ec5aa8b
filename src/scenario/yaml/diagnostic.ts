/**
 * What is wrong with an input file, and how it is shown: position, the line with the offending text underlined,
 * what was expected, the nearest valid word, a remedy. Everything taken from the input is made safe for a terminal.
 */

export interface Diagnostic {
  readonly file: string;
  /** Both count from 1; the column is in UTF-16 units of `source`. */
  readonly line: number;
  readonly column: number;
  /** How much of the line is underlined; at least 1. */
  readonly length: number;
  /** The whole source line, without its line end. */
  readonly source: string;
  /** What was expected, and what was found. */
  readonly message: string;
  readonly nearest?: string | undefined;
  readonly remedy?: string | undefined;
}

/** What was read from a file, or all that is wrong with it. */
export type Read<T> = T | { readonly diagnostics: Diagnostic[] };

/** What may help: the nearest valid word, what to do instead. */
export type Hint = Pick<Diagnostic, "nearest" | "remedy">;

/** How the parts of a diagnostic are coloured; every function must keep the text's visible width. */
export interface DiagnosticPaint {
  readonly place: (text: string) => string;
  readonly error: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly hint: (text: string) => string;
}

const keep = (text: string): string => text;
const PLAIN: DiagnosticPaint = { place: keep, error: keep, dim: keep, hint: keep };
const TERMINAL_COLUMNS = 80;
const LONGEST_QUOTE = 40;
const LONGEST_WORD = 160;

/** The text of one diagnostic for a terminal of 80 columns, without a line end after the last line. */
export function renderDiagnostic(d: Diagnostic, paint: DiagnosticPaint = PLAIN): string {
  const gutter = " ".repeat(String(d.line).length);
  const view = windowed(d, TERMINAL_COLUMNS - gutter.length - 5);
  const place = `${visible(shortened(d.file))}:${d.line}:${d.column}:`;
  const plainHead = `${place} error: `;
  const [first = "", ...more] = wrap(plainHead, d.message, "    ");
  const lines = [`${paint.place(place)} ${paint.error("error:")} ${first.slice(plainHead.length)}`, ...more];
  lines.push(` ${paint.dim(`${d.line} |`)} ${view.text}`.trimEnd());
  lines.push(` ${paint.dim(`${gutter} |`)} ${" ".repeat(view.start)}${paint.error("^".repeat(view.length))}`);
  const nearest = d.nearest === undefined ? [] : [`did you mean ${quoted(d.nearest)}?`];
  const hints = [...nearest, d.remedy ?? []].flat();
  const hintLines = hints.flatMap((text) => wrap(` ${gutter} = `, text, ` ${gutter}   `));
  return [...lines, ...hintLines.map(paint.hint)].join("\n");
}

/** All diagnostics of a file, one after the other, ending in a line end. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], paint?: DiagnosticPaint): string {
  return diagnostics.map((d) => `${renderDiagnostic(d, paint)}\n`).join("");
}

/** A piece of the input as it may stand in a message: quoted, shortened, harmless. */
export function quoted(text: string): string {
  const shown = Array.from(text.slice(0, 2 * LONGEST_QUOTE));
  const cut = shown.length > LONGEST_QUOTE || text.length > 2 * LONGEST_QUOTE;
  return `"${visible(cut ? `${shown.slice(0, LONGEST_QUOTE - 1).join("")}…` : text)}"`;
}

/** The text with long words cut in their middle: a message names a thing, it need not hold all of it. */
export function shortened(text: string): string {
  const cut = (word: string): string => `${word.slice(0, LONGEST_WORD - 41)}…${word.slice(-40)}`;
  return text.replace(/\S+/g, (word) => (word.length > LONGEST_WORD ? cut(word) : word));
}

/** The text with everything that a terminal would obey or hide replaced by a visible mark of the same width. */
export function visible(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "·");
}

function windowed(d: Diagnostic, width: number): { text: string; start: number; length: number } {
  // Far ends of a huge line are never shown: do not pay for them.
  const cutFrom = Math.max(0, d.column - 1 - 4 * width);
  const before = Array.from(visible(d.source.slice(cutFrom, d.column - 1)));
  const rest = Array.from(visible(d.source.slice(d.column - 1, d.column - 1 + 4 * width)));
  const marked = Array.from(
    d.source.slice(d.column - 1, d.column - 1 + Math.min(d.length, 4 * width)),
  ).length;
  const whole = [...before, ...rest];
  if (cutFrom === 0 && whole.length <= width) {
    return { text: whole.join(""), start: before.length, length: Math.max(1, marked) };
  }
  const keepBefore = Math.min(before.length, Math.max(Math.floor(width / 3), width - rest.length - 1));
  const from = before.length - keepBefore;
  const text = whole.slice(from, from + width);
  if (from > 0 || cutFrom > 0) text[0] = "…";
  if (from + width < whole.length || d.source.length > d.column - 1 + 4 * width) text[text.length - 1] = "…";
  return {
    text: text.join(""),
    start: keepBefore,
    length: Math.max(1, Math.min(marked, width - keepBefore)),
  };
}

/** Breaks at spaces; the first line begins with `prefix`, the others with `indent`. */
function wrap(prefix: string, text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = prefix;
  let isFresh = true;
  for (const word of text.split(" ")) {
    if (!isFresh && line.length + 1 + word.length > TERMINAL_COLUMNS) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isFresh ? word : ` ${word}`;
    }
    isFresh = false;
  }
  return [...lines, line];
}

/** The words as English: "a, b or c". */
export function listed(words: readonly string[], last = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
