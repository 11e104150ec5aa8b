/** The families of scenarios/grid: all there, as their names say, and clean on `cured` in every state. */

import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgedMask } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { search } from "../../src/explore/search/frontier-search.js";
import type { Scenario } from "../../src/scenario/types.js";
import { scenarioAt } from "../scenarios.js";

const FOLDER = "scenarios/grid";
const FIRST = [1, 2, 3].flatMap((p) => [1, 2, 3].flatMap((w) => [1, 2].map((k) => `p${p}w${w}k${k}`)));
const SECOND = [1, 2, 3].flatMap((p) => [1, 2].map((k) => `p${p}w1f1s1k${k}`));
const NAMES = [...FIRST, "p3w3k3", ...SECOND, ...SECOND.map((name) => `hole-${name}`)];

/** Threads of each kind and pages, as the name of a file has them. */
function shapeOf(scenario: Scenario): string {
  const ops = scenario.threads.flatMap((t) => t.ops);
  const count = (test: (op: (typeof ops)[number]) => boolean): number => ops.filter(test).length;
  const failing = count((op) => op.kind === "write" && op.faultAt !== undefined);
  const stores = count((op) => op.kind === "store");
  const second = failing + stores > 0 ? `f${failing}s${stores}` : "";
  const writes = count((op) => op.kind === "write") - failing;
  const hole = scenario.setup.some((op) => op.kind === "fallocate") ? "" : "hole-";
  return `${hole}p${scenario.file.size / 4096}w${writes}${second}k${count((op) => op.kind === "writeback")}`;
}

describe("scenarios/grid", () => {
  it("has the families and nothing else", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.yaml`).sort());
  });

  it.each(NAMES)("%s is what it is called, clean on cured and not on 6.0", (name) => {
    const scenario = scenarioAt(`${FOLDER}/${name}.yaml`);
    expect([scenario.name, shapeOf(scenario)]).toEqual([name, name]);
    expect(scenario.budget.evictions).toBe(2);
    const cured = makeSubject(scenario, { base: "cured", with: [], without: [] });
    const proof = search(cured.engine, { mask: judgedMask(cured) });
    expect([proof.found, proof.cut]).toEqual([0, undefined]);
    const old = makeSubject(scenario, { base: "6.0", with: [], without: [] });
    expect(search(old.engine, { mask: judgedMask(old) }).found).not.toBe(0);
  });
});
