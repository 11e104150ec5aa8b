/**
 * explore --realizable: every schedule that user space can force on a real kernel.
 */

import { variantName } from "../../explore/run/subject.js";
import { findRealizable } from "../../force/find-moves.js";
import { findingText, type ReportedFinding } from "../../report/finding-text.js";
import { findingJson } from "../../report/json.js";
import { grouped } from "../../report/style.js";
import type { PinnedRun } from "../../scenario/token.js";
import { subjectOf } from "../../tasks/index.js";
import { EXIT } from "../exit.js";
import { type CommonOptions, reporterOf } from "../input/options.js";
import { type Session, suggest } from "../terminal/terminal.js";
import { tokenOf } from "./present-finding.js";

/** Schedules drawn before the search in order, and schedules in that search: some seconds of work. */
const BOUNDS = { samples: 0, runs: 300_000 };

export function exploreRealizable(session: Session, options: CommonOptions, program: PinnedRun): number {
  const found = findRealizable(subjectOf(program), undefined, BOUNDS);
  const { out } = session.terminal;
  const isJson = reporterOf(options) === "json";
  const where = `${program.scenario.name} on ${variantName(program.variant)}`;
  if (!("moves" in found)) {
    const { runs, isComplete } = found;
    if (isJson)
      print(session, { verdict: isComplete ? "ok" : "undecided", schedules: runs, complete: isComplete });
    else if (isComplete)
      out.line(
        `${out.colours.green("ok")} ${where}: none of all ${grouped(runs)} schedules that user space can force loses data`,
      );
    else
      out.line(
        `${out.colours.yellow("?")} ${where}: none of ${grouped(runs)} schedules loses data, and there are more`,
      );
    return isComplete ? EXIT.OK : EXIT.UNDECIDED;
  }
  const run = { ...program, choices: found.choices };
  const reported: ReportedFinding = { finding: found.finding, run, realizable: true, token: tokenOf(run) };
  if (isJson) print(session, { verdict: "mismatch", finding: findingJson(reported) });
  else out.write(findingText(reported, out.colours));
  if (reported.token !== undefined)
    suggest(session, [`real ${reported.token}`, "shows it on this machine's kernel"]);
  return EXIT.VIOLATION;
}

function print(session: Session, document: object): void {
  session.terminal.out.line(
    JSON.stringify({ schema: "stalemap/explore-realizable/1", ...document }, null, 2),
  );
}
