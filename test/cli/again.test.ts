import { describe, expect, it } from "vitest";
import { givenFlags, operand } from "../../src/cli/input/again.js";

describe("what a command to try next carries", () => {
  it("is every option that was given and that a run depends on", () => {
    const flags = givenFlags({
      kernel: ["6.0", "6.2"],
      with: ["a"],
      without: [],
      strategy: "pct",
      realizable: true,
      fine: true,
      depth: 3,
      faults: 0,
      evictions: 2,
      oracle: ["content", "results"],
    });
    expect(flags.join(" ")).toBe(
      "--kernel 6.0,6.2 --with a --strategy pct --realizable --depth 3 --faults 0 --evictions 2 --oracle content,results",
    );
    expect(givenFlags({})).toEqual([]);
  });

  it("is never taken for an option", () => {
    expect(["-x.yaml", "--json", "x.yaml", "/a/-b"].map(operand)).toEqual([
      "./-x.yaml",
      "./--json",
      "x.yaml",
      "/a/-b",
    ]);
  });
});
