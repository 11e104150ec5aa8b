/**
 * diff: which toggles two kernels differ in.
 */
import { variantName } from "../../kernel/versions/variant.js";
import type { CommandSpec } from "../command.js";
import { EXIT, usage } from "../exit.js";
import { kernelNamed } from "../input/kernels.js";
import type { CommonOptions } from "../input/options.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { togglesOf } from "./list.js";

export const diffCommand: CommandSpec = {
  reports: ["list"],
  run: (session: Session, options: CommonOptions, names) => {
    const [first, second, more] = names;
    if (first === undefined || second === undefined || more !== undefined)
      throw usage(`diff takes two kernels, found ${names.length}`, "for example diff 6.2 6.12");
    const report = openReport(session, options, "list");
    const [a, b] = [kernelNamed(first), kernelNamed(second)];
    const only = (one: typeof a, other: typeof a) => {
      const has = new Set(togglesOf(other).map(({ name }) => name));
      return {
        title: `only ${variantName(one)}`,
        items: togglesOf(one).filter(({ name }) => !has.has(name)),
      };
    };
    const sections = [only(a, b), only(b, a)].filter(({ items }) => items.length > 0);
    report.end(sections);
    if (sections.length === 0) note(session, "they are the same kernel: no toggle differs");
    else suggest(session, [["matrix", "--kernel", `${first},${second}`], "what it changes"]);
    return EXIT.OK;
  },
};
