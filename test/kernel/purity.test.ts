import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const PURE = ["kernel", "check", "explore", "shrink", "bisect"];
const BANNED =
  /\bMath\.random\b|\bDate\b|\bperformance\b|\bconsole\b|\bprocess\b|\bsetTimeout\b|from "node:|\basync\b|\bawait\b|\bBuffer\b/;
/** What each room may import from, itself included. */
const MAY_IMPORT: { readonly [room: string]: readonly string[] } = {
  kernel: ["kernel"],
  check: ["kernel", "check"],
  scenario: ["kernel", "scenario"],
  explore: ["kernel", "check", "scenario", "explore"],
  shrink: ["kernel", "check", "scenario", "explore", "shrink"],
  bisect: ["kernel", "check", "scenario", "explore", "shrink", "bisect"],
};

function files(room: string): string[] {
  return readdirSync(join("src", room), { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts"))
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

describe("the pure core", () => {
  it.each(PURE)("src/%s knows no clock, randomness, console or process", (room) => {
    const found = files(room);
    expect(found.length).toBeGreaterThan(1);
    for (const file of found) expect(BANNED.exec(withoutTexts(code(file)))?.[0], file).toBeUndefined();
  });

  it.each(Object.entries(MAY_IMPORT))("src/%s imports one way", (room, allowed) => {
    for (const file of files(room)) {
      for (const [, target] of code(file).matchAll(/from "((?:\.\.?\/)[^"]+)"/g)) {
        const path = join(file, "..", target!);
        expect(allowed, `${file} imports ${path}`).toContain(path.split("/")[1]);
      }
    }
  });

  it("would notice a clock", () => {
    expect(BANNED.test("const t = Date.now();")).toBe(true);
  });
});
