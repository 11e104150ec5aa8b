/**
 * From the text of a file to YAML nodes with positions. Refuses what could crash or hang the YAML library before
 * the library sees it, and what the language has no use for (several documents, NUL bytes). All scalars stay the
 * text of the source, so `6.0` is "6.0".
 */
import { type ParsedNode, parseDocument, type YAMLError } from "yaml";
import { type Diagnostic, type Hint, shortened } from "./diagnostic.js";

const MAX_FILE_LENGTH = 1024 * 1024;
const MAX_DIAGNOSTICS = 50;
const MAX_DEPTH = 32;
/** The YAML library takes longer than linear time on some marks and lines; no scenario needs so many. */
const MAX_MARKS = 40_000;
/** Keys of keys between two commas; a stack holds ten times as many, and text for people has fewer colons. */
const MAX_CHAIN = 200;
const MARKS = /[[\]{},:&*!?|>#%@`"'\t-]/g;
const TOO_DEEP = `expected at most ${MAX_DEPTH} levels of nesting`;

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

/** The root node of the one document in the text, or undefined after reporting why there is none. */
export function parseYaml(report: Reporter, what: string): ParsedNode | undefined {
  if (!checkText(report) || !checkShape(report)) return undefined;
  const document = documentOf(report);
  for (const error of document?.errors.slice(0, 2 * MAX_DIAGNOSTICS) ?? []) reportYamlError(report, error);
  if (document === undefined || report.failed) return undefined;
  if (document.contents === null) {
    report.add(0, 1, `expected ${what}, found an empty file`, { remedy: `begin with "name: ..."` });
    return undefined;
  }
  return document.contents;
}

/** The parsed text; undefined, and reported, when it is nested in ways that only the library sees. */
function documentOf(report: Reporter) {
  try {
    return parseDocument(report.text, {
      schema: "failsafe",
      prettyErrors: false,
      uniqueKeys: false,
      // Not "silent": that would also silence the error about a second document.
      logLevel: "error",
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The stack ran out: the fullest line is where that much can be nested.
    const marks = (line: string) => line.match(MARKS)?.length ?? 0;
    const lines = report.text.split("\n");
    const fullest = lines.reduce((best, line, i) => (marks(line) > marks(lines[best] ?? "") ? i : best), 0);
    const start = lines.slice(0, fullest).join("\n").length + (fullest > 0 ? 1 : 0);
    const at = start + Math.max(0, (lines[fullest] ?? "").search(MARKS));
    return report.add(at, at + 1, TOO_DEEP);
  }
}

function checkShape(report: Reporter): boolean {
  const { text } = report;
  const refuse = (at: number, message: string): false => {
    report.add(at, at + 1, message);
    return false;
  };
  const tooMuch = "expected a scenario, found far more YAML than one can hold";
  const indents: number[] = [];
  let marks = 0;
  let flow = 0;
  let chain = 0;
  for (const line of text.matchAll(/^([ \t]*)((?:[-?:][ \t]+)*)(.*)$/gm)) {
    marks += 1;
    if (marks > MAX_MARKS) return refuse(line.index, tooMuch);
    const [whole, indent = "", markers = "", rest = ""] = line;
    if (markers === "" && rest.trim() === "") continue;
    while ((indents.at(-1) ?? -1) >= indent.length) indents.pop();
    indents.push(indent.length);
    if (indents.length + markers.length / 2 > MAX_DEPTH) return refuse(line.index, TOO_DEEP);
    for (const mark of whole.matchAll(MARKS)) {
      marks += 1;
      if (/[:?]/.test(mark[0])) chain += flow > 0 ? 1 : 0;
      else if (/[,[\]{}]/.test(mark[0])) chain = 0;
      if (mark[0] === "[" || mark[0] === "{") flow += 1;
      else if ((mark[0] === "]" || mark[0] === "}") && flow > 0) flow -= 1;
      if (marks > MAX_MARKS) return refuse(line.index + mark.index, tooMuch);
      if (flow > MAX_DEPTH || chain > MAX_CHAIN) return refuse(line.index + mark.index, TOO_DEEP);
    }
  }
  return true;
}

const YAML_MESSAGES: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "expected spaces as indentation, found a tab",
  MULTIPLE_DOCS: "expected one YAML document per file, found a second one",
  BLOCK_AS_IMPLICIT_KEY: "expected one value after the key, found a second key on the same line",
  BAD_SCALAR_START: "expected a value; one that starts with this character must be quoted",
};

function reportYamlError(report: Reporter, error: YAMLError): void {
  // Tags are reported where the value is read, with the value underlined.
  if (error.code === "TAG_RESOLVE_FAILED") return;
  const unclosed = /^(Flow (?:map|sequence) in|Missing closing).*?([\]}]|["'])/s.exec(error.message)?.[2];
  const message =
    unclosed === undefined
      ? (YAML_MESSAGES[error.code] ?? `not valid YAML: ${shortened(error.message.replace(/\s+/g, " "))}`)
      : `expected a closing ${unclosed}`;
  // What is missing at the end of the file is missing after its last character.
  const start = Math.min(error.pos[0], report.text.trimEnd().length);
  report.add(start, Math.max(start, error.pos[1]), message);
}
