/**
 * explore --realizable: every schedule that user space can force on a real kernel.
 */
import { Pool, unless } from "../../workers/pool.js";
import { EXIT } from "../exit.js";
import type { CommonOptions } from "../input/options.js";
import { programOf } from "../input/run-input.js";
import { openReport } from "../terminal/report.js";
import { type Session, suggest } from "../terminal/terminal.js";
import { present } from "./present-finding.js";

/** Schedules drawn before the search in order, and schedules in that search: some seconds of work. */
const BOUNDS = { samples: 0, runs: 300_000 };

export async function exploreRealizable(
  session: Session,
  options: CommonOptions,
  x: string,
): Promise<number> {
  const report = openReport(session, options, "exploreForced");
  const program = programOf(x, options);
  const deadline = performance.now() + (options.time ?? Number.POSITIVE_INFINITY) * 1000;
  const stop = () => session.interrupt.signal !== undefined || performance.now() >= deadline;
  const { scenario, variant } = program;
  const pool = new Pool(1);
  const job = { kind: "force" as const, subject: { scenario, variant }, bounds: BOUNDS };
  const found = (await unless(pool, job, stop)) ?? { runs: 0, isComplete: false };
  await pool.close();
  if (!("finding" in found)) {
    const { runs: schedules, isComplete } = found;
    report.end({ program, reported: undefined, schedules, isComplete });
    return isComplete ? EXIT.OK : EXIT.UNDECIDED;
  }
  const run = { ...program, choices: found.choices };
  const reported = present({ finding: found.finding, run, realizable: true });
  report.end({ program, reported, schedules: 0, isComplete: false });
  if (reported.token !== undefined)
    suggest(session, [["real", reported.token], "shows it on this machine's kernel"]);
  return EXIT.VIOLATION;
}
