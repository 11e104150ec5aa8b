/**
 * list: kernels, fixes, scenarios, operations, strategies, oracles and windows.
 */

import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { STRATEGY_NAMES } from "../../explore/strategies/index.js";
import { WINDOWS } from "../../kernel/machine/windows.js";
import { OP_NAMES, OPS } from "../../kernel/ops.js";
import { ORACLES } from "../../kernel/oracle-table.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { kernelsOf, RELEASES } from "../../kernel/versions/releases.js";
import { packageFile } from "../../real/package-file.js";
import type { ListItem, ListSection } from "../../report/list-text.js";
import { modifierFields } from "../../scenario/language/operations.js";
import type { CommandSpec } from "../command.js";
import { EXIT, invalid } from "../exit.js";
import { parseFile, readText } from "../input/files.js";
import { oneOf } from "../input/numbers.js";
import type { CommonOptions } from "../input/options.js";
import { reason } from "../input/reasons.js";
import { openReport } from "../terminal/report.js";
import type { Session } from "../terminal/terminal.js";

const WHAT = ["kernels", "fixes", "scenarios", "ops", "strategies", "oracles", "windows"] as const;
type What = (typeof WHAT)[number];

export const listCommand: CommandSpec = {
  reports: ["list"],
  run: (session: Session, options: CommonOptions, [what]) => {
    const report = openReport(session, options, "list");
    const chosen = what === undefined ? WHAT : [oneOf(WHAT)(what, "list")];
    report.end(chosen.map((name): ListSection => ({ title: name, items: ITEMS[name]() })));
    return EXIT.OK;
  },
};

const ITEMS: { readonly [W in What]: () => ListItem[] } = {
  kernels: () =>
    RELEASES.map((release) => ({ name: release.name, facts: kernelsOf(release), about: release.about })),
  fixes: () =>
    FIXES.map(({ name, title, commits, release, about, kind }) => ({
      name,
      facts: `${[kind, ...commits, release].join(", ")}`,
      // A toggle that no patch brings has its own sentence for a title.
      about: title === about ? about : `${about} (${title})`,
    })),
  scenarios: () => ["witnesses", "examples"].flatMap(scenarioItems),
  ops: () =>
    OP_NAMES.map((name) => {
      const { about } = OPS[name];
      const extra = Object.keys(modifierFields(name));
      return { name, facts: "", about: extra.length > 0 ? `${about} (${extra.join(", ")})` : about };
    }),
  strategies: () => STRATEGY_NAMES.map((name) => ({ name, facts: "", about: STRATEGIES[name] })),
  oracles: () => ORACLES.map(({ name, about }) => ({ name, facts: "", about })),
  windows: () => WINDOWS.map(([name, about]) => ({ name, facts: "", about })),
};

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
    return { name: basename(file).replace(/\.ya?ml$/, ""), facts: file, about };
  });
}
