/** Fields that are numbers: counts, quantities with units, ranges. */
import type { ByteRange } from "../types.js";
import { quoted } from "./diagnostic.js";
import { type Field, scalarField } from "./fields.js";
import type { Place } from "./place.js";
import {
  type Parsed,
  parseQuantity,
  parseRange,
  printQuantity,
  QUANTITY_PATTERN,
  RANGE_PATTERN,
} from "./units.js";

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
