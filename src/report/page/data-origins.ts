/**
 * Whose data cells hold: every origin in the films of a finding, with a letter, a colour of the page, and words.
 */
import type { Film } from "../../explore/finding/film.js";
import { Value } from "../../kernel/objects/values.js";
import { opText } from "../../scenario/language/print-ops.js";
import { opNamed } from "../../scenario/op-bytes.js";
import type { Scenario } from "../../scenario/types.js";
import type { Origin } from "./finding-model-types.js";

const PLAIN_ORIGINS: { readonly [value: number]: Origin } = {
  [Value.ZERO]: { value: Value.ZERO, letter: "0", look: "zero", text: "zeroes" },
  [Value.UNINITIALISED]: {
    value: Value.UNINITIALISED,
    letter: "?",
    look: "memory",
    text: "memory that nobody filled",
  },
  [Value.GARBAGE]: {
    value: Value.GARBAGE,
    letter: "!",
    look: "garbage",
    text: "what the disk block held before",
  },
};
const LOOKS = 6;

/** Every origin that is in a film, with a letter each. */
export function originsOf(scenario: Scenario, films: readonly Film[]): Origin[] {
  const values = new Set(
    films.flatMap(({ frames }) =>
      frames.flatMap(({ cache, disk }) => [...cache, ...disk].map(({ value }) => value)),
    ),
  );
  const names = films[0]?.dataNames ?? [];
  return [...values]
    .toSorted((a, b) => a - b)
    .map((value, n, all) => {
      const plain = PLAIN_ORIGINS[value];
      if (plain !== undefined) return plain;
      const at = all.slice(0, n).filter((v) => v >= Value.FIRST_DATA).length;
      const name = names[value - Value.FIRST_DATA] ?? `value ${value}`;
      const op = opNamed(scenario, name);
      const letter = String.fromCharCode(65 + (at % 26)) + (at < 26 ? "" : String(Math.floor(at / 26)));
      return {
        value,
        letter,
        look: `data${at % LOOKS}`,
        text: op === undefined ? name : `${name}: ${opText(op)}`,
      };
    });
}
