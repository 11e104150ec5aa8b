/**
 * What a command line names: of traces a file is itself, a folder all below it; of scenarios also those of the package.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expandedTraces, orScenario } from "../../src/cli/input/named.js";

const scratch = (): string => mkdtempSync(join(tmpdir(), "stalemap-test-"));

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
