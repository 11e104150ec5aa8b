/**
 * check: diagnoses scenario files and does nothing else.
 */
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { loadScenarios } from "../input/files.js";
import type { CommonOptions } from "../input/options.js";
import { openReport } from "../terminal/report.js";
import { noteWrapped, type Session } from "../terminal/terminal.js";

export const checkCommand: CommandSpec = {
  options: ["reading"],
  reports: ["check"],
  run: (session: Session, options: CommonOptions, files) => {
    const report = openReport(session, options, "check");
    const checked = loadScenarios(files, options, (line) => noteWrapped(session, line));
    for (const one of checked) report.item(one);
    report.end(checked);
    return EXIT.OK;
  },
};
