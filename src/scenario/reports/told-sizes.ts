/**
 * What a script or program says of the sizes of pages and blocks: in comment lines such as `# block 1k`, and where it makes
 * the file system. Bytes.
 */
import { DEFAULT_PAGE } from "../limits.js";
import type { Reporter } from "../yaml/source.js";
import { printQuantity } from "../yaml/units.js";
import { sizesIn } from "./fsx-options.js";
import type { HowRead } from "./how-read.js";
import { linesOf, type Script } from "./shell-script.js";
import { ShellValues } from "./shell-values.js";
import type { ToldProgram } from "./told-program.js";
import { sizeIn } from "./xfs-io-given.js";

/** A comment that says nothing else. */
const COMMENT =
  /^[\s>+|]{0,20}#+\s*(?:(?:page|block)(?:[ _-]?size)?\s{0,4}[:=]?\s{0,4}\d\w{0,8}[\s,;.]{0,8}){1,4}$/i;
const MKFS = /^(?:\S*\/)?(?:mkfs(?:\.xfs)?|_\w*mkfs\w*|\$\{?MKFS\w*\}?)$/;

interface Told {
  readonly what: "page" | "block";
  /** Undefined where only a shell knows it. */
  readonly size: number | undefined;
  readonly start: number;
  readonly end: number;
}

export interface ToldSizes {
  readonly how: HowRead;
  /** Says in the program what was not taken as it stands. */
  readonly say: (program: ToldProgram) => void;
}

/** The options with what the text says beside them; options go first. */
export function withToldSizes(report: Reporter, script: Script | undefined, how: HowRead): ToldSizes {
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

function* inComments(text: string): Generator<Told> {
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    if (!line.includes("MKFS_OPTIONS") && !COMMENT.test(line)) continue;
    const at = { start: index + line.search(/\S/), end: index + line.length };
    for (const what of ["page", "block"] as const) {
      const size = sizesIn(line)[what];
      if (size !== undefined) yield { what, size, ...at };
    }
  }
}

function* inCommands({ steps, functions }: Script): Generator<Told> {
  const values = new ShellValues({ page: DEFAULT_PAGE, block: DEFAULT_PAGE });
  for (const body of [steps, ...functions.values()])
    for (const { words } of linesOf(body)) {
      for (const { text } of words) values.assign(text);
      const at = words.findIndex(({ text }) => MKFS.test(text));
      const command = words[at];
      if (command === undefined) continue;
      const rest = words.slice(at + 1).map(({ text }) => values.expand(text));
      const option = /(?:^|\s)-b\s*(?:size=)?(\S+)/.exec(rest.join(" "))?.[1];
      const place = /_blocksized$/.test(command.text) ? 0 : /_sized$/.test(command.text) ? 1 : rest.length;
      const said = option ?? rest[place];
      if (said === undefined || /^\d?>/.test(said)) continue;
      const size = sizeIn(said.replace(/^log=(\d{1,2})$/, (_, log) => String(2 ** Number(log))));
      const end = words.at(-1)?.end ?? command.end;
      yield { what: "block", size, start: command.start, end };
    }
}
