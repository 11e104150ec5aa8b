/**
 * tree: which toggles a kernel source tree has, and which the commits of its history changed.
 */
import type { TreeCommit } from "../../report/tree-history-text.js";
import { nextTurn } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { readDirectory, readHistory } from "../input/source-trees.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";

const OWN = {
  git: { flags: "--git <A..B>", about: "what each commit of the range changed; nothing is checked out" },
} as const satisfies OptionTable;

type TreeOptions = OptionsOf<typeof OWN>;

export const treeCommand: CommandSpec = {
  options: [OWN],
  reports: ["tree", "treeHistory"],
  run: (session: Session, options: TreeOptions, [directory = ""]) =>
    options.git === undefined
      ? tree(session, options, directory)
      : history(session, options, directory, options.git),
};

function tree(session: Session, options: TreeOptions, directory: string): number {
  const report = openReport(session, options, "tree");
  report.end({ directory, reading: readDirectory(directory) });
  suggest(session, [["matrix", "--tree", directory], "every known race on it"]);
  return EXIT.OK;
}

async function history(
  session: Session,
  options: TreeOptions,
  directory: string,
  range: string,
): Promise<number> {
  const report = openReport(session, options, "treeHistory");
  const commits: TreeCommit[] = [];
  for (const batch of readHistory(directory, range)) {
    for (const commit of batch) report.item(commit);
    commits.push(...batch);
    // Signals are seen between two batches.
    await nextTurn();
    if (session.interrupt.signal === undefined) continue;
    note(session, `interrupted by ${session.interrupt.signal}; partial result above`);
    break;
  }
  report.end({ directory, range, commits });
  return EXIT.OK;
}
