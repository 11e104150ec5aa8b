/** What the commits of a history change of what is read in a source tree, commit by commit. */
import type { KernelVariant } from "../kernel/versions/variant.js";
import { beside, keep, type Palette, PLAIN, plural } from "./style.js";

/** A commit that touches what is read, and what it changed; or why its tree cannot be read. */
export interface TreeCommit {
  readonly commit: string;
  readonly date: string;
  readonly title: string;
  readonly change: TreeChange | { readonly problem: string };
}

export interface TreeChange {
  readonly on: readonly string[];
  readonly off: readonly string[];
  /** What text tells no more. */
  readonly unknown: readonly string[];
  readonly variant: KernelVariant;
}

export interface TreeHistory {
  readonly directory: string;
  readonly range: string;
  readonly commits: readonly TreeCommit[];
}

export function treeCommitText({ commit, date, title, change }: TreeCommit, paint: Palette = PLAIN): string {
  const lines = beside(`${paint.cyan(commit)} ${paint.dim(date)} `, commit.length + date.length + 2, title);
  const say = (word: string, names: readonly string[], colour = keep) => {
    if (names.length > 0) lines.push(...beside(`    ${colour(word)} `, 5 + word.length, names.join(", ")));
  };
  if ("problem" in change) say("unreadable:", [change.problem], paint.yellow);
  else {
    say("+", change.on, paint.green);
    say("-", change.off, paint.red);
    say("?", change.unknown, paint.yellow);
  }
  return `${lines.join("\n")}\n`;
}

export function treeHistoryText({ range, commits }: TreeHistory): string {
  const turning = commits.filter(({ change }) => "on" in change && change.on.length + change.off.length > 0);
  return `${plural(commits.length, "commit")} of ${range} touch these files, ${turning.length} of them toggles\n`;
}
