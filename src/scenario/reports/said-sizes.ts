/** Where a script or program says how large pages and blocks are: in comments, and where it makes the file system. */
import { DEFAULT_PAGE } from "../limits.js";
import { sizesIn } from "./fsx-command.js";
import { Expander } from "./shell-expand.js";
import { commandsOf, type Syntax } from "./shell-syntax.js";
import { ShellValues, shown } from "./shell-values.js";
import { sizeIn } from "./xfs-io-given.js";

/** A comment that says nothing else. */
const COMMENT =
  /^[\s>+|]{0,20}#+\s*(?:(?:page|block)(?:[ _-]?size)?\s{0,4}[:=]?\s{0,4}\d\w{0,8}[\s,;.]{0,8}){1,4}$/i;
const MKFS = /^(?:\S*\/)?(?:mkfs(?:\.xfs)?|_\w*mkfs\w*|\$\{?MKFS\w*\}?)$/;

export interface Told {
  readonly what: "page" | "block";
  /** Undefined where only a shell knows it. */
  readonly size: number | undefined;
  readonly start: number;
  readonly end: number;
}

export function* inComments(text: string): Generator<Told> {
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    if (!line.includes("MKFS_OPTIONS") && !COMMENT.test(line)) continue;
    const at = { start: index + line.search(/\S/), end: index + line.length };
    for (const what of ["page", "block"] as const) {
      const size = sizesIn(line)[what];
      if (size !== undefined) yield { what, size, ...at };
    }
  }
}

/** Of commands, in the order in which they are written. */
export function* inCommands({ script }: Syntax): Generator<Told> {
  const values = new ShellValues({ page: DEFAULT_PAGE, block: DEFAULT_PAGE });
  const expander = new Expander(values, { substitute: () => undefined });
  for (const { prefix, name, args } of commandsOf(script)) {
    for (const one of [...prefix, ...args])
      if (one.type === "Assignment" && one.value.type === "Word")
        values.set(one.name, { text: expander.text(one.value) });
    const all = [...(name === undefined ? [] : [name]), ...args].filter((one) => one.type === "Word");
    const words = expander.fields(all).map((word) => ({ ...word, text: shown(word.text) }));
    const at = words.findIndex(({ text }) => MKFS.test(text));
    const command = words[at];
    if (command === undefined) continue;
    const rest = words.slice(at + 1).map(({ text }) => text);
    const option = /(?:^|\s)-b\s*(?:size=)?(\S+)/.exec(rest.join(" "))?.[1];
    const place = /_blocksized$/.test(command.text) ? 0 : /_sized$/.test(command.text) ? 1 : rest.length;
    const said = option ?? rest[place];
    if (said === undefined) continue;
    const size = sizeIn(said.replace(/^log=(\d{1,2})$/, (_, log) => String(2 ** Number(log))));
    const end = words.at(-1)?.end ?? command.end;
    yield { what: "block", size, start: command.start, end };
  }
}
