/**
 * explore --realizable: every schedule that user space can force on a real kernel.
 */
import { subjectOf } from "../../explore/run/subject.js";
import { findRealizable } from "../../force/find-moves.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { EXIT } from "../exit.js";
import type { CommonOptions } from "../input/options.js";
import { programOf } from "../input/run-input.js";
import { openReport } from "../terminal/report.js";
import { type Session, suggest } from "../terminal/terminal.js";
import { tokenOf } from "./present-finding.js";

/** Schedules drawn before the search in order, and schedules in that search: some seconds of work. */
const BOUNDS = { samples: 0, runs: 300_000 };

export function exploreRealizable(session: Session, options: CommonOptions, x: string): number {
  const report = openReport(session, options, "exploreForced");
  const program = programOf(x, options);
  const found = findRealizable(subjectOf(program), undefined, BOUNDS);
  if (!("moves" in found)) {
    const { runs: schedules, isComplete } = found;
    report.end({ program, reported: undefined, schedules, isComplete });
    return isComplete ? EXIT.OK : EXIT.UNDECIDED;
  }
  const run = { ...program, choices: found.choices };
  const reported: ReportedFinding = { finding: found.finding, run, realizable: true, token: tokenOf(run) };
  report.end({ program, reported, schedules: 0, isComplete: false });
  if (reported.token !== undefined)
    suggest(session, [`real ${reported.token}`, "shows it on this machine's kernel"]);
  return EXIT.VIOLATION;
}
