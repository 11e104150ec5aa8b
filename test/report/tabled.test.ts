/** Results that are no race, as pages and as Markdown: what ends badly is seen, and what is to be read in full is there. */
import { describe, expect, it } from "vitest";
import { html } from "../../src/report/formats/html.js";
import { junit } from "../../src/report/formats/junit.js";
import { markdown } from "../../src/report/formats/markdown.js";
import type { RealCell } from "../../src/report/real-text.js";
import type { Kind, Results } from "../../src/report/reporter.js";
import { PLAIN } from "../../src/report/style.js";
import { FOUND } from "./results.js";

const cell = (kernel: string, verdict: "lost" | "right", name = "a_b"): RealCell => ({
  ...{ name, block: 4096, kernel, model: kernel, expected: "right", problem: undefined },
  result: { name, block: 4096, kernel, runs: [verdict], verdict, output: "it said <this>\n" },
});
const CELLS = [cell("6.1", "right"), cell("6.12", "lost")];
const WALK = {
  ...{ kernel: "6.1.192", model: "6.1.192", seed: "7", trouble: ["BUG: it fell"] },
  walked: {
    ...{
      runs: 2,
      moves: 9,
      undrawn: 1,
      apart: 0,
      problems: [],
      disagreements: [],
      leftOut: { "comes to no end": 2 },
    },
    agree: { steps: 2, returns: 2, size: 2, extents: 2, cached: 2, disk: 1 },
  },
};
const AGREE = { ret: 4, size: 4, contents: 3, extents: 4, residency: 4 };
const TRACE: Results["conform"]["item"] = {
  file: "traces/4k.json",
  start: { kind: "recorded", busy: [] },
  conformance: {
    ...{ kernel: "6.1.0", model: "6.1.0", ops: 4, unsaid: 0, agree: AGREE, first: { contents: 3 } },
    ...{ uninitialised: { kernel: 0, model: 0 }, stuck: undefined },
    firstDisagreement: {
      i: 3,
      op: "write",
      aspects: ["contents"],
      kernel: {},
      model: {},
      steps: ["one_step"],
    },
  },
} as never;
const FAULT = { witness: "eof-punch", kind: "content: store -> zero", choices: [] };
const STEP = {
  unit: { patches: [{ commit: "304a68b9c63b", title: "xfs: use it", on: ["validate"], off: [] }] },
  ...{ variant: FOUND.run.variant, faults: [FAULT], closed: [], opened: [FAULT], worse: [FAULT], open: [] },
};
const BACKPORT: Results["backport"]["whole"] = {
  ...{ kernel: FOUND.run.variant, witnesses: ["eof-punch"], start: [], targets: ["eof-punch"] },
  ...{
    uncured: ["eof-punch"],
    remaining: [],
    broken: [],
    steps: [STEP],
    isWorse: true,
    spared: [],
    open: [],
  },
  ...{ isGiven: true, isAsked: true, isMerged: false, reported: FOUND },
} as never;

const text = <K extends Kind>(format: typeof html, kind: K, whole: Results[K]["whole"]) =>
  format.pages[kind]!.end!(whole, PLAIN);

describe("results that are no race", () => {
  const all: readonly [kind: Kind, whole: never, words: readonly string[]][] = [
    ["conform", [TRACE] as never, ["traces/4k.json", "do not agree", "75.00", "one_step"]],
    ["real", CELLS as never, ["a_b on 6.12, 4k blocks", "1 of 2 right, 1 not"]],
    ["realMatrix", CELLS as never, ["6.12", "lost !right"]],
    ["realWalk", [WALK] as never, ["6.1.192, seed 7", "it fell", "could not be judged", "2 comes to no end"]],
    ["backport", BACKPORT as never, ["304a68b9c63b", "eof-punch (content: store"]],
    ["check", [{ file: "a.yaml", scenario: FOUND.run.scenario }] as never, ["a.yaml", "1 of 1 valid"]],
  ];
  it.each(all)("%s is a page and Markdown", (kind, whole, words) => {
    const page = text(html, kind, whole);
    const plain = text(markdown, kind, whole).replace(/\\([\\`*_{}[\]<>#|~])/g, "$1");
    for (const word of words) {
      expect(page.replace(/&gt;/g, ">")).toContain(word);
      expect(plain).toContain(word);
    }
  });

  it("a backport fails for each step that is worse, and for what is not cured", () => {
    const xml = text(junit, "backport", BACKPORT);
    expect(xml).toContain('tests="2" failures="2"');
    expect(xml).toContain("opens eof-punch");
  });

  it("what a program said is a text and nothing else", () => {
    expect(text(html, "real", CELLS)).toContain("it said &lt;this>");
    expect(text(markdown, "real", CELLS)).toContain("\n  it said <this>\n");
  });
});
