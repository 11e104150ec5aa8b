/**
 * The text of a file, and what is wrong with it at which place. Refuses what the language has no use for, such as NUL
 * bytes.
 */
import type { Diagnostic, Hint } from "./diagnostic.js";

const MAX_FILE_LENGTH = 1024 * 1024;
export const MAX_DIAGNOSTICS = 50;

/** Collects what is wrong with one file, by offset into its text. */
export class Reporter {
  readonly #found: Array<Diagnostic & { readonly offset: number }> = [];
  readonly #starts: number[] = [0];

  constructor(
    readonly text: string,
    readonly file: string,
  ) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  get failed(): boolean {
    return this.#found.length > 0;
  }

  get full(): boolean {
    return this.#found.length >= MAX_DIAGNOSTICS;
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    return this.#starts.findLastIndex((at) => at <= offset) + 1;
  }

  /** Notes an error at `text[start, end)`, cut to the first line of it. */
  add(start: number, end: number, message: string, hint?: Hint): undefined {
    if (this.full) return;
    const line = this.lineOf(start) - 1;
    const lineStart = this.#starts[line] ?? 0;
    const lineEnd = this.#starts[line + 1] ?? this.text.length + 1;
    const source = this.text.slice(lineStart, lineEnd - 1).replace(/\r$/, "");
    // What lies between the two characters of a line's end is shown at the first.
    const column = Math.min(start - lineStart, source.length);
    const length = Math.max(1, Math.min(end - lineStart, source.length) - column);
    this.#found.push({
      offset: start,
      file: this.file,
      line: line + 1,
      column: column + 1,
      length,
      source,
      message,
      ...hint,
    });
  }

  /** Everything found, in the order of the file, each once. */
  diagnostics(): Diagnostic[] {
    const sorted = this.#found.toSorted((a, b) => a.offset - b.offset);
    const first = sorted.filter(
      ({ offset, message }, i) =>
        sorted.findIndex((other) => other.offset === offset && other.message === message) === i,
    );
    return first.map(({ offset, ...diagnostic }) => diagnostic);
  }
}

/** The text without a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** Reports a file that is too large or holds NUL bytes; false when it must not be read further. */
export function checkText(report: Reporter, limit = MAX_FILE_LENGTH): boolean {
  const { text } = report;
  const hint = { remedy: "is this the right file?" };
  const nul = text.indexOf("\0");
  if (text.length > limit) report.add(0, 1, `expected a file of at most ${limit / 2 ** 20} MiB`, hint);
  else if (nul >= 0) report.add(nul, nul + 1, "expected text, found a NUL byte", hint);
  return !report.failed;
}
