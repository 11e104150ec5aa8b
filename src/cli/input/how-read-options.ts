/**
 * Options that say of a log or program what it cannot say itself.
 */
import { parseFsxOptions } from "../../scenario/reports/fsx-options.js";
import type { HowRead } from "../../scenario/reports/how-read.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { parseQuantity, printQuantity } from "../../scenario/yaml/units.js";
import { usage } from "../exit.js";
import type { Parse } from "./numbers.js";

/** A size of pages or blocks, in bytes. */
export function powerOfTwo(least: number): Parse<number> {
  return (text, flag) => {
    const read = parseQuantity(text);
    if (read.ok && read.value >= least && read.value <= 65536 && Number.isInteger(Math.log2(read.value)))
      return read.value;
    throw usage(
      `${flag}: expected a power of two from ${printQuantity(least)} to 64k, found ${quoted(text)}`,
      `for example ${flag} 4k`,
    );
  };
}

/** An inode as a trace has it, 0x83, or as ls -i has it, 131. */
export const inodeNumber: Parse<number> = (text, flag) => {
  const n = /^(0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text) ? Number(text) : 0;
  if (n > 0) return n;
  throw usage(`${flag}: expected the number of an inode, found ${quoted(text)}`, `for example ${flag} 0x83`);
};

/** Checked here, read with the log. */
export const fsxOptions: Parse<string> = (text, flag, before) => {
  const read = parseFsxOptions(text);
  if (typeof read === "string") throw usage(`${flag}: ${read}`, `for example ${flag} "-e 1 -l 500000"`);
  return before === undefined ? text : `${before} ${text}`;
};

/** Those of the options that say how to read. */
export function howToRead({ leaveOut, fsx, page, block, inode }: HowRead): HowRead {
  return { leaveOut, fsx, page, block, inode };
}

/** Refuses what says nothing of a scenario file, which says it itself. */
export function checkUnused(how: HowRead, file: string): void {
  const given = Object.entries(how).find(([, value]) => value !== undefined)?.[0];
  if (given === undefined) return;
  const flag = given === "leaveOut" ? "leave-out" : given;
  throw usage(
    `--${flag} says nothing of ${file}`,
    given === "fsx"
      ? "it is for what fsx has left behind"
      : given === "inode"
        ? "it is for kernel traces"
        : "it is for logs and programs",
  );
}
