import { describe, expect, it } from "vitest";
import { examine, oracleMask } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { type CaseOptions, caseSeedText, parseCaseSeed, runCase } from "../../src/fuzz/case.js";
import { MODEL } from "../../src/kernel/versions/model-version.js";

const all = oracleMask(undefined);
const on = (base: string, extra: Partial<CaseOptions["variant"]> = {}): CaseOptions => ({
  variant: { base, with: [], without: [], ...extra },
  seed: "7",
  mask: all,
});

describe("fuzz cases", () => {
  it("gives 2,000 random case seeds the same outcomes twice", () => {
    const outcomes = () =>
      Array.from({ length: 2000 }, (_, n) => runCase({ ...on("6.2"), schedules: 20 }, n));
    expect(outcomes()).toEqual(outcomes());
  });

  it("writes case seeds that name the same case", () => {
    const options = {
      ...on("cured", { with: ["propagate-new"], without: ["validate", "discard-end"] }),
      seed: "s-1",
    };
    expect(parseCaseSeed(caseSeedText(options, 123))).toEqual({
      variant: options.variant,
      seed: "s-1",
      n: 123,
    });
  });

  it.each([
    ["", "it is not a case seed"],
    [`${MODEL}:6.2:x`, "it is not a case seed"],
    [`${MODEL + 1}:6.2:x:1`, `it is of model ${MODEL + 1} and this is model ${MODEL}`],
    [`${MODEL}:6.2+999:x:1`, "it names fix number 999"],
    [`${MODEL}:6.2:x:99999999999999999`, "it is not a case seed"],
    [`${MODEL}:6.2+1-1:x:1`, "it names the toggle"],
    [`${MODEL}:6.2+1+1:x:1`, "it names the toggle"],
    [`${MODEL}:6.2:x\u0007:1`, "it is not a case seed"],
    [`${MODEL}:6.2:x\u202e:1`, "it is not a case seed"],
    [`${MODEL}:6.2:x:9999999999999999`, "its number is over 2^53"],
  ])("refuses the case seed %j", (text, reason) => {
    const result = parseCaseSeed(text);
    expect("problem" in result && result.problem).toContain(reason);
  });
});

/** The number of the first case that fails, among the first `most`. */
function firstFailure(options: CaseOptions, most: number): number {
  for (let n = 0; n < most; n++) if (runCase(options, n).choices !== undefined) return n;
  return -1;
}

describe("mutants", () => {
  it("finds the canary: 6.0 loses data", () => {
    const options = { ...on("6.0"), mask: oracleMask(["content"]) };
    const n = firstFailure(options, 200);
    expect(n).toBeGreaterThanOrEqual(0);
    const outcome = runCase(options, n);
    const finding = examine(makeSubject(outcome.scenario, options.variant), outcome.choices!, options.mask);
    expect(finding?.oracle).toBe("content");
  });

  it.each([
    "validate",
    "validate-after-lock",
    "cookie-under-ilock",
    "remap-on-zero-progress",
    "punch-skips-dirty",
    "punch-under-invalidate-lock",
    "punch-on-stale",
    "complete-before-end-writeback",
    "seq-bump-on-convert",
    "discard-end",
    "eof-punch-cure",
    "short-copy-cure",
    "zeroing-flushes-dirty",
    "error-per-description",
  ])("kills cured without %s", (name) => {
    expect(firstFailure(on("cured", { without: [name] }), 3000)).toBeGreaterThanOrEqual(0);
  });

  // It takes a file that is large enough for speculative preallocation.
  it("kills cured without zero-convert-looks-again", () => {
    const options = on("cured", { without: ["zero-convert-looks-again"] });
    expect(firstFailure(options, 15_000)).toBeGreaterThanOrEqual(0);
  });

  it("kills cured with propagate-new", () => {
    expect(firstFailure(on("cured", { with: ["propagate-new"] }), 6000)).toBeGreaterThanOrEqual(0);
  });

  it("finds nothing on cured in as many cases", () => {
    expect(firstFailure(on("cured"), 6000)).toBe(-1);
  });
});
