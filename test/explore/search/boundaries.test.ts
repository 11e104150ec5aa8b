/** The number of boundaries that explore prints: each is merged or it is not. */
import { describe, expect, it } from "vitest";
import { makeSubject } from "../../../src/explore/run/subject.js";
import { boundariesOf } from "../../../src/explore/search/prove.js";
import { STEPS } from "../../../src/kernel/paths/index.js";
import { scenarioAt } from "../../scenarios.js";

const UNWRITTEN_TAIL = scenarioAt("scenarios/witnesses/unwritten-tail.yaml");

describe.each(["5.10", "6.0", "6.12"])("boundaries of %s", (base) => {
  const { engine } = makeSubject(UNWRITTEN_TAIL, { base, with: [], without: [] });
  const { fixes } = engine.k;
  const merged = boundariesOf({ fixes, fine: false });
  const fine = boundariesOf({ fixes, fine: true });

  it("are those of all steps that there are", () => {
    expect(merged.all).toBe(STEPS.flatMap((step) => step ?? []).length);
    expect(fine.all).toBe(merged.all);
  });

  it("are kept under --fine, but for those that nobody can come into", () => {
    expect(fine.merged).toBeLessThan(merged.merged);
    expect(merged.merged).toBeLessThan(merged.all);
  });
});
