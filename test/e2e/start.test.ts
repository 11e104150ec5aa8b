/**
 * What a start loads: the files of the built program that a command needs before it does anything. Nothing is timed; each
 * file costs, and so do packages that are for a few commands only.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./program.js";

const text = (name: string) => readFileSync(join(ROOT, "dist", name), "utf8");

/** The files that come with one. */
function loaded(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, next] of text(name).matchAll(/import(?:\{[^}]*\}from)?"\.\/([\w-]+\.js)";/g))
    loaded(next!, seen);
  return seen;
}

/** All that is loaded before the command runs. */
function start(command: string): ReadonlySet<string> {
  const main = text("main.js") + text("start.js");
  const entry = (name: string) => new RegExp(`import\\("\\./(${name}-\\w+\\.js)"\\)`).exec(main)?.[1];
  const files = new Set(loaded("main.js"));
  for (const name of [command, "command", "running", "together"]) loaded(entry(name)!, files);
  return files;
}

describe("a start", () => {
  it("loads two files for --help", () => {
    expect([...loaded("main.js")]).toEqual(["main.js", "start.js"]);
  });

  it.each(["run", "fuzz", "explore", "list", "check", "judge", "repro"])("loads few files for %s", (name) => {
    const files = [...start(name)];
    expect(files.length).toBeLessThan(12);
    expect(files.filter((file) => /ZodError|pg-boss|XMLBuilder/.test(text(file)))).toEqual([]);
  });

  it("loads what reads traces for conform, which tells that the rule above can fail", () => {
    expect([...start("conform")].some((file) => text(file).includes("ZodError"))).toBe(true);
  });
});
