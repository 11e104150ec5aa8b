/**
 * Runs whose transitions are looked up must be the runs that are computed: same decisions, verdict, windows.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Engine } from "../../src/explore/run/engine.js";
import { CachedRuns } from "../../src/explore/run/memo.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeStrategies, STRATEGY_NAMES, type StrategyName } from "../../src/explore/strategies/index.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { MAKERS } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import type { Scenario } from "../../src/scenario/types.js";

const LARGE = `
name: large
file: { size: 32k, block: 1k }
setup: [{ write: 0..32k }]
threads:
  first: [{ write: 0..31k }, { store: 1k..2k }]
  second: [{ write: 1k..31k }, { store: 5k..6k }]
  flusher: [{ writeback: 0..32k }]
  evicter: [{ evict: 0..8k }]
`;

/** Each of the blocks that are written goes out in an ioend of its own. */
const APART = `
name: apart
file: { size: 28k, block: 512 }
setup: [{ fallocate: 0..28k }, WRITES]
threads:
  flusher: [{ writeback: 0..28k }]
  storer: [{ store: 0..512 }, { store: 4k..4608 }]
  evicter: [{ evict: 0..8k }]
`;

const FOLDER = "scenarios/witnesses";

function outcome(engine: Engine): unknown {
  const { verdict } = engine;
  const numbers = [verdict.from, verdict.to, verdict.expected, verdict.actual, verdict.thread, verdict.kind];
  return {
    log: [...engine.log.subarray(0, engine.decisions)],
    steps: engine.steps,
    found: verdict.found,
    // Where nothing was found these keep what an earlier run left.
    violations: numbers.map((row) => [...row].filter((_, o) => verdict.has(o))),
    windows: [...engine.k.windows],
  };
}

/** Runs both ways side by side; how many steps there were and how many of them were computed. */
function compare(
  scenario: Scenario,
  variant: KernelVariant,
  name: StrategyName,
  schedules: number,
  runs: CachedRuns,
): { steps: number; computed: number; failures: number } {
  const sides = [makeSubject(scenario, variant).engine, makeSubject(scenario, variant).engine] as const;
  const [looked, computed] = sides.map((engine) =>
    makeStrategies(name, makeRng(scenario.name), engine, undefined, MAKERS),
  );
  const [a, b] = sides;
  runs.start(a);
  a.k.windows.fill(0);
  b.k.windows.fill(0);
  const before = a.computed;
  let steps = 0;
  let failures = 0;
  for (let i = 0; i < schedules; i++) {
    runs.run(looked![i % looked!.length]!);
    b.run(computed![i % computed!.length]!);
    const seen = outcome(a);
    expect(seen, `${scenario.name} on ${variant.base}, schedule ${i + 1}`).toEqual(outcome(b));
    steps += a.steps;
    if (a.verdict.found !== 0) failures++;
  }
  return { steps, computed: a.computed - before, failures };
}

const released = (base: string): KernelVariant => ({ base, with: [], without: [] });

describe("runs with looked-up transitions", () => {
  test("every witness on every kernel", () => {
    const runs = new CachedRuns();
    let steps = 0;
    let computed = 0;
    let failures = 0;
    for (const file of readdirSync(FOLDER).filter((f) => f.endsWith(".yaml"))) {
      const parsed = parseScenario(readFileSync(`${FOLDER}/${file}`, "utf8"), file);
      if ("diagnostics" in parsed) throw new Error(file);
      for (const { name } of RELEASES) {
        const done = compare(parsed.scenario, released(name), "mixed", 60, runs);
        steps += done.steps;
        computed += done.computed;
        failures += done.failures;
      }
    }
    expect(failures).toBeGreaterThan(500);
    // Otherwise nothing was looked up and nothing was tested.
    expect(computed).toBeLessThan(steps);
  });

  test.each(["1k", "4k"])(
    "a program with so many states that keeping them does not pay, blocks of %s",
    (block) => {
      const parsed = parseScenario(LARGE.replace("block: 1k", `block: ${block}`), "large");
      if ("diagnostics" in parsed) throw new Error("large");
      const runs = new CachedRuns();
      const schedules = 200;
      const { steps, computed } = compare(parsed.scenario, released("6.0"), "mixed", schedules, runs);
      // It stopped keeping at the first balance but for the ends, and computes most steps from then on.
      expect(runs.states).toBeLessThanOrEqual(1024 + schedules);
      expect(runs.states).toBeGreaterThan(1000);
      expect(computed).toBeGreaterThan(5000);
      expect(computed).toBeLessThan(2 * steps);
    },
  );

  test("a program with more kworkers at once than are kept", () => {
    const writes = Array.from({ length: 28 }, (_, i) => `{ write: ${1024 * i}..${1024 * i + 512} }`);
    const parsed = parseScenario(APART.replace("WRITES", writes.join(", ")), "apart");
    if ("diagnostics" in parsed) throw new Error("apart");
    const runs = new CachedRuns();
    for (const kernel of ["6.0", "cured"]) {
      const { steps, computed } = compare(parsed.scenario, released(kernel), "mixed", 60, runs);
      // Steps are looked up until the ioends are there.
      expect(runs.states).toBeGreaterThan(10);
      expect(computed).toBeGreaterThan(steps / 2);
    }
  });

  test("a machine that made other runs between", () => {
    const scenario = randomProgram(makeRng("between"), "case");
    const [a, b, c] = ["a", "b", "c"].map(() => makeSubject(scenario, released("6.0")).engine);
    if (a === undefined || b === undefined || c === undefined) throw new Error("three");
    const runs = new CachedRuns();
    runs.start(a);
    const [looked, computed, other] = [a, b, c].map((engine, i) =>
      makeStrategies("mixed", makeRng(i < 2 ? "same" : "other"), engine),
    );
    for (let i = 0; i < 60; i++) {
      runs.run(looked![i % 5]!);
      b.run(computed![i % 5]!);
      expect({ ...(outcome(a) as object), windows: 0 }).toEqual({ ...(outcome(b) as object), windows: 0 });
      if (i % 3 === 0) a.run(other![i % 5]!);
    }
    expect(runs.states).toBeGreaterThan(20);
  });

  // realizable looks at the state, so that its runs are always computed.
  test.each(STRATEGY_NAMES)("random programs, strategy %s", (name) => {
    const runs = new CachedRuns();
    let failures = 0;
    for (let n = 0; n < 120; n++) {
      const scenario = randomProgram(makeRng(`looked at ${n}`), `case-${n}`);
      const variant = released(n % 2 === 0 ? "6.0" : RELEASES[n % RELEASES.length]!.name);
      failures += compare(scenario, variant, name, 60, runs).failures;
    }
    expect(failures).toBeGreaterThan(10);
  });
});
