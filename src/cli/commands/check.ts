/**
 * check: diagnoses scenario files and does nothing else; says as what it read them.
 */
import { printScenario } from "../../scenario/language/print.js";
import { isLong } from "../../scenario/limits.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { type LoadedScenario, loadScenarios } from "../input/files.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { openReport } from "../terminal/report.js";
import { noteWrapped, type Session } from "../terminal/terminal.js";

const OWN = {
  show: { flags: "--show", about: "print each program as it was read, as a scenario" },
} as const satisfies OptionTable;

export const checkCommand: CommandSpec = {
  options: ["reading", OWN],
  reports: ["check"],
  run: (session: Session, options: OptionsOf<typeof OWN>, files) => {
    const report = openReport(session, options, "check");
    const loaded = loadScenarios(files, options, (line) => noteWrapped(session, line));
    const checked = options.show === true ? loaded.map(shown) : loaded;
    for (const one of checked) report.item(one);
    report.end(checked);
    return EXIT.OK;
  },
};

/** What was left out stands in it as comments. */
function shown(one: LoadedScenario): LoadedScenario & { readonly shown: string } {
  const { file, scenario } = one;
  const { notes = [] } = scenario;
  const header = [visible(file), ...notes.map((note) => `note: ${note}`)];
  if (isLong(scenario))
    header.push("note: this is longer than scenarios may be: run takes the file that it is from");
  return { ...one, shown: printScenario(scenario, header) };
}
