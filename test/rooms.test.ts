/**
 * The rooms of the house: what each may import from, that no files import each other in a circle, and that the pure
 * rooms know no clock, randomness, console or process.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Rooms from the ground up, each with the rooms that it may import from besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  check: ["kernel"],
  scenario: ["kernel"],
  explore: ["kernel", "check", "scenario"],
  explain: ["kernel", "scenario", "explore"],
  force: ["kernel", "check", "scenario", "explore", "shrink"],
  shrink: ["kernel", "check", "scenario", "explore"],
  bisect: ["kernel", "check", "scenario", "explore"],
  fuzz: ["kernel", "check", "scenario", "explore"],
  backport: ["kernel", "bisect"],
  verdict: ["kernel", "check", "scenario", "explore", "tasks"],
  tasks: ["kernel", "check", "scenario", "explore", "explain", "force", "shrink", "bisect", "fuzz"],
  workers: ["kernel", "check", "scenario", "explore", "tasks"],
  real: ["kernel", "check", "scenario", "explore", "force", "shrink", "fuzz"],
  campaign: ["kernel", "scenario", "explore", "fuzz", "tasks", "workers"],
  report: [
    "campaign",
    "kernel",
    "check",
    "scenario",
    "explore",
    "explain",
    "force",
    "bisect",
    "backport",
    "fuzz",
    "verdict",
    "tasks",
    "real",
    "tree",
  ],
  tree: ["kernel"],
  cli: "campaign tree kernel check scenario explore explain force shrink bisect backport fuzz verdict tasks workers real report".split(
    " ",
  ),
  dev: "campaign kernel check scenario explore shrink fuzz tasks verdict real".split(" "),
};
const PURE =
  "tree kernel check explore explain force shrink bisect backport fuzz tasks verdict scenario report".split(
    " ",
  );
const BANNED =
  /\bMath\.random\b|\bDate\b|\bperformance\b|\bconsole\b|\bprocess\b|\bsetTimeout\b|from "node:|\basync\b|\bawait\b|\bBuffer\b/;

function files(room: string): string[] {
  return readdirSync(join("src", room), { recursive: true, encoding: "utf8" })
    .filter((f) => /\.tsx?$/.test(f))
    .map((f) => join("src", room, f));
}

/** Code without the insides of string literals; the names of modules stay. */
function withoutTexts(text: string): string {
  return text.replace(/(?<!from )"(?:[^"\\\n]|\\.)*"/g, '""');
}

/** Code without comments. */
function code(file: string): string {
  return readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

/** The file that an import names. */
function source(file: string, target: string): string {
  const names = [".ts", ".tsx", ".d.ts"].map((end) => join(file, "..", target).replace(/\.js$/, end));
  return names.find((name) => existsSync(name)) ?? names[0]!;
}

/** The files of this project that a file imports, types included. */
function imports(file: string): string[] {
  return [...code(file).matchAll(/(?:from |import |import\()"(\.\.?\/[^"]+)"/g)].map(([, target]) =>
    source(file, target!),
  );
}

/** The files that are loaded with a file: imports of types alone do not count. */
function loads(file: string): string[] {
  const statements = code(file).matchAll(/(?:import|export) (type )?(?:\{([^}]*)\} from )?"(\.\.?\/[^"]+)"/g);
  return [...statements].flatMap(([, isType, names, target]) => {
    const words = names?.split(",").filter((word) => word.trim() !== "");
    const isForTypes = isType !== undefined || words?.every((word) => /^\s*type /.test(word)) === true;
    return isForTypes ? [] : [source(file, target!)];
  });
}

/** A circle of imports that can be reached from these files, or undefined. */
function circle(
  all: readonly string[],
  importsOf: (file: string) => readonly string[],
): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of importsOf(file)) {
      const found = visit(target, [...path, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of all) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("rooms", () => {
  it("are all known", () => {
    expect(readdirSync("src").sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(Object.entries(MAY_IMPORT))("src/%s imports one way", (room, allowed) => {
    for (const file of files(room)) {
      for (const path of imports(file)) {
        expect([room, ...allowed], `${file} imports ${path}`).toContain(path.split("/")[1]);
      }
    }
  });

  it("have no circle of imports", () => {
    expect(circle(Object.keys(MAY_IMPORT).flatMap(files), imports)).toBeUndefined();
  });

  it("would notice a circle", () => {
    const of: Record<string, string[]> = { a: ["b"], b: ["c"], c: ["b"] };
    expect(circle(["a"], (file) => of[file]!)).toEqual(["b", "c", "b"]);
  });

  it("have reports that compute nothing: neither machine nor compiler is loaded with them", () => {
    const reached = new Set(files("report"));
    for (const file of reached) for (const next of loads(file)) reached.add(next);
    expect(reached.size).toBeGreaterThan(files("report").length);
    const makers =
      /^src\/(explore\/(?!finding\/value-name)|check|force|tasks|verdict|workers|scenario\/compile|kernel\/paths)/;
    expect([...reached].filter((file) => makers.test(file))).toEqual([]);
    expect(makers.test("src/explore/run/engine.ts")).toBe(true);
    expect(loads("src/explore/run/subject.ts")).toContain("src/scenario/compile.ts");
  });

  it("have no two files of one name, commands and entry files apart", () => {
    const names = new Map<string, string>();
    for (const file of Object.keys(MAY_IMPORT).flatMap(files)) {
      const name = file.split("/").at(-1)!;
      if (["index.ts", "main.ts"].includes(name) || file.startsWith("src/cli/commands/")) continue;
      expect(names.get(name), `${file} has the name of another`).toBeUndefined();
      names.set(name, file);
    }
  });
});

describe("the pure rooms", () => {
  it.each(PURE)("src/%s knows no clock, randomness, console or process", (room) => {
    const found = files(room);
    expect(found.length).toBeGreaterThan(1);
    for (const file of found) expect(BANNED.exec(withoutTexts(code(file)))?.[0], file).toBeUndefined();
  });

  it("would notice a clock", () => {
    expect(BANNED.test("const t = Date.now();")).toBe(true);
  });
});
