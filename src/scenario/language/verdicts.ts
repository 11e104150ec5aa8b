/**
 * What a scenario expects: a verdict per kernel, and per variant of a kernel (with and without named fixes).
 */

import { isMap, isSeq } from "yaml";
import { ERROR_NAMES } from "../../kernel/machine/errors.js";
import { OP_NAMES, OPS } from "../../kernel/ops.js";
import { ORACLE_NAMES, type OracleName } from "../../kernel/oracle-table.js";
import { isFixName } from "../../kernel/versions/fixes.js";
import { findRelease } from "../../kernel/versions/releases.js";
import { fixesOf, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import type { Expectation, ExpectEntry, StatedReturn, Variant } from "../types.js";
import { list, mapOf, type Places, record, type Values, wordSet } from "../yaml/collections.js";
import { quoted } from "../yaml/diagnostic.js";
import { type Field, text } from "../yaml/fields.js";
import { nearestWord } from "../yaml/nearest.js";
import type { NamedCall, Place, Stated } from "../yaml/place.js";
import { parseQuantity } from "../yaml/units.js";
import { choice, word } from "../yaml/word-fields.js";

const NAME = /^[A-Za-z0-9][\w.-]{0,79}$/;

const kernelName = word(
  "the name of a kernel",
  NAME,
  (known) => known.kernels,
  ({ nearestKernels }, name) => nearestKernels?.(name),
);
const fixName = word("the name of a fix", NAME, (known) => known.fixes);

export const oracleSet: Field<OracleName[]> = wordSet(
  choice(`an oracle (${ORACLE_NAMES.join(", ")})`, ORACLE_NAMES),
  1,
  "oracles",
);

const VERDICT = `ok, mismatch, or the oracles that must be violated (${ORACLE_NAMES.join(", ")})`;
const verdictWord = choice(VERDICT, ["ok", "mismatch", ...ORACLE_NAMES]);

const expectation: Field<Expectation> = {
  expected: VERDICT,
  read(at) {
    if (isSeq(at.node)) return oracleSet.read(at);
    const value = verdictWord.read(at);
    return value === undefined || value === "ok" || value === "mismatch" ? value : [value];
  },
  schema: (known) => ({ anyOf: [verdictWord.schema(known), oracleSet.schema(known)] }),
};

const anyKind = text("the kind that a bad verdict must show", 200);

const findingKind: Field<string> = {
  ...anyKind,
  read(at) {
    const kind = anyKind.read(at);
    const form = at.reading.vocabulary.kinds;
    if (kind === undefined || form === undefined || form.test(kind)) return kind;
    return at.fail(`expected ${anyKind.expected}, found ${quoted(kind)}, which no finding has`, {
      remedy: `for example "content: store -> zero"; findings show theirs`,
    });
  },
  schema: (known) => ({
    ...anyKind.schema(known),
    ...(known.kinds === undefined ? {} : { pattern: known.kinds.source }),
  }),
};

function checkKind(verdict: Expectation | undefined, kind: string | undefined, at: Place | undefined): void {
  if (verdict === "ok")
    at?.fail("expected no kind beside the verdict ok", { remedy: "only a finding has a kind" });
  const oracle = kind === undefined ? undefined : oracleOf(kind);
  if (oracle === undefined || verdict === undefined || typeof verdict === "string") return;
  // A finding is called by the first oracle that it violates.
  const [first] = ORACLE_NAMES.filter((name) => verdict.includes(name));
  if (oracle !== first)
    at?.fail(`expected a kind of ${first}, the first oracle of the verdict; found one of ${oracle}`);
}

/** The oracle that a kind begins with. */
function oracleOf(kind: string): OracleName | undefined {
  return ORACLE_NAMES.find((name) => kind.startsWith(`${name}: `));
}

/** Operations that leave data of their own, which kinds speak of. */
const WRITERS: readonly string[] = OP_NAMES.filter((name) => OPS[name].data !== "none");

/** Lines of statements in their file, beside the data, which is the same however it is written. */
const lines = new WeakMap<object, number>();

/** The line of a statement that was read from a file, from 1. */
export function lineOfStatement(statement: Judgement): number | undefined {
  return lines.get(statement);
}

/** Notes a verdict, to be judged beside the others, and its line; gives it back. */
function state<T extends Judgement>(kernel: KernelVariant, statement: T, at: Place): T {
  const { expect, kind } = statement;
  lines.set(statement, at.line);
  const oracle = kind === undefined ? undefined : oracleOf(kind);
  const oracles = typeof expect === "string" ? [oracle].filter((name) => name !== undefined) : expect;
  at.reading.stated.push({ kernel: identityOf(kernel), name: variantName(kernel), oracles, kind, at });
  return statement;
}

/** The same for kernels that are the same however they are written: base and toggles that are on. */
function identityOf(kernel: KernelVariant): string {
  const known =
    findRelease(kernel.base) !== undefined && [...kernel.with, ...kernel.without].every(isFixName);
  const toggles = known ? [...fixesOf(kernel)].sort() : [kernel.with.toSorted(), kernel.without.toSorted()];
  return JSON.stringify([kernel.base, toggles]);
}

/**
 * What must hold between verdicts: one per kernel, by oracles of `judged` (all when undefined) alone, and of kinds
 * that speak of operations of the program.
 */
export function checkStated(
  stated: readonly Stated[],
  judged: readonly OracleName[] | undefined,
  judgedAt: Place | undefined,
  ops: ReadonlySet<string>,
): void {
  const first = new Map<string, Stated>();
  for (const one of stated) {
    const other = first.get(one.kernel);
    first.set(one.kernel, other ?? one);
    if (other !== undefined)
      for (const [a, b] of [[other, one] as const, [one, other] as const])
        a.at.fail(`expected one verdict for a kernel, found another for ${b.name} in line ${b.at.line}`);
    const silent = judged && one.oracles.find((name) => !(judged as readonly string[]).includes(name));
    if (silent !== undefined) {
      const message = `expected what is judged, found ${silent}, which "oracles" in line ${judgedAt?.line} leaves out`;
      one.at.fail(message);
      judgedAt?.fail(`expected ${silent} too, for the verdict in line ${one.at.line}`);
    }
    const [, op] = /: ([\w-]+) -> /.exec(one.kind ?? "") ?? [];
    if (op !== undefined && WRITERS.includes(op) && !ops.has(op))
      one.at.fail(`expected a kind of this program, found one of ${op}, which it has none of`);
  }
}

type Judgement = Omit<ExpectEntry, "kernel">;

const CALL = /^[A-Za-z_][\w/-]{0,39}\.[1-9]\d{0,4}$/;
const RESULT = `a number of bytes, ok, or an error or signal (${ERROR_NAMES.slice(1).join(", ")})`;

/** What one call may return. */
const result: Field<number | string> = {
  expected: RESULT,
  read(at) {
    const text = at.scalar(RESULT);
    if (text === undefined || ERROR_NAMES.includes(text)) return text;
    const bytes = parseQuantity(text);
    if (bytes.ok) return bytes.value;
    return at.fail(`expected ${RESULT}, found ${quoted(text)}`, { nearest: nearestWord(text, ERROR_NAMES) });
  },
  schema: () => ({ anyOf: [{ enum: ERROR_NAMES }, { type: "integer", minimum: 0 }, { type: "string" }] }),
};

/** `returns:`; names of calls are checked when the program is known. */
const returns: Field<StatedReturn[]> = mapOf(
  word("the name of a call, thread.number", CALL),
  list(result, { least: 1, most: 9, what: "results", lone: true }),
  "results by call",
  (call, values, keyAt) => {
    keyAt.reading.calls.push({ call, at: keyAt });
    return { call, values };
  },
);

/** Calls whose results are stated are calls of the program. */
export function checkCalls(calls: readonly NamedCall[], names: readonly string[]): void {
  for (const { call, at } of calls)
    if (!names.includes(call))
      at.fail(`expected a call of this program, found ${quoted(call)}, which it has none of`, {
        nearest: nearestWord(call, names),
      });
}

const judgementMap: Field<Judgement> = record({
  what: "an expectation",
  fields: { verdict: expectation, kind: findingKind, returns },
  required: ["verdict"],
  build({ verdict, kind, returns }, places) {
    checkKind(verdict, kind, places.kind);
    return { expect: verdict ?? "ok", kind, ...(returns === undefined ? {} : { returns }) };
  },
});

const judgement: Field<Judgement> = {
  expected: VERDICT,
  read(at) {
    if (isMap(at.node)) return judgementMap.read(at);
    const expect = expectation.read(at);
    return expect === undefined ? undefined : { expect };
  },
  schema: (known) => ({ anyOf: [expectation.schema(known), judgementMap.schema(known)] }),
};

/** `expect:`. */
export const expectations: Field<ExpectEntry[]> = mapOf(
  kernelName,
  judgement,
  "verdicts by kernel",
  (kernel, judged, keyAt) => state({ base: kernel, with: [], without: [] }, { kernel, ...judged }, keyAt),
);

const fixes = wordSet(fixName, 0, "fixes");

const differences = { base: kernelName, with: fixes, without: fixes };

function kernelOf(values: Values<typeof differences>, places: Places<typeof differences>): KernelVariant {
  const { base = "", with: added = [], without: removed = [] } = values;
  const both = added.find((name) => removed.includes(name));
  if (both !== undefined)
    places.without?.fail(`expected a fix in with or in without, found ${quoted(both)} in both`);
  return { base, with: added, without: removed };
}

/** One entry of `variants:`. */
const variant: Field<Variant> = record({
  what: "a variant",
  fields: { ...differences, expect: expectation, kind: findingKind, returns },
  required: ["base", "expect"],
  build(values, places, at) {
    const kernel = kernelOf(values, places);
    checkKind(values.expect, values.kind, places.kind);
    if (places.with === undefined && places.without === undefined) {
      at.fail("expected a variant to add fixes (with) or to remove some (without)", {
        remedy: "the verdict of a plain kernel belongs into expect",
      });
    }
    const stated = values.returns === undefined ? {} : { returns: values.returns };
    return state(kernel, { ...kernel, expect: values.expect ?? "ok", kind: values.kind, ...stated }, at);
  },
});

export const variants: Field<Variant[]> = list(variant, { most: 256, what: "variants" });

/** A variant file as a whole. */
export const kernelVariant: Field<KernelVariant> = record({
  what: "a variant file",
  fields: { name: word("a name", NAME), ...differences },
  required: ["base"],
  build: (values, places) => ({ name: values.name, ...kernelOf(values, places) }),
});
