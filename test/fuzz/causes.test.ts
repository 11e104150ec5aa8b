/** Findings of one kind are told apart by what cures them. */
import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { tellCause } from "../../src/tasks/tell-cause.js";
import { witness } from "../scenarios.js";

/** A failing run of a witness on 7.3. */
function failing(name: string) {
  const scenario = witness(name);
  const variant = { base: "7.3", with: [], without: [] };
  const subject = makeSubject(scenario, variant);
  const mask = 1;
  const { first } = sampleScenario(subject, { schedules: 5_000, seed: "causes", mask, stopAtFirst: true });
  const choices = first!.choices;
  const shown = examine(subject, choices, mask)!.kind;
  return { kind: "cause" as const, run: { scenario, variant, choices }, mask, shown };
}

const HOLE = ["zero-hole-no-flush"];
const EOF_PUNCH = ["eof-punch-cure"];

describe("the cause of a failing case", () => {
  it.each([
    ["isize-extend-races-writeback", [HOLE], 0],
    ["isize-extend-races-writeback", [EOF_PUNCH], -1],
    ["isize-extend-races-writeback", [EOF_PUNCH, HOLE], 1],
    ["eof-punch", [HOLE], -1],
    ["eof-punch", [HOLE, EOF_PUNCH], 1],
    ["eof-punch", [], -1],
  ])("of %s among %j: %i", (name, cures, cause) => {
    expect(tellCause({ ...failing(name), cures })).toEqual({ cause });
  });
});
