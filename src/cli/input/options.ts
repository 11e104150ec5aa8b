/**
 * Options that several commands share, defined once: flag, help and check.
 */

import type { SubjectSpec } from "../../explore/run/subject.js";
import { STRATEGY_NAMES, type StrategyName } from "../../explore/strategies/index.js";
import { BYTE_LIMIT } from "../../kernel/machine/layout.js";
import { ORACLE_NAMES } from "../../kernel/oracle-table.js";
import { type FormatName, formatsFor } from "../../report/formats/index.js";
import type { Kind } from "../../report/reporter.js";
import { BEYOND_NAMES } from "../../scenario/beyond-model.js";
import { MOST_FAULTS } from "../../scenario/limits.js";
import { usage } from "../exit.js";
import { COLOUR_CHOICES, type ColourChoice } from "../terminal/colour.js";
import { fsxOptions, inodeNumber, powerOfTwo } from "./how-read-options.js";
import {
  duration,
  names,
  namesOrNone,
  notEmpty,
  oneOf,
  type Parse,
  seedText,
  someOf,
  wholeNumber,
} from "./numbers.js";

/** A format, and where it goes: to stdout when there is no file. */
export interface Reporting {
  readonly format: FormatName;
  readonly file: string | undefined;
}

/** An option as data. */
export interface OptionSpec {
  readonly flags: string;
  readonly about: string;
  /** As a Parse of numbers.ts. Absent: the text, or true. */
  readonly parse?: (text: string, flag: string, before: never) => unknown;
  /** The value when it is not given, and how help writes that. */
  readonly standard?: readonly [value: unknown, text?: string];
}

/** Options by the names that commander gives their values. */
export type OptionTable = { readonly [name: string]: OptionSpec };

/** Options that several commands take. */
export const SHARED_OPTIONS = {
  kernel: { flags: "-k, --kernel <names>", about: "kernels or variant files", parse: names },
  tree: {
    flags: "--tree <dir>",
    about: "the kernel of this source tree, as its text shows it",
    parse: notEmpty,
  },
  with: { flags: "--with <fixes>", about: "turn these toggles on", parse: namesOrNone },
  without: { flags: "--without <fixes>", about: "turn these toggles off", parse: namesOrNone },
  seed: { flags: "-s, --seed <text>", about: "master seed", parse: seedText },
  runs: {
    flags: "-n, --runs <n>",
    about: "how much to run at most",
    parse: wholeNumber(1, Number.MAX_SAFE_INTEGER, 1000),
  },
  time: { flags: "-t, --time <duration>", about: "stop after N, Ns, Nm or Nh", parse: duration },
  strategy: { flags: "--strategy <name>", about: STRATEGY_NAMES.join(", "), parse: oneOf(STRATEGY_NAMES) },
  depth: { flags: "--depth <n>", about: "bug depth for pct", parse: wholeNumber(1, 100, 3) },
  jobs: { flags: "-j, --jobs <n>", about: "worker threads", parse: wholeNumber(1, 64) },
  faults: {
    flags: "--faults <n>",
    about: "cap on the faults of one run",
    parse: wholeNumber(0, MOST_FAULTS, 1),
  },
  evictions: {
    flags: "--evictions <n>",
    about: "pages reclaim may drop",
    parse: wholeNumber(0, BYTE_LIMIT, 1),
  },
  oracle: {
    flags: "--oracle <names>",
    about: `only these count: ${ORACLE_NAMES.join(", ")}`,
    parse: someOf(ORACLE_NAMES),
  },
  leaveOut: {
    flags: "--leave-out <names>",
    about: `of a log or program, leave out: ${BEYOND_NAMES.slice(0, 7).join(", ")}, ...`,
    parse: someOf(BEYOND_NAMES),
  },
  fsx: {
    flags: "--fsx <options>",
    about: "what fsx was called with, in quotes: '-e 1 -l 500000'",
    parse: fsxOptions,
  },
  inode: { flags: "--inode <n>", about: "of a kernel trace, the file: 0x83", parse: inodeNumber },
  page: { flags: "--page <size>", about: "page size, for what does not say it", parse: powerOfTwo(4096) },
  block: { flags: "--block <size>", about: "block size, for what does not say it", parse: powerOfTwo(512) },
  realizable: {
    flags: "--realizable",
    about: "only schedules that user space can force on a real kernel",
  },
  invert: {
    flags: "--invert",
    about: "exit 1 where it holds and 0 where it fails: git bisect run finds a cure",
  },
  fine: { flags: "--fine", about: "every boundary is an interleaving point" },
} as const satisfies OptionTable;

export type SharedOption = keyof typeof SHARED_OPTIONS;

/** What the option's parser makes, or its text; a flag has neither. */
type Value<S> = S extends { readonly parse: (...args: never) => infer V }
  ? V
  : S extends { readonly flags: `${string}<${string}` }
    ? string
    : boolean;
type HasStandard<O extends OptionTable> = {
  [N in keyof O]: O[N] extends { readonly standard: unknown } ? N : never;
}[keyof O];

/** What commander makes of the options of a table. */
type ValuesOf<O extends OptionTable> = {
  readonly [N in Exclude<keyof O, HasStandard<O>>]?: Value<O[N]>;
} & { readonly [N in HasStandard<O>]: Value<O[N]> };

/** What commander makes of the shared options, and of those that every command takes. */
export interface CommonOptions extends ValuesOf<typeof SHARED_OPTIONS> {
  readonly json?: boolean;
  readonly reporter?: readonly Reporting[];
  readonly color?: ColourChoice;
  readonly quiet?: boolean;
}

/** What a command gets that has a table of its own options. */
export type OptionsOf<O extends OptionTable> = CommonOptions & ValuesOf<O>;

/** Those that go together, by one name. */
export const OPTION_GROUPS = {
  kernels: ["kernel", "tree", "with", "without"],
  search: ["seed", "runs", "time", "strategy", "depth"],
  judging: ["faults", "evictions", "oracle"],
  reading: ["leaveOut", "fsx", "page", "block", "inode"],
} as const satisfies { readonly [group: string]: readonly SharedOption[] };

/** The group `kernels` of a command that runs on one. */
export const ONE_KERNEL = [
  { kernel: { ...SHARED_OPTIONS.kernel, flags: "-k, --kernel <name>", about: "a kernel or variant file" } },
  "tree",
  "with",
  "without",
] as const satisfies readonly (SharedOption | OptionTable)[];

/** A name of the program's as it is written: `shortRead` is `short-read`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

/** Options that every command takes. */
export const EVERYWHERE: readonly OptionSpec[] = [
  { flags: "--color <when>", about: COLOUR_CHOICES.join(", "), parse: oneOf(COLOUR_CHOICES) },
  { flags: "-q, --quiet", about: "no progress and no hints" },
];

/** The strategy that the options ask for. */
export function strategyOf({ strategy, realizable }: CommonOptions): StrategyName | undefined {
  return realizable === true ? "realizable" : strategy;
}

/**
 * Whether every state of the scenario may be looked at: sampling was not asked for, and the file does not pin its
 * schedule.
 */
export function canExhaust(
  { scenario, fine }: SubjectSpec,
  { runs, strategy, depth }: CommonOptions,
): boolean {
  const isAsked = runs !== undefined || strategy !== undefined || depth !== undefined;
  return !isAsked && scenario.schedule === undefined && fine !== true;
}

/** --reporter and --json, for a command whose results are of these kinds. */
export function reporterOptions(kinds: readonly Kind[]): OptionSpec[] {
  if (kinds.length === 0) return [];
  const formats = formatsFor(kinds);
  return [
    { flags: "--json", about: "print one JSON document: --reporter json" },
    {
      flags: "--reporter <name[=file]>",
      about: `${formats.join(", ")}; to a file beside what is printed; may be given again`,
      parse: reporting(formats),
    },
  ];
}

/** `github`, `json=result.json`, gathered over repeated options. */
function reporting(formats: readonly FormatName[]): Parse<Reporting[]> {
  return (text, flag, before = []) => {
    const at = text.indexOf("=");
    const format = oneOf(formats)(at < 0 ? text : text.slice(0, at), flag);
    if (at >= 0 && at + 1 === text.length)
      throw usage(`${flag}: no file after the =`, `for example ${flag} ${format}=result.${format}`);
    return [...before, { format, file: at < 0 ? undefined : text.slice(at + 1) }];
  };
}
