/**
 * Matrices of made-up verdicts: that they fit 80 columns whatever the number of kernels, say each cell once, and pass over
 * nothing that could not be decided.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ORACLE_NAMES } from "../../src/kernel/oracle-table.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import type { Matrix } from "../../src/report/matrix-cells.js";
import { isOpen, isOutside } from "../../src/report/matrix-cells.js";
import { matrixMarkdown } from "../../src/report/matrix-markdown.js";
import { MATRIX_LEGEND, matrixText } from "../../src/report/matrix-text.js";
import type { RunResult } from "../../src/report/run-text.js";
import { reported, UNWRITTEN_TAIL } from "./runs.js";

const { scenario } = reported(UNWRITTEN_TAIL, "6.0").run;
const KERNELS = RELEASES.map(({ name }) => ({ base: name, with: [], without: [] }));

type Word = "ok" | "content" | "exposure" | "?" | "n/a";

function result(word: Word, kernel = "6.0", expected?: RunResult["expected"]): RunResult {
  const isWhole = word === "n/a";
  const isUndecided = isWhole || word === "?";
  return {
    file: "a.yaml",
    scenario,
    variant: { base: kernel, with: [], without: [] },
    expected,
    judgement: {
      verdict: isUndecided ? "undecided" : word === "ok" ? "ok" : "mismatch",
      oracles: isUndecided || word === "ok" ? [] : [word],
      kinds: [],
      met: expected === undefined ? null : expected.expect === (word === "ok" ? "ok" : "mismatch"),
      schedules: 1,
      steps: 1,
      states: word === "?" ? undefined : 12,
      sampling: undefined,
      windows: {},
      notReached: isUndecided ? ["a-window"] : [],
      limits: [],
      failure: undefined,
      isComplete: word !== "?",
      problem: undefined,
    },
    strategy: "mixed",
    reported: undefined,
    isAlone: false,
  };
}

function matrix(rows: Readonly<Record<string, readonly Word[]>>): Matrix {
  const words = Object.values(rows);
  const kernels = KERNELS.slice(0, words[0]!.length);
  const results = words.flatMap((row) => row.map((word, i) => result(word, kernels[i]!.base)));
  return { names: Object.keys(rows), kernels, results };
}

const WORDS = fc.constantFrom<Word>("ok", "content", "exposure", "?", "n/a");

describe("a matrix as text", () => {
  it("has a word for each cell where there is room", () => {
    expect(
      matrixText(matrix({ "one-race": ["ok", "content", "n/a"], another: ["ok", "exposure", "ok"] })),
    ).toBe(
      "          4.18       4.19       5.0\n" +
        "one-race  ok         content    n/a\n" +
        "another   ok         exposed    ok\n",
    );
  });

  it("has a letter where there is none, under a stair of kernels, like ones together", () => {
    const one = KERNELS.slice(0, 12).map((_, i): Word => (i < 7 ? "content" : "ok"));
    const other = one.map((_, i): Word => (i === 0 ? "exposure" : "ok"));
    expect(matrixText(matrix({ "one-race": one, another: other }))).toBe(
      "          4.18\n" +
        "          | 4.19, 5.0, 5.4, 5.10, openeuler-22.03, 5.15\n" +
        "          | | 6.0, rfc-v1, 6.1.0, 6.1.192, 6.2\n" +
        "one-race  c c .\n" +
        "another   x . .\n",
    );
  });

  it("fits 80 columns, and has every kernel once, whatever there is", () => {
    const rows = fc
      .integer({ min: 1, max: KERNELS.length })
      .chain((columns) =>
        fc.array(fc.array(WORDS, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 34 }), (words, length) => {
        const names = words.map((row, i) => [`${i}`.padEnd(length, "n"), row] as const);
        const made = matrix(Object.fromEntries(names));
        const [text = ""] = matrixText(made).split("\ncould not be decided:");
        for (const line of matrixText(made).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
        const heads = text.slice(0, text.search(/^0/m));
        for (const { base } of made.kernels)
          expect(heads.split(/[\s,|>]+/).filter((head) => head === base)).toHaveLength(1);
      }),
    );
  });

  it("says of each cell that could not be decided why, and of none that comes to no race", () => {
    const text = matrixText(matrix({ "one-race": ["?", "n/a", "ok"] }));
    expect(text).toMatch(/^could not be decided:\n {2}unwritten-tail on 4\.18: cannot judge: .*a-window$/m);
    expect(text).not.toContain("on 4.19");
  });

  it("marks what is unlike its file", () => {
    const unlike = result("content", "4.18", { expect: "ok" });
    const one = { names: ["a-race"], kernels: KERNELS.slice(0, 1), results: [unlike] };
    expect(matrixText(one)).toMatch(/^a-race +content !$/m);
    const many = { names: ["a-race"], kernels: KERNELS, results: KERNELS.map(() => unlike) };
    expect(matrixText(many)).toMatch(/^a-race {4}c!$/m);
  });

  it("has what files state of changed kernels below their scenario", () => {
    const made = matrix({ "one-race": ["ok", "content", "ok"] });
    const label = "with a-toggle, without another-such-toggle";
    const variants = [{ row: 0, label, results: [undefined, result("ok", "4.19"), undefined] }];
    const margin = " ".repeat(36);
    expect(matrixText({ ...made, variants })).toBe(
      [
        `${margin}4.18, 5.0`,
        `${margin}| 4.19`,
        `${"one-race".padEnd(36)}. c`,
        "  with a-toggle, without",
        `${"    another-such-toggle".padEnd(36)}  .`,
        "",
      ].join("\n"),
    );
    expect(matrixMarkdown({ ...made, variants })).toContain(`| … ${label} |  | ok |`);
  });
});

it("the legend has the letter of every oracle", () => {
  for (const name of ORACLE_NAMES)
    expect(MATRIX_LEGEND).toMatch(new RegExp(`\\b[a-z] ${name === "exposure" ? "exposed" : name}\\b`));
  for (const line of MATRIX_LEGEND.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

describe("a matrix as Markdown", () => {
  it("has like kernels in one column", () => {
    const made = matrix({ "one-race": ["content", "content", "ok"], another: ["ok", "ok", "?"] });
    expect(matrixMarkdown(made)).toBe(
      [
        "| scenario | 4.18, 4.19 | 5.0 |",
        "| --- | --- | --- |",
        "| one-race | **content** | ok |",
        "| another | ok | ? |",
        "",
        "Could not be decided:",
        "",
        "* unwritten-tail on 5.0: cannot judge: no schedule entered a-window",
        "",
      ].join("\n"),
    );
  });
});

describe("a cell", () => {
  it("is open only where not every state was looked at, or the file expects something", () => {
    expect([isOpen(result("?")), isOutside(result("?"))]).toEqual([true, false]);
    expect([isOpen(result("n/a")), isOutside(result("n/a"))]).toEqual([false, true]);
    expect(isOpen(result("n/a", "6.0", { expect: "ok" }))).toBe(true);
    expect([isOpen(result("ok")), isOpen(result("content"))]).toEqual([false, false]);
  });
});
