import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { planOfRun, planOfScenario } from "../../src/force/plan.js";
import { realize } from "../../src/force/program-of-moves.js";
import { randomWalk } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { Oracle } from "../../src/kernel/oracle-table.js";
import { exportC } from "../../src/real/export/export-c.js";
import { modelFor } from "../../src/real/machine/running-kernel.js";
import { scenarioAt } from "../scenarios.js";
import { programOfRun } from "./program-of-run.js";

const on = (base: string) => ({ base, with: [], without: [] });
const witness = (name: string) => scenarioAt(`scenarios/witnesses/${name}.yaml`);

describe("the program of a run", () => {
  it("makes a program of every realizable run, with the run's own verdict", () => {
    const kernels = fc.constantFrom("5.10", "6.1.192", "6.12", "6.18");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), kernels, (seed, kernel) => {
        const subject = makeSubject(randomProgram(makeRng(`p${seed}`), "t", "realizable"), on(kernel));
        subject.engine.run(randomWalk(makeRng(`s${seed}`)));
        const { verdict } = subject.engine;
        const isLost = verdict.has(Oracle.CONTENT);
        const made = programOfRun(subject, choicesOf(subject.engine));
        if ("problems" in made) {
          expect(made.problems).toEqual([expect.stringContaining("nobody has initialised")]);
          return;
        }
        expect(made.verdict).toBe(isLost ? "lost" : "right");
        expect(exportC(made.program)).toContain("static void race(void)");
      }),
      { numRuns: 300 },
    );
  });

  it("says which threads opened the file themselves", () => {
    const scenario = witness("eof-punch");
    const threads = scenario.threads.map((t) => (t.name === "mapper" ? { ...t, ownFd: true as const } : t));
    const moves = [{ do: "run", thread: 0 } as const, { do: "run", thread: 1 } as const];
    const realized = (s: typeof scenario) => realize(s, on("6.18"), moves);
    expect(realized({ ...scenario, threads })).toMatchObject({ program: { ownFds: ["mapper"] } });
    expect(realized(scenario)).not.toHaveProperty("program.ownFds");
  });

  it("writes setup, stop, store and failure down", () => {
    const made = realize(witness("eof-punch"), on("6.18"), [
      { do: "run", thread: 0, to: 0 },
      { do: "run", thread: 1 },
      { do: "run", thread: 0 },
    ]);
    expect(made).toMatchObject({
      verdict: "lost",
      program: {
        actions: [
          { do: "start", op: { id: "writer.1", from: 0, to: 12288 }, stops: [0] },
          { do: "op", op: { id: "mapper.1", kind: "store" } },
          { do: "fail" },
        ],
        expected: [
          { from: 0, to: 0x1400, allowed: ["zero"] },
          { from: 0x1400, to: 0x1800, allowed: ["mapper.1"] },
        ],
      },
    });
  });

  it("evicts only what goes, and checks loads", () => {
    const scenario = {
      ...witness("new-delalloc-store"),
      threads: [
        {
          name: "mapper",
          ops: [
            { kind: "store" as const, from: 0, to: 16 },
            { kind: "load" as const, from: 4096, to: 4112 },
          ],
        },
        { name: "evicter", ops: [{ kind: "evict" as const, from: 0, to: 8192 }] },
      ],
    };
    const made = realize(scenario, on("6.18"), []);
    expect(made).toMatchObject({
      program: {
        actions: [
          { do: "op", op: { kind: "store" } },
          { do: "op", op: { kind: "load" }, expect: [{ from: 4096, to: 4112, allowed: ["zero"] }] },
          { do: "op", op: { kind: "evict", from: 4096, to: 8192 } },
        ],
      },
    });
  });
});

describe("plans", () => {
  const bare = (name: string, kernel: string) => ({
    scenario: witness(name),
    variant: on(kernel),
    choices: [],
  });

  it("look on each kernel where the file says that data is lost", () => {
    const plan = planOfScenario(bare("unwritten-tail", "6.18"), [
      { variant: on("6.18") },
      { variant: on("5.10") },
    ]);
    expect(plan).toMatchObject({ run: { variant: on("5.10") }, finding: { oracle: "content" } });
  });

  it.each([
    ["short-copy-1k", "6.2", "exposure: zero -> uninitialised", /not exported: it shows memory/],
    ["leaked-delalloc", "rfc-v1", "accounting: leaked delalloc", /not exported: it is about reservations/],
    [
      "writeback-failure-hole",
      "6.0",
      undefined,
      /no schedule that user space can force .* \(all that there are were tried/,
    ],
  ])("say why %s has none", (name, kernel, kind, reason) => {
    const plan = planOfScenario(bare(name, kernel), [{ variant: on(kernel), kind }]);
    expect("problem" in plan && plan.problem).toMatch(reason);
    expect(plan).toMatchObject({ isDeclined: kind !== undefined });
  });

  it("take another schedule with the same loss when the one at hand cannot be forced", () => {
    const subject = makeSubject(witness("refault-before-punch"), on("6.0"));
    let choices: number[] | undefined;
    const rng = makeRng("any");
    for (let i = 0; choices === undefined && i < 5000; i++) {
      const random = Array.from({ length: 30 }, () => rng.below(2));
      const plan = planOfRun({ ...bare("refault-before-punch", "6.0"), choices: random });
      if ("note" in plan && plan.note !== undefined) choices = random;
    }
    expect(choices).toBeDefined();
    const plan = planOfRun({ ...bare("refault-before-punch", "6.0"), choices: choices! });
    expect("note" in plan && plan.note).toMatch(
      /cannot force the run that was found .*; this one loses the same/,
    );
    expect(subject.scenario.name).toBe("refault-before-punch");
  });
});

describe("modelFor", () => {
  it.each([
    ["6.18.44", "6.18"],
    ["5.10.262", "5.10"],
    ["6.1.192", "6.1.192"],
    ["6.1.170", "6.1.192"],
    ["6.1.50", "6.1.0"],
    ["6.12.117", "6.12"],
    ["6.180.1", undefined],
    ["7.2.12", "7.2"],
    ["5.15.0", "5.15"],
    ["4.14.3", undefined],
  ])("%s: %s", (release, base) => {
    expect(modelFor(release)?.base).toBe(base);
  });
});
