/**
 * Lines of a shell script as words with places: quotes, backslashes and comments are understood, lines that end in a
 * backslash go on; variables are left as they are, and so is everything else that only a shell can do.
 */
export interface Word {
  readonly text: string;
  /** `[start, end)` of the script. */
  readonly start: number;
  readonly end: number;
}

/** The simple commands: what stands between newlines, `;`, `|`, `&&` and `&`. `ends` is that sign. */
export interface ShellLine {
  readonly words: readonly Word[];
  readonly ends: string;
}

const PIECE =
  /\\\r?\n|#[^\n]*|\n|\d?>&\d?|&>|;|&&|\|\||[|&]|\s|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|[^\s'"\\;&|#]+|[\s\S]/gy;

const ENDS = /^(?:;|&&?|\|\|?)$/;

export function* shellLines(text: string): Generator<ShellLine> {
  let words: Word[] = [];
  let word: { text: string; start: number } | undefined;
  const close = (end: number): void => {
    if (word !== undefined) words.push({ ...word, end });
    word = undefined;
  };
  PIECE.lastIndex = 0;
  for (const piece of text.matchAll(PIECE)) {
    const [whole, single, double, escaped] = piece;
    const at = piece.index;
    const isInside = word !== undefined;
    if (
      /^\\\r?\n$/.test(whole) ||
      (whole.startsWith("#") && !isInside) ||
      /^\s$/.test(whole) ||
      ENDS.test(whole)
    ) {
      close(at);
      if (whole === "\n" || ENDS.test(whole)) {
        if (words.length > 0) yield { words, ends: whole };
        words = [];
      }
      continue;
    }
    word ??= { text: "", start: at };
    word.text += single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? whole;
  }
  close(text.length);
  if (words.length > 0) yield { words, ends: "" };
}
