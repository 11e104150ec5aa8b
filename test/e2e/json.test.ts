import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bisectDocument, errorDocument, fuzzDocument, reproDocument, runDocument } from "./documents.js";
import { directoryWith, stalemap, WITNESS } from "./program.js";

const document = async (args: readonly string[]) => {
  const { stdout, status, stderr } = await stalemap([...args, "--json"]);
  expect(stdout, stderr).not.toBe("");
  return { status, body: JSON.parse(stdout) as unknown };
};

describe.concurrent("--json", () => {
  it("run: every verdict of a witness, met", async () => {
    const { status, body } = await document(["run", WITNESS]);
    expect(status).toBe(0);
    const { results } = runDocument.parse(body);
    expect(results.length).toBeGreaterThan(4);
    for (const result of results) {
      expect(result.met).toBe(true);
      expect(result.finding === null).toBe(result.verdict === "ok");
      expect(result.reached["write-map-stale-at-folio"]).toBeGreaterThan(0);
      expect([result.exhaustive, result.sampling]).toEqual([true, null]);
    }
  });

  it("run: what a clean sample showed, and nothing of the kind about a failing one", async () => {
    const { body } = await document(["run", WITNESS, "--kernel", "6.0,cured", "--runs", "1000"]);
    const [bad, clean] = runDocument.parse(body).results;
    expect([bad?.verdict, bad?.sampling]).toEqual(["mismatch", null]);
    expect(clean?.exhaustive).toBe(false);
    const { strategies, ...all } = clean!.sampling!;
    expect(all).toMatchObject({ schedules: 1000, counted: 1000, reached: clean?.reached });
    expect(all.bugBound).toBeCloseTo(1 - 0.05 ** (1 / 1000), 12);
    expect(strategies).toHaveLength(5);
    for (const one of strategies) {
      expect(one.schedules).toBe(200);
      expect(one.finalStates).toBeLessThanOrEqual(all.finalStates);
      expect(one.bugBound).toBeCloseTo(1 - 0.05 ** (1 / 200), 12);
    }
  });

  it("fuzz, and repro of its token, case seed and file", async () => {
    const out = directoryWith();
    const { status, body } = await document(["fuzz", "--seed", "3", "--out", out]);
    expect(status).toBe(1);
    const { findings } = fuzzDocument.parse(body);
    expect(findings).toHaveLength(1);
    const [found] = findings;
    expect(found?.curedBy?.length).toBeGreaterThan(0);
    expect(readFileSync(found!.file!, "utf8")).toContain("schedule:");
    const again = await Promise.all([found!.token!, found!.file!].map((x) => document(["repro", x])));
    for (const one of again) {
      expect(one.status).toBe(1);
      const { reproduced, finding } = reproDocument.parse(one.body);
      expect(reproduced).toBe(true);
      expect(finding?.trace).toEqual(found?.trace);
      expect(finding?.kind).toBe(found?.kind);
    }
    const unshrunk = await document(["repro", found!.caseSeed!]);
    const { finding } = reproDocument.parse(unshrunk.body);
    expect(finding?.kind).toBe(found?.kind);
    expect(finding?.steps).toBeGreaterThanOrEqual(found!.steps);
  });

  it("repro of a run that shows nothing", async () => {
    const { status, body } = await document(["repro", WITNESS, "--kernel", "cured"]);
    expect(status).toBe(0);
    expect(reproDocument.parse(body)).toMatchObject({ reproduced: false, finding: null });
  });

  it("bisect names the patch that cures the RFC's race", async () => {
    const { status, body } = await document([
      "bisect",
      WITNESS,
      "--good",
      "6.2",
      "--bad",
      "6.0",
      "--necessary",
      "--sufficient",
    ]);
    expect(status).toBe(0);
    const answer = bisectDocument.parse(body);
    expect(answer.firstGood?.commit).toBe("304a68b9c63b");
    expect(answer.isMonotone).toBe(true);
    expect(answer.necessary?.map((p) => p.commit)).toContain("304a68b9c63b");
    expect(answer.sufficient?.map((p) => p.commit)).toContain("304a68b9c63b");
  });

  it.each([
    ["jsonl", ["--reporter", "jsonl"]],
    ["json", ["--reporter=json"]],
  ])("a command line that is refused is told in %s", async (_format, asked) => {
    const { status, stdout, stderr } = await stalemap(["fuzz", "--runs", "many", ...asked]);
    const { exit, message } = errorDocument.parse(JSON.parse(stdout));
    expect([status, exit, `error: ${message}`]).toEqual([129, 129, stderr.split("\n")[0]]);
  });

  it("schema and list are documents too", async () => {
    const schema = await stalemap(["schema"]);
    expect(JSON.parse(schema.stdout)).toMatchObject({ title: "stalemap scenario" });
    const { body } = await document(["list"]);
    const { fixes } = body as { fixes: { about: string }[] };
    // A toggle that no patch brings is described once.
    for (const { about } of fixes) expect(about).not.toMatch(/^(.*) \(\1\)$/);
    expect(Object.keys(body as object)).toEqual([
      "schema",
      "model",
      "kernels",
      "fixes",
      "scenarios",
      "ops",
      "steps",
      "strategies",
      "oracles",
      "windows",
    ]);
  });
});
