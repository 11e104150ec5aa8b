/** The commits that a series of patches can name, and those that change nothing by themselves. */
import { plain, type Unit } from "../../backport/patch-units.js";
import { COMPANIONS } from "../../kernel/versions/companions.js";
import { PATCHES } from "../../kernel/versions/patches.js";

export type PatchOfUnit = Unit["patches"][number];

/** What a name of the file can mean; commits that belong to another one change nothing by themselves. */
export const KNOWN: ReadonlyMap<string, PatchOfUnit> = new Map(
  [
    ...COMPANIONS.map(({ commit, title }) => idle(commit, title)),
    ...PATCHES.flatMap(({ also, title }) => also.map((commit) => idle(commit, title))),
    ...PATCHES.filter(({ release }) => /^(\d|proposed$)/.test(release)).map(plain),
  ].map((patch) => [patch.commit, patch]),
);

function idle(commit: string, title: string): PatchOfUnit {
  return { commit, title, on: [], off: [], isRevert: false };
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
