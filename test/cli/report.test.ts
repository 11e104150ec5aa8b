/**
 * Which reporters a command takes, and where what they write goes: stdout, files, and what is there when a command
 * ends badly.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addOptions } from "../../src/cli/command.js";
import { COMMANDS } from "../../src/cli/command-table.js";
import { EXIT, faulty, Stop, undecided } from "../../src/cli/exit.js";
import type { CommonOptions } from "../../src/cli/input/options.js";
import { loadFormats, openReport } from "../../src/cli/terminal/report.js";
import type { Session } from "../../src/cli/terminal/terminal.js";
import { FORMATS, type FormatName, formatsFor } from "../../src/report/formats/index.js";
import { PLAIN } from "../../src/report/style.js";
import { errorDocument } from "../e2e/documents.js";

/** Every command, loaded. */
const SPECS = await Promise.all(COMMANDS.map(async (one) => ({ ...one, ...(await one.load()) })));
const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
const LOADED = await loadFormats({
  reporter: FORMAT_NAMES.map((format) => ({ format, file: `x.${format}` })),
});
const SECTIONS = [{ title: "oracles", items: [{ name: "content", facts: "", about: "as written" }] }];

/** A session that keeps what is written to its two streams. */
function session(): Session & { readonly out: () => string; readonly err: () => string } {
  const texts = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    colours: PLAIN,
    write: (text: string) => {
      texts[name] += text;
    },
    line: (text: string) => {
      texts[name] += `${text}\n`;
    },
  });
  const terminal = { out: stream("out"), err: stream("err") };
  const made = { terminal, isQuiet: false, interrupt: {}, formats: LOADED } as unknown as Session;
  return Object.assign(made, { out: () => texts.out, err: () => texts.err });
}

function parsed(name: string, ...args: readonly string[]): CommonOptions {
  const spec = SPECS.find((one) => one.name === name)!;
  const command = new Command(name);
  if (spec.args !== undefined) command.argument(...spec.args);
  addOptions(command, spec);
  const x = spec.args === undefined ? [] : ["x"];
  command.exitOverride().parse([...x, ...args], { from: "user" });
  return command.opts();
}

function stopOf(work: () => unknown): Stop {
  try {
    work();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const directory = () => mkdtempSync(join(tmpdir(), "stalemap-report-"));

describe("--reporter", () => {
  const reporting = SPECS.filter((spec) => spec.reports !== undefined);
  const table = reporting.flatMap(({ name, reports }) =>
    FORMAT_NAMES.map((format) => [name, format, formatsFor(reports!)] as const),
  );

  it("is there for every command with a result", () => {
    expect(reporting.map((spec) => spec.name)).toEqual(
      "run fuzz campaign explore repro explain step bisect judge shrink backport matrix conform export real tree list diff check".split(
        " ",
      ),
    );
    expect(table.filter(([, format, known]) => !known.includes(format)).length).toBeGreaterThan(4);
  });

  it.each(table)("%s %s", (name, format, known) => {
    if (known.includes(format)) {
      expect(parsed(name, "--reporter", format).reporter).toEqual([{ format, file: undefined }]);
      return;
    }
    const { code, message } = stopOf(() => parsed(name, "--reporter", format));
    expect(code).toBe(129);
    expect(message).toBe(`--reporter: expected one of ${known.join(", ")}, found "${format}"`);
  });

  it("takes a file, and several of them", () => {
    const options = parsed("list", "--json", "--reporter", "text=a=b.txt", "--reporter", "json=c.json");
    expect(options).toMatchObject({
      json: true,
      reporter: [
        { format: "text", file: "a=b.txt" },
        { format: "json", file: "c.json" },
      ],
    });
    expect(stopOf(() => parsed("list", "--reporter", "json=")).code).toBe(129);
  });
});

describe("a report", () => {
  it("is text where nothing else takes stdout", () => {
    const here = session();
    openReport(here, {}, "list").end(SECTIONS);
    here.report?.close(EXIT.OK);
    expect(here.out()).toContain("content  as written");
  });

  it("goes to stdout and to files, which are there at the end and whole", () => {
    const folder = directory();
    const file = join(folder, "deep", "list.json");
    const here = session();
    const report = openReport(here, { reporter: [{ format: "json", file }] }, "list");
    report.end(SECTIONS);
    expect(existsSync(file)).toBe(false);
    here.report?.close(EXIT.OK);
    expect(here.out()).toContain("content  as written");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ schema: "stalemap/list/1" });
    expect(readdirSync(join(folder, "deep"))).toEqual(["list.json"]);
  });

  it("leaves stdout to one of them", () => {
    const twice = { json: true, reporter: [{ format: "text" as const, file: undefined }] };
    const { code, message } = stopOf(() => openReport(session(), twice, "list"));
    expect([code, message]).toEqual([129, "stdout takes one reporter, found json and text"]);
    const same = { json: true, reporter: [{ format: "json" as const, file: undefined }] };
    const here = session();
    openReport(here, same, "list").end(SECTIONS);
    expect(JSON.parse(here.out())).toMatchObject({ schema: "stalemap/list/1" });
  });

  it("refuses, before any work, a file that cannot be", () => {
    const folder = directory();
    writeFileSync(join(folder, "file"), "");
    mkdirSync(join(folder, "folder"));
    for (const name of ["folder", "file/x.json"]) {
      const reporter = [{ format: "json" as const, file: join(folder, name) }];
      const { code, message } = stopOf(() => openReport(session(), { reporter }, "list"));
      expect(code).toBe(128);
      expect(message).toMatch(/directory$/);
    }
  });

  it.each(["json", "jsonl", "github"] as const)("of a failed command says so: %s", (format) => {
    const here = session();
    openReport(here, { reporter: [{ format, file: undefined }] }, "run");
    here.report?.fail(undecided("no model of it", "choose another"));
    expect(here.err()).toBe("");
    if (format === "github") expect(here.out()).toMatch(/^::warning title=stalemap::no model of it%0Achoose/);
    else {
      const document = errorDocument.parse(JSON.parse(here.out()));
      expect(document).toMatchObject({ exit: 125, message: "no model of it", remedy: "choose another" });
    }
  });

  it.each([125, 130])("of a command that came to nothing says so: %d", (status) => {
    const here = session();
    openReport(here, { reporter: [{ format: "jsonl", file: undefined }] }, "fuzz");
    here.report?.close(status);
    expect(errorDocument.parse(JSON.parse(here.out())).exit).toBe(status);
  });

  it("says nothing more once its result is there", () => {
    const here = session();
    openReport(here, { json: true }, "list").end(SECTIONS);
    here.report?.fail(new Error("too late"));
    here.report?.close(EXIT.UNDECIDED);
    expect(JSON.parse(here.out())).toMatchObject({ schema: "stalemap/list/1" });
  });

  it("leaves errors to stderr where it is text", () => {
    const here = session();
    openReport(here, {}, "run");
    here.report?.fail(undecided("no model of it"));
    expect(here.out()).toBe("");
  });
});

describe("several problems with input", () => {
  const missing = new Stop(EXIT.INVALID, "cannot read a.yaml: no such file");
  const wrong = { file: "b.yaml", line: 2, column: 1, length: 3, source: "fil: 1", message: "no such key" };

  it("are one error, with each of them in it", () => {
    expect(faulty([missing])).toBe(missing);
    expect(faulty([wrong])).toMatchObject({ code: 128, message: "no such key", problems: [wrong] });
    const here = session();
    openReport(here, { reporter: [{ format: "jsonl", file: undefined }] }, "run");
    here.report?.fail(faulty([missing, wrong]));
    const { exit, message, diagnostics } = errorDocument.parse(JSON.parse(here.out()));
    expect([exit, message]).toEqual([128, "2 errors in what was given"]);
    expect(diagnostics).toMatchObject([
      { file: null, message: "cannot read a.yaml: no such file" },
      { file: "b.yaml", line: 2, column: 1 },
    ]);
  });
});
