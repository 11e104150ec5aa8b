/**
 * Fields of fields: lists, maps whose keys are data, and maps with known keys.
 */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { listed, quoted } from "./diagnostic.js";
import type { Field, Json } from "./fields.js";
import { nearestWord } from "./nearest.js";
import { Place } from "./place.js";

export type Fields = { readonly [key: string]: Field<unknown> };
export type Values<F extends Fields> = { [K in keyof F]?: F[K] extends Field<infer T> ? T : never };
export type Places<F extends Fields> = { [K in keyof F]?: Place };

const LIST = "a list is written [ ONE, ANOTHER ], or a line with - each";

/** A list; with `lone`, a single value stands for a list of one. */
export function list<T>(
  item: Field<T>,
  { least = 0, most, what, lone = false }: { least?: 0 | 1; most: number; what: string; lone?: boolean },
): Field<T[]> {
  const expected = `a list of ${what}`;
  return {
    expected,
    read(at) {
      const { node } = at;
      if (lone && (isScalar(node) || isMap(node))) {
        const value = item.read(at);
        return value === undefined ? undefined : [value];
      }
      if (!isSeq(node) || !at.isPlain()) return at.failKind(expected, LIST);
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

/** A map whose keys are data: expectations by kernel. `build` sees each entry with where its key is. */
export function mapOf<T, R>(
  key: Field<string>,
  value: Field<T>,
  what: string,
  build: (key: string, value: T, keyAt: Place) => R,
): Field<R[]> {
  const expected = `a map of ${what}`;
  return {
    expected,
    read(at) {
      return entries(at, expected)?.flatMap((entry) => {
        const name = key.read(entry.keyAt);
        const content = value.read(entry.valueAt);
        return name === undefined || content === undefined ? [] : [build(name, content, entry.keyAt)];
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
  const keys = Object.keys(fields);
  const expected = `a map with ${listed(keys)}`;
  const aKey = `a key of ${what}: ${listed(keys)}`;
  return {
    expected,
    read(at) {
      const found = entries(at, expected);
      if (found === undefined) return undefined;
      const values: Values<F> = {};
      const places: Places<F> = {};
      const meant = new Set<string>();
      for (const { key, keyAt, valueAt } of found) {
        const name: keyof F | undefined = keys.find((known) => known === key);
        if (name === undefined) {
          const nearest = nearestWord(key, keys);
          keyAt.failWord(key, `expected ${aKey}, found ${quoted(key)}`, { nearest });
          meant.add(nearest ?? "");
          continue;
        }
        places[name] = valueAt;
        const value = fields[name]?.read(valueAt);
        if (value !== undefined) values[name] = value as Values<F>[keyof F];
      }
      for (const key of required) {
        if (places[key] !== undefined || meant.has(key)) continue;
        (found[0]?.keyAt ?? at).fail(`expected ${what} to have the key ${quoted(key)}`);
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
