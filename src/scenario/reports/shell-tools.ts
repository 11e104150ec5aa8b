/**
 * Commands of a script that do to the file what xfs_io could: dd, fallocate, truncate and the helpers of fstests, said as
 * commands of xfs_io.
 */
import { type Options, optionsOf } from "./command-options.js";
import { dd } from "./dd.js";
import { fallocateSize, truncateSize } from "./gnu-sizes.js";
import type { About, Tool, ToolCall } from "./tool-call.js";
import { withoutRedirections } from "./xfs-io-call.js";

/** A helper of fstests that takes its file as word number `at`. */
const helper =
  (at: number, make: (words: readonly string[]) => readonly string[]): Tool =>
  (words) => {
    const file = words[at];
    return file === undefined ? "without a file" : { file, commands: make(words) };
  };

type Given = Options<{ readonly text: string }>;

const texts = (words: readonly string[]) => words.map((text) => ({ text }));
const has = ({ given }: Given, letter: string): boolean => given.some(({ name }) => name === letter);
const last = ({ given }: Given, letter: string): string | undefined =>
  given.findLast(({ name }) => name === letter)?.value;

/** What fallocate(1) calls its modes, in commands of xfs_io. */
const MODES: Readonly<Record<string, string>> = {
  p: "fpunch",
  z: "fzero",
  c: "fcollapse",
  i: "finsert",
  u: "funshare",
  w: "fwzero",
};
const FALLOCATE = {
  c: "collapse-range",
  d: "dig-holes",
  i: "insert-range",
  l: "length=",
  n: "keep-size",
  o: "offset=",
  p: "punch-hole",
  u: "unshare-range",
  v: "verbose",
  w: "write-zeroes",
  x: "posix",
  z: "zero-range",
};

/** It ends with an fsync. */
const fallocate: Tool = (words) => {
  const read = optionsOf(texts(words), "cdil:no:puvwxz", FALLOCATE);
  if (typeof read === "string") return read;
  const modes = Object.keys(MODES).filter((letter) => has(read, letter));
  const [mode = ""] = modes;
  if (has(read, "d")) return "-d, which looks for zeroes";
  if (modes.length > 1) return modes.map((letter) => `-${letter}`).join(" with ");
  const [offset, length] = [last(read, "o") ?? "0", last(read, "l")].map((text) => fallocateSize(text ?? ""));
  if (offset === undefined || length === undefined) return "without a length that it takes";
  const file = read.operands[0]?.text;
  if (file === undefined || read.operands.length > 1) return "without one file";
  const keeps = has(read, "n") && /^z?$/.test(mode);
  const command = MODES[mode] ?? "falloc";
  return { file, commands: [`${command}${keeps ? " -k" : ""} ${offset} ${length}`, "fsync"] };
};

const truncate: Tool = (words, { file: ours, size, page }) => {
  const read = optionsOf(texts(words), "cor:s:", {
    c: "no-create",
    o: "io-blocks",
    r: "reference=",
    s: "size=",
  });
  if (typeof read === "string") return read;
  const files = read.operands.map(({ text }) => text);
  const file = files.find((one) => one === ours) ?? files[0];
  const [, sign = "", given = ""] = /^\s*([-+<>/%]?)(.*)$/s.exec(last(read, "s") ?? "") ?? [];
  const number = truncateSize(given);
  if (has(read, "r")) return "-r";
  if (file === undefined || number === undefined) return `-s ${last(read, "s") ?? ""}`;
  const value = number * (has(read, "o") ? page : 1);
  const to = sign === "" ? value : size === undefined ? undefined : resized(sign, size, value);
  return to === undefined ? `-s ${sign}${given}` : { file, commands: [`truncate ${to}`] };
};

/** A size that is told by the one that the file has. */
function resized(sign: string, size: number, by: number): number | undefined {
  if (sign === "+") return size + by;
  if (sign === "-") return Math.max(0, size - by);
  if (sign === "<") return Math.min(size, by);
  if (sign === ">") return Math.max(size, by);
  if (by === 0) return undefined;
  return (sign === "/" ? Math.floor(size / by) : Math.ceil(size / by)) * by;
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
  ["_mread", helper(0, ([, from, length]) => [`mread ${from} ${length}`])],
  ["_reflink_range", ([file = ""]) => ({ file, commands: [], beyond: "clone" })],
  ["_dedupe_range", ([file = ""]) => ({ file, commands: [], beyond: "dedupe" })],
]);

/** Whether it is one of these commands. */
export const isTool = (name: string): boolean => TOOLS.has(name);

/** What the command does, by the words behind its name; or the word of it that is not read. */
export function toolCall(name: string, words: readonly string[], about: About): ToolCall | string {
  const told = withoutRedirections(texts(words)).map(({ text }) => text);
  return TOOLS.get(name)?.(told, about) ?? name;
}
