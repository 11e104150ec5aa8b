/**
 * Values of options: numbers within a range, durations, words of a list. Whatever is wrong is a usage error that
 * says what would be right.
 */
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { didYouMean, usage } from "../exit.js";

/** Makes a value of what is given to an option; `before` is what it had when it is given again. */
export type Parse<V> = (text: string, flag: string, before?: V) => V;

/** A whole number in `[least, most]`. */
export function wholeNumber(least: number, most: number, example = 4): Parse<number> {
  return (text, flag) => {
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
export const duration: Parse<number> = (text, flag) => {
  const [, digits, unit = ""] = /^([1-9]\d{0,8})([smh]?)$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * (UNITS[unit] ?? 1);
  throw usage(
    `${flag}: expected a duration such as 30, 30s, 5m or 1h, found ${quoted(text)}`,
    "a whole number of seconds, minutes or hours, at least 1s",
  );
};

/** One of the words. */
export function oneOf<W extends string>(words: readonly W[]): Parse<W> {
  return (text, flag) => {
    const word = words.find((one) => one === text);
    if (word !== undefined) return word;
    throw usage(
      `${flag}: expected one of ${words.join(", ")}, found ${quoted(text)}`,
      didYouMean(text, words),
    );
  };
}

/** A comma-separated list, gathered over repeated options. */
export const names: Parse<string[]> = (text, flag, before = []) => {
  const words = text.split(",").map((word) => word.trim());
  if (words.includes("")) throw usage(`${flag}: expected names separated by commas, found ${quoted(text)}`);
  return [...new Set([...before, ...words])];
};

/** The same, to which an empty text adds nothing. */
export const namesOrNone: Parse<string[]> = (text, flag, before = []) =>
  text === "" ? before : names(text, flag, before);

/** A comma-separated list of words of a set. */
export function someOf<W extends string>(words: readonly W[]): Parse<W[]> {
  const one = oneOf(words);
  return (text, flag, before) => names(text, flag, before).map((word) => one(word, flag));
}

const SEED = /^[^:\s\p{C}]{1,100}$/u;

export const seedText: Parse<string> = (text, flag) => {
  if (SEED.test(text)) return text;
  throw usage(
    `${flag}: expected 1 to 100 characters without spaces or colons, found ${quoted(text)}`,
    `for example ${flag} 42`,
  );
};

/** A name or path that is not empty: an empty one would mean something else, often the current directory. */
export const notEmpty: Parse<string> = (text, flag) => {
  if (text !== "") return text;
  throw usage(`${flag}: expected a name or path, found ""`);
};
