/** What tests of a shell script say where numbers decide, and which words its patterns match. */
import type { ShellValues } from "./shell-values.js";
import type { Word } from "./word-split.js";

/** Signs of a pattern, as no name is longer. */
const MOST_PATTERN = 200;
/** With more, matching takes too long. */
const MOST_STARS = 4;

const COMPARES: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
  "==": (a, b) => a === b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
};

/** What a test says; undefined when only a shell knows it. */
export function holds(words: readonly Word[], values: ShellValues): boolean | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const { text } = first;
  if (text === "!") {
    const inner = holds(rest, values);
    return inner === undefined ? undefined : !inner;
  }
  if (/^(?:true|:)$/.test(text)) return true;
  if (text === "false") return false;
  const sum = /^\(\((.*)\)\)$/s.exec(text)?.[1];
  if (sum !== undefined) {
    const value = values.compute(sum);
    return value === undefined ? undefined : value !== 0;
  }
  if (!/^(?:\[\[?|test)$/.test(text)) return undefined;
  const [a, sign, b, end] = rest.map((word) => values.expand(word.text));
  const compares = Object.hasOwn(COMPARES, sign ?? "") ? COMPARES[sign ?? ""] : undefined;
  if (compares === undefined || (end !== undefined && !/^\]\]?$/.test(end))) return undefined;
  const [left, right] = [values.compute(a ?? ""), values.compute(b ?? "")];
  return left === undefined || right === undefined ? undefined : compares(left, right);
}

/** Whether one of the patterns of `case` is for its subject; undefined when only a shell knows it. */
export function matches(subject: Word, patterns: readonly Word[], values: ShellValues): boolean | undefined {
  const given = values.expand(subject.text);
  const all = patterns.map(({ text }) => values.expand(text));
  if (all.includes("*")) return true;
  if (/[$`[\]]/.test(`${given}${all.join("")}`)) return undefined;
  return all.some((one) => new RegExp(`^${patternOf(one)}$`, "s").test(given));
}

/** A shell's pattern for a word without folders, as a regular expression; one of many stars is for nothing. */
export function patternOf(text: string): string {
  if (text.length > MOST_PATTERN || text.split(/\*+/).length > MOST_STARS + 1) return "(?!)";
  return text
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\?/g, "[^/]")
    .replace(/\*+/g, "[^/]*");
}
