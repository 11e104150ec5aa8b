/** Fields that are words of a list. */
import type { Vocabulary } from "../language/vocabulary.js";
import { quoted } from "./diagnostic.js";
import { type Field, scalarField } from "./fields.js";
import { nearestWord } from "./nearest.js";
import type { Place } from "./place.js";

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
