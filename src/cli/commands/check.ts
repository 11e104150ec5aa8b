/**
 * check: diagnoses scenario files and does nothing else.
 */

import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { loadScenarios } from "../input/files.js";
import type { CommonOptions } from "../input/options.js";
import type { Session } from "../terminal/terminal.js";

export const checkCommand: CommandSpec = {
  name: "check",
  args: ["<files...>", "scenario files or fsx operation files"],
  about: "say what is wrong with scenario files",
  run: (session: Session, _options: CommonOptions, files) => {
    const { out } = session.terminal;
    for (const { file, scenario } of loadScenarios(files)) {
      const ops = scenario.setup.length + scenario.threads.reduce((n, t) => n + t.ops.length, 0);
      out.line(
        `${out.colours.green("ok")} ${file}: ${scenario.name}, ${scenario.threads.length} threads, ${ops} operations`,
      );
    }
    return EXIT.OK;
  },
};
