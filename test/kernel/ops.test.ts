/**
 * The table of operations: numbers that tokens can rely on, entries that lead somewhere, and a shrinker that ends.
 */
import { describe, expect, it } from "vitest";
import { OP_NAMES, OPS } from "../../src/kernel/ops.js";
import { STEPS } from "../../src/kernel/paths/index.js";

describe("the table of operations", () => {
  it("numbers them from 0 on without a gap", () => {
    expect(OP_NAMES.map((name) => OPS[name].code).sort((a, b) => a - b)).toEqual(OP_NAMES.map((_, i) => i));
  });

  it.each(["fsx", "trace"] as const)("gives no two the same name in %s files", (field) => {
    const names = OP_NAMES.flatMap((name) => OPS[name][field] ?? []);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(OP_NAMES)("%s starts at a step, and shrinks to something simpler", (name) => {
    const { entry, simpler, rank } = OPS[name];
    expect(STEPS[entry]).toBeDefined();
    if (simpler !== undefined) expect(OPS[simpler].rank).toBeLessThan(rank);
  });
});
