/**
 * `accept -- forced-mutants FOLDER...`: every mutant of the model against what kernels did, as walks and witnesses were kept in
 * the folders: it is caught when it disagrees with a run on which the model agrees. Needs no guest. Writes the table of it,
 * docs/forced-mutants.md, and with --choose a few small runs that catch all, for the tests.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelFor, neededModelFor } from "../../real/machine/running-kernel.js";
import type { Parting } from "../../real/walk/compare-run.js";
import { judgeKept } from "../../real/walk/judge-kept.js";
import { type KeptRun, keptLine, readKeptLine } from "../../real/walk/kept-run.js";
import { linesIn } from "./forced-walks.js";
import { MUTANTS, type Mutant, mutated, withSteps } from "./model-mutants.js";

/** What of the mutant's disagrees with the run; undefined: nothing. */
export function caughtBy(mutant: Mutant, kept: KeptRun): Parting | undefined {
  const variant = mutated(neededModelFor(kept.kernel), mutant);
  return withSteps(mutant, () => judgeKept(kept, variant, mutant.machine)[0]);
}

export function forcedMutants(folders: readonly string[], isChosen: boolean): boolean {
  const kept = folders.flatMap(keptIn);
  const good = kept.filter((one) => {
    const variant = modelFor(one.kernel);
    return variant !== undefined && judgeKept(one, variant).length === 0;
  });
  good.sort(byLength);
  const kernels = [...new Set(good.map(({ kernel }) => kernel))].sort();
  console.log(`${good.length} of ${kept.length} kept runs agree with the model`);
  const chosen = new Set<KeptRun>();
  const survivors: Mutant[] = [];
  const rows = MUTANTS.map((mutant) => {
    const catches = (one: KeptRun): boolean => caughtBy(mutant, one) !== undefined;
    const found = kernels.map((kernel) => good.find((one) => one.kernel === kernel && catches(one)));
    const [least] = found.filter((one) => one !== undefined).sort(byLength);
    if (least === undefined) survivors.push(mutant);
    else if (![...chosen].some(catches)) chosen.add(least);
    const cells = found.map((one) => one?.name ?? "");
    console.log(`${mutant.name}: ${cells.join(" | ")}`);
    return `| ${[mutant.name, ...cells].join(" | ")} |`;
  });
  writeFileSync("docs/forced-mutants.md", page(kernels, good, rows, survivors));
  if (isChosen) {
    const lines = [...chosen].map((one) => `${keptLine(one)}\n`).sort();
    writeFileSync("test/data/forced-runs.jsonl", lines.join(""));
  }
  return survivors.every(({ survives }) => survives !== undefined);
}

const byLength = (a: KeptRun, b: KeptRun): number => a.moves.length - b.moves.length;

function keptIn(folder: string): KeptRun[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => linesIn(join(folder, name)))
    .flatMap(({ run }) => (run === undefined ? [] : [readKeptLine(run)]));
}

function page(
  kernels: readonly string[],
  good: readonly KeptRun[],
  rows: readonly string[],
  survivors: readonly Mutant[],
): string {
  const counts = kernels.map((kernel) => {
    const own = good.filter((one) => one.kernel === kernel);
    return `${own.length} of ${kernel} (${own.filter(({ isWalk }) => !isWalk).length} witnesses)`;
  });
  return [
    "# Mutants of the model against real kernels",
    "",
    "Written by `npm run accept -- forced-mutants FOLDER...`. Each mutant is the model with one lock or one order of steps changed; it is",
    "caught by a forced run on which the model agrees with the kernel in all, and the mutant does not. A cell names the run with the",
    `fewest moves that catches it on that kernel. Runs: ${counts.join(", ")}.`,
    "",
    `| mutant | ${kernels.join(" | ")} |`,
    `|---|${kernels.map(() => "---|").join("")}`,
    ...rows,
    "",
    "Nothing catches these:",
    "",
    ...survivors.map(
      ({ name, survives }) => `* ${name}: ${survives ?? "no run came to where it would be seen"}`,
    ),
    "",
  ].join("\n");
}
