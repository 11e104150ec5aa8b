import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missBound } from "../../src/report/fuzz-text.js";
import { beside, grouped, plural, wrap } from "../../src/report/style.js";

describe("wrapping", () => {
  it("keeps every character but the spaces it breaks at, and the width", () => {
    const word = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom("a", "_", "9", "-") });
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 60 }), fc.constantFrom("", "  "), (t, width, indent) => {
        const lines = wrap(t, width, indent);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/ /g, "")).toBe(t.replace(/ /g, ""));
      }),
    );
  });

  it("breaks long names after an underscore", () => {
    expect(wrap("xfs_buffered_write_iomap_begin", 20)).toEqual(["xfs_buffered_write_", "iomap_begin"]);
  });
});

it("groups digits and counts things", () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([plural(1, "step"), plural(2000, "step")]).toEqual(["1 step", "2,000 steps"]);
  expect([1, 2].map((n) => plural(n, "patch", "patches"))).toEqual(["1 patch", "2 patches"]);
});

it("bounds the probability of a miss by the rule of three", () => {
  expect(missBound(20_000, "schedule")).toBe(
    "if a random schedule fails with probability p, then p < 1.5e-4 (95 %)",
  );
  expect(missBound(300, "program")).toContain("p < 0.010 (95 %)");
  expect(missBound(2, "program")).toContain("p < 1 (95 %)");
});

describe("text beside a head", () => {
  it("gives paint each line and nothing else", () => {
    const paint = (...texts: readonly string[]) => `<${texts.join("|")}>`;
    const long = "word ".repeat(25).trim();
    const [first = "", second = "", ...more] = beside("head ", 5, long, "  ", paint);
    expect(first).toMatch(/^head <word [^|]*>$/);
    expect(second).toMatch(/^ {5}< {2}word [^|]*>$/);
    expect(more).toEqual([]);
  });
});
