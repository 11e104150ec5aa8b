/** How often the loops of a shell script go round, and with what value, where numbers decide. */
import type { ShellValues } from "./shell-values.js";
import type { Word } from "./word-split.js";

/** A loop of more is there to try the same again and again. */
export const MOST_TURNS = 64;

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
