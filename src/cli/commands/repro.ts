/**
 * repro: exactly one run, the same trace every time.
 */
import { examineOrRefuse, oracleMask } from "../../explore/finding/finding.js";
import { subjectOf } from "../../explore/run/subject.js";
import { canForce } from "../../force/follow.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { commandLine } from "../../report/shell-words.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import type { CommandSpec } from "../command.js";
import { EXIT, undecided } from "../exit.js";
import { givenFlags, operand, SEARCH } from "../input/again.js";
import { type CommonOptions, ONE_KERNEL } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { picturesFor, tokenOf } from "./present-finding.js";

export const reproCommand: CommandSpec = {
  options: [...ONE_KERNEL, "strategy", "depth", "judging", "reading"],
  reports: ["repro"],
  isVerdict: true,
  run: repro,
};

function repro(session: Session, options: CommonOptions, [x = ""]: readonly string[]): number {
  const report = openReport(session, options, "repro");
  const input = readInput(x, options);
  const reported = replay(input, options, x);
  report.end({ run: input.run, reported, file: input.file });
  if (reported !== undefined) {
    const given = [operand(x), ...givenFlags(options)];
    const again = reported.token === undefined ? given : [reported.token];
    suggest(session, [["step", ...again], "walk through it"]);
    if (reported.token !== undefined || givenFlags(options).length === 0)
      suggest(session, [["bisect", ...again], "which patch cures it"]);
    return EXIT.VIOLATION;
  }
  if (!input.isPinned && input.file !== undefined) {
    note(session, `${input.file} pins no schedule: this was the default one`);
    const flags = givenFlags(options, SEARCH);
    suggest(session, [["run", operand(input.file), ...flags], "searches its schedules"]);
  }
  return input.run.scenario.isPart === true ? EXIT.UNDECIDED : EXIT.OK;
}

/** Runs the input once; 125 where no run is meant, or one of another kernel shows nothing; undefined when nothing is wrong. */
export function replay(
  { run, caseSeed, file, isPinned, foreign }: Input,
  options: CommonOptions,
  x: string,
): ReportedFinding | undefined {
  const refused = (why: string) => {
    const flags = givenFlags(options, SEARCH);
    return undecided(why, `search instead: ${commandLine(["explore", operand(x), ...flags])}`);
  };
  if (!isPinned && (run.scenario.order?.length ?? 0) > 0)
    throw refused(`${visible(x)} gives an order and no schedule, so no one run is meant`);
  const subject = subjectOf(run);
  const finding = examineOrRefuse(subject, run.choices, oracleMask(options.oracle ?? run.scenario.oracles));
  const kernel = variantName(run.variant);
  if (finding === "does not apply")
    throw refused(`these choices do not apply on ${kernel}: the run takes another path there`);
  if (finding === undefined && foreign !== undefined)
    throw refused(
      `this run is one of ${foreign}: that it shows nothing on ${kernel} says nothing of that kernel`,
    );
  if (finding === undefined) return undefined;
  const realizable = canForce(subject, finding.choices);
  const pictures = picturesFor({ finding, run, realizable });
  return {
    finding,
    run,
    realizable,
    token: tokenOf(run),
    caseSeed,
    file: isPinned ? file : undefined,
    pictures,
  };
}
