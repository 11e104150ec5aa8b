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

  test.each([
    ["so many threads that only the ends of runs are looked up", "1k", 10],
    ["so many states that keeping them does not pay", "4k", 1000],
  ])("a program with %s", (_, block, least) => {
    const parsed = parseScenario(LARGE.replace("block: 1k", `block: ${block}`), "large");
    if ("diagnostics" in parsed) throw new Error("large");
    const runs = new CachedRuns();
    const { steps, computed } = compare(parsed.scenario, released("6.0"), "mixed", 200, runs);
    // It stopped keeping at the first balance, and computes most steps from then on.
    expect(runs.states).toBeLessThan(1100);
    expect(runs.states).toBeGreaterThan(least);
    expect(computed).toBeGreaterThan(5000);
    expect(computed).toBeLessThan(2 * steps);
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
