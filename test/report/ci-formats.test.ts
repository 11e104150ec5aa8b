/**
 * What continuous integration reads: JUnit's elements and attributes as the schema of Jenkins has them, TAP line by
 * line, SARIF by the types of its public schema, and annotations for the rest of the commands.
 */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { github } from "../../src/report/formats/github.js";
import { junit } from "../../src/report/formats/junit.js";
import { sarif } from "../../src/report/formats/sarif.js";
import { tap } from "../../src/report/formats/tap.js";
import { PLAIN } from "../../src/report/style.js";
import { BAD, CLEAN, FAULTY, MISSED, OPEN } from "./results.js";

const ALL = [CLEAN, MISSED, BAD, OPEN];
const HOSTILE = {
  ...BAD,
  scenario: { ...BAD.scenario, name: 'a <b> & "c" # d\u0001]]>' },
  reported: undefined,
};

/** By element: its attributes and what may stand in it, from the schema of Jenkins' xUnit plugin. */
const JUNIT: Readonly<Record<string, readonly [attributes: string, inside: string]>> = {
  testsuites: ["name time tests failures errors", "testsuite"],
  testsuite: [
    "name tests failures errors skipped time timestamp",
    "testcase properties system-out system-err",
  ],
  testcase: ["name classname time", "skipped error failure system-out system-err"],
  failure: ["type message", "text"],
  error: ["type message", "text"],
  skipped: ["message", "text"],
  "system-out": ["", "text"],
};

/** Complaints about an XML text: elements that do not nest, and what the table does not have. */
function junitProblems(xml: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const tags =
    /<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|<\?[^>]*\?>|[^<]+|</g;
  for (const [whole, end, name, attributes = "", isEmpty] of xml.matchAll(tags)) {
    if (name === undefined) {
      if (whole === "<") problems.push("a tag that is none");
      const isText = JUNIT[open.at(-1) ?? ""]?.[1] === "text";
      if (!isText && whole.trim() !== "" && !whole.startsWith("<?")) problems.push(`text in ${open.at(-1)}`);
    } else if (end === "/") {
      if (open.pop() !== name) problems.push(`</${name}> closes another`);
    } else {
      const parent = open.at(-1);
      if (parent !== undefined && !JUNIT[parent]![1].split(" ").includes(name))
        problems.push(`${name} in ${parent}`);
      const known = JUNIT[name]?.[0].split(" ") ?? [];
      for (const [, attribute] of attributes.matchAll(/([\w-]+)=/g))
        if (!known.includes(attribute!)) problems.push(`${attribute} of ${name}`);
      if (isEmpty === "") open.push(name);
    }
  }
  return open.length > 0 ? [...problems, `${open} is not closed`] : problems;
}

describe("junit", () => {
  it("is what the schema has, whatever a scenario is called", () => {
    const text = junit.pages.run!.end!([...ALL, HOSTILE], PLAIN);
    expect(junitProblems(text)).toEqual([]);
    expect(text).toContain('<testsuites tests="5" failures="3" errors="1">');
    expect(text).toContain('classname="races/a,b.yaml" name="unwritten-tail on 6.0"');
    expect(junitProblems(junit.failure!(FAULTY))).toEqual([]);
    const matrix = { names: ["a"], kernels: [CLEAN.variant], results: [{ ...BAD, expected: undefined }] };
    expect(junit.pages.matrix!.end!(matrix, PLAIN)).toContain("<skipped/>");
  });

  it("would notice what the schema does not have", () => {
    expect(junitProblems('<testsuites skipped="1"><testcase/></testsuites>')).toEqual([
      "skipped of testsuites",
      "testcase in testsuites",
    ]);
    expect(junitProblems("<testsuites><testsuite></testsuites>")).toHaveLength(2);
  });
});

describe("tap", () => {
  it("has a line per verdict, and says why it is not ok", () => {
    const text = tap.pages.run!.end!([...ALL, HOSTILE], PLAIN);
    expect(text.match(/^(?:not )?ok .*/gm)).toEqual([
      "ok 1 - unwritten-tail on 6.0",
      "not ok 2 - unwritten-tail on 6.0",
      "not ok 3 - unwritten-tail on 6.0",
      "not ok 4 - unwritten-tail on 6.0",
      'not ok 5 - a <b> & "c" \\# d\u0001]]> on 6.0',
    ]);
    expect(text).toMatch(/^TAP version 14\n1\.\.5\n/);
    expect(text).toContain("  message: no violation, expected mismatch\n  severity: fail\n");
    expect(text).toContain("  severity: undecided\n");
    for (const line of text.split("\n")) expect(line).toMatch(/^(|TAP .*|1\.\.\d+|(not )?ok .*| {2}.*)$/);
    expect(tap.failure!(FAULTY)).toContain("not ok 2 - stalemap");
  });
});

/** What TypeScript says of a document as a Log of the public schema. */
function sarifProblems(document: string): string[] {
  const name = `${process.cwd()}/test/report/log-of-a-test.ts`;
  const text = `import type { Log } from "sarif";\nexport const log: Log = ${document};\n`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ["lib.es5.d.ts"],
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.readFile = (file) => (file === name ? text : readFile(file));
  host.getSourceFile = (file, version) =>
    file === name ? ts.createSourceFile(file, text, version) : getSourceFile(file, version);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("sarif", () => {
  it("is a log by the public schema's types, with a place for each result", () => {
    const text = sarif.pages.run!.end!(ALL, PLAIN);
    expect(sarifProblems(text)).toEqual([]);
    const [run] = JSON.parse(text).runs;
    expect(
      run.results.map(({ level, ruleId }: { level: string; ruleId: string }) => [level, ruleId]),
    ).toEqual([
      ["error", "expectation"],
      ["error", "content"],
      ["warning", "undecided"],
    ]);
    for (const { ruleId, ruleIndex, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe("races/a,b.yaml");
    }
    const steps = run.results[1].codeFlows[0].threadFlows.flatMap(
      ({ locations }: { locations: { executionOrder: number }[] }) =>
        locations.map((one) => one.executionOrder),
    );
    expect(steps.toSorted((a: number, b: number) => a - b)).toEqual(
      BAD.reported!.finding.trace.steps.map(({ i }) => i),
    );
    const [failure] = JSON.parse(sarif.failure!(FAULTY)).runs;
    expect(failure.results[0].locations[0].physicalLocation.region).toEqual({
      startLine: 3,
      startColumn: 5,
      endColumn: 9,
    });
  });

  it("would notice what the schema does not have", () => {
    expect(
      sarifProblems('{ version: "2.1.0", runs: [{ tool: {}, results: [{ level: "bad" }] }] }'),
    ).not.toEqual([]);
  });
});

describe("annotations", () => {
  it("are there for what a bisection does not say", () => {
    const variant = CLEAN.variant;
    const open = {
      good: variant,
      candidates: [],
      isMonotone: undefined,
      problem: "the bad kernel is good",
      tried: [],
    };
    expect(github.pages.bisect!.end!(open, PLAIN)).toBe(
      "::warning title=bisect to 6.0::no answer: the bad kernel is good\n",
    );
  });
});
