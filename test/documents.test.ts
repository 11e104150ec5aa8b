/**
 * What ARCHITECTURE.md and CONTRIBUTING.md promise: that the places they name are there, and that adding a toggle or an
 * operation takes what they say.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WINDOWS } from "../src/kernel/machine/windows.js";
import { OP_NAMES, OPS } from "../src/kernel/ops.js";
import { TOGGLES } from "../src/kernel/versions/toggles.js";
import { FORMATS } from "../src/report/formats/index.js";
import { GLOSSARY } from "../src/report/glossary.js";
import { scenarioJsonSchema } from "../src/scenario/language/json-schema.js";

const DOCUMENTS = [
  ...["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"],
  ...readdirSync("docs")
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

function text(file: string): string {
  return readFileSync(file, "utf8");
}

/** Paths in the text that are to be there; those that a reader is to make begin with `your-`. */
function named(document: string): string[] {
  const paths = [...text(document).matchAll(/`((?:src|test|scenarios|docs|tools)\/[\w./-]+)`/g)].map(
    ([, path]) => path!,
  );
  return paths.filter((path) => !path.includes("your-") && !path.startsWith("scenarios/found"));
}

describe.each(DOCUMENTS)("%s", (document) => {
  it("names files and folders that are there", () => {
    for (const path of named(document)) expect(existsSync(path), path).toBe(true);
  });

  it("links to files that are there", () => {
    const links = [...text(document).matchAll(/\]\(([\w./-]+)(?:#[\w-]*)?\)/g)].map(([, path]) => path!);
    for (const path of links) expect(existsSync(join(document, "..", path)), path).toBe(true);
  });

  it("names scripts that are there", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
    const used = [...text(document).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    for (const name of used) expect(Object.keys(scripts), name).toContain(name);
  });
});

describe("docs/scenarios.md", () => {
  const page = text("docs/scenarios.md");

  it("has every operation and every key", () => {
    const keys = Object.keys((scenarioJsonSchema() as { properties: object }).properties);
    expect(keys.length).toBeGreaterThan(8);
    for (const key of keys) expect(page, key).toMatch(new RegExp(`\\| (?:\`\\w+\`, )*\`${key}\``));
    for (const name of OP_NAMES) expect(page, name).toContain(`{ ${name}: `);
  });

  it("says of operations and windows what `list ops` and `list windows` say", () => {
    const words = page.replace(/\s+/g, " ");
    const listed = [...OP_NAMES.map((name) => [name, OPS[name].about] as const), ...WINDOWS];
    for (const [name, about] of listed) expect(words.includes(` ${about}`), `${name}: ${about}`).toBe(true);
  });
});

describe("docs/reports.md", () => {
  it("has every format", () => {
    const page = text("docs/reports.md");
    for (const name of Object.keys(FORMATS))
      expect(page, name).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, "m"));
  });
});

describe("docs/reading-a-trace.md", () => {
  it("has every word that pages explain", () => {
    const words = text("docs/reading-a-trace.md").replace(/\n {2}/g, " ");
    for (const [word, , meaning] of GLOSSARY) expect(words).toContain(`* **${word}**: ${meaning}.`);
  });
});

describe("README.md", () => {
  it("is one screen", () => {
    expect(text("README.md").split("\n").length).toBeLessThan(40);
  });
});

describe("bin/stalemap.js", () => {
  const program = text("bin/stalemap.js");

  it("needs the Node of package.json", () => {
    const { engines } = JSON.parse(text("package.json")) as { engines: { node: string } };
    const [, major, minor] = /const NEEDED = \[(\d+), (\d+)\];/.exec(program) ?? [];
    expect(`>=${major}.${minor}`).toBe(engines.node);
  });

  it("can be read by versions of Node that are too old, to tell them so", () => {
    const code = program.replace(/\/\*[^*]*\*+([^/*][^*]*\*+)*\/|\/\/.*/g, "");
    expect(code).not.toMatch(/\?\?|\?\.|\bawait\b|^(import|export)\b|import\.meta|catch \{|#\w+\b(?!!)/m);
    expect(code).not.toMatch(/replaceAll|\.at\(|\d_\d|\bstatic\b/);
  });
});

describe("ARCHITECTURE.md", () => {
  it("has every room", () => {
    const page = text("ARCHITECTURE.md");
    for (const room of readdirSync("src")) expect(page, room).toMatch(new RegExp(`^ {4}.*\\b${room}/`, "m"));
  });
});

describe("a toggle", () => {
  const read = readdirSync("src/kernel", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("versions"))
    .map((file) => text(join("src/kernel", file)))
    .join("\n");

  it.each(TOGGLES.map(({ name }) => name))("%s is read by the model", (name) => {
    const field = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(read).toMatch(new RegExp(`\\b${field}\\b`));
  });
});

describe("an operation", () => {
  it("is listed only where CONTRIBUTING.md says", () => {
    const recipe = text("CONTRIBUTING.md").split("## An operation")[1]?.split("\n## ")[0] ?? "";
    const lists = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join("src", file))
      .filter((file) => OP_NAMES.every((name) => new RegExp(`\\b${name}\\b`).test(text(file))));
    expect(lists).toContain("src/kernel/ops.ts");
    for (const file of lists) expect(recipe, file).toContain(`\`${file}\``);
  });

  it("is played on real kernels", () => {
    const player = text("src/real/force/c/player/operations.c");
    for (const name of OP_NAMES) expect(player.includes(`"${name}"`), name).toBe(true);
  });

  it("is named in tests of messages through the table", () => {
    const [first = "", second = ""] = OP_NAMES;
    const typed = readdirSync("test", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => text(join("test", file)).includes(`operation: ${first}, ${second}`));
    expect(typed).toEqual([]);
  });
});
