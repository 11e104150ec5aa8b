/** A call of xfs_io taken apart: its commands, its file and its options. */
import { optionsOf } from "./command-options.js";
import type { Word } from "./word-split.js";

export interface Call {
  readonly commands: readonly Word[];
  readonly file: Word | undefined;
  /** What stands before the last operand: more files, or what only a shell knows. */
  readonly others: readonly Word[];
  readonly options: readonly { readonly name: string; readonly word: Word }[];
  /** All its commands are told to one file (-C). */
  readonly isOnce: boolean;
  /** It is what was typed behind a prompt: the process goes on. */
  readonly isTyped: boolean;
  /** The first option that xfs_io does not have. */
  readonly unknown?: string;
}

const LETTERS = "ac:C:dFfiLm:nNp:PrRstTVx";
/** Before what was typed behind a prompt (typed-sessions.ts); no text has it. */
export const TYPED = "\u0001";

/** What a call of xfs_io says, by the words behind its name. */
export function callOf(words: readonly Word[]): Call {
  const [first] = words;
  const last = words.at(-1);
  if (first?.text.startsWith(TYPED) === true && last !== undefined) {
    const text = words
      .map((word) => word.text)
      .join(" ")
      .slice(TYPED.length);
    const command = { text, start: first.start, end: last.end };
    return { commands: [command], file: undefined, others: [], options: [], isOnce: true, isTyped: true };
  }
  // `# a comment`
  const told = withoutRedirections(words).filter(({ text }) => !/^`\s*#/.test(text));
  const read = optionsOf(told, LETTERS);
  if (typeof read === "string") {
    const file = told.findLast(({ text }) => !text.startsWith("-"));
    return { commands: [], file, others: [], options: [], isOnce: false, isTyped: false, unknown: read };
  }
  const { given, operands } = read;
  const commands = given.flatMap(({ name, value, word }) =>
    /^c$/i.test(name) ? [{ ...word, text: value }] : [],
  );
  const options = given.filter(({ name }) => !/^c$/i.test(name));
  const isOnce = given.every(({ name }) => name !== "c");
  return { commands, file: operands.at(-1), others: operands.slice(0, -1), options, isOnce, isTyped: false };
}

/** `> out`, `2>&1`, `<in`: the words that say where input and output are. */
export function withoutRedirections<W extends { readonly text: string }>(words: readonly W[]): W[] {
  const kept: W[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as W;
    const [sign] = /^(?:\d?(?:>{1,2}\|?|<)|&>{1,2})&?/.exec(word.text) ?? [];
    if (sign === undefined) kept.push(word);
    else if (sign === word.text) i++;
  }
  return kept;
}
