/**
 * What a scenario expects: a verdict per kernel, and per variant of a kernel (with and without named fixes).
 */

import { isMap, isSeq } from "yaml";
import { ORACLE_NAMES, type OracleName } from "../../kernel/oracle-table.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import type { Expectation, ExpectEntry, Variant } from "../types.js";
import { list, mapOf, type Places, record, type Values, wordSet } from "../yaml/collections.js";
import { quoted } from "../yaml/diagnostic.js";
import { choice, type Field, text, word } from "../yaml/fields.js";
import type { Place } from "../yaml/place.js";

const NAME = /^[A-Za-z0-9][\w.-]{0,79}$/;

const kernelName = word("the name of a kernel", NAME, (known) => known.kernels);
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

const findingKind = text("the kind that a bad verdict must show", 200);

function checkKind(verdict: Expectation | undefined, at: Place | undefined): void {
  if (verdict === "ok")
    at?.fail("expected no kind beside the verdict ok", { remedy: "only a finding has a kind" });
}

type Judgement = Omit<ExpectEntry, "kernel">;

const judgementMap: Field<Judgement> = record({
  what: "an expectation",
  fields: { verdict: expectation, kind: findingKind },
  required: ["verdict"],
  build({ verdict, kind }, places) {
    checkKind(verdict, places.kind);
    return { expect: verdict ?? "ok", kind };
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

const byKernel = mapOf(kernelName, judgement, "verdicts by kernel");

/** `expect:`. */
export const expectations: Field<ExpectEntry[]> = {
  ...byKernel,
  read: (at) => byKernel.read(at)?.map(([kernel, judged]) => ({ kernel, ...judged })),
};

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
  fields: { ...differences, expect: expectation, kind: findingKind },
  required: ["base", "expect"],
  build(values, places, at) {
    const kernel = kernelOf(values, places);
    checkKind(values.expect, places.kind);
    if (places.with === undefined && places.without === undefined) {
      at.fail("expected a variant to add fixes (with) or to remove some (without)", {
        remedy: "the verdict of a plain kernel belongs into expect",
      });
    }
    return { ...kernel, expect: values.expect ?? "ok", kind: values.kind };
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
