/** What a command of a shell script does to the file that it is about. */
import { LOOKERS, READERS } from "./shell-commands.js";
import { patternOf } from "./shell-tests.js";
import type { Word } from "./word-split.js";

const REDIRECTED = /^[^<>]*(<|>{1,2}\|?)(?!<)(.*)$/s;

/** `may read` one that only a shell knows. */
export type Use = "reads" | "may read" | "writes" | "names" | "nothing";

/** What a command does to the file. */
export function useOf(
  name: string,
  words: readonly Word[],
  file: string,
  expand: (text: string) => string,
): Use {
  let use: Use = "nothing";
  let last = "";
  for (let i = 1; i < words.length; i++) {
    const text = words[i]?.text ?? "";
    const [, sign = "", inside = ""] = REDIRECTED.exec(text) ?? [];
    const isIts = isName(
      expand(sign === "" ? text : inside === "" ? (words[++i]?.text ?? "") : inside),
      file,
    );
    if (sign === "") last = expand(text);
    if (isIts && sign.startsWith(">")) return "writes";
    if (isIts && (sign === "<" || (use === "nothing" && isReader(name, words)))) use = "reads";
    else if (isIts && use === "nothing" && !LOOKERS.test(name)) use = "names";
  }
  const isOpen = use === "nothing" && READERS.test(name) && /^\$\{?\w+\}?$/.test(last);
  return isOpen ? "may read" : use;
}

/** sed -i writes what it has read. */
const isReader = (name: string, words: readonly Word[]): boolean =>
  READERS.test(name) && !(name === "sed" && words.some(({ text }) => /^(?:-\w*i|--in-place)/.test(text)));

/** Whether a word is the file's name, with or without its folder, or a pattern for it. */
function isName(word: string, file: string): boolean {
  if (word === "" || file === "") return false;
  const base = file.replace(/^.*\//s, "");
  if (word === file || (word === base && !word.startsWith("$"))) return true;
  return /[*?]/.test(word) && !/[[\]]/.test(word) && new RegExp(`^${patternOf(word)}$`, "s").test(file);
}
