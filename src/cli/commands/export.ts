/**
 * export: a C program that shows a finding on a real kernel.
 */
import { variantName } from "../../kernel/versions/variant.js";
import { type BuildFiles, exportC } from "../../real/export/export-c.js";
import { shellWord } from "../../report/shell-words.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import type { CommandSpec } from "../command.js";
import { EXIT, undecided } from "../exit.js";
import { givenFlags, operand } from "../input/again.js";
import { ONE_KERNEL, OPTION_GROUPS, type OptionsOf, type OptionTable } from "../input/options.js";
import { writeWhole } from "../input/output-files.js";
import { programFor, readPlan } from "../input/plan-input.js";
import { openReport } from "../terminal/report.js";
import { noteWrapped, type Session, suggest } from "../terminal/terminal.js";

const OWN = {
  output: { flags: "-o, --output <file>", about: "write it there instead of stdout (-)" },
} as const satisfies OptionTable;

type ExportOptions = OptionsOf<typeof OWN>;

export const exportCommand: CommandSpec = {
  options: [...ONE_KERNEL, "strategy", "realizable", OWN],
  reports: ["export"],
  run: exportProgram,
};

/** The file, and the program beside it. */
function buildFiles(output: string): BuildFiles {
  const binary = output.endsWith(".c") ? output.slice(0, -2) : `${output}.bin`;
  const path = binary.includes("/") ? binary : `./${binary}`;
  return {
    source: output.endsWith(".c") ? shellWord(output) : `-x c ${shellWord(output)}`,
    binary: shellWord(path),
  };
}

async function exportProgram(
  session: Session,
  options: ExportOptions,
  [x = ""]: readonly string[],
): Promise<number> {
  const report = openReport(session, options, "export");
  const plan = await readPlan(session, x, options);
  const made = programFor(plan, plan.run.variant);
  if ("problems" in made) throw undecided(`${visible(x)} cannot be exported: ${made.problems.join(" ")}`);
  const output = options.output === "-" ? undefined : options.output;
  const source = exportC(made.program, output === undefined ? undefined : buildFiles(output));
  if (output !== undefined) writeWhole(output, source, "choose another file with --output");
  else session.terminal.out.isDocument = true;
  if (plan.note !== undefined) noteWrapped(session, plan.note);
  const { name, file } = made.program;
  report.end({
    name,
    kernel: variantName(plan.run.variant),
    verdict: made.verdict,
    block: file.block,
    kind: plan.finding?.kind,
    note: plan.note,
    source,
    output,
  });
  suggest(session, [
    ["real", operand(x), ...givenFlags(options, [...OPTION_GROUPS.kernels, "strategy", "realizable"])],
    "compiles it and runs it on this machine",
  ]);
  return EXIT.OK;
}
