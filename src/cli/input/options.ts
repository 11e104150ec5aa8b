/**
 * Options that several commands share, defined once: flag, help and check.
 */
import { Option } from "commander";
import { STRATEGY_NAMES, type StrategyName } from "../../explore/strategies/index.js";
import { ORACLES, type OracleName } from "../../scenario/types.js";
import type { SubjectSpec } from "../../tasks/index.js";
import { COLOUR_CHOICES, type ColourChoice } from "../terminal/colour.js";
import type { KernelOptions } from "./kernels.js";
import { duration, listOf, oneOf, seedText, someOf, wholeNumber } from "./numbers.js";

export const REPORTERS = ["text", "json", "jsonl", "github"] as const;
export type ReporterName = (typeof REPORTERS)[number];

/** What commander makes of the shared options. */
export interface CommonOptions extends KernelOptions {
  readonly seed?: string;
  readonly runs?: number;
  readonly time?: number;
  readonly strategy?: StrategyName;
  readonly depth?: number;
  readonly realizable?: boolean;
  readonly jobs?: number;
  readonly faults?: number;
  readonly evictions?: number;
  readonly oracle?: readonly OracleName[];
  readonly fine?: boolean;
  readonly json?: boolean;
  readonly reporter?: ReporterName;
  readonly color?: ColourChoice | boolean;
  readonly quiet?: boolean;
}

const MOST = Number.MAX_SAFE_INTEGER;

const makers = {
  kernel: () => new Option("-k, --kernel <names>", "kernels or variant files").argParser(listOf("--kernel")),
  with: () => new Option("--with <fixes>", "turn these toggles on").argParser(listOf("--with")),
  without: () => new Option("--without <fixes>", "turn these toggles off").argParser(listOf("--without")),
  seed: () => new Option("-s, --seed <text>", "master seed").argParser(seedText),
  runs: () =>
    new Option("-n, --runs <n>", "how much to run at most").argParser(wholeNumber("--runs", 1, MOST, 1000)),
  time: () => new Option("-t, --time <duration>", "stop after N, Ns, Nm or Nh").argParser(duration("--time")),
  strategy: () =>
    new Option("--strategy <name>", STRATEGY_NAMES.join(", ")).argParser(oneOf("--strategy", STRATEGY_NAMES)),
  depth: () => new Option("--depth <n>", "bug depth for pct").argParser(wholeNumber("--depth", 1, 100, 3)),
  jobs: () => new Option("-j, --jobs <n>", "worker threads").argParser(wholeNumber("--jobs", 1, 64)),
  faults: () =>
    new Option("--faults <n>", "cap on the faults of one run").argParser(wholeNumber("--faults", 0, 249, 1)),
  evictions: () =>
    new Option("--evictions <n>", "pages reclaim may drop").argParser(wholeNumber("--evictions", 0, 250, 1)),
  oracle: () =>
    new Option("--oracle <names>", `only these count: ${ORACLES.join(", ")}`).argParser(
      someOf("--oracle", ORACLES),
    ),
  realizable: () => new Option("--realizable", "only schedules that user space can force on a real kernel"),
  fine: () => new Option("--fine", "every boundary is an interleaving point"),
  json: () => new Option("--json", "print one JSON document"),
  reporter: () =>
    new Option("--reporter <name>", REPORTERS.join(", ")).argParser(oneOf("--reporter", REPORTERS)),
} satisfies { readonly [name: string]: () => Option };

export type SharedOption = keyof typeof makers;

/** The named shared options, in the order given. */
export function sharedOptions(...names: readonly SharedOption[]): Option[] {
  return names.map((name) => makers[name]());
}

/** Options that every command takes. */
export function everywhere(): Option[] {
  return [
    new Option("--color <when>", COLOUR_CHOICES.join(", ")).argParser(oneOf("--color", COLOUR_CHOICES)),
    new Option("-q, --quiet", "no progress and no hints"),
  ];
}

/** The strategy that the options ask for. */
export function strategyOf({ strategy, realizable }: CommonOptions): StrategyName | undefined {
  return realizable === true ? "realizable" : strategy;
}

/**
 * Whether every state of the scenario may be looked at: sampling was not asked for, and the file does not leave only
 * some schedules.
 */
export function canExhaust(
  { scenario, fine }: SubjectSpec,
  { runs, strategy, depth }: CommonOptions,
): boolean {
  const isAsked = runs !== undefined || strategy !== undefined || depth !== undefined;
  return !isAsked && scenario.schedule === undefined && scenario.order === undefined && fine !== true;
}

/** How the result is to be written. */
export function reporterOf(options: CommonOptions): ReporterName {
  return options.json === true ? "json" : (options.reporter ?? "text");
}
