/** Violations are kept once each, with runs that show them again, and nothing of the engine is lost by it. */
import { describe, expect, it } from "vitest";
import { examine } from "../../../src/explore/finding/finding.js";
import { choicesOf } from "../../../src/explore/run/choice-lists.js";
import { makeSubject } from "../../../src/explore/run/subject.js";
import { sampleScenario } from "../../../src/explore/sample/sample.js";
import { Violations } from "../../../src/explore/search/violations-met.js";
import { Oracle } from "../../../src/kernel/oracle-table.js";
import { witness } from "../../scenarios.js";

const subject = makeSubject(witness("unwritten-tail"), { base: "6.0", with: [], without: [] });
const { engine } = subject;
const sample = sampleScenario(subject, { schedules: 2000, seed: "met", mask: -1, stopAtFirst: true });
const FAILING = sample.first!.choices;

/** Makes the failing run; its raw decisions. */
function failing(): number[] {
  const finding = examine(subject, FAILING, -1);
  expect(finding).toBeDefined();
  return [...engine.log.slice(0, engine.decisions)];
}
function unasked(): never {
  throw new Error("asked for decisions");
}

describe("violations that a search meets", () => {
  it("are kept with what they are and a run that shows them", () => {
    const decisions = failing();
    const { verdict } = engine;
    const found = verdict.found;
    const [oracle] = [...Array(8).keys()].filter((o) => verdict.has(o));
    const shown = {
      oracle,
      from: verdict.from[oracle!],
      to: verdict.to[oracle!],
      expected: verdict.expected[oracle!],
      actual: verdict.actual[oracle!],
      kind: verdict.kind[oracle!],
      choices: FAILING,
    };
    const met = new Violations(-1);
    expect([met.found, met.list]).toEqual([0, []]);
    met.note(engine, () => decisions);
    expect(met.found).toBe(found);
    expect(met.list[0]).toEqual(shown);
  });

  it("leave the engine as it was", () => {
    const decisions = failing();
    const before = [engine.k.s.slice(), engine.verdict.found, [...engine.k.windows]];
    // The run is made again for its choices.
    engine.k.s[0]! ^= 1;
    new Violations(-1).note(engine, () => decisions);
    engine.k.s[0]! ^= 1;
    expect([engine.k.s, engine.verdict.found, [...engine.k.windows]]).toEqual(before);
  });

  it("are kept once", () => {
    const met = new Violations(-1);
    const decisions = failing();
    met.note(engine, () => decisions);
    const kept = [...met.list];
    failing();
    met.note(engine, unasked);
    met.noteRun(engine, decisions, engine.verdict.found);
    expect(met.list).toEqual(kept);
  });

  it("are told apart by every number", () => {
    const met = new Violations(-1);
    const decisions = failing();
    const { verdict } = engine;
    const oracle = 31 - Math.clz32(verdict.found & -verdict.found);
    met.note(engine, () => decisions);
    let kept = met.list.length;
    for (const numbers of [verdict.from, verdict.to, verdict.expected, verdict.actual, verdict.kind]) {
      numbers[oracle]! += 100;
      met.note(engine, () => decisions);
      expect(met.list.length).toBe(++kept);
      met.note(engine, unasked);
    }
  });

  it("count only by the oracles that are asked", () => {
    const decisions = failing();
    const { found } = engine.verdict;
    const met = new Violations(~found);
    met.note(engine, unasked);
    met.noteRun(engine, decisions, 0);
    expect([met.found, met.list]).toEqual([0, []]);
    const only = new Violations(found & -found);
    failing();
    engine.verdict.record(Oracle.PROGRESS, 0, 1, 2, 3, 0);
    only.note(engine, () => decisions);
    expect([only.found, only.list.length]).toEqual([found & -found, 1]);
  });

  it("of a whole run are all that it shows", () => {
    const decisions = failing();
    const { found } = engine.verdict;
    const met = new Violations(-1);
    engine.reset();
    met.noteRun(engine, decisions, 0);
    expect([met.found, met.list.map((v) => v.choices)[0]]).toEqual([found, FAILING]);
    expect(choicesOf(engine)).toEqual(FAILING);
  });

  it("that their run does not show again throw", () => {
    const decisions = failing();
    const missing = 1 << Oracle.PROGRESS;
    expect(engine.verdict.found & missing).toBe(0);
    const why = `a search saw a violation (progress) that its run does not show: ${decisions.join()}`;
    expect(() => new Violations(-1).noteRun(engine, decisions, missing)).toThrow(why);
    engine.verdict.found = missing;
    expect(() => new Violations(-1).note(engine, () => decisions)).toThrow(why);
  });
});
