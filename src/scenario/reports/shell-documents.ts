/** Files that a script writes with `cat > FILE <<END` and gives to xfs_io later. */
import { quoted } from "../yaml/diagnostic.js";
import type { Word } from "./word-split.js";

export class Documents {
  readonly #lines = new Map<string, readonly Word[]>();

  /** Keeps what a command is given where its output goes to a file. */
  keep(words: readonly Word[], input: readonly Word[], expand: (text: string) => string): void {
    const [sign, file] = redirected(words, /^(>>?)(.*)$/s);
    const target = file ?? (words[0]?.text === "tee" ? words[1]?.text : undefined);
    if (target === undefined) return;
    const name = expand(target);
    this.#lines.set(name, [...(sign === ">>" ? (this.#lines.get(name) ?? []) : []), ...input]);
  }

  /** What a call of xfs_io without commands reads: the lines, or what to say where they are not known. */
  read(words: readonly Word[], expand: (text: string) => string): readonly Word[] | string {
    const [, file] = redirected(words, /^(<)(?!<)(.*)$/s);
    if (file === "/dev/null") return [];
    if (file === undefined) return "what xfs_io is told without -c";
    return this.#lines.get(expand(file)) ?? `what xfs_io reads from ${quoted(file)}`;
  }
}

/** The sign and the file of the first word that is such. */
function redirected(
  words: readonly Word[],
  sign: RegExp,
): readonly [] | readonly [string, string | undefined] {
  for (const [i, { text }] of words.entries()) {
    const [, found, file] = sign.exec(text) ?? [];
    if (found !== undefined) return [found, file === "" ? words[i + 1]?.text : file];
  }
  return [];
}
