/**
 * Merging steps loses nothing: the oracles that some run violates are the same with every boundary kept (--fine), also
 * on kernels with one toggle the other way round. MERGED_CASES sets how many pairs are looked at of each list; 150 unless said.
 */
import { describe, expect, it } from "vitest";
import { makeSubject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { TOGGLES } from "../../src/kernel/versions/toggles.js";
import { type KernelVariant, variantName } from "../../src/kernel/versions/variant.js";
import type { Scenario } from "../../src/scenario/types.js";
import { witnesses } from "../scenarios.js";

const CASES = Number(process.env.MERGED_CASES ?? 150);
/** States in merged steps above which a program is left out, and likewise in fine ones. */
const MERGED = 1_500;
const FINE = 15_000;

/** 6.2 and cured with each toggle the other way round. */
const VARIANTS: readonly KernelVariant[] = TOGGLES.flatMap(({ name }) =>
  RELEASES.filter((r) => r.name === "6.2" || r.name === "cured").map(({ name: base, fixes }) =>
    fixes.has(name) ? { base, with: [], without: [name] } : { base, with: [name], without: [] },
  ),
);

function oracles(scenario: Scenario, variant: KernelVariant, fine: boolean): readonly string[] | undefined {
  const subject = makeSubject(scenario, variant, { fine });
  const result = exploreScenario(subject, { all: true, shortest: false, maxStates: fine ? FINE : MERGED });
  return result.exhaustive ? [...result.oracles].sort() : undefined;
}

/** How many of the pairs were small enough to be compared, and those that differ. */
function compare(pairs: Iterable<readonly [Scenario, KernelVariant]>) {
  let compared = 0;
  const differ: string[] = [];
  for (const [scenario, variant] of pairs) {
    const merged = oracles(scenario, variant, false);
    const fine = merged && oracles(scenario, variant, true);
    if (fine === undefined) continue;
    compared++;
    if (fine.join() !== merged?.join())
      differ.push(
        `${scenario.name} on ${variantName(variant)}: merged ${merged?.join()}, fine ${fine.join()}`,
      );
  }
  return { compared, differ };
}

describe("merged steps show what fine ones show", () => {
  it("of the witnesses, with each toggle the other way round", () => {
    const all = VARIANTS.flatMap((variant) => witnesses().map((scenario) => [scenario, variant] as const));
    const rng = makeRng("merged");
    const some = all.filter(([scenario, variant]) => {
      const own = scenario.variants.some(
        (v) => v.base === variant.base && `${v.with}${v.without}` === `${variant.with}${variant.without}`,
      );
      return rng.chance(CASES / all.length) || (own && rng.chance(0.5));
    });
    const { compared, differ } = compare(some);
    expect(differ).toEqual([]);
    expect(compared).toBeGreaterThan(CASES / 3);
  });

  it("of random programs, with each toggle the other way round", () => {
    const some = Array.from(
      { length: CASES },
      (_, n) =>
        [randomProgram(makeRng(`merged:${n}`), `random-${n}`), VARIANTS[n % VARIANTS.length]!] as const,
    );
    const { compared, differ } = compare(some);
    expect(differ).toEqual([]);
    expect(compared).toBeGreaterThan(CASES / 5);
  });
});
