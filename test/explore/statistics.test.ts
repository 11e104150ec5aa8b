import { describe, expect, it } from "vitest";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { finalStateOf } from "../../src/explore/sample/final-state.js";
import { type SampleOptions, sampleScenario } from "../../src/explore/sample/sample.js";
import { SamplingSum } from "../../src/explore/sample/statistics.js";
import type { StrategySample } from "../../src/explore/sample/tally.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { STRATEGY_NAMES } from "../../src/explore/strategies/index.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { MAKERS } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { witness } from "../scenarios.js";

const OPTIONS: SampleOptions = {
  schedules: 3000,
  seed: "statistics",
  mask: 0,
  stopAtFirst: false,
  statistics: true,
};

/** Hashes of every state that a run can end in. */
function allFinalStates(subject: Subject): Set<number> {
  const finalState = finalStateOf(subject.engine);
  const hashes = new Set<number>();
  search(subject.engine, { goal: "all", reduced: false, onEnd: () => hashes.add(finalState()) });
  return hashes;
}

function sampled(subject: Subject, options: SampleOptions = OPTIONS): readonly StrategySample[] {
  return sampleScenario(subject, options).strategies!;
}

const plain = (base: string) => ({ base, with: [], without: [] });
const subject = (name: string, kernel = "cured"): Subject => makeSubject(witness(name), plain(kernel));

describe("final states", () => {
  it.each(["unwritten-tail", "new-delalloc-store", "eof-punch-enospc", "leaked-delalloc"])(
    "of %s: sampling sees some of those that the search sees, and in the end all",
    (name) => {
      const all = allFinalStates(subject(name));
      expect(all.size).toBeGreaterThan(2);
      const seen = new Set(
        sampled(subject(name), { ...OPTIONS, schedules: 200_000 }).flatMap((s) => [...s.finalStates.hashes]),
      );
      expect(seen).toEqual(all);
    },
  );

  it("are never others than the search sees, on random programs", () => {
    let states = 0;
    for (let n = 0; n < 40; n++) {
      const one = makeSubject(randomProgram(makeRng(`final:${n}`), "p"), plain(n % 2 === 0 ? "6.0" : "6.18"));
      const seen = sampled(one, { ...OPTIONS, schedules: 100 }).flatMap((s) => [...s.finalStates.hashes]);
      const result = search(one.engine, { goal: "all", maxStates: 30_000 });
      if (result.cut !== undefined) continue;
      const all = allFinalStates(one);
      for (const hash of seen) expect(all.has(hash), `program ${n}`).toBe(true);
      states += all.size;
    }
    expect(states).toBeGreaterThan(100);
  });

  it.each([
    // A page that was never evicted is like one that was read again: what is left of the budget does not count.
    ["budgets that are left", "budget: { evictions: 1 }", "{ a: [{ load: 0..4k }] }"],
    // Whichever of the two is last has its bytes in the file.
    ["identical threads", "", "{ a: [{ write: 0..4k }], b: [{ write: 0..4k }] }"],
  ])("do not tell %s apart", (_, budget, threads) => {
    const text = `name: t\nfile: { size: 4k }\n${budget}\nsetup: [{ write: 0..4k }, { fsync: {} }]\nthreads: ${threads}\n`;
    const parsed = parseScenario(text, "t.yaml");
    if (!("scenario" in parsed)) throw new Error("does not parse");
    const one = makeSubject(parsed.scenario, plain("cured"));
    const finalState = finalStateOf(one.engine);
    const ends = new Set<string>();
    const hashes = new Set<number>();
    search(one.engine, {
      goal: "all",
      symmetry: false,
      onEnd: ({ k }) => {
        ends.add(k.s.slice(0, k.layout.compared).join());
        hashes.add(finalState());
      },
    });
    expect(ends.size).toBeGreaterThan(1);
    expect(hashes.size).toBe(1);
  });
});

describe("counting", () => {
  it.each(STRATEGY_NAMES)("changes nothing about a %s sample", (strategy) => {
    const options: SampleOptions = { ...OPTIONS, schedules: 500, strategy, mask: -1 };
    const { strategies, ...counted } = sampleScenario(subject("unwritten-tail", "6.0"), options, MAKERS);
    const bare = sampleScenario(subject("unwritten-tail", "6.0"), { ...options, statistics: false }, MAKERS);
    expect(counted).toEqual(bare);
    expect(bare.failures).toBeGreaterThan(0);
    expect(strategies!.reduce((n, s) => n + s.schedules, 0)).toBe(500);
    const windows = counted.windows.map((_, w) => strategies!.reduce((n, s) => n + s.windows[w]!, 0));
    expect(windows).toEqual(counted.windows);
  });

  it("gives each strategy of the mix its share, by name", () => {
    const samples = sampled(subject("unwritten-tail"), { ...OPTIONS, schedules: 12 });
    expect(samples.map((s) => [s.strategy, s.schedules])).toEqual([
      ["pct depth 2", 3],
      ["sticky", 3],
      ["pct depth 3", 2],
      ["random", 2],
      ["pct depth 5", 2],
    ]);
  });

  it("names the depth that PCT was given", () => {
    const options: SampleOptions = { ...OPTIONS, schedules: 5, strategy: "pct", depth: 4 };
    expect(sampled(subject("unwritten-tail"), options).map((s) => s.strategy)).toEqual(["pct depth 4"]);
  });
});

describe("a sum of samples", () => {
  it("is the same whole sample, strategy by strategy and in all", () => {
    const chunks = ["a", "b", "c"].map((seed) =>
      sampled(subject("new-delalloc-store"), { ...OPTIONS, seed }),
    );
    const sum = new SamplingSum();
    for (const chunk of chunks) sum.add(chunk);
    const { strategies, ...all } = sum.statistics;
    expect(all.schedules).toBe(9000);
    expect(strategies.map((s) => s.schedules)).toEqual([1800, 1800, 1800, 1800, 1800]);
    strategies.forEach((one, i) => {
      const hashes = chunks.flatMap((chunk) => [...chunk[i]!.finalStates.hashes]);
      expect(one.finalStates).toBe(new Set(hashes).size);
      expect(one.finalStates).toBeLessThanOrEqual(all.finalStates);
      expect(one.counted).toBe(one.schedules);
    });
    expect(all.finalStates).toBe(
      new Set(chunks.flatMap((chunk) => chunk.flatMap((s) => [...s.finalStates.hashes]))).size,
    );
    expect(all.bugBound).toBeLessThan(strategies[0]!.bugBound);
  });
});
