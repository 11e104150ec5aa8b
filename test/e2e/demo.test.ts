import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN, commandOutcome, directoryWith, ROOT } from "./program.js";

it("npm start finds the corruption of the RFC, as the README shows it", () => {
  const text = execFileSync("npm", ["start", "--silent"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(text).toMatch(/^x unwritten-tail on 6\.0: [\d,]+ bytes lost at /);
  expect(text).toContain("kind content: write -> zero, UNWRITTEN map over WRITTEN");
  expect(text).toContain("iomap: write iomap validity checks");
  expect(text).toMatch(/again {5}npx stalemap repro sm\d+\.[\w-]+/);
  for (const line of text.split("\n")) {
    if (!line.startsWith("  again")) expect(line.length).toBeLessThanOrEqual(80);
  }
  expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(text);
});

describe("a program that cannot start", () => {
  /** A checkout with nothing in it but bin and, where there is a text, the built program. */
  function checkout(program?: string): string {
    const folder = directoryWith({ "package.json": '{"type":"module"}' });
    mkdirSync(join(folder, "bin"));
    cpSync(BIN, join(folder, "bin/stalemap.js"));
    mkdirSync(join(folder, "dist/cli"), { recursive: true });
    if (program !== undefined) writeFileSync(join(folder, "dist/cli/main.js"), program);
    return join(folder, "bin/stalemap.js");
  }

  it.each([
    ["not built", undefined, 128, "stalemap is not built: run npm ci, or npm run build\n"],
    ["a missing module", 'import "./none.js";', 134, /^internal error: Cannot find module .*\n$/],
    ["an error while it loads", 'throw new Error("torn\\nstack");', 134, "internal error: torn\n"],
  ])("says so in one line: %s", async (_title, program, status, stderr) => {
    const outcome = await commandOutcome(process.execPath, [checkout(program), "list"]);
    expect(outcome).toMatchObject({ status, stdout: "" });
    if (typeof stderr === "string") expect(outcome.stderr).toBe(stderr);
    else expect(outcome.stderr).toMatch(stderr);
  });
});
