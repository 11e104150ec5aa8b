import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digestOfToken } from "../../src/fuzz/digest.js";
import { MODEL } from "../../src/kernel/versions/model-version.js";

const FILE = `test/data/tokens-${MODEL}.json`;
const entries = JSON.parse(readFileSync(FILE, "utf8")) as { token: string; digest: string }[];

describe(`tokens of model ${MODEL}`, () => {
  it("are 50", () => {
    expect(entries.length).toBe(50);
    expect(new Set(entries.map((e) => e.token)).size).toBe(50);
  });

  // When this fails, replay compatibility is broken: raise MODEL and write a new snapshot (npm run accept -- snapshot).
  it.each(entries)("still mean the same run: $token", ({ token, digest }) => {
    expect(digestOfToken(token)).toBe(digest);
  });
});
