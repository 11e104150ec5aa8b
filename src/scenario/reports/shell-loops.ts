/** How often the loops of a shell script go round, with what value, and what its tests say, where numbers decide. */
import type { ShellValues } from "./shell-values.js";
import type { Word } from "./word-split.js";

/** A loop of more is there to try the same again and again. */
export const MOST_TURNS = 64;

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

/** The values of `for NAME in WORDS`, as many as are worth a turn and one more; undefined when only a shell knows them. */
export function valuesOf([, , is, ...words]: readonly Word[], values: ShellValues): string[] | undefined {
  if (is?.text !== "in") return undefined;
  const found: string[] = [];
  for (const { text } of words) {
    const expanded = values.expand(text);
    const some =
      counted(expanded, values) ?? braces(expanded) ?? expanded.split(/\s+/).filter((one) => one !== "");
    if (some.some((one) => /[$`*?[\]]/.test(one))) return undefined;
    found.push(...some.slice(0, MOST_TURNS + 1));
    if (found.length > MOST_TURNS) break;
  }
  return found;
}

/** `$(seq 0 4 16)`. */
function counted(text: string, values: ShellValues): string[] | undefined {
  const [, command, other] = /^(?:\$\(\s*seq\s+(.*?)\s*\)|`\s*seq\s+(.*?)\s*`)$/.exec(text) ?? [];
  const given = command ?? other;
  if (given === undefined) return undefined;
  const numbers = given.split(/\s+/).map((one) => values.compute(one));
  const [a, b, c] = numbers;
  if (a === undefined || numbers.includes(undefined)) return undefined;
  return c === undefined ? steps(b === undefined ? 1 : a, b ?? a, 1) : steps(a, c, b ?? 1);
}

/** `{0..3}`, `{0..64..4}` and `{1,2,4}`. */
function braces(text: string): string[] | undefined {
  const [, before = "", inside = "", after = ""] = /^([^{}]*)\{([^{}]+)\}([^{}]*)$/.exec(text) ?? [];
  const [, from, to, by] = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(inside) ?? [];
  if (from === undefined && !inside.includes(",")) return undefined;
  const [a, b] = [Number(from), Number(to)];
  const size = Math.abs(Number(by ?? 1)) || 1;
  const all = from === undefined ? inside.split(",") : steps(a, b, a <= b ? size : -size);
  return all.map((one) => `${before}${one}${after}`);
}

function steps(from: number, to: number, by: number): string[] {
  const found: string[] = [];
  if (by === 0 || ![from, to, by].every(Number.isSafeInteger)) return found;
  for (let at = from; by > 0 ? at <= to : at >= to; at += by) {
    found.push(String(at));
    if (found.length > MOST_TURNS) break;
  }
  return found;
}

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
