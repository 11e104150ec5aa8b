/**
 * The JSON Schemas of the package: up to date, complete, and true of what is printed, by a validator that knows nothing
 * of how they are made.
 */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { failureJson, fuzzJson, listJson, reproJson, runJson } from "../../src/report/documents.js";
import { json } from "../../src/report/formats/json.js";
import { jsonl } from "../../src/report/formats/jsonl.js";
import { kernelWalksJson } from "../../src/report/kernel-walk-json.js";
import type { KernelWalk } from "../../src/report/kernel-walk-text.js";
import { realJson } from "../../src/report/real-json.js";
import type { RealCell } from "../../src/report/real-text.js";
import { DOCUMENT_NAMES, type DocumentName, documentSchema } from "../../src/report/schemas/index.js";
import { PLAIN } from "../../src/report/style.js";
import { BAD, CLEAN, FAULTY, FOUND, MISSED, OPEN } from "./results.js";

const fileOf = (name: string) => `schemas/${name.replace("/", "-")}.json`;
const ajv = new Ajv2020({ strict: true, strictTuples: false, strictRequired: false, allErrors: true });

function problems(name: DocumentName, document: unknown): unknown {
  const validate = ajv.getSchema(`stalemap/${name}`) ?? ajv.compile(documentSchema(name));
  return validate(JSON.parse(JSON.stringify(document))) === true ? [] : validate.errors;
}

const CELL: RealCell = {
  ...{ name: "a", block: 4096, kernel: "6.1.0", model: "6.1.0", expected: "right", problem: undefined },
  result: { name: "a", block: 4096, kernel: "6.1.0", runs: ["lost"], verdict: "lost", output: "said\n" },
};
const WALK: KernelWalk = {
  ...{ kernel: "6.1.192", model: "6.1.192", seed: "7", trouble: [] },
  walked: {
    ...{ runs: 2, moves: 9, undrawn: 1, apart: 0, leftOut: {}, problems: [], disagreements: [] },
    agree: { steps: 2, returns: 2, size: 2, extents: 2, cached: 2, disk: 1 },
  },
};
const lineOf = (text: string): unknown => JSON.parse(text.trimEnd());

const found = { ...FOUND, count: 2 };
const fuzzed = {
  ...{ seed: "1", variant: FOUND.run.variant, programs: 3, schedules: 9, steps: 20, seconds: 1 },
  findings: [found],
  known: [{ kind: "content: write -> zero", file: "a.yaml", count: 1 }],
};

describe("schemas of documents", () => {
  it.each(DOCUMENT_NAMES)("%s is in the package as it is here", async (name) => {
    const text = `${JSON.stringify(documentSchema(name), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../${fileOf(name)}`);
  });

  it("are of all documents that are printed, and of no others", () => {
    const texts = readdirSync("src/report", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.startsWith("schemas"))
      .map((file) => readFileSync(`src/report/${file}`, "utf8"));
    const printed = texts.flatMap((text) =>
      [...text.matchAll(/"stalemap\/([a-z-]+\/\d+)"/g)].map(([, name]) => name!),
    );
    expect([...new Set(printed)].sort()).toEqual([...DOCUMENT_NAMES].sort());
    expect(readdirSync("schemas").sort()).toEqual(DOCUMENT_NAMES.map((name) => fileOf(name).slice(8)).sort());
  });

  const documents: readonly (readonly [DocumentName, unknown])[] = [
    ["run/1", runJson([CLEAN, MISSED, BAD, OPEN])],
    ["fuzz/1", fuzzJson(fuzzed)],
    ["repro/1", reproJson({ run: FOUND.run, reported: FOUND })],
    ["repro/1", reproJson({ run: FOUND.run, reported: undefined })],
    ["error/1", failureJson(FAULTY)],
    [
      "list/1",
      listJson([{ title: "oracles", items: [{ name: "content", facts: "", about: "as written" }] }]),
    ],
    ["real/1", realJson([CELL], "stalemap/real/1")],
    ["real-cell/1", lineOf(jsonl.pages.real!.item!(CELL, PLAIN))],
    ["real-walk/1", kernelWalksJson([WALK])],
    ["real-walk-kernel/1", lineOf(jsonl.pages.realWalk!.item!(WALK, PLAIN))],
    [
      "check/1",
      JSON.parse(json.pages.check!.end!([{ file: "a.yaml", scenario: FOUND.run.scenario }], PLAIN)),
    ],
    [
      "explore-realizable/1",
      JSON.parse(
        json.pages.exploreForced!.end!(
          { program: FOUND.run, reported: FOUND, schedules: 0, isComplete: false },
          PLAIN,
        ),
      ),
    ],
  ];

  it.each(documents)("are true of what is printed: %s", (name, document) => {
    expect(problems(name, document)).toEqual([]);
  });

  it("refuse fields that are not promised, and notice those that are missing", () => {
    const document = runJson([CLEAN]);
    expect(problems("run/1", { ...document, more: 1 })).toHaveLength(1);
    expect(problems("run/1", { schema: document.schema })).toHaveLength(2);
  });
});
