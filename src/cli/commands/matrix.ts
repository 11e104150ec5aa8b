/**
 * matrix: scenarios by kernels.
 */
import type { KernelVariant } from "../../explore/run/subject.js";
import { RELEASES } from "../../kernel/versions/releases.js";
import { runJson } from "../../report/json.js";
import { MATRIX_LEGEND, matrixText } from "../../report/matrix-text.js";
import type { RunResult } from "../../report/run-text.js";
import type { CommandSpec } from "../command.js";
import { EXIT, worst } from "../exit.js";
import { loadScenarios } from "../input/files.js";
import { chosenKernels, withToggles } from "../input/kernels.js";
import { type CommonOptions, reporterOf } from "../input/options.js";
import { note, type Session } from "../terminal/terminal.js";
import { scenarioFiles } from "./list.js";
import { judged, taskOf } from "./run.js";

export const matrixCommand: CommandSpec = {
  name: "matrix",
  args: ["[files...]", "scenario files (the witnesses)"],
  about: "table of scenarios by kernels",
  options: ["kernels", "search", "jobs", "judging", "reports"],
  run: matrix,
};

async function matrix(session: Session, options: CommonOptions, files: readonly string[]): Promise<number> {
  const { out, err } = session.terminal;
  const loaded = loadScenarios(files.length > 0 ? files : scenarioFiles("witnesses"), err.colours);
  const kernels: KernelVariant[] =
    chosenKernels(options) ??
    RELEASES.map((r) => withToggles({ base: r.name, with: [], without: [] }, options));
  const cells = loaded.flatMap((one, row) =>
    kernels.map((variant, column) => ({ at: `${row}/${column}`, task: taskOf(one, variant, options) })),
  );
  note(session, `matrix of ${loaded.length} scenarios and ${kernels.length} kernels`);
  const results = new Map<string, RunResult>();
  for await (const result of judged(
    session,
    options,
    cells.map((c) => c.task),
    () => false,
  )) {
    results.set(cells[results.size]!.at, result);
  }
  const all = [...results.values()];
  if (reporterOf(options) === "json") out.line(JSON.stringify(runJson(all), null, 2));
  else {
    out.write(
      matrixText(
        loaded.map((one) => one.scenario.name),
        kernels,
        results,
        out.colours,
      ),
    );
    note(session, MATRIX_LEGEND);
  }
  if (results.size < cells.length) return EXIT.UNDECIDED;
  return worst(all.map(statusOf));
}

/** Only what a file expects counts here: the rest of the table is for reading. */
function statusOf({ judgement, expected }: RunResult): number {
  if (expected === undefined) return EXIT.OK;
  if (judgement.verdict === "undecided") return EXIT.UNDECIDED;
  return judgement.met === false ? EXIT.VIOLATION : EXIT.OK;
}
