/** The options of fsx that change what a run of it does, from its command line. */
import { quoted } from "../yaml/diagnostic.js";
import type { CallName } from "./fsx-log.js";

export interface FsxOptions {
  /** `-e`: bytes behind EOF are stored to before the size changes. */
  readonly pollutes: boolean;
  /** `-l`: no byte of the file lies past this; undefined where it was not said. */
  readonly most: number | undefined;
  /** `-r`, `-w`, `-t`: what offsets and sizes are multiples of. */
  readonly readBoundary: number;
  readonly writeBoundary: number;
  readonly truncateBoundary: number;
  /** `-R`, `-W`: reads and writes instead of mapped ones. */
  readonly mapsReads: boolean;
  readonly mapsWrites: boolean;
  /** `-Z`. */
  readonly isDirect: boolean;
  /** `-y`: an fsync behind each write. */
  readonly syncs: boolean;
  /** `-X`: the whole file is read after each operation. */
  readonly readsAll: boolean;
  /** Calls that were turned off: they are not made. */
  readonly off: ReadonlySet<CallName>;
}

export const PLAIN_FSX: FsxOptions = {
  pollutes: false,
  most: undefined,
  readBoundary: 1,
  writeBoundary: 1,
  truncateBoundary: 1,
  mapsReads: true,
  mapsWrites: true,
  isDirect: false,
  syncs: false,
  readsAll: false,
  off: new Set(),
};

type Change = (options: FsxOptions, value: number) => Partial<FsxOptions>;
interface Letter {
  readonly takesValue: boolean;
  readonly change?: Change;
}

const value = (change: Change): Letter => ({ takesValue: true, change });
const flag = (change: Partial<FsxOptions>): Letter => ({ takesValue: false, change: () => change });
const off = (name: CallName): Letter => ({
  takesValue: false,
  change: (options) => ({ off: new Set([...options.off, name]) }),
});

const LETTERS: ReadonlyMap<string, Letter> = new Map([
  ["e", value((_, n) => ({ pollutes: n > 0 }))],
  ["l", value((_, most) => ({ most }))],
  ["r", value((_, readBoundary) => ({ readBoundary }))],
  ["w", value((_, writeBoundary) => ({ writeBoundary }))],
  ["t", value((_, truncateBoundary) => ({ truncateBoundary }))],
  ["R", flag({ mapsReads: false })],
  ["W", flag({ mapsWrites: false })],
  ["Z", flag({ isDirect: true })],
  ["y", flag({ syncs: true })],
  ["X", flag({ readsAll: true })],
  ["F", off("fallocate")],
  ["H", off("punch_hole")],
  ["z", off("zero_range")],
  ["C", off("collapse_range")],
  ["I", off("insert_range")],
  ["J", off("clone_range")],
  ["B", off("dedupe_range")],
  ["E", off("copy_range")],
  ["0", off("exchange_range")],
  ["a", off("write_atomic")],
  ...[..."bcgijmopsDNPS"].map((letter): [string, Letter] => [letter, { takesValue: true }]),
  ...[..."dfhknquxAKLOTU"].map((letter): [string, Letter] => [letter, { takesValue: false }]),
]);

/** Reads `-e 1 -l 500k -RW`; a sentence when it cannot. Of a command in a log what cannot be read is passed over. */
export function parseFsxOptions(
  text: string,
  from: FsxOptions = PLAIN_FSX,
  isLog = false,
): FsxOptions | string {
  let options = from;
  const words = text.split(/\s+/).filter((word) => word !== "");
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word.startsWith("--") || !/^-./.test(word)) continue;
    for (let at = 1; at < word.length; at++) {
      const letter = LETTERS.get(word.charAt(at));
      if (letter === undefined && isLog) break;
      if (letter === undefined) return `fsx has no option ${quoted(`-${word.charAt(at)}`)}`;
      const { takesValue, change } = letter;
      const given = !takesValue ? "0" : at + 1 < word.length ? word.slice(at + 1) : (words[++i] ?? "");
      if (change !== undefined) {
        const number = numberOf(given);
        if (number === undefined && isLog) break;
        if (number === undefined || ("lrwt".includes(word.charAt(at)) && number < 1))
          return `expected a number after -${word.charAt(at)}, found ${quoted(given)}`;
        options = { ...options, ...change(options, number) };
      }
      if (takesValue) break;
    }
  }
  return options;
}

/** Numbers as fsx reads them: hex, octal or decimal, perhaps with b, k, m or w behind. */
function numberOf(text: string): number | undefined {
  const [, digits = "", unit = ""] = /^(0x[0-9a-f]{1,13}|\d{1,15})([bkmw]?)/i.exec(text) ?? [];
  if (digits === "") return undefined;
  const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  const factor = { b: 512, k: 1024, m: 1024 * 1024, w: 4 }[unit.toLowerCase()] ?? 1;
  const bytes = value * factor;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
