/**
 * list: kernels, fixes, scenarios, operations, strategies, oracles and windows.
 */

import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileOf } from "../../explain/step-places.js";
import { STRATEGY_NAMES } from "../../explore/strategies/index.js";
import { WINDOWS } from "../../kernel/machine/windows.js";
import { OP_NAMES, OPS } from "../../kernel/ops.js";
import { ORACLES } from "../../kernel/oracle-table.js";
import { FUNCTION_NAMES } from "../../kernel/paths/step-names.js";
import { FIXES, type FixInfo } from "../../kernel/versions/fixes.js";
import { kernelsOf, RELEASES } from "../../kernel/versions/releases.js";
import { UNNEEDED } from "../../kernel/versions/toggles.js";
import { fixesOf, type KernelVariant } from "../../kernel/versions/variant.js";
import { packageFile } from "../../real/package-file.js";
import type { ListItem, ListSection } from "../../report/list-text.js";
import { modifierFields } from "../../scenario/language/operations.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import type { CommandSpec } from "../command.js";
import { EXIT, invalid, usage } from "../exit.js";
import { parseFile, readText } from "../input/files.js";
import { kernelNamed } from "../input/kernels.js";
import { oneOf } from "../input/numbers.js";
import type { CommonOptions } from "../input/options.js";
import { reason } from "../input/reasons.js";
import { openReport } from "../terminal/report.js";
import type { Session } from "../terminal/terminal.js";

const WHAT = ["kernels", "fixes", "scenarios", "ops", "steps", "strategies", "oracles", "windows"] as const;
type What = (typeof WHAT)[number];

export const listCommand: CommandSpec = {
  reports: ["list"],
  run: (session: Session, options: CommonOptions, [what, name, ...more]) => {
    const report = openReport(session, options, "list");
    const chosen = what === undefined ? WHAT : [oneOf(WHAT)(what, "list")];
    if (more.length > 0 || (name !== undefined && what !== "kernels"))
      throw usage(
        `list: ${quoted(more[0] ?? name ?? "")} is one word too many`,
        "list kernels 6.2 is about one kernel",
      );
    if (name !== undefined) report.end([{ title: name, items: togglesOf(kernelNamed(name)) }]);
    else report.end(chosen.map((title): ListSection => ({ title, items: ITEMS[title]() })));
    return EXIT.OK;
  },
};

const ITEMS: { readonly [W in What]: () => ListItem[] } = {
  kernels: () =>
    RELEASES.map((release) => ({
      name: release.name,
      facts: kernelsOf(release),
      about: release.about,
      fields: { release: release.linux, toggles: [...release.fixes] },
    })),
  fixes: () => FIXES.map(toggleItem),
  scenarios: () => ["witnesses", "examples"].flatMap(scenarioItems),
  ops: () =>
    OP_NAMES.map((name) => {
      const { about, takes } = OPS[name];
      const extra = Object.entries(modifierFields(name)).map(
        ([word]) => `, ${word}: ${EXAMPLES[word] ?? "true"}`,
      );
      const syntax = `{ ${name}: ${SYNTAX[takes]}${extra.join("")} }`;
      return { name, facts: syntax, about, fields: { syntax } };
    }),
  steps: () =>
    [...FUNCTION_NAMES].sort().map((name) => {
      const file = fileOf(name);
      return {
        name,
        facts: "",
        about: file ?? "not a function of the kernel",
        fields: { file: file ?? null },
      };
    }),
  strategies: () => STRATEGY_NAMES.map((name) => ({ name, facts: "", about: STRATEGIES[name] })),
  oracles: () => ORACLES.map(({ name, about }) => ({ name, facts: "", about })),
  windows: () => WINDOWS.map(([name, about]) => ({ name, facts: "", about })),
};

/** What an operation takes, and its modifiers, by example. */
const SYNTAX = { range: "4k..12k", "range or whole": "{}", size: "6k", length: "6k", nothing: "{}" } as const;
const EXAMPLES: { readonly [word: string]: string } = { "fault-at": "8k", "short-copy": "5k", to: "16k" };

function toggleItem({ name, title, commits, release, about, kind }: FixInfo): ListItem {
  // A toggle that no patch brings has its own sentence for a title.
  const isUnseen = UNNEEDED[name]?.isUnseen === true;
  return {
    name,
    facts: [kind, ...commits, release, ...(isUnseen ? ["not observable"] : [])].join(", "),
    about: title === about ? about : `${about} (${title})`,
    fields: { kind, title, commits, release },
  };
}

/** The toggles of a kernel that are on. */
export function togglesOf(variant: KernelVariant): ListItem[] {
  const on: ReadonlySet<string> = fixesOf(variant);
  return FIXES.filter(({ name }) => on.has(name)).map(toggleItem);
}

const STRATEGIES: { readonly [S in (typeof STRATEGY_NAMES)[number]]: string } = {
  mixed: "takes turns in random, sticky and pct with depths 2, 3 and 5 (the default)",
  random: "the next thread is drawn from those that can run",
  sticky: "as random, but mostly stays on the running thread",
  pct: "random priorities with --depth - 1 change points (Burckhardt et al., ASPLOS 2010)",
  urw: "threads drawn in proportion to the steps they have left (Zhao et al., ASPLOS 2025)",
  realizable: "only schedules that user space can force on a real kernel (--realizable)",
};

/** The directory of scenarios that the package brings. */
export function packageScenarios(kind: string): string {
  return packageFile(`scenarios/${kind}`);
}

/** The scenario files of a directory as paths a person would type. */
export function scenarioFiles(kind: string): string[] {
  const directory = packageScenarios(kind);
  try {
    const names = readdirSync(directory).filter((name) => /\.ya?ml$/.test(name));
    return names.map((name) => short(join(directory, name))).sort();
  } catch (error) {
    throw invalid(
      `cannot read ${directory}: ${reason(error)}`,
      "the scenarios come with the package: npm ci",
    );
  }
}

function short(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}

function scenarioItems(kind: string): ListItem[] {
  return scenarioFiles(kind).map((file) => {
    const result = parseFile(file, readText(file));
    const about =
      "scenario" in result ? (result.scenario.about ?? result.scenario.name) : "not valid: see check";
    return { name: basename(file).replace(/\.ya?ml$/, ""), facts: file, about, fields: { file } };
  });
}
