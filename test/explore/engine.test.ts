import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traceRun } from "../../src/explore/finding/trace.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeStrategies, STRATEGY_NAMES } from "../../src/explore/strategies/index.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { MAKERS } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { STEPS } from "../../src/kernel/paths/index.js";
import { FUNCTION_NAMES, stepNames } from "../../src/kernel/paths/step-names.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { kernelOf } from "../../src/kernel/versions/variant.js";
import { LABEL_NAMES } from "../kernel/label-names.js";

const kernels = fc.constantFrom(...RELEASES.map((r) => r.name));
const seeds = fc.integer({ min: 0, max: 1_000_000 });

function subjectOf(seed: number, kernel: string, fine = false) {
  const scenario = randomProgram(makeRng(`p${seed}`), "t");
  return makeSubject(scenario, { base: kernel, with: [], without: [] }, { fine });
}

describe("engine", () => {
  it("replays any run from its choices: same length, verdict and state", () => {
    fc.assert(
      fc.property(
        seeds,
        kernels,
        fc.constantFrom(...STRATEGY_NAMES),
        fc.boolean(),
        (seed, kernel, name, fine) => {
          const { engine } = subjectOf(seed, kernel, fine);
          for (const strategy of makeStrategies(name, makeRng(`s${seed}`), engine, undefined, MAKERS)) {
            engine.run(strategy);
            const before = [engine.steps, engine.verdict.found, engine.k.s.join()];
            const choices = choicesOf(engine);
            const replay = new ReplayChoices(choices);
            engine.run(replay);
            expect(replay.applies).toBe(true);
            expect([engine.steps, engine.verdict.found, engine.k.s.join()]).toEqual(before);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("runs the same traced as untraced", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const { engine } = subjectOf(seed, kernel);
        engine.run(makeStrategies("random", makeRng(`s${seed}`), engine)[0]!);
        const choices = choicesOf(engine);
        const state = engine.k.s.join();
        const trace = traceRun(engine, new ReplayChoices(choices));
        expect(trace.steps.length).toBe(engine.steps);
        expect(engine.k.s.join()).toBe(state);
      }),
      { numRuns: 100 },
    );
  });

  it("clears every register when all threads are done", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const { engine } = subjectOf(seed, kernel);
        engine.run(makeStrategies("random", makeRng(`s${seed}`), engine)[0]!);
        const { k } = engine;
        if (k.threads.some((t, i) => i < engine.reclaim && t.pc !== 0)) return;
        const first = k.layout.threads[0]!.base;
        const reclaim = k.layout.threads[engine.reclaim]!;
        const registers = [
          ...k.s.subarray(first, reclaim.base),
          ...k.s.subarray(reclaim.base + reclaim.length, k.layout.compared),
        ];
        expect(registers.every((v) => v === 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("allows a fine schedule wherever merged steps are taken apart, with the same result by default", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const merged = subjectOf(seed, kernel).engine;
        const fine = subjectOf(seed, kernel, true).engine;
        merged.run(new ReplayChoices([]));
        fine.run(new ReplayChoices([]));
        expect(fine.verdict.found).toBe(merged.verdict.found);
        expect(fine.steps).toBeGreaterThanOrEqual(merged.steps);
      }),
      { numRuns: 100 },
    );
  });
});

describe("steps", () => {
  it("has one for every label, named by a kernel function or an access", () => {
    expect(STEPS).toHaveLength(LABEL_NAMES.length);
    LABEL_NAMES.forEach((label, i) => {
      if (i === 0) return;
      expect(STEPS[i], label).toBeDefined();
      for (const { name } of RELEASES) {
        const { fn } = stepNames(kernelOf({ base: name, with: [], without: [] }))[i]!;
        expect(FUNCTION_NAMES.has(fn), label).toBe(true);
      }
    });
    for (const name of FUNCTION_NAMES) expect(name).toMatch(/^[a-z_]+[a-z0-9_]*$/);
  });
});
