/** What a command of xfs_io was called with, its numbers as xfs_io reads them, and what can come of it. Bytes. */
import type { Op } from "../types.js";
import type { XfsIoState } from "./xfs-io-state.js";

/** Operations; what is wrong with how it was written; that it fails, and the process goes on; or that it is not read. */
export type Made = readonly Op[] | string | { readonly fails: string } | { readonly part: string };

export interface Sizes {
  readonly page: number;
  readonly block: number;
}

export class Given {
  readonly numbers: readonly number[];
  readonly state: XfsIoState;
  readonly sizes: Sizes;
  /** Of the file, where it is known. */
  readonly fileSize: number | undefined;
  /** As far as the file may reach. */
  readonly end: number;
  /** The file that the session is about. */
  readonly path: string | undefined;
  /** Says something that changes no verdict. */
  readonly note: (text: string) => void;
  readonly #options: readonly { readonly name: string; readonly value: string }[];

  constructor(
    all: Pick<Given, "numbers" | "state" | "sizes" | "fileSize" | "end" | "path" | "note">,
    options: readonly { readonly name: string; readonly value: string }[],
  ) {
    this.numbers = all.numbers;
    this.state = all.state;
    this.sizes = all.sizes;
    this.fileSize = all.fileSize;
    this.end = all.end;
    this.path = all.path;
    this.note = all.note;
    this.#options = options;
  }

  has(letter: string): boolean {
    return this.option(letter) !== undefined;
  }

  /** What was given behind the option last. */
  option(letter: string): string | undefined {
    return this.#options.findLast(({ name }) => name === letter)?.value;
  }

  /** Of options that exclude one another the last one goes. */
  last(letters: string): string {
    return this.#options.findLast(({ name }) => letters.includes(name))?.name ?? "";
  }

  /** The number behind an option; undefined where it was not given, NaN where it is none. */
  number(letter: string): number | undefined {
    const value = this.option(letter);
    return value === undefined ? undefined : (sizeIn(value, this.sizes.block) ?? Number.NaN);
  }
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  s: 512,
  k: 1024,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
};

/**
 * A number as xfs_io reads it, by its first digits decimal, octal or hexadecimal, with its unit; undefined where it is none
 * below 2^53. `block` is the one of the file system.
 */
export function sizeIn(text: string, block = 4096): number | undefined {
  const [, digits, unit = ""] =
    /^(0x[0-9a-f]{1,14}|0[0-7]{0,18}|[1-9]\d{0,15})([bskmgt]?)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const isOctal = /^0[0-7]/.test(digits);
  const factor = unit.toLowerCase() === "b" ? block : (UNITS[unit.toLowerCase()] ?? 1);
  const value = (isOctal ? Number.parseInt(digits, 8) : Number(digits)) * factor;
  return Number.isSafeInteger(value) ? value : undefined;
}
