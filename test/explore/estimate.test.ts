/** The estimate of a search's size is of the right order where the size is known. */

import { describe, expect, it } from "vitest";
import { makeSubject } from "../../src/explore/run/subject.js";
import { estimateStates } from "../../src/explore/search/estimate.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { emptyBudget } from "../../src/scenario/budget.js";
import { scenarioAt } from "../scenarios.js";

describe("estimateStates", () => {
  it.each([
    ["grid/p1w1k1", true],
    ["grid/p2w2k2", true],
    ["grid/p3w2k2", true],
    ["grid/p3w2k2", false],
    ["witnesses/unwritten-tail", true],
    ["witnesses/leaked-delalloc", true],
  ])("is within a factor of 6 on %s, symmetry %s", (file, symmetry) => {
    const { engine } = makeSubject(scenarioAt(`scenarios/${file}.yaml`), {
      base: "cured",
      with: [],
      without: [],
    });
    const { states } = search(engine, { symmetry });
    const estimate = estimateStates(engine, symmetry, 1_800, makeRng("estimate"));
    expect(estimate.states).toBeGreaterThan(states / 6);
    expect(estimate.states).toBeLessThan(states * 6);
  });

  it("is exact where there is one run", () => {
    const { budget: _, ...append } = scenarioAt("scenarios/examples/append.yaml");
    const alone = { ...append, budget: emptyBudget(), threads: append.threads.slice(0, 1) };
    const { engine } = makeSubject(alone, { base: "cured", with: [], without: [] });
    const { states, ends } = search(engine);
    expect([states > 3, ends]).toEqual([true, 1]);
    expect(estimateStates(engine, true, 9, makeRng("one")).states).toBe(states);
  });
});
