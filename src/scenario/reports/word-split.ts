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
  /** Lines that it is given by `<<END`. */
  readonly input?: readonly Word[] | undefined;
}

const ARITHMETIC = String.raw`\$?\(\((?:[^()\n]|\((?:[^()\n]|\([^()\n]{0,100}\)){0,100}\)){0,200}\)\)`;
/** What a command prints; one of xfs_io is read for what it does. */
const PRINTED = String.raw`\$\((?!\()(?![^()\n]{0,200}xfs_io)[^()\n]{0,200}\)|\x60(?![^\x60\n]{0,200}xfs_io)[^\x60\n]{0,200}\x60`;
const HERE = String.raw`<<-?[ \t]*(["']?)([A-Za-z_]\w{0,40})\1`;
const PIECE = new RegExp(
  String.raw`\\\r?\n|(?<![^\s;&|(])#[^\n]*|\n|${HERE}|${ARITHMETIC}|${PRINTED}|\d?>&\d?|&>|;|&&|\|\||[|&]|\s|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|(?:(?!\$\(|\x60)[^\s'"\\;&|#])+|[\s\S]`,
  "giy",
);

const ENDS = /^(?:;|&&?|\|\|?)$/;

export function* shellLines(text: string): Generator<ShellLine> {
  let words: Word[] = [];
  let word: string | undefined;
  let start = 0;
  let input: Word[] | undefined;
  /** What follows this line, up to these. */
  const here: { readonly lines: Word[]; readonly end: string }[] = [];
  const close = (end: number): void => {
    if (word !== undefined) words.push({ text: word, start, end });
    word = undefined;
  };
  PIECE.lastIndex = 0;
  for (let piece = PIECE.exec(text); piece !== null; piece = PIECE.exec(text)) {
    const [whole, , end, single, double, escaped] = piece;
    const at = piece.index;
    const isBetween = /^(?:\\\r?\n|\s)$/.test(whole) || (whole.startsWith("#") && word === undefined);
    if (end !== undefined) {
      close(at);
      input = [];
      here.push({ lines: input, end });
    } else if (isBetween || ENDS.test(whole)) {
      close(at);
      if (whole === "\n" || ENDS.test(whole)) {
        if (words.length > 0) yield { words, ends: whole, input };
        words = [];
        input = undefined;
      }
      if (whole === "\n")
        for (const { lines, end } of here.splice(0))
          PIECE.lastIndex = takeLines(text, PIECE.lastIndex, end, lines);
    } else {
      if (word === undefined) start = at;
      word = (word ?? "") + (single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? whole);
    }
  }
  close(text.length);
  if (words.length > 0) yield { words, ends: "", input };
}

/** Puts the lines from an offset on up to the one that is `end` into `lines`, without what is around them; returns what is behind. */
function takeLines(text: string, from: number, end: string, lines: Word[]): number {
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, next);
    const trimmed = line.trim();
    if (trimmed === end) return next;
    const start = at + line.indexOf(trimmed);
    if (trimmed !== "") lines.push({ text: trimmed, start, end: start + trimmed.length });
    at = next;
  }
  return text.length;
}
