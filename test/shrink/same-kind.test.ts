/**
 * Where a witness fails, sampling and the exhaustive search show the same kind of bug. Of kernels on which the shortest run
 * goes the same way, one is sampled and shrunk, and with STALEMAP_LONG=1 all.
 */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/explore/finding/finding.js";
import { variantName } from "../../src/kernel/versions/variant.js";
import { expectedFor, kernelsOf } from "../../src/verdict/expectation.js";
import { IS_LONG } from "../long.js";
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

/** What the shortest run does, call by call. */
const wayOf = ({ choices, trace }: Finding): string =>
  JSON.stringify([
    choices,
    trace.steps.map(({ calls }) => calls.map(({ oldest, notes }) => [oldest, notes])),
  ]);

const ways = new Set<string>();

/** Whether no kernel before had the same way, of the same scenario. */
function isNew(...way: readonly (string | undefined)[]): boolean {
  const before = ways.size;
  return ways.add(JSON.stringify(way)).size > before;
}

describe("the shortest counterexample and a shrunk sampled one", () => {
  it("are compared on many kernels", () => {
    expect(FAILING.length).toBeGreaterThan(120);
    expect(FAILING.map((f) => f.label)).toEqual(expect.arrayContaining(OF_A_LONGER_RACE));
  });

  it.each(FAILING)("of $label are of one kind, which the file names", ({ label, scenario, variant }) => {
    const shortest = shortestOf(scenario, variant)!;
    const { kind } = shortest;
    const named = expectedFor(scenario, variant)!.kind;
    if (OF_A_LONGER_RACE.includes(label)) expect(kind).not.toBe(named);
    else expect(kind).toBe(named);
    if (!isNew(scenario.name, kind, named, wayOf(shortest)) && !IS_LONG) return;
    for (const wanted of new Set([kind, named!])) {
      const found = firstOfKind(scenario, variant, wanted);
      expect(shrunkFrom(scenario, variant, found).finding.kind).toBe(wanted);
    }
  });
});
