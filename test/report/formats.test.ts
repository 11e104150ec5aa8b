/**
 * Each format over fixed results: what it writes, what it refuses, and that nothing which ends badly is passed over.
 */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FORMATS, type FormatName, formatsFor } from "../../src/report/formats/index.js";
import type { Format, Kind, Results } from "../../src/report/reporter.js";
import { PLAIN } from "../../src/report/style.js";
import { errorDocument, fileLine, findingLine, runDocument } from "../e2e/documents.js";
import { BAD, CLEAN, FAULTY, FOUND, MISSED, OPEN, result } from "./results.js";

const NAMES = Object.keys(FORMATS) as FormatName[];
const LOADED = new Map<FormatName, Format>();
for (const name of NAMES) LOADED.set(name, await FORMATS[name].load());
const formatOf = (name: FormatName): Format => LOADED.get(name)!;

function item<K extends Kind>(name: FormatName, kind: K, value: Results[K]["item"]): string {
  return formatOf(name).pages[kind]!.item?.(value, PLAIN) ?? "";
}
function end<K extends Kind>(name: FormatName, kind: K, value: Results[K]["whole"]): string {
  return formatOf(name).pages[kind]!.end?.(value, PLAIN) ?? "";
}

describe("formats", () => {
  it("can write these kinds of result, and no others", () => {
    const kinds = Object.keys(formatOf("text").pages) as Kind[];
    const table = Object.fromEntries(kinds.map((kind) => [kind, formatsFor([kind]).join(" ")]));
    expect(table).toEqual({
      run: "text json jsonl github junit tap sarif markdown svg perfetto html",
      matrix: "text json jsonl github junit tap sarif markdown html",
      fuzz: "text json jsonl github junit tap sarif markdown perfetto html",
      explore: "text json jsonl github junit tap sarif markdown svg dot perfetto itf html",
      exploreForced: "text json jsonl github junit tap sarif markdown svg dot perfetto itf html",
      repro: "text json jsonl github junit tap sarif markdown svg perfetto itf html",
      bisect: "text json jsonl github junit tap sarif markdown html",
      backport: "text json jsonl github junit tap sarif markdown html",
      conform: "text json jsonl github junit tap sarif markdown html",
      real: "text json jsonl github junit tap sarif markdown html",
      realMatrix: "text json jsonl github junit tap sarif markdown html",
      realWalk: "text json jsonl github junit tap sarif markdown html",
      realForced: "text json jsonl github junit tap sarif markdown html",
      record: "text json jsonl github junit tap sarif markdown html",
      export: "text json",
      check: "text json jsonl github junit tap sarif markdown html",
      tree: "text json",
      treeHistory: "text json",
      list: "text json",
      campaign: "text json",
      campaignFindings: "text json",
      campaignRecheck: "text json",
      explain: "text json markdown html",
      step: "text json",
      explainName: "text json markdown html",
    });
  });

  it.each(NAMES)("%s writes what its entry says", (name) => {
    expect(Object.keys(formatOf(name).pages).sort()).toEqual([...FORMATS[name].kinds].sort());
  });

  it("are a file and an entry each", () => {
    const files = readdirSync("src/report/formats").map((file) => file.replace(/\.ts$/, ""));
    expect(files.filter((file) => file !== "index").sort()).toEqual(Object.keys(FORMATS).sort());
  });

  it.each(formatsFor(["run"]))("%s shows each verdict that is not as it should be", (name) => {
    for (const bad of [MISSED, BAD, OPEN]) {
      const text = item(name, "run", bad) + end(name, "run", [bad]);
      expect(text).toContain("unwritten-tail");
      expect(text.endsWith("\n")).toBe(true);
    }
  });

  it.each(formatsFor(["matrix"]))("%s shows each cell that is unlike the file", (name) => {
    const open = { ...OPEN, expected: { expect: "ok" as const } };
    for (const bad of [MISSED, BAD, open]) {
      const matrix = { names: ["unwritten-tail"], kernels: [bad.variant], results: [bad] };
      expect(item(name, "matrix", bad) + end(name, "matrix", matrix)).toContain("unwritten-tail");
    }
  });

  it.each(NAMES)("%s: every text ends its line", (name) => {
    const { failure } = formatOf(name);
    if (name === "text") expect(failure).toBeUndefined();
    else expect(failure!(FAULTY)).toMatch(/no such file[\s\S]*\n$/);
  });
});

describe("github", () => {
  it("annotates the file that a verdict is about", () => {
    expect([CLEAN, MISSED, BAD, OPEN].map((one) => item("github", "run", one))).toEqual([
      "",
      "::error file=races/a%2Cb.yaml,title=unwritten-tail on 6.0::no violation, expected mismatch\n",
      "::error file=races/a%2Cb.yaml,title=unwritten-tail on 6.0::2,048 bytes lost at 10k..12k (content: write -> zero, UNWRITTEN map over WRITTEN); npx stalemap repro sm3.TOKEN\n",
      "::warning file=races/a%2Cb.yaml,title=unwritten-tail on 6.0::cannot judge: no schedule entered page-evicted-while-mapped\n",
    ]);
  });

  it("leaves cells of a matrix alone about which the file says nothing", () => {
    expect(item("github", "matrix", OPEN)).toBe("");
    expect(item("github", "matrix", result({ verdict: "mismatch", oracles: ["content"] }))).toBe("");
  });

  it("names the file in which a finding was saved, and none where there is none", () => {
    const saved = { ...FOUND, count: 1, file: "scenarios/found/x.yaml" };
    expect(item("github", "fuzz", saved)).toMatch(
      /^::error file=scenarios\/found\/x\.yaml,title=[^:]*::2,048/,
    );
    expect(end("github", "repro", { run: FOUND.run, reported: FOUND })).toMatch(/^::error title=/);
    expect(end("github", "repro", { run: FOUND.run, reported: undefined })).toBe("");
  });

  it("marks each place of a faulty file, escaped", () => {
    expect(formatOf("github").failure!(FAULTY)).toBe(
      [
        '::error file=a%25b.yaml,line=3,col=5,endColumn=9,title=stalemap::expected an operation, found "writ"%0Adid you mean "write"?',
        "::error title=stalemap::cannot read c.yaml: no such file%0Aname another",
        "",
      ].join("\n"),
    );
  });

  it("warns of what could not be judged", () => {
    expect(formatOf("github").failure!({ exit: 125, message: "no model", problems: [] })).toBe(
      "::warning title=stalemap::no model\n",
    );
  });
});

describe("json and jsonl", () => {
  it("give the document, and a line per verdict", () => {
    const all = [CLEAN, MISSED, BAD, OPEN];
    const document = runDocument.parse(JSON.parse(end("json", "run", all)));
    expect(document.results.map((r) => r.met)).toEqual([true, false, false, null]);
    const lines = all.map((one) => item("jsonl", "run", one));
    const heads = { schema: "stalemap/run-verdict/1", model: document.model };
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      document.results.map((one) => ({ ...heads, ...one })),
    );
    expect(end("json", "matrix", { names: [], kernels: [], results: all })).toBe(end("json", "run", all));
  });

  it("give findings with all that scripts rely on", () => {
    const found = findingLine.parse(JSON.parse(item("jsonl", "fuzz", { ...FOUND, count: 3 })));
    expect(found).toMatchObject({ count: 3, caseSeed: "3:6.0:1:17", realizable: true, lostAt: 11 });
    expect(found.trace[0]).toMatchObject({ i: 1, thread: "writer", fn: "xfs_buffered_write_iomap_begin" });
  });

  it("count what a checked file holds", () => {
    const checked = { file: "a.yaml", scenario: FOUND.run.scenario };
    const line = item("jsonl", "check", checked);
    const { schema, model, ...file } = fileLine.parse(JSON.parse(line));
    expect(file).toEqual({ file: "a.yaml", name: "unwritten-tail", threads: 3, ops: 5, notes: [] });
    expect(JSON.parse(end("json", "check", [checked]))).toMatchObject({ model, files: [file] });
    expect(item("text", "check", checked)).toBe("ok a.yaml: unwritten-tail, 3 threads, 5 operations\n");
    expect(item("github", "check", checked)).toBe("");
  });

  it.each(["json", "jsonl"] as const)("%s: an error is a document too", (name) => {
    const text = formatOf(name).failure!(FAULTY);
    expect(errorDocument.parse(JSON.parse(text))).toEqual({
      schema: "stalemap/error/1",
      exit: 128,
      message: "2 errors in what was given",
      remedy: null,
      diagnostics: [
        {
          file: "a%b.yaml",
          line: 3,
          column: 5,
          message: 'expected an operation, found "writ"',
          nearest: "write",
          remedy: null,
        },
        {
          file: null,
          line: null,
          column: null,
          message: "cannot read c.yaml: no such file",
          nearest: null,
          remedy: "name another",
        },
      ],
    });
    expect(text.trimEnd().includes("\n")).toBe(name === "json");
  });
});
