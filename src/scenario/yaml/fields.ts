/**
 * The pieces that the language is defined from: single values. A field reads one YAML value and reports what is wrong
 * with it, and describes itself as JSON Schema: parser and schema come from the same tables and cannot drift apart.
 */
import type { Vocabulary } from "../language/vocabulary.js";
import { quoted } from "./diagnostic.js";
import { nearestWord } from "./nearest.js";
import type { Place } from "./place.js";
import {
  type Parsed,
  parseQuantity,
  parseRange,
  printQuantity,
  QUANTITY_PATTERN,
  RANGE_PATTERN,
} from "./units.js";

export type Json = { readonly [key: string]: unknown };

export interface Field<T> {
  /** What a right value looks like, after "expected". */
  readonly expected: string;
  read(at: Place): T | undefined;
  schema(vocabulary: Vocabulary): Json;
}

/** Free text for people. */
export function text(expected: string, longest: number): Field<string> {
  return {
    expected,
    read(at) {
      const value = at.scalar(expected)?.trim();
      if (value === undefined) return undefined;
      if (value === "") return at.fail(`expected ${expected}, found nothing`);
      if (value.length > longest) return at.fail(`expected ${expected} of at most ${longest} characters`);
      if (/(?!\n)\p{Cc}/u.test(value)) return at.fail(`expected ${expected} without control characters`);
      return value;
    },
    schema: () => ({ type: "string", minLength: 1, maxLength: longest }),
  };
}

/** A word of a fixed form; `words` are the only ones allowed where they are known. */
export function word(
  expected: string,
  pattern: RegExp,
  words?: (vocabulary: Vocabulary) => readonly string[] | undefined,
): Field<string> {
  return {
    expected,
    read(at) {
      const value = at.scalar(expected);
      if (value === undefined) return undefined;
      return checkWord(at, value, expected, words?.(at.reading.vocabulary), pattern) ? value : undefined;
    },
    schema(vocabulary) {
      const known = words?.(vocabulary);
      return known === undefined
        ? { type: "string", pattern: pattern.source }
        : { type: "string", enum: [...known] };
    },
  };
}

/** Reports a word that is of the wrong form or unknown, with the nearest known one. */
export function checkWord(
  at: Place,
  value: string,
  expected: string,
  known: readonly string[] | undefined,
  pattern: RegExp,
): boolean {
  if (known?.includes(value) ?? pattern.test(value)) return true;
  const nearest = nearestWord(value, known ?? []);
  at.fail(`expected ${expected}, found ${quoted(value)}`, nearest === undefined ? {} : { nearest });
  return false;
}

/** One of a closed set of words. */
export function choice<W extends string>(expected: string, words: readonly W[]): Field<W> {
  return {
    expected,
    read(at) {
      const value = at.scalar(expected);
      if (value === undefined) return undefined;
      return checkWord(at, value, expected, words, /^$/) ? (value as W) : undefined;
    },
    schema: () => ({ type: "string", enum: [...words] }),
  };
}

export const flag: Field<boolean> = {
  expected: "true or false",
  read(at) {
    const value = at.scalar(flag.expected);
    if (value === undefined) return undefined;
    if (value === "true" || value === "false") return value === "true";
    return at.fail(`expected true or false, found ${quoted(value)}`);
  },
  schema: () => ({ type: "boolean" }),
};

/** A whole number from 0 to `most`. */
export function count(most: number): Field<number> {
  const expected = `a whole number from 0 to ${most}`;
  return {
    expected,
    read(at) {
      const value = at.scalar(expected);
      if (value === undefined) return undefined;
      if (/^(0|[1-9]\d{0,14})$/.test(value) && Number(value) <= most) return Number(value);
      return at.fail(`expected ${expected}, found ${quoted(value)}`);
    },
    schema: () => ({ type: "integer", minimum: 0, maximum: most }),
  };
}

/** A quantity of bytes. */
export const quantity: Field<number> = {
  expected: "a quantity of bytes such as 512, 12k, 1m or 0x600",
  read: (at) => readUnit(at, quantity.expected, parseQuantity),
  schema: () => ({
    anyOf: [
      { type: "integer", minimum: 0 },
      { type: "string", pattern: QUANTITY_PATTERN },
    ],
  }),
};

/** A power of two, in bytes, within bounds. */
export function powerOfTwo(least: number, most: number): Field<number> {
  const expected = `a power of two from ${printQuantity(least)} to ${printQuantity(most)}`;
  return {
    expected,
    read(at) {
      const value = readUnit(at, expected, parseQuantity);
      if (value === undefined) return undefined;
      if (value >= least && value <= most && Number.isInteger(Math.log2(value))) return value;
      return at.fail(`expected ${expected}, found ${printQuantity(value)}`);
    },
    schema() {
      const sizes: number[] = [];
      for (let size = least; size <= most; size *= 2) sizes.push(size);
      return { enum: sizes.flatMap((size) => [...new Set([size, String(size), printQuantity(size)])]) };
    },
  };
}

/** A byte range that is not empty. */
export const range = {
  expected: "a byte range from..to such as 0..12k",
  read: (at: Place) => readUnit(at, "a byte range from..to such as 0..12k", parseRange),
  schema: () => ({ type: "string", pattern: RANGE_PATTERN }),
};

function readUnit<T>(at: Place, expected: string, parse: (text: string) => Parsed<T>): T | undefined {
  const source = at.scalar(expected);
  if (source === undefined) return undefined;
  const parsed = parse(source);
  if (parsed.ok) return parsed.value;
  const hint = parsed.remedy === undefined ? {} : { remedy: parsed.remedy };
  return at.fail(`${parsed.problem}, found ${quoted(source)}`, hint);
}
