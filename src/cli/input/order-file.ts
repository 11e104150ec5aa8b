/**
 * A series of patches as somebody has it: a commit per line as `git log --oneline` and a rebase write it, `A+B` where two
 * go in as one, `#` for comments.
 */
import type { Unit } from "../../backport/patch-units.js";
import { commandLine } from "../../report/shell-words.js";
import type { Diagnostic } from "../../scenario/yaml/diagnostic.js";
import { quoted, visible } from "../../scenario/yaml/diagnostic.js";
import { nearestWord } from "../../scenario/yaml/nearest.js";
import { faulty, invalid } from "../exit.js";
import { readText } from "./files.js";
import { commitNamed, KNOWN, type PatchOfUnit } from "./known-commits.js";

/** Reads a series; 128 with each bad line. */
export function readSeries(file: string): Unit[] {
  const problems: Diagnostic[] = [];
  const lines = readText(file).split(/\r?\n/);
  const seen = new Map<string, number>();
  const units = lines.flatMap((source, i): Unit[] => {
    const [, before = "", words = ""] = /^(\s*(?:(?:pick|p)\s+)?)([^\s#]*)/.exec(source) ?? [];
    if (words === "") return [];
    let column = before.length + 1;
    const patches = words.split("+").flatMap((word): PatchOfUnit[] => {
      const wrong = (message: string, hint: Partial<Diagnostic> = {}): PatchOfUnit[] => {
        const length = Math.max(1, word.length);
        problems.push({ file, line: i + 1, column, length, source, message, ...hint });
        return [];
      };
      const read = meaning(word, wrong);
      for (const { commit } of read) {
        const line = seen.get(commit);
        seen.set(commit, i + 1);
        if (line !== undefined)
          wrong(`${commit} is in line ${line} already`, { remedy: "leave out one of them" });
      }
      column += word.length + 1;
      return read;
    });
    return [{ patches }];
  });
  if (problems.length > 0) throw faulty(problems);
  if (units.length > 0) return units;
  throw invalid(`${visible(file)} names no commit`, "write one on each line, the first to apply first");
}

function meaning(
  word: string,
  wrong: (message: string, hint?: Partial<Diagnostic>) => PatchOfUnit[],
): PatchOfUnit[] {
  const found = commitNamed(word);
  if (found !== undefined) return [found];
  if (!/^[0-9a-f]{7,40}$/.test(word)) {
    const nearest = nearestWord(word, [...KNOWN.keys()]);
    return wrong(`expected a commit, found ${quoted(word)}`, {
      nearest,
      remedy: nearest === undefined ? "begin the line with 7 to 40 digits of a commit, or with #" : undefined,
    });
  }
  return wrong(`no commit ${quoted(word)} is known here`, {
    remedy: `${commandLine(["list", "fixes"])} shows those that are; a line that changes nothing of this begins with #`,
  });
}
