/**
 * The model against what real kernels showed of each witness: right where a kernel was right, lossy where it lost bytes.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeSubject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { scenarioAt } from "../scenarios.js";

interface Row {
  readonly files: readonly string[];
  readonly verdicts: string;
}

const TABLE = JSON.parse(readFileSync("test/data/real-verdicts.json", "utf8")) as {
  readonly kernels: readonly string[];
  readonly rows: readonly Row[];
};

const cells = TABLE.rows.flatMap(({ files, verdicts }) =>
  files.map((file) => {
    const real = verdicts.split(" ").map((verdict, i) => ({ kernel: TABLE.kernels[i]!, verdict }));
    const modelled = real.filter(({ verdict }) => verdict !== "?");
    return { file, wanted: modelled.map(({ kernel, verdict }) => `${kernel} ${verdict}`) };
  }),
);

describe("the verdicts of real kernels", () => {
  it("are of eleven kernels each", () => {
    expect(TABLE.kernels.length).toBe(11);
    for (const { verdicts } of TABLE.rows) expect(verdicts.split(" ").length).toBe(11);
  });

  it.each(cells)("are the model's of $file", ({ file, wanted }) => {
    const scenario = scenarioAt(`scenarios/${file}.yaml`);
    const shown = wanted.map((cell) => {
      const [base = ""] = cell.split(" ");
      const result = exploreScenario(makeSubject(scenario, { base, with: [], without: [] }), {
        shortest: false,
      });
      expect(result.exhaustive || result.verdict !== "ok").toBe(true);
      return `${base} ${result.verdict === "ok" ? "right" : "lost"}`;
    });
    expect(shown).toEqual(wanted);
  });
});
