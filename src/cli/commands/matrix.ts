/**
 * matrix: scenarios by kernels.
 */

import { RELEASES } from "../../kernel/versions/releases.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { isUnmet, type RunResult } from "../../report/run-text.js";
import { plural } from "../../report/style.js";
import type { CommandSpec } from "../command.js";
import { EXIT, worst } from "../exit.js";
import { loadScenarios } from "../input/files.js";
import { chosenKernels, withToggles } from "../input/kernels.js";
import type { CommonOptions } from "../input/options.js";
import { openReport } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";
import { scenarioFiles } from "./list.js";
import { gathered, judged, taskOf } from "./run.js";

export const matrixCommand: CommandSpec = {
  options: ["kernels", "search", "jobs", "judging", "reading"],
  reports: ["matrix"],
  isVerdict: true,
  run: matrix,
};

async function matrix(session: Session, options: CommonOptions, files: readonly string[]): Promise<number> {
  const report = openReport(session, options, "matrix");
  const loaded = loadScenarios(files.length > 0 ? files : scenarioFiles("witnesses"), options);
  const kernels: KernelVariant[] =
    chosenKernels(options) ??
    RELEASES.map((r) => withToggles({ base: r.name, with: [], without: [] }, options));
  const tasks = loaded.flatMap((one) => kernels.map((variant) => taskOf(one, variant, options)));
  note(session, `matrix of ${plural(loaded.length, "scenario")} and ${plural(kernels.length, "kernel")}`);
  const names = loaded.map((one) => one.scenario.name);
  const results = await gathered(
    judged(session, options, tasks, () => false),
    (result) => report.item(result),
    (all) => report.end({ names, kernels, results: all }),
  );
  return results.length < tasks.length ? EXIT.UNDECIDED : worst(results.map(statusOf));
}

/** Only what a file expects counts here: the rest of the table is for reading. */
function statusOf(result: RunResult): number {
  if (!isUnmet(result)) return EXIT.OK;
  return result.judgement.verdict === "undecided" ? EXIT.UNDECIDED : EXIT.VIOLATION;
}
