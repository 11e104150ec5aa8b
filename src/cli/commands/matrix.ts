/**
 * matrix: scenarios by kernels.
 */
import { RELEASES } from "../../kernel/versions/releases.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { isOpen } from "../../report/matrix-cells.js";
import { isUnmet, type RunResult } from "../../report/run-text.js";
import { plural } from "../../report/style.js";
import type { CommandSpec } from "../command.js";
import { EXIT, worst } from "../exit.js";
import { type LoadedScenario, loadScenarios } from "../input/files.js";
import { chosenKernels } from "../input/kernels.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { withToggles } from "../input/toggle-options.js";
import { openReport } from "../terminal/report.js";
import { note, noteWrapped, type Session } from "../terminal/terminal.js";
import { scenarioFiles } from "./list.js";
import { gathered, judged, taskOf } from "./run.js";

const OWN = {
  variants: { flags: "--variants", about: "rows for what the files state of changed kernels, too" },
} as const satisfies OptionTable;

type MatrixOptions = OptionsOf<typeof OWN>;

export const matrixCommand: CommandSpec = {
  options: ["kernels", "search", "jobs", "judging", "reading", OWN],
  reports: ["matrix"],
  isVerdict: true,
  run: matrix,
};

async function matrix(session: Session, options: MatrixOptions, files: readonly string[]): Promise<number> {
  const report = openReport(session, options, "matrix");
  const loaded = loadScenarios(files.length > 0 ? files : scenarioFiles("witnesses"), options, (line) =>
    noteWrapped(session, line),
  );
  const kernels: KernelVariant[] =
    chosenKernels(options) ??
    RELEASES.map((r) => withToggles({ base: r.name, with: [], without: [] }, options));
  const cells = loaded.flatMap((one) => kernels.map((variant) => taskOf(one, variant, options)));
  const below = options.variants === true ? variantRows(loaded, kernels) : [];
  const tasks = [
    ...cells,
    ...below.flatMap(({ one, at }) => at.map(({ variant }) => taskOf(one, variant, options))),
  ];
  note(session, `matrix of ${plural(loaded.length, "scenario")} and ${plural(kernels.length, "kernel")}`);
  const names = loaded.map((one) => one.scenario.name);
  const results = await gathered(
    judged(session, options, tasks, () => false),
    (result) => report.item(result),
    (all) => {
      const rest = all.slice(cells.length).values();
      const variants = below.map(({ row, label, at }) => ({
        row,
        label,
        results: kernels.map((_, column) =>
          at.some((one) => one.column === column) ? rest.next().value : undefined,
        ),
      }));
      report.end({ names, kernels, results: all.slice(0, cells.length), variants });
    },
  );
  return results.length < tasks.length ? EXIT.UNDECIDED : worst(results.map(statusOf));
}

/** What differs from what a file expects counts, and what could not be decided: the rest of the table is for reading. */
function statusOf(result: RunResult): number {
  if (isOpen(result)) return EXIT.UNDECIDED;
  return isUnmet(result) ? EXIT.VIOLATION : EXIT.OK;
}

/** The rows of what the files state of changed kernels: one per change, with its kernels in the order of the columns. */
function variantRows(loaded: readonly LoadedScenario[], kernels: readonly KernelVariant[]) {
  return loaded.flatMap((one, row) => {
    const changes = new Map<string, { column: number; variant: KernelVariant }[]>();
    kernels.forEach(({ base }, column) => {
      for (const { with: added, without } of one.scenario.variants.filter((v) => v.base === base)) {
        const label = variantName({ base: "", with: added, without }).trim();
        const variant = { base, with: added, without };
        changes.set(label, [...(changes.get(label) ?? []), { column, variant }]);
      }
    });
    return [...changes].map(([label, at]) => ({ row, one, label, at }));
  });
}
