/** The sizes of pages and blocks, bytes: as options give them, else as a script or program says. */
import { DEFAULT_PAGE } from "../limits.js";
import type { Reporter } from "../yaml/source.js";
import { printQuantity } from "../yaml/units.js";
import type { HowRead } from "./how-read.js";
import { inCommands, inComments, type Told } from "./said-sizes.js";
import type { Syntax } from "./shell-syntax.js";
import type { ToldProgram } from "./told-program.js";

export interface ToldSizes {
  readonly how: HowRead;
  /** Says in the program what was not taken as it stands. */
  readonly say: (program: ToldProgram) => void;
}

/** The options with what the text says beside them; options go first. */
export function withToldSizes(report: Reporter, script: Syntax | undefined, how: HowRead): ToldSizes {
  const told = [...inComments(report.text), ...(script === undefined ? [] : inCommands(script))];
  const first = (what: Told["what"]) => told.find((one) => one.what === what && one.size !== undefined)?.size;
  const sizes = { page: how.page ?? first("page"), block: how.block ?? first("block") };
  for (const one of told) check(report, one, sizes.page ?? DEFAULT_PAGE);
  const say = (program: ToldProgram): void => {
    for (const { what, size, start } of told) {
      const line = `line ${report.lineOf(start)}`;
      const taken = sizes[what];
      if (size !== undefined && size === taken) continue;
      if (how[what] !== undefined) {
        if (size !== undefined)
          program.note(`--${what} goes before what ${line} says, a ${what} of ${printQuantity(size)}`);
      } else if (size === undefined)
        program.leaveOut(`the size of a ${what} in ${line}, which only a shell knows: --${what} gives it`);
      else program.leaveOut(`the ${what} of ${printQuantity(size)} in ${line}, as another came first`);
    }
  };
  return { how: { ...how, ...sizes }, say };
}

/** What the model has. */
function check(report: Reporter, { what, size, start, end }: Told, page: number): void {
  if (size === undefined) return;
  const least = what === "page" ? 4096 : 512;
  if (size < least || size > 65536 || !Number.isInteger(Math.log2(size)))
    report.add(start, end, `expected a ${what} of a power of two from ${printQuantity(least)} to 64k`);
  else if (what === "block" && size > page)
    report.add(
      start,
      end,
      `the model has no blocks larger than pages: ${printQuantity(size)} on ${printQuantity(page)}`,
      { remedy: "--page says how large pages were" },
    );
}
