/**
 * The operations of the language: one entry per word, with what it takes. The parser, the printer, the JSON
 * Schema and `list` all read this table.
 */
import { isMap, isScalar } from "yaml";
import type { ByteRange, Op, OpKind } from "../types.js";
import { quoted } from "../yaml/diagnostic.js";
import {
  entries,
  type Field,
  type Fields,
  flag,
  listed,
  type Place,
  quantity,
  range,
} from "../yaml/fields.js";
import { nearestWord } from "../yaml/nearest.js";

interface OpWord {
  readonly kind: OpKind;
  readonly about: string;
  readonly argument: Field<ByteRange | number | "whole">;
  readonly modifiers: Fields;
}

const wholeOrRange: Field<ByteRange | "whole"> = {
  expected: "{} for the whole file, or a byte range from..to",
  read(at) {
    if (isMap(at.node) && at.isPlain() && at.node.items.length === 0) return "whole";
    return isScalar(at.node) ? range.read(at) : at.failKind(wholeOrRange.expected);
  },
  schema: () => ({ anyOf: [{ type: "object", maxProperties: 0 }, range.schema()] }),
};

const onRange = (kind: OpKind, about: string, modifiers: Fields = {}): OpWord => ({
  kind,
  about,
  argument: range,
  modifiers,
});

/** Every word for an operation, in the order in which they are shown. */
export const OPS: { readonly [word: string]: OpWord } = {
  write: onRange("write", "buffered write()", { "fault-at": quantity, "short-copy": quantity }),
  store: onRange("store", "store through a shared mapping"),
  load: onRange("load", "load through a shared mapping"),
  read: onRange("read", "buffered read()"),
  writeback: onRange("writeback", "one WB_SYNC_NONE pass over the range, not waiting"),
  fsync: { kind: "fsync", about: "WB_SYNC_ALL, waits", argument: wholeOrRange, modifiers: {} },
  evict: onRange("evict", "drop each clean page of the range once if it can be"),
  truncate: { kind: "truncate", about: "ftruncate() to this size", argument: quantity, modifiers: {} },
  fallocate: onRange("fallocate", "preallocate", { "keep-size": flag }),
  punch: onRange("punch", "FALLOC_FL_PUNCH_HOLE (keeps the size)"),
  zero: onRange("zero", "FALLOC_FL_ZERO_RANGE", { "keep-size": flag }),
  sync_file_range: onRange("sync", "sync_file_range(), writing and waiting"),
  fadvise: onRange("dontneed", "posix_fadvise(POSIX_FADV_DONTNEED)"),
};

const WORDS = Object.keys(OPS);
const MODIFIERS = [...new Set(WORDS.flatMap((word) => Object.keys(OPS[word].modifiers)))];

/** The word for an operation of this kind. */
export function opWord(kind: OpKind): string {
  return WORDS.find((word) => OPS[word].kind === kind)!;
}

/** One operation: a map with one operation word and what modifies it. */
export const op: Field<Op> = {
  expected: "an operation such as { write: 0..12k }",
  read: readOp,
  schema: (vocabulary) => ({
    oneOf: WORDS.map((word) => {
      const { about, argument, modifiers } = OPS[word];
      const properties: Record<string, unknown> = {
        [word]: { description: about, ...argument.schema(vocabulary) },
      };
      for (const [key, field] of Object.entries(modifiers)) properties[key] = field.schema(vocabulary);
      return { type: "object", properties, required: [word], additionalProperties: false };
    }),
  }),
};

function readOp(at: Place): Op | undefined {
  if (isScalar(at.node) && at.node.value === "fsync") {
    return at.fail(`expected ${op.expected}, found "fsync"`, { remedy: "write { fsync: {} }" });
  }
  const found = entries(at, op.expected);
  if (found === undefined) return undefined;
  const words = found.filter((entry) => WORDS.includes(entry.key));
  if (words.length === 0) return failNoOp(at, found);
  const [first, second] = words;
  if (second !== undefined) {
    second.keyAt.fail(
      `expected one operation per entry, found ${quoted(second.key)} beside ${quoted(first.key)}`,
      {
        remedy: "begin a new list entry for it",
      },
    );
  }
  const { argument, kind, modifiers } = OPS[first.key];
  const value = argument.read(first.valueAt);
  const extra: Record<string, unknown> = {};
  const places: Record<string, Place> = {};
  for (const { key, keyAt, valueAt } of found) {
    if (WORDS.includes(key)) continue;
    if (Object.hasOwn(modifiers, key)) {
      extra[key] = modifiers[key].read(valueAt);
      places[key] = valueAt;
      continue;
    }
    const known = Object.keys(modifiers);
    const takes = known.length === 0 ? "nothing else" : listed(known);
    const nearest = nearestWord(key, known);
    keyAt.fail(`${first.key} takes ${takes}, found ${quoted(key)}`, nearest === undefined ? {} : { nearest });
  }
  return value === undefined ? undefined : build(kind, value, extra, places);
}

function failNoOp(at: Place, found: ReturnType<typeof entries> & object): undefined {
  const entry = found.find(({ key }) => !MODIFIERS.includes(key)) ?? found[0];
  const expected = `expected an operation: ${listed(WORDS)}`;
  if (entry === undefined) return at.fail(`${expected}; found an empty map`);
  const nearest = nearestWord(entry.key, WORDS);
  return entry.keyAt.fail(
    `${expected}; found ${quoted(entry.key)}`,
    nearest === undefined ? {} : { nearest },
  );
}

function build(
  kind: OpKind,
  value: ByteRange | number | "whole",
  extra: Record<string, unknown>,
  places: Record<string, Place>,
): Op | undefined {
  if (kind === "fsync") return value === "whole" ? { kind } : { kind, range: value as ByteRange };
  if (kind === "truncate") return { kind, size: value as number };
  const { from, to } = value as ByteRange;
  if (kind === "fallocate" || kind === "zero")
    return { kind, from, to, keepSize: extra["keep-size"] === true };
  if (kind !== "write") return { kind, from, to };
  const faultAt = extra["fault-at"] as number | undefined;
  const shortCopy = extra["short-copy"] as number | undefined;
  if (faultAt !== undefined && (faultAt < from || faultAt >= to)) {
    places["fault-at"].fail("expected fault-at inside the range of the write (its start included)");
  }
  if (shortCopy !== undefined && (shortCopy <= from || shortCopy >= to)) {
    places["short-copy"].fail("expected short-copy strictly inside the range of the write");
  }
  return {
    kind,
    from,
    to,
    ...(faultAt === undefined ? {} : { faultAt }),
    ...(shortCopy === undefined ? {} : { shortCopy }),
  };
}
