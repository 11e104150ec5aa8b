/** What real says of one program on one kernel. */
import { describe, expect, it } from "vitest";
import { type RealCell, realText } from "../../src/report/real-text.js";

const cell = (model: string | null, expected: RealCell["expected"]): RealCell => {
  const [name, block, kernel] = ["eof-punch-enospc", 4096, "6.1.0"];
  const result = { name, block, kernel, runs: ["lost"], verdict: "lost", output: "said\n" } as const;
  return { name, block, kernel, model, expected, result, problem: undefined };
};

const headline = (c: RealCell) => realText(c).replace(/\n {2}(?! )/, " ");

describe("realText", () => {
  it("says whose bytes a program expects on a kernel without a model", () => {
    expect(headline(cell("6.1.0", "right"))).toContain("; the model of 6.1.0 says right: they disagree");
    expect(headline(cell(null, null))).toContain(
      "; no model of this kernel: the bytes expected are those of another's model",
    );
  });
});
