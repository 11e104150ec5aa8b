import { describe, expect, it } from "vitest";
import { FIXES, makeFixes } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";

describe("fixes and kernels", () => {
  it("gives every toggle its own name and id", () => {
    expect(new Set(FIXES.map((f) => f.name)).size).toBe(FIXES.length);
    expect(new Set(FIXES.map((f) => f.id)).size).toBe(FIXES.length);
  });

  it("never renumbers the toggles that tokens of this model name", () => {
    expect(FIXES.filter((f) => f.id <= 16).map((f) => `${f.id} ${f.name}`)).toEqual([
      "1 validate",
      "2 validate-after-lock",
      "3 cookie-under-ilock",
      "4 remap-on-zero-progress",
      "5 punch-skips-dirty",
      "6 punch-under-invalidate-lock",
      "7 punch-on-stale",
      "9 propagate-new",
      "10 scan-limit-eof",
      "11 complete-before-end-writeback",
      "12 seq-bump-on-convert",
      "13 discard-end",
      "14 eof-punch-cure",
      "15 short-copy-cure",
      "16 zeroing-flushes-dirty",
    ]);
  });

  it("says one sentence about each", () => {
    for (const f of FIXES) {
      expect(f.about, f.name).toMatch(/\.$/);
      expect(f.title.length, f.name).toBeGreaterThan(10);
    }
  });

  it("has every fix and no defect in cured", () => {
    const cured = RELEASES.find((r) => r.name === "cured")!;
    for (const f of FIXES) {
      if (f.kind === "defect") expect(cured.fixes.has(f.name), f.name).toBe(false);
      else if (f.kind !== "behaviour") expect(cured.fixes.has(f.name), f.name).toBe(true);
    }
  });

  it("turns names into booleans", () => {
    const fixes = makeFixes(new Set(["validate", "zeroing-flushes-dirty"]), "6.2");
    expect([fixes.validate, fixes.zeroingFlushesDirty, fixes.discardEnd]).toEqual([true, true, false]);
  });
});
