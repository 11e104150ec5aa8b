/**
 * The pieces that the language is defined from. A field reads one YAML value and reports what is wrong with it,
 * and describes itself as JSON Schema: parser and schema come from the same tables and cannot drift apart.
 */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Vocabulary } from "../language/vocabulary.js";
import { quoted } from "./diagnostic.js";
import { nearestWord } from "./nearest.js";
import type { Reporter } from "./source.js";
import {
  type Parsed,
  parseQuantity,
  parseRange,
  printQuantity,
  QUANTITY_PATTERN,
  RANGE_PATTERN,
} from "./units.js";

export type Json = { readonly [key: string]: unknown };

/** A thread named somewhere; judged when all threads are known. */
export interface ThreadUse {
  readonly name: string;
  readonly at: Place;
}

/** What all fields of one file share. */
export interface Reading {
  readonly report: Reporter;
  readonly vocabulary: Vocabulary;
  readonly threadUses: ThreadUse[];
}

/** A value in the file, or the key that should have had one. */
export class Place {
  constructor(
    readonly reading: Reading,
    readonly node: ParsedNode | null,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The place of a value, or of its key where the value is missing. */
  static of(reading: Reading, node: ParsedNode | null, key?: Place): Place {
    if (node !== null && (node.range[1] > node.range[0] || key === undefined)) {
      return new Place(reading, node, node.range[0], node.range[1]);
    }
    return new Place(reading, node, key?.start ?? 0, key?.end ?? 1);
  }

  /** Reports an error here and gives undefined, which is what a field that failed gives. */
  fail(message: string, hint: { nearest?: string; remedy?: string } = {}): undefined {
    this.reading.report.add(this.start, this.end, message, hint);
    return undefined;
  }

  /** The source text of a scalar; undefined, and reported, for anything else. */
  scalar(expected: string): string | undefined {
    const { node } = this;
    if (isScalar(node) && node.tag === undefined && node.anchor === undefined) {
      const text = typeof node.value === "string" ? node.value : (node.source ?? "");
      return text === "" ? this.fail(`expected ${expected}, found nothing`) : text;
    }
    return this.failKind(expected);
  }

  /** Reports that this is not what was expected, by what it is. */
  failKind(expected: string): undefined {
    const { node } = this;
    if (isAlias(node)) return this.fail(`expected ${expected}, found a YAML alias`, NO_ALIAS);
    if (node?.tag !== undefined) {
      return this.fail(`expected ${expected}, found a YAML tag`, { remedy: "write the value without a tag" });
    }
    if (node !== null && "anchor" in node && node.anchor !== undefined) {
      return this.fail(`expected ${expected}, found a YAML anchor`, NO_ALIAS);
    }
    if (isMap(node)) return this.fail(`expected ${expected}, found a map`);
    if (isSeq(node)) return this.fail(`expected ${expected}, found a list`);
    const text = isScalar(node) ? String(node.value ?? "") : "";
    return this.fail(`expected ${expected}, found ${text === "" ? "nothing" : quoted(text)}`);
  }

  /** Whether the node is of the kind a field wants and carries neither tag nor anchor. */
  isPlain(): boolean {
    const { node } = this;
    return node !== null && !isAlias(node) && node.tag === undefined && node.anchor === undefined;
  }
}

const NO_ALIAS = { remedy: "anchors and aliases are not part of the language: write the value out" };

export interface Field<T> {
  /** What a right value looks like, after "expected". */
  readonly expected: string;
  read(at: Place): T | undefined;
  schema(vocabulary: Vocabulary): Json;
}

export type Fields = { readonly [key: string]: Field<unknown> };
export type Values<F extends Fields> = { [K in keyof F]?: F[K] extends Field<infer T> ? T : never };
export type Places<F extends Fields> = { [K in keyof F]?: Place };

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

/** A list; with `lone`, a single value stands for a list of one. */
export function list<T>(
  item: Field<T>,
  bounds: { least?: 0 | 1; most: number; what: string; lone?: boolean },
): Field<T[]> {
  const { least = 0, most, what, lone = false } = bounds;
  const expected = `a list of ${what}`;
  return {
    expected,
    read(at) {
      const { node } = at;
      if (lone && (isScalar(node) || isMap(node))) {
        const value = item.read(at);
        return value === undefined ? undefined : [value];
      }
      if (!isSeq(node) || !at.isPlain()) return at.failKind(expected);
      if (node.items.length < least) return at.fail(`expected a list of ${what} that is not empty`);
      if (node.items.length > most) {
        return at.fail(`expected at most ${most} ${what}, found ${node.items.length}`);
      }
      const values = node.items.map((entry) => item.read(Place.of(at.reading, entry as ParsedNode, at)));
      return values.filter((value) => value !== undefined);
    },
    schema(vocabulary) {
      const items = item.schema(vocabulary);
      const whole = { type: "array", items, minItems: least, maxItems: most };
      return lone ? { anyOf: [items, whole] } : whole;
    },
  };
}

/** A list of words in which none comes twice. */
export function wordSet<W extends string>(item: Field<W>, least: 0 | 1, what: string): Field<W[]> {
  const words = list(item, { least, most: 64, what, lone: true });
  return {
    ...words,
    read(at) {
      const values = words.read(at);
      const twice = values?.find((value, i) => values.indexOf(value) !== i);
      return twice === undefined
        ? values
        : at.fail(`expected each of the ${what} once, found ${quoted(twice)} twice`);
    },
  };
}

/** One entry of a map: its key as written, and where key and value are. */
export interface Entry {
  readonly key: string;
  readonly keyAt: Place;
  readonly valueAt: Place;
}

/** The entries of a map with scalar keys, each key once; undefined, and reported, when it is none. */
export function entries(at: Place, expected: string): Entry[] | undefined {
  const { node } = at;
  if (!isMap(node) || !at.isPlain()) return at.failKind(expected);
  const seen = new Set<string>();
  return node.items.flatMap((pair) => {
    const keyAt = Place.of(at.reading, pair.key as ParsedNode | null, at);
    const key = keyAt.scalar("a word as key");
    if (key === undefined) return [];
    if (seen.has(key)) {
      keyAt.fail(`expected each key once, found ${quoted(key)} again`);
      return [];
    }
    seen.add(key);
    return [{ key, keyAt, valueAt: Place.of(at.reading, pair.value as ParsedNode | null, keyAt) }];
  });
}

/** A map whose keys are data: threads by name, expectations by kernel. */
export function mapOf<T>(key: Field<string>, value: Field<T>, what: string): Field<Array<[string, T]>> {
  const expected = `a map of ${what}`;
  return {
    expected,
    read(at) {
      return entries(at, expected)?.flatMap((entry) => {
        const name = key.read(entry.keyAt);
        const content = value.read(entry.valueAt);
        return name === undefined || content === undefined ? [] : [[name, content] as [string, T]];
      });
    },
    schema: (vocabulary) => ({
      type: "object",
      propertyNames: key.schema(vocabulary),
      additionalProperties: value.schema(vocabulary),
    }),
  };
}

/** A map with known keys. `build` sees what could be read; a value that failed is absent and already reported. */
export function record<F extends Fields, T>(definition: {
  readonly what: string;
  readonly fields: F;
  readonly required?: readonly (keyof F & string)[];
  readonly about?: { readonly [K in keyof F]?: string };
  build(values: Values<F>, places: Places<F>, at: Place): T | undefined;
}): Field<T> {
  const { what, fields, required = [], about = {}, build } = definition;
  const expected = `a map with ${listed(Object.keys(fields))}`;
  return {
    expected,
    read(at) {
      const found = entries(at, expected);
      if (found === undefined) return undefined;
      const values: Values<F> = {};
      const places: Places<F> = {};
      const meant = new Set<string>();
      for (const { key, keyAt, valueAt } of found) {
        if (
          !checkWord(
            keyAt,
            key,
            `a key of ${what}: ${listed(Object.keys(fields))}`,
            Object.keys(fields),
            /^$/,
          )
        ) {
          meant.add(nearestWord(key, Object.keys(fields)) ?? "");
          continue;
        }
        const name: keyof F = key;
        places[name] = valueAt;
        const value = fields[key].read(valueAt);
        if (value !== undefined) values[name] = value as Values<F>[keyof F];
      }
      for (const key of required) {
        if (places[key] === undefined && !meant.has(key))
          firstOf(found, at).fail(`expected ${what} to have the key ${quoted(key)}`);
      }
      return build(values, places, at);
    },
    schema(vocabulary) {
      const properties: Record<string, Json> = {};
      for (const [key, field] of Object.entries(fields)) {
        const description = (about as Record<string, string | undefined>)[key];
        const schema = field.schema(vocabulary);
        properties[key] = description === undefined ? schema : { description, ...schema };
      }
      return { type: "object", properties, required: [...required], additionalProperties: false };
    },
  };
}

function firstOf(found: readonly Entry[], at: Place): Place {
  return found[0]?.keyAt ?? at;
}

/** The words as English: "a, b or c". */
export function listed(words: readonly string[], last = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
