/** What kernels did in forced runs, kept as data: the model agrees with it, and no mutant of the model does with all. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { caughtBy } from "../../../src/dev/accept/forced-mutants.js";
import { MUTANTS } from "../../../src/dev/accept/model-mutants.js";
import { modelFor } from "../../../src/real/machine/running-kernel.js";
import { judgeKept } from "../../../src/real/walk/judge-kept.js";
import { readKeptLine } from "../../../src/real/walk/kept-run.js";

const kept = readFileSync("test/data/forced-runs.jsonl", "utf8")
  .split("\n")
  .flatMap((line) => (line === "" ? [] : [readKeptLine(line)]));

describe("forced runs of real kernels", () => {
  it.each(kept.map((one) => [`${one.kernel}, ${one.name}`, one] as const))(
    "agree with the model: %s",
    (_, one) => {
      const model = modelFor(one.kernel);
      expect(model === undefined ? "no model" : judgeKept(one, model)).toEqual([]);
    },
  );

  it.each(MUTANTS.map((one) => [one.name, one] as const))("tell a model apart: %s", (_, mutant) => {
    const caught = kept.some((one) => caughtBy(mutant, one) !== undefined);
    expect(caught).toBe(mutant.survives === undefined);
  });
});
