/**
 * A series of patches as somebody has it: a commit per line as `git log --oneline` and a rebase write it, `A+B` where two
 * go in as one, `#` for comments.
 */

import type { Unit } from "../../backport/patch-units.js";
import { plain } from "../../backport/patch-units.js";
import { COMPANIONS } from "../../kernel/versions/backports.js";
import { PATCHES } from "../../kernel/versions/patches.js";
import { commandLine } from "../../report/shell-words.js";
import type { Diagnostic } from "../../scenario/yaml/diagnostic.js";
import { quoted, visible } from "../../scenario/yaml/diagnostic.js";
import { nearestWord } from "../../scenario/yaml/nearest.js";
import { faulty, invalid } from "../exit.js";
import { readText } from "./files.js";

type PatchOfUnit = Unit["patches"][number];

/** What a name of the file can mean; commits that belong to another one change nothing by themselves. */
const KNOWN: ReadonlyMap<string, PatchOfUnit> = new Map(
  [
    ...COMPANIONS.map(({ commit, title }) => idle(commit, title)),
    ...PATCHES.flatMap(({ also, title }) => also.map((commit) => idle(commit, title))),
    ...PATCHES.filter(({ release }) => /^(\d|proposed$)/.test(release)).map(plain),
  ].map((patch) => [patch.commit, patch]),
);

function idle(commit: string, title: string): PatchOfUnit {
  return { commit, title, on: [], off: [], isRevert: false };
}

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

/** The patch or companion of that name, by at least seven digits of its commit; undefined when there is none, or two. */
export function commitNamed(word: string): PatchOfUnit | undefined {
  const exact = KNOWN.get(word);
  if (exact !== undefined) return exact;
  if (!/^[0-9a-f]{7,40}$/.test(word)) return undefined;
  const all = [...KNOWN.values()].filter(({ commit }) => commit.startsWith(word) || word.startsWith(commit));
  return all.length === 1 ? all[0] : undefined;
}

/** Every name that a commit can be given by. */
export function commitNames(): string[] {
  return [...KNOWN.keys()];
}
