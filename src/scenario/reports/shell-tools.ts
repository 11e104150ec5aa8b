/**
 * Commands of a script that do to the file what xfs_io could: dd, fallocate, truncate and the helpers of fstests, said as
 * commands of xfs_io.
 */
import { sizeIn } from "./xfs-io-commands.js";

export interface ToolCall {
  readonly file: string;
  /** Commands of xfs_io. */
  readonly commands: readonly string[];
  /** What of it the model does not have (beyond-model.ts). */
  readonly beyond?: string | undefined;
}

type Tool = (words: readonly string[]) => ToolCall | undefined;

/** A helper of fstests that takes a byte, an offset, a length, and the file as its word number `at`. */
const helper =
  (at: number, make: (words: readonly string[]) => readonly string[]): Tool =>
  (words) => {
    const file = words[at];
    return file === undefined ? undefined : { file, commands: make(words) };
  };

/** What fallocate(1) calls its modes, in commands of xfs_io. */
const MODES: readonly (readonly [options: RegExp, command: string])[] = [
  [/^(?:-\w*p|--punch-hole)$/, "fpunch"],
  [/^(?:-\w*z|--zero-range)$/, "fzero"],
  [/^(?:-\w*c|--collapse-range)$/, "fcollapse"],
  [/^(?:-\w*i|--insert-range)$/, "finsert"],
];

function fallocate(words: readonly string[]): ToolCall | undefined {
  let [offset, length]: (string | undefined)[] = ["0", undefined];
  let file: string | undefined;
  const options: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const [, name = "", inside] = /^(-\w*[ol]|--offset|--length)(?:=(.*))?$/.exec(word) ?? [];
    if (name !== "") {
      const value = plain(inside ?? words[++i] ?? "");
      if (/o$|offset/.test(name)) offset = value;
      else length = value;
    }
    if (word.startsWith("-")) options.push(word);
    else if (name === "") file = word;
  }
  if (file === undefined || length === undefined) return undefined;
  const command = MODES.find(([mode]) => options.some((one) => mode.test(one)))?.[1] ?? "falloc";
  const keeps =
    options.some((one) => /^(?:-\w*n|--keep-size)$/.test(one)) && /^(?:falloc|fzero)$/.test(command);
  return { file, commands: [`${command}${keeps ? " -k" : ""} ${offset} ${length}`] };
}

/** `1MiB` and `1M` are `1m`; others stay as they are. */
const plain = (size: string): string => size.replace(/^(\d+)([kmg])(?:iB)?$/i, "$1$2");

function dd(words: readonly string[]): ToolCall | undefined {
  const of = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const block = sizeIn(plain(of("bs") ?? of("obs") ?? "512"));
  const count = sizeIn(of("count") ?? "");
  const [input = "", output = ""] = [of("if"), of("of")];
  const reads = output === "/dev/null";
  const at = sizeIn(of(reads ? "skip" : "seek") ?? "0");
  if (block === undefined || count === undefined || at === undefined || (!reads && output === ""))
    return undefined;
  const flags = `${of("oflag") ?? ""},${of("iflag") ?? ""},${of("conv") ?? ""}`;
  const range = `${at * block} ${count * block}`;
  const file = reads ? input : output;
  const beyond = flags.includes("direct") ? "direct" : undefined;
  if (reads) return { file, beyond, commands: [`pread -b ${block} ${range}`] };
  const cut = flags.includes("notrunc") ? [] : [`truncate ${at * block}`];
  const synced = /f(?:data)?sync/.test(flags) ? ["fsync"] : [];
  return { file, beyond, commands: [...cut, `pwrite -b ${block} ${range}`, ...synced] };
}

function truncate(words: readonly string[]): ToolCall | undefined {
  const at = words.findIndex((word) => /^(?:-s|--size)/.test(word));
  const own = /^(?:-s|--size=)(.+)$/.exec(words[at] ?? "")?.[1];
  const size = own ?? words[at + 1];
  const file = words.findLast((word) => !word.startsWith("-"));
  if (at < 0 || size === undefined || file === undefined || file === size || /^[-+<>/%]/.test(size))
    return undefined;
  return { file, commands: [`truncate ${plain(size)}`] };
}

const TOOLS: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ["dd", dd],
  ["fallocate", fallocate],
  ["truncate", truncate],
  ["_pwrite_byte", helper(3, ([byte, from, length]) => [`pwrite -S ${byte} ${from} ${length}`])],
  ["_mwrite_byte", helper(4, ([byte, from, length]) => [`mwrite -S ${byte} ${from} ${length}`])],
  [
    "_mwrite_byte_and_msync",
    helper(4, ([byte, from, length, all]) => [`mwrite -S ${byte} ${from} ${length}`, `msync -s 0 ${all}`]),
  ],
  ["_mread", ([file = "", from, length]) => ({ file, commands: [`mread ${from} ${length}`] })],
  ["_reflink_range", ([file = ""]) => ({ file, commands: [], beyond: "clone" })],
  ["_dedupe_range", ([file = ""]) => ({ file, commands: [], beyond: "dedupe" })],
]);

/** Whether it is one of these commands. */
export const isTool = (name: string): boolean => TOOLS.has(name);

/** What the command does, by the words behind its name; undefined when that cannot be said. */
export function toolCall(name: string, words: readonly string[]): ToolCall | undefined {
  const until = words.findIndex((word) => /^\d?[<>]/.test(word));
  return TOOLS.get(name)?.(until < 0 ? words : words.slice(0, until));
}
