/** How the cases of a campaign are shared out: random programs and scenarios by weight, on each kernel. */
import { split } from "../../campaign/cut-ranges.js";
import type { Cases } from "../../campaign/ranges.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { plural } from "../../report/style.js";
import { withBudget } from "../../scenario/budget.js";
import { isLong } from "../../scenario/limits.js";
import type { Scenario } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { invalid, usage } from "../exit.js";
import type { CampaignOptions } from "./campaign-options.js";
import { loadScenarios } from "./files.js";
import { caseOptionsOf } from "./run-input.js";

export type Part = Cases & { readonly programs: number };

/** Random programs and scenarios, which share the number of cases by weight. */
export function sampled(options: CampaignOptions, variants: readonly KernelVariant[]): Part[] {
  const { programs } = options;
  const programsOf = [null, ...scenariosOf(options, options.scenario)];
  const weights = weightsOf(options.weights, variants.length, "--weights", "kernel");
  const of = weightsOf(options.scenarioWeights, programsOf.length, "--scenario-weights", "source");
  if (programs === undefined) {
    if (options.explore !== undefined && programsOf.length === 1) return [];
    throw usage("campaign start: no number of programs", "for example --programs 1e6");
  }
  const cells = variants.flatMap((variant, v) =>
    programsOf.map((scenario, p) => ({ variant, scenario, weight: (weights[v] ?? 0) * (of[p] ?? 0) })),
  );
  if (of.every((weight) => weight === 0))
    throw usage("--scenario-weights: all are 0", "give one of them a share");
  const shares = split(
    programs,
    cells.map(({ weight }) => weight),
  );
  return cells.flatMap(({ variant, scenario, weight }, i) =>
    weight === 0 ? [] : [{ variant, scenario, explores: false, programs: shares[i] ?? 0 }],
  );
}

function weightsOf(
  given: readonly number[] | undefined,
  most: number,
  flag: string,
  what: string,
): readonly number[] {
  const weights = given ?? new Array<number>(most).fill(1);
  if (weights.length === most) return weights;
  throw usage(
    `${flag}: ${plural(weights.length, "weight")} for ${plural(most, what)}`,
    `give each ${what} one`,
  );
}

/** What is run of the files: nothing that a schedule pins, judged by the oracles that the options name or the file. */
export function scenariosOf(options: CampaignOptions, files: readonly string[] = []): Scenario[] {
  const { budget = {} } = caseOptionsOf(options, { base: "", with: [], without: [] }, "");
  const names = new Set<string>();
  return loadScenarios(files, {}).map(({ file, scenario: { schedule: _, ...scenario } }) => {
    const { name } = scenario;
    if (names.has(name))
      throw invalid(`${file}: another scenario of the campaign is called ${quoted(name)}, too`);
    names.add(name);
    if (isLong(scenario))
      throw invalid(`${file} is longer than a scenario can be`, "cut it: npx stalemap shrink FILE");
    return withBudget(scenario, budget);
  });
}
