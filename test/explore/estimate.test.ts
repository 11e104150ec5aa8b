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
    ["grid/p1w1k1", { reduced: false }],
    ["grid/p2w2k2", { reduced: false }],
    ["grid/p3w2k2", { reduced: false }],
    ["grid/p3w2k2", { reduced: false, symmetry: false }],
    ["grid/p1w1k1", {}],
    ["grid/p3w2k2", {}],
    ["grid/p3w3k2", {}],
    ["witnesses/unwritten-tail", {}],
    ["witnesses/leaked-delalloc", {}],
  ])("is within a factor of 6 on %s, %j", (file, how) => {
    const { engine } = makeSubject(scenarioAt(`scenarios/${file}.yaml`), {
      base: "cured",
      with: [],
      without: [],
    });
    const { states } = search(engine, how);
    const estimate = estimateStates(engine, how, 1_800, makeRng("estimate"));
    expect(estimate.states).toBeGreaterThan(states / 6);
    expect(estimate.states).toBeLessThan(states * 6);
  });

  it("is exact where there is one run", () => {
    const { budget: _, ...append } = scenarioAt("scenarios/examples/append.yaml");
    const alone = { ...append, budget: emptyBudget(), threads: append.threads.slice(0, 1) };
    const { engine } = makeSubject(alone, { base: "cured", with: [], without: [] });
    const { states, ends } = search(engine);
    expect([states > 3, ends]).toEqual([true, 1]);
    expect(estimateStates(engine, {}, 9, makeRng("one")).states).toBe(states);
  });
});
