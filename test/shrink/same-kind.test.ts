/**
 * Where a witness fails, sampling and the exhaustive search show the same kind of bug.
 */
import { describe, expect, it } from "vitest";
import { variantName } from "../../src/kernel/versions/variant.js";
import { expectedFor, kernelsOf } from "../../src/verdict/expectation.js";
import { witnesses } from "../scenarios.js";
import { firstOfKind, shortestOf, shrunkFrom } from "./sampled.js";

/** Every kernel on which a witness fails, the variants of the file included. */
const FAILING = witnesses().flatMap((scenario) =>
  kernelsOf(scenario)
    .filter((variant) => expectedFor(scenario, variant)!.expect !== "ok")
    .map((variant) => ({ label: `${scenario.name} on ${variantName(variant)}`, scenario, variant })),
);

/** The witness is of what D2 does to rfc-v1; its D1 does the same in fewer steps (write-path.md section 9). */
const OF_A_LONGER_RACE = ["new-delalloc-store on rfc-v1", "new-delalloc-store-1k on rfc-v1"];

describe("the shortest counterexample and a shrunk sampled one", () => {
  it("are compared on many kernels", () => {
    expect(FAILING.length).toBeGreaterThan(120);
    expect(FAILING.map((f) => f.label)).toEqual(expect.arrayContaining(OF_A_LONGER_RACE));
  });

  it.each(FAILING)("of $label are of one kind, which the file names", ({ label, scenario, variant }) => {
    const { kind } = shortestOf(scenario, variant)!;
    const named = expectedFor(scenario, variant)!.kind;
    if (OF_A_LONGER_RACE.includes(label)) expect(kind).not.toBe(named);
    else expect(kind).toBe(named);
    for (const wanted of new Set([kind, named!])) {
      const found = firstOfKind(scenario, variant, wanted);
      expect(shrunkFrom(scenario, variant, found).finding.kind).toBe(wanted);
    }
  });
});
