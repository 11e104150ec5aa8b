/**
 * The pieces that the language is defined from: single values. A field reads one YAML value and reports what is wrong
 * with it, and describes itself as JSON Schema: parser and schema come from the same tables and cannot drift apart.
 */
import type { Vocabulary } from "../language/vocabulary.js";
import type { ByteRange } from "../types.js";
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

/** A field of one scalar: `parse` sees its text, and reports what is wrong with it. */
export function scalarField<T>(
  expected: string,
  parse: (source: string, at: Place) => T | undefined,
  schema: Field<T>["schema"],
): Field<T> {
  return {
    expected,
    read(at) {
      const source = at.scalar(expected);
      return source === undefined ? undefined : parse(source, at);
    },
    schema,
  };
}

/** What a terminal obeys, and what turns the order of a text around. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

/** Free text for people. */
export function text(expected: string, longest: number): Field<string> {
  return scalarField(
    expected,
    (source, at) => {
      const value = source.trim();
      if (value === "") return at.fail(`expected ${expected}, found nothing`);
      if (value.length > longest) return at.fail(`expected ${expected} of at most ${longest} characters`);
      if (UNSEEN.test(value)) return at.fail(`expected ${expected} without control characters`);
      return value;
    },
    () => ({ type: "string", minLength: 1, maxLength: longest }),
  );
}

const MOST_LISTED = 800;

/** A word of a fixed form; `words` are the only ones allowed where they are known. */
export function word(
  expected: string,
  pattern: RegExp,
  words?: (vocabulary: Vocabulary) => readonly string[] | undefined,
  hint?: (vocabulary: Vocabulary, value: string) => string | undefined,
): Field<string> {
  return scalarField(
    expected,
    (value, at) => {
      const { vocabulary } = at.reading;
      return checkWord(at, value, expected, words?.(vocabulary) ?? pattern, hint?.(vocabulary, value));
    },
    (vocabulary) => {
      const known = words?.(vocabulary);
      return { type: "string", ...(known === undefined ? { pattern: pattern.source } : { enum: known }) };
    },
  );
}

/** The word, if it is one of those allowed or has the form allowed; else it is reported with the nearest of them. */
export function checkWord(
  at: Place,
  value: string,
  expected: string,
  allowed: readonly string[] | RegExp,
  hint?: string | undefined,
): string | undefined {
  const isForm = allowed instanceof RegExp;
  if (isForm ? allowed.test(value) : allowed.includes(value)) return value;
  const nearest = isForm || hint !== undefined ? undefined : nearestWord(value, allowed);
  const all = isForm ? "" : allowed.join(", ");
  // A list that is not longer than a few lines is the best remedy.
  const remedy =
    hint ??
    (nearest === undefined && all !== "" && all.length < MOST_LISTED && !namesAll(expected, allowed)
      ? `there are ${all}`
      : undefined);
  return at.fail(`expected ${expected}, found ${quoted(value)}`, { nearest, remedy });
}

/** Whether an expectation lists the words itself. */
function namesAll(expected: string, allowed: readonly string[] | RegExp): boolean {
  return !(allowed instanceof RegExp) && allowed.every((one) => expected.includes(one));
}

/** One of a closed set of words. */
export function choice<W extends string>(expected: string, words: readonly W[]): Field<W> {
  return scalarField(
    expected,
    (value, at) => checkWord(at, value, expected, words) as W | undefined,
    () => ({ type: "string", enum: words }),
  );
}

export const flag: Field<boolean> = scalarField(
  "true or false",
  (value, at) => {
    if (value === "true" || value === "false") return value === "true";
    return at.fail(`expected true or false, found ${quoted(value)}`);
  },
  () => ({ type: "boolean" }),
);

/** A whole number from 0 to `most`. */
export function count(most: number): Field<number> {
  const expected = `a whole number from 0 to ${most}`;
  return scalarField(
    expected,
    (value, at) => {
      if (/^(0|[1-9]\d{0,14})$/.test(value) && Number(value) <= most) return Number(value);
      return at.fail(`expected ${expected}, found ${quoted(value)}`);
    },
    () => ({ type: "integer", minimum: 0, maximum: most }),
  );
}

/** What was parsed; or its problem is reported. */
export function parsedAt<T>(at: Place, source: string, parsed: Parsed<T>): T | undefined {
  if (parsed.ok) return parsed.value;
  const word = /^[A-Za-z_-]+/.exec(source)?.[0] ?? "";
  return at.failWord(word, `${parsed.problem}, found ${quoted(source)}`, { remedy: parsed.remedy });
}

/** A quantity of bytes. */
export const quantity: Field<number> = scalarField(
  "a quantity of bytes such as 512, 12k, 1m or 0x600",
  (source, at) => parsedAt(at, source, parseQuantity(source)),
  () => ({
    anyOf: [
      { type: "integer", minimum: 0 },
      { type: "string", pattern: QUANTITY_PATTERN },
    ],
  }),
);

/** A power of two, in bytes, within bounds. */
export function powerOfTwo(least: number, most: number): Field<number> {
  const expected = `a power of two from ${printQuantity(least)} to ${printQuantity(most)}`;
  return scalarField(
    expected,
    (source, at) => {
      const value = parsedAt(at, source, parseQuantity(source));
      if (value === undefined) return undefined;
      if (value >= least && value <= most && Number.isInteger(Math.log2(value))) return value;
      return at.fail(`expected ${expected}, found ${printQuantity(value)}`);
    },
    () => {
      const sizes: number[] = [];
      for (let size = least; size <= most; size *= 2) sizes.push(size);
      return { enum: sizes.flatMap((size) => [...new Set([size, String(size), printQuantity(size)])]) };
    },
  );
}

/** A byte range that is not empty. */
export const range: Field<ByteRange> = scalarField(
  "a byte range from..to such as 0..12k",
  (source, at) => parsedAt(at, source, parseRange(source)),
  () => ({ type: "string", pattern: RANGE_PATTERN }),
);
