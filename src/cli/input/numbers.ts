/**
 * Values of options: numbers within a range, durations, words of a list. Whatever is wrong is a usage error that
 * says what would be right.
 */
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { didYouMean, usage } from "../exit.js";

/** A parser for a whole number in `[least, most]`. */
export function wholeNumber(
  flag: string,
  least: number,
  most: number,
  example = 4,
): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = most >= Number.MAX_SAFE_INTEGER ? `${least} to 2^53` : `${least} to ${most}`;
    throw usage(
      `${flag}: expected a whole number from ${range}, found ${quoted(text)}`,
      `for example ${flag} ${example}`,
    );
  };
}

const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600 };

/** A duration in seconds: N, Ns, Nm, Nh. */
export function duration(flag: string): (text: string) => number {
  return (text) => {
    const [, digits, unit = ""] = /^([1-9]\d{0,8})([smh]?)$/.exec(text) ?? [];
    if (digits !== undefined) return Number(digits) * (UNITS[unit] ?? 1);
    throw usage(
      `${flag}: expected a duration such as 30, 30s, 5m or 1h, found ${quoted(text)}`,
      "a whole number of seconds, minutes or hours, at least 1s",
    );
  };
}

/** One of the words. */
export function oneOf<W extends string>(flag: string, words: readonly W[]): (text: string) => W {
  return (text) => {
    if ((words as readonly string[]).includes(text)) return text as W;
    throw usage(
      `${flag}: expected one of ${words.join(", ")}, found ${quoted(text)}`,
      didYouMean(text, words),
    );
  };
}

/** A comma-separated list, gathered over repeated options; with `mayBeEmpty` an empty text adds nothing to it. */
export function listOf(
  flag: string,
  mayBeEmpty = false,
): (text: string, before: readonly string[] | undefined) => string[] {
  return (text, before = []) => {
    if (mayBeEmpty && text === "") return [...before];
    const words = text.split(",").map((word) => word.trim());
    if (words.some((word) => word === "")) {
      throw usage(`${flag}: expected names separated by commas, found ${quoted(text)}`);
    }
    return [...new Set([...before, ...words])];
  };
}

/** A comma-separated list of words of a set. */
export function someOf<W extends string>(
  flag: string,
  words: readonly W[],
): (text: string, before: readonly W[] | undefined) => W[] {
  const one = oneOf(flag, words);
  const list = listOf(flag);
  return (text, before) => list(text, before).map(one);
}

const SEED = /^[^:\s\p{C}]{1,100}$/u;

export function seedText(text: string): string {
  if (SEED.test(text)) return text;
  throw usage(
    `--seed: expected 1 to 100 characters without spaces or colons, found ${quoted(text)}`,
    "for example --seed 42",
  );
}
