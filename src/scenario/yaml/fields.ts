/**
 * The pieces that the language is defined from: single values. A field reads one YAML value and reports what is wrong
 * with it, and describes itself as JSON Schema: parser and schema come from the same tables and cannot drift apart.
 */
import type { Vocabulary } from "../language/vocabulary.js";
import { quoted } from "./diagnostic.js";
import type { Place } from "./place.js";

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

export const flag: Field<boolean> = scalarField(
  "true or false",
  (value, at) => {
    if (value === "true" || value === "false") return value === "true";
    return at.fail(`expected true or false, found ${quoted(value)}`);
  },
  () => ({ type: "boolean" }),
);
