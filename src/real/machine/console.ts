/** The serial console of a boot under QEMU that ran programs: the verdicts of each. */
import { firstOf, type Marks, readMarks } from "./console-marks.js";
import type { InitRun } from "./init-runs.js";
import { type ProgramRuns, verdictOfExit } from "./program-verdict.js";

export interface ConsoleReport extends Marks {
  /** Per program: its verdicts in order, and what was printed before each line that reports one. */
  readonly runs: ReadonlyMap<string, ProgramRuns>;
}

/** What a boot that was to make these runs has printed. Whatever is amiss with it is among the problems. */
export function parseConsole(text: string, expected: readonly InitRun[]): ConsoleReport {
  const runs = new Map(
    expected.map(({ name }): [string, ProgramRuns] => [name, { verdicts: [], output: "" }]),
  );
  const wrong: string[] = [];
  const marks = readMarks(text, (what, rest, pending) => {
    const [name = "", number, code = ""] = rest.split(" ");
    const run = runs.get(name);
    if (
      what !== "run" ||
      run === undefined ||
      number !== String(run.verdicts.length) ||
      !/^\d{1,3}$/.test(code)
    ) {
      wrong.push(`a line that no program of ours printed: ${what} ${rest.slice(0, 80)}`);
      return;
    }
    run.verdicts.push(verdictOfExit(Number(code)));
    if (pending.length > 0) run.output += `${pending.join("\n")}\n`;
  });
  for (const { name, repeat } of expected) {
    const count = runs.get(name)?.verdicts.length ?? 0;
    if (count !== repeat) wrong.push(`${name}: ${count} of ${repeat} runs`);
  }
  return { ...marks, runs, problems: [...marks.problems, ...firstOf(wrong)] };
}
