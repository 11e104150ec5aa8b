/**
 * Operations as the language writes them: how each is read and described, from the table of operations (kernel/ops.ts).
 */
import { isMap, isScalar } from "yaml";
import { MODIFIERS, type ModifierName } from "../../kernel/modifiers.js";
import type { OpInfo } from "../../kernel/op-info.js";
import { OP_NAMES, OPS, type OpName } from "../../kernel/ops.js";
import { isInside } from "../op-bytes.js";
import { type ByteRange, type Op, WHOLE } from "../types.js";
import { type Entry, entries, type Fields } from "../yaml/collections.js";
import { listed, quoted } from "../yaml/diagnostic.js";
import { type Field, flag } from "../yaml/fields.js";
import { nearestWord } from "../yaml/nearest.js";
import { quantity, range } from "../yaml/number-fields.js";
import type { Place } from "../yaml/place.js";

type Argument = ByteRange | number | "whole";

const wholeOrRange: Field<ByteRange | "whole"> = {
  expected: "{} for the whole file, or a byte range from..to",
  read(at) {
    if (isMap(at.node) && at.isPlain() && at.node.items.length === 0) return "whole";
    return isScalar(at.node) ? range.read(at) : at.failKind(wholeOrRange.expected);
  },
  schema: (known) => ({ anyOf: [{ type: "object", maxProperties: 0 }, range.schema(known)] }),
};

const length: Field<number> = {
  expected: `${quantity.expected}, but not 0`,
  read(at) {
    const bytes = quantity.read(at);
    return bytes === 0 ? at.fail("expected at least one byte") : bytes;
  },
  schema: (known) => ({ allOf: [quantity.schema(known), { not: { enum: [0, "0"] } }] }),
};
const nothing: Field<"whole"> = {
  expected: "{}",
  read(at) {
    if (isMap(at.node) && at.isPlain() && at.node.items.length === 0) return "whole";
    return at.failKind(nothing.expected);
  },
  schema: () => ({ type: "object", maxProperties: 0 }),
};

const ARGUMENTS: Readonly<Record<OpInfo["takes"], Field<Argument>>> = {
  range,
  "range or whole": wholeOrRange,
  size: quantity,
  length,
  nothing,
};
const VALUES = { offset: quantity, flag } as const;
const MODIFIER_WORDS: readonly string[] = Object.values(MODIFIERS).map(({ word }) => word);

/** What may stand beside an operation, by word. */
export function modifierFields(kind: OpName): Fields {
  const fields = OPS[kind].modifiers.map(
    (name) => [MODIFIERS[name].word, VALUES[MODIFIERS[name].takes]] as const,
  );
  return Object.fromEntries(fields);
}

/** Words without which an operation means nothing. */
function neededWords(kind: OpName): string[] {
  return OPS[kind].modifiers.flatMap((name) => (MODIFIERS[name].isNeeded ? [MODIFIERS[name].word] : []));
}

const ABOUT_MODIFIERS: { readonly [word: string]: string } = {
  "fault-at": "Source bytes from this file offset on cannot be read (EFAULT).",
  "short-copy": "The first atomic copy that reaches this file offset stops there, and is retried.",
  "keep-size": "FALLOC_FL_KEEP_SIZE: the size stays as it is.",
  dontcache: "RWF_DONTCACHE: what it brings into the page cache goes when it is clean; since 6.16.",
  to: "File offset that the range is copied to; it may not overlap.",
};

/** One operation: a map with one operation word and what modifies it. */
export const op: Field<Op> = {
  expected: "an operation such as { write: 0..12k }",
  read: readOp,
  schema: (vocabulary) => ({
    type: "object",
    title: "operation",
    description: "One operation, and what modifies it.",
    minProperties: 1,
    properties: Object.fromEntries([
      ...OP_NAMES.map((word) => {
        const { about, takes } = OPS[word];
        return [word, { title: word, description: about, ...ARGUMENTS[takes].schema(vocabulary) }];
      }),
      ...OP_NAMES.flatMap((word) =>
        Object.entries(modifierFields(word)).map(([key, field]) => [
          key,
          { title: key, description: ABOUT_MODIFIERS[key], ...(field.schema(vocabulary) as object) },
        ]),
      ),
    ]),
    additionalProperties: false,
    // One condition per operation, so that what is wrong with one is one message.
    allOf: OP_NAMES.map((word) => ({
      if: { required: [word] },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema.
      then: {
        propertyNames: { enum: [word, ...Object.keys(modifierFields(word))] },
        ...(neededWords(word).length === 0 ? {} : { required: neededWords(word) }),
      },
    })),
  }),
};

/** A modifier that was written down, and where; undefined when it could not be read. */
interface Given {
  readonly value: number | boolean | undefined;
  readonly at: Place;
}

function isOp(word: string): word is OpName {
  return Object.hasOwn(OPS, word);
}

function readOp(at: Place): Op | undefined {
  const word = isScalar(at.node) ? String(at.node.value) : "";
  if (isOp(word) && /whole|nothing/.test(OPS[word].takes)) {
    return at.fail(`expected ${op.expected}, found ${quoted(word)}`, { remedy: `write { ${word}: {} }` });
  }
  const found = entries(at, op.expected);
  if (found === undefined) return undefined;
  const [first, second] = found.filter((entry) => isOp(entry.key));
  if (first === undefined) return failNoOp(at, found);
  if (second !== undefined) {
    const message = `expected one operation per entry, found ${quoted(second.key)} beside ${quoted(first.key)}`;
    second.keyAt.fail(message, { remedy: "begin a new list entry for it" });
  }
  const kind = first.key as OpName;
  const { node } = first.valueAt;
  const isNothing = node === null || (isScalar(node) && node.source === "");
  if (isNothing && /whole|nothing/.test(OPS[kind].takes))
    return first.keyAt.fail(`expected what ${quoted(kind)} takes, found nothing`, {
      remedy: `write { ${kind}: {} }`,
    });
  const value = ARGUMENTS[OPS[kind].takes].read(first.valueAt);
  const fields = modifierFields(kind);
  const given = new Map<string, Given>();
  for (const { key, keyAt, valueAt } of found) {
    if (isOp(key)) continue;
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field !== undefined) {
      given.set(key, { value: field.read(valueAt) as number | boolean | undefined, at: valueAt });
      continue;
    }
    const known = Object.keys(fields);
    const takes = known.length === 0 ? "nothing else" : listed(known);
    keyAt.failWord(key, `${kind} takes ${takes}, found ${quoted(key)}`, { nearest: nearestWord(key, known) });
  }
  for (const word of neededWords(kind))
    if (!given.has(word)) {
      const remedy = `write { ${kind}: 0..4k, ${word}: 8k }`;
      return at.fail(`expected ${quoted(word)} beside ${quoted(kind)}`, { remedy });
    }
  return value === undefined ? undefined : build(kind, value, given);
}

function failNoOp(at: Place, found: readonly Entry[]): undefined {
  const entry = found.find(({ key }) => !MODIFIER_WORDS.includes(key)) ?? found[0];
  const expected = `expected an operation: ${listed(OP_NAMES)}`;
  if (entry === undefined) return at.fail(`${expected}; found an empty map`);
  if (entry.key === "repeat")
    return entry.keyAt.fail(`${expected}; found "repeat"`, {
      remedy: "a whole thread repeats: NAME: { repeat: [{ writeback: 0..8k }] }",
    });
  return entry.keyAt.failWord(entry.key, `${expected}; found ${quoted(entry.key)}`, {
    nearest: nearestWord(entry.key, OP_NAMES),
  });
}

/** A size stands in both ends, a length in the second. */
const bytesIn = (kind: OpName, value: number): ByteRange => ({
  from: OPS[kind].takes === "size" ? value : 0,
  to: value,
});

const PLACES = {
  "start included": "inside",
  strictly: "strictly inside",
  apart: "so far off that the copy lies outside",
  anywhere: "",
};
const REASONS = {
  "start included": " (its start included)",
  strictly: "",
  apart: " (EINVAL)",
  anywhere: "",
};

function build(kind: OpName, value: Argument, given: ReadonlyMap<string, Given>): Op {
  const bytes = value === "whole" ? WHOLE : typeof value === "number" ? bytesIn(kind, value) : value;
  const modifiers: [ModifierName, number | true][] = [];
  for (const name of OPS[kind].modifiers) {
    const { word, inside } = MODIFIERS[name];
    const { value, at } = given.get(word) ?? {};
    if (value === undefined || value === false) continue;
    modifiers.push([name, value]);
    if (value === true || isInside(name, value, bytes)) continue;
    at?.fail(
      `expected ${inside === "apart" ? quoted(word) : word} ${PLACES[inside]} the range of the ${kind}${REASONS[inside]}`,
    );
  }
  return { kind, ...bytes, ...Object.fromEntries(modifiers) };
}
