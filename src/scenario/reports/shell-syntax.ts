/**
 * A shell script as a tree: bash's grammar is the package unbash's. A line that bash could not read, such as prose around
 * a script in a mail, is left out and named.
 */
import { type Command, forEachChild, parse, type Script, type Statement, type SyntaxNode } from "unbash";

export interface Syntax {
  readonly script: Script;
  /** What was not read: offsets. */
  readonly errors: readonly number[];
  /** Groups are deeper in one another than anybody nests them. */
  readonly isDeep: boolean;
}

export const MOST_DEPTH = 60;
/** Lines that are left out; a text of more is no script. */
const MOST_ERRORS = 200;
const TOO_DEEP = /nest|depth|deep/i;

export function readScript(text: string): Syntax {
  const errors: number[] = [];
  // Lines that end in CR, too, go on behind a backslash.
  let rest = text.replace(/\\\r\n/g, " \\\n").replace(/\r$/gm, " ");
  for (;;) {
    const script = parse(rest);
    const error = script.errors?.[0];
    const isDeep = script.errors?.some(({ message }) => TOO_DEEP.test(message)) === true;
    if (error === undefined || isDeep || errors.length >= MOST_ERRORS)
      return { script, errors: error === undefined ? errors : [...errors, error.pos], isDeep };
    const at = Math.min(error.pos, rest.trimEnd().length - 1);
    const start = rest.lastIndexOf("\n", at - 1) + 1;
    const newline = rest.indexOf("\n", at);
    const end = newline < 0 ? rest.length : newline;
    if (rest.slice(start, end).trim() === "") return { script, errors: [...errors, error.pos], isDeep };
    errors.push(error.pos);
    rest = `${rest.slice(0, start)}${rest.slice(start, end).replace(/\S/g, " ")}${rest.slice(end)}`;
  }
}

/** The commands of a text that was put together, each with the place of what it was put together from. */
export const readList = (text: string): readonly Statement[] => parse(text).commands;

/** Every simple command, whether it runs or not. */
export function* commandsOf(node: SyntaxNode, depth = 0): Generator<Command> {
  if (node.type === "Command") yield node;
  if (depth > 20 * MOST_DEPTH) return;
  const children: SyntaxNode[] = [];
  forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* commandsOf(child, depth + 1);
}
