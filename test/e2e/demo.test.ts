import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./program.js";

it("npm start finds the corruption of the RFC, as docs/reading-a-trace.md shows it", () => {
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
  expect(readFileSync(join(ROOT, "docs/reading-a-trace.md"), "utf8")).toContain(text);
});
