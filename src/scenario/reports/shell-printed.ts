/** What commands in `$(...)` print, where it is known: `seq`, `echo`, `expr`, and sizes of pages and blocks. */

import type { Script } from "unbash";
import { expressionIn } from "./shell-arithmetic.js";
import { nameOf } from "./shell-commands.js";
import type { Shell } from "./shell-state.js";
import { isKnown, shown } from "./shell-values.js";

const SIZES = /^(?:_get_(?:file_)?block_size|_get_page_size|get_page_size)$/;
/** More are no report. */
const MOST = 4096;

/** Undefined where it is not known. */
export function printed(shell: Shell, { commands }: Script): string | undefined {
  const [statement] = commands;
  const command = statement?.command;
  if (statement === undefined) return "";
  if (commands.length !== 1 || command?.type !== "Command" || command.name === undefined) return undefined;
  const [name, args] = wordsOf(shell, command);
  const { sizes } = shell.values;
  if (SIZES.test(name)) return String(/page/i.test(name) ? sizes.page : sizes.block);
  if (name === "getconf" && /^_?PAGE_?SIZE$/.test(args[0] ?? "")) return String(sizes.page);
  if (name === "feature" && args[0] === "-s") return String(sizes.page);
  if (command.redirects.length > 0 || !args.every(isKnown) || shell.values.functions.has(name))
    return undefined;
  if (name === "seq") return counted(args)?.join("\n");
  if (name === "echo")
    return /^-/.test(args[0] ?? "") || args.join("").includes("\\") ? undefined : args.join(" ");
  if (name === "expr" && args.every((one) => /^(?:\d+|[-+*/%()])$/.test(one))) {
    const expression = expressionIn(args.join(" "));
    const value = expression === undefined ? Number.NaN : shell.expander.compute(expression);
    return Number.isNaN(value) ? undefined : String(value);
  }
  return undefined;
}

/** Without a change to what counts while words are put in: they are put in again. */
function wordsOf(
  shell: Shell,
  { name, args }: { readonly name: unknown; readonly args: readonly unknown[] },
): readonly [string, readonly string[]] {
  const { expander } = shell;
  const words = [name, ...args].filter(isWord);
  if (
    words.some(({ parts }) =>
      parts?.some(({ type }) => /^(?:CommandExpansion|ProcessSubstitution)$/.test(type)),
    )
  )
    return ["", []];
  const [first = "", ...rest] = expander.fields(words).map(({ text }) => text);
  return [nameOf(shown(first)), rest];
}

const isWord = (one: unknown): one is Parameters<Shell["expander"]["text"]>[0] =>
  typeof one === "object" && one !== null && "type" in one && one.type === "Word";

function counted(args: readonly string[]): readonly string[] | undefined {
  const numbers = args.map((one) => (/^-?[1-9]\d{0,14}$|^0$/.test(one) ? Number(one) : Number.NaN));
  if (numbers.length < 1 || numbers.length > 3 || numbers.some(Number.isNaN)) return undefined;
  const [a = 1, b = a, c = b] = numbers;
  const [from, by, to] = numbers.length === 1 ? [1, 1, a] : numbers.length === 2 ? [a, 1, b] : [a, b, c];
  if (by === 0) return undefined;
  const found: string[] = [];
  for (let at = from; by > 0 ? at <= to : at >= to; at += by) if (found.push(String(at)) > MOST) break;
  return found;
}
