/**
 * What a command line names: of traces a file is itself, a folder all below it; of scenarios also those of the package.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadScenarios } from "../../src/cli/input/files.js";
import { expandedTraces } from "../../src/cli/input/folders.js";
import { orScenario } from "../../src/cli/input/named.js";

const scratch = (): string => mkdtempSync(join(tmpdir(), "stalemap-test-"));

it("of a folder also what is told in .txt is read, other texts are not, and a line says so", () => {
  const folder = scratch();
  const log = "LOG DUMP (1 total operations):\n1(  1 mod 256): WRITE 0x0 thru 0xff (0x100 bytes) HOLE\n";
  writeFileSync(join(folder, "a.log"), log);
  writeFileSync(join(folder, "b.txt"), log);
  writeFileSync(join(folder, "hello.txt"), "hello\n");
  writeFileSync(join(folder, "repro.c"), "int main;");
  const told: string[] = [];
  expect(loadScenarios([folder], {}, (line) => told.push(line)).map(({ file }) => file)).toEqual(
    ["a.log", "b.txt"].map((name) => join(folder, name)),
  );
  expect(told).toEqual([`passed over in ${folder}: hello.txt, repro.c`]);
});

describe("traces by folder", () => {
  it("are those below it that end as traces do, in order", () => {
    const folder = scratch();
    mkdirSync(join(folder, "6.18.44"));
    for (const name of ["6.18.44/b.json.gz", "6.18.44/a.json", "z.json", "notes.txt"])
      writeFileSync(join(folder, name), "");
    const names = ["6.18.44/a.json", "6.18.44/b.json.gz", "z.json"];
    expect(expandedTraces(folder)).toEqual(names.map((name) => join(folder, name)));
  });

  it("of a file are the file, of a folder without any an error", () => {
    expect(expandedTraces("nowhere.json")).toEqual(["nowhere.json"]);
    expect(() => expandedTraces(scratch())).toThrow(/there is no trace in/);
  });
});

it("a word that names no scenario has the nearest that does", () => {
  expect(orScenario("unwriten-tail")).toBe("did you mean unwritten-tail?");
  expect(orScenario("/unwriten-tail", "else")).toBe("else");
});
