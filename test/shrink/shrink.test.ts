import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { encodeToken, type RunSpec } from "../../src/scenario/token.js";
import { blocksTouched } from "../../src/shrink/cost.js";
import { nameThreads } from "../../src/shrink/names.js";
import { shrink } from "../../src/shrink/shrink.js";
import { ALL, findings, kernel } from "./findings.js";
import { kindOf, withOneLess } from "./minimal.js";

const KERNELS = [
  kernel("6.0"),
  kernel("rfc-v1"),
  kernel("6.2"),
  kernel("cured", "validate"),
  kernel("cured", "cookie-under-ilock"),
  kernel("cured", "remap-on-zero-progress"),
  kernel("cured", "punch-skips-dirty"),
  kernel("cured", "punch-under-invalidate-lock"),
  kernel("cured", "discard-end"),
  kernel("cured", "eof-punch-cure"),
  kernel("cured", "short-copy-cure"),
];

/** A few of each kind on each kernel. */
const FOUND = KERNELS.flatMap((variant) => [...findings(variant, "shrink", 250, 2)]);
const SHRUNK = FOUND.map((found) => ({ ...found, shrunk: shrink(found.run, found.finding, ALL) }));

describe("shrinking", () => {
  it("has enough to work on", () => {
    expect(SHRUNK.length).toBeGreaterThanOrEqual(50);
    expect(new Set(SHRUNK.map((s) => s.finding.kind)).size).toBeGreaterThanOrEqual(8);
  });

  it("keeps the kind, and the result is a run of its own", () => {
    for (const { finding, label, shrunk } of SHRUNK) {
      expect(shrunk.finding.kind, label).toBe(finding.kind);
      const { scenario, variant, choices } = shrunk.run;
      const again = examine(makeSubject(scenario, variant), choices, ALL);
      expect(again?.kind, label).toBe(finding.kind);
      expect(again?.steps, label).toBe(shrunk.finding.steps);
      expect(choices, label).toEqual(shrunk.finding.choices);
    }
  });

  it("is 1-minimal", () => {
    for (const { finding, label, shrunk } of SHRUNK) {
      for (const [what, less] of withOneLess(shrunk.run)) {
        expect(kindOf(less, ALL), `${label} without ${what}`).not.toBe(finding.kind);
      }
    }
  });

  it("never makes a run larger, and leaves nothing to do", () => {
    for (const { finding, label, shrunk } of SHRUNK) {
      expect(shrunk.finding.ops, label).toBeLessThanOrEqual(finding.ops);
      const again = shrink(shrunk.run, shrunk.finding, ALL);
      expect(again.run, label).toEqual(shrunk.run);
    }
  });

  it("gives the same result every time", () => {
    for (const { run, finding, shrunk } of SHRUNK.slice(0, 10))
      expect(shrink(run, finding, ALL)).toEqual(shrunk);
  });

  it("makes findings that a person can read and a token can hold", () => {
    for (const { label, shrunk } of SHRUNK) {
      expect(shrunk.finding.ops, label).toBeLessThanOrEqual(5);
      expect(shrunk.finding.switches, label).toBeLessThanOrEqual(6);
      expect(blocksTouched(shrunk.run.scenario), label).toBeLessThanOrEqual(4);
      expect(encodeToken(shrunk.run).length, label).toBeLessThanOrEqual(200);
    }
  });
});

describe("findings of unwritten-tail's kind", () => {
  it("shrink to 3 blocks, 2 setup operations, 3 thread operations, 4 switches over 20 seeds", () => {
    for (let seed = 1; seed <= 20; seed++) {
      let one: ReturnType<typeof shrink> | undefined;
      for (const { run, finding } of findings(kernel("6.0"), `tail-${seed}`, 1000)) {
        if (finding.kind !== "content: write -> zero, UNWRITTEN map over WRITTEN") continue;
        one = shrink(run, finding, ALL);
        break;
      }
      const { scenario } = one!.run;
      expect(blocksTouched(scenario)).toBeLessThanOrEqual(3);
      expect(scenario.setup.length).toBeLessThanOrEqual(2);
      expect(scenario.threads.flatMap((t) => t.ops).length).toBeLessThanOrEqual(3);
      expect(one!.finding.switches).toBeLessThanOrEqual(4);
    }
  });
});

describe("what a scenario says besides its program", () => {
  const read = (name: string) => {
    const parsed = parseScenario(readFileSync(`scenarios/witnesses/${name}.yaml`, "utf8"), name);
    if (!("scenario" in parsed)) throw new Error(`${name} does not parse`);
    return parsed.scenario;
  };

  it("goes: expectations, variants, windows", () => {
    const scenario = read("unwritten-tail");
    const { run } = shrinkSampled({ scenario, variant: kernel("6.0"), choices: [] });
    expect(run.scenario).toMatchObject({ name: "unwritten-tail", expect: [], variants: [], reached: [] });
    expect(run.scenario.schedule).toBeUndefined();
  });

  it("becomes plain: ambient threads, a fault cap, more evictions", () => {
    const { setup, file, threads, ...rest } = read("unwritten-tail");
    const pass = { kind: "writeback" as const, from: 0, to: 12288 };
    const scenario = {
      ...rest,
      setup,
      file,
      threads: [
        ...threads.slice(0, 1),
        { name: "writeback/1", ops: [pass] },
        { name: "writeback/2", ops: [pass] },
      ],
      budget: { ...rest.budget, evictions: 2, faults: 3 },
    };
    const { run } = shrinkSampled({ scenario, variant: kernel("6.0"), choices: [] });
    expect(Object.keys(run).sort()).toEqual(["choices", "scenario", "variant"]);
    expect(run.scenario.budget.faults).toBeUndefined();
    expect(run.scenario.budget.evictions).toBe(1);
    expect(
      run.scenario.threads
        .flatMap((t) => t.ops)
        .map((op) => op.kind)
        .sort(),
    ).toEqual(["write", "writeback"]);
  });

  it("names threads for what they do, unless a person named them", () => {
    const op = { from: 0, to: 4096 };
    const scenario = {
      ...read("unwritten-tail"),
      threads: [
        {
          name: "flusher",
          ops: [
            { kind: "writeback" as const, ...op },
            { kind: "write" as const, ...op },
          ],
        },
        { name: "writeback/1", ops: [{ kind: "write" as const, ...op }] },
        { name: "victim", ops: [{ kind: "read" as const, ...op }] },
      ],
    };
    expect(nameThreads(scenario).threads.map((t) => t.name)).toEqual(["writer", "writer-2", "victim"]);
  });
});

/** Shrinks the first failing schedule that sampling finds. */
function shrinkSampled(run: RunSpec) {
  const subject = makeSubject(run.scenario, run.variant);
  const sample = sampleScenario(subject, { schedules: 20_000, seed: "t", mask: ALL, stopAtFirst: true });
  const { choices } = sample.first!;
  return shrink({ ...run, choices }, examine(subject, choices, ALL)!, ALL);
}
