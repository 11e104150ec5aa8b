/**
 * What real kernels did, by docs/real-kernels.md, is what the model says of the same witnesses on every release there.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { oracleMask } from "../../src/explore/finding/finding.js";
import { exhaust } from "../../src/tasks/exhaust.js";
import { scenarioAt } from "../scenarios.js";

const SCENARIOS = new Map(
  ["witnesses", "real"].flatMap((kind) =>
    readdirSync(`scenarios/${kind}`).map((file) => {
      const scenario = scenarioAt(`scenarios/${kind}/${file}`);
      return [scenario.name, scenario] as const;
    }),
  ),
);

const [HEAD = [], ...ROWS] = readFileSync("docs/real-kernels.md", "utf8")
  .split("\n")
  .filter((line) => /^\| (witness|[\w-]+) \|( [\w.?]+ \|){11}$/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const CELLS = ROWS.flatMap(([name = "", ...cells]) =>
  cells.map((cell, i) => [name, HEAD[i + 1]!, cell] as const),
);

/** Two witnesses have 60,000 states and more on each kernel: REAL_VERDICTS=all looks at all of them, half a minute. */
const FEW = process.env.REAL_VERDICTS === "all" ? HEAD : ["5.15", "7.2"];
const isSkipped = (name: string, kernel: string) => name.includes("-forced") && !FEW.includes(kernel);

function modelSays(name: string, kernel: string): string {
  const scenario = SCENARIOS.get(name)!;
  const variant = { base: kernel, with: [], without: [] };
  const { failures, isComplete } = exhaust(
    { kind: "exhaust", subject: { scenario, variant }, mask: oracleMask(scenario.oracles) },
    () => false,
  );
  expect(isComplete || failures.length > 0).toBe(true);
  return failures.length > 0 ? "lost" : "right";
}

describe("the table of real kernels", () => {
  it("has eleven kernels and every witness that was forced on them", () => {
    expect([HEAD.length, ROWS.length]).toEqual([12, 26]);
    const open = CELLS.filter(([, , cell]) => !["lost", "right"].includes(cell));
    expect(open.map(([, , cell]) => cell)).toEqual(["?", "?"]);
  });

  it.each(ROWS)("%s: the model agrees", (name, ...cells) => {
    expect(SCENARIOS.has(name!), name).toBe(true);
    for (const [i, cell] of cells.entries()) {
      const kernel = HEAD[i + 1]!;
      if (cell === "?" || isSkipped(name!, kernel)) continue;
      expect(modelSays(name!, kernel), kernel).toBe(cell);
    }
  });
});
