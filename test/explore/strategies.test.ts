import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/explore/run/engine.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { makeStrategies, STRATEGY_NAMES } from "../../src/explore/strategies/index.js";
import { Pct } from "../../src/explore/strategies/pct.js";
import { RandomWalk, randomEnvironment } from "../../src/explore/strategies/random.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import type { Strategy } from "../../src/explore/strategies/strategy.js";
import { MAKERS } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { Choice } from "../../src/kernel/machine/choices.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { engineOf, type Machine } from "../kernel/drive.js";

const kernels = fc.constantFrom(...RELEASES.map((r) => r.name));
const seeds = fc.integer({ min: 0, max: 1_000_000 });

function engineFor(seed: number, kernel: string): Engine {
  const scenario = randomProgram(makeRng(`p${seed}`), "t");
  return makeSubject(scenario, { base: kernel, with: [], without: [] }).engine;
}

function enabledOf(e: Engine): number[] {
  return Array.from({ length: e.schedulable }, (_, i) => i).filter((i) => e.isEnabled(i));
}

interface Pick {
  readonly thread: number;
  readonly enabled: readonly number[];
}

/** Passes everything on and notes what was there to choose from. */
class Observed implements Strategy {
  readonly name: string;
  readonly picks: Pick[] = [];
  readonly answers: { kind: number; options: number; value: number }[] = [];
  readonly #inner: Strategy;

  constructor(inner: Strategy) {
    this.#inner = inner;
    this.name = inner.name;
  }
  begin(engine: Engine): void {
    this.picks.length = 0;
    this.answers.length = 0;
    this.#inner.begin(engine);
  }
  next(engine: Engine, last: number): number {
    const enabled = enabledOf(engine);
    const before = engine.k.s.slice();
    const thread = this.#inner.next(engine, last);
    if (before.some((v, i) => v !== engine.k.s[i])) throw new Error(`${this.name} disturbs the state`);
    this.picks.push({ thread, enabled });
    return thread;
  }
  choose(kind: number, options: number): number {
    const value = this.#inner.choose(kind, options);
    this.answers.push({ kind, options, value });
    return value;
  }
}

/** Two threads of three loads each: loads of pages that are there never wait for anything. */
const TWO: Machine = {
  file: "{ size: 12k }",
  setup: ["load: 0..12k"],
  threads: { a: ["load: 0..12k"], b: ["load: 0..12k"] },
};

describe("every strategy", () => {
  it.each([...STRATEGY_NAMES, "default", "replay"] as const)(
    "%s picks enabled threads, ends when only reclaim is left, and answers within the options",
    (name) => {
      let picks = 0;
      fc.assert(
        fc.property(seeds, kernels, fc.array(fc.nat(5), { maxLength: 30 }), (seed, kernel, choices) => {
          const engine = engineFor(seed, kernel);
          const strategies =
            name === "default"
              ? [new ReplayChoices()]
              : name === "replay"
                ? [new ReplayChoices(choices)]
                : makeStrategies(name, makeRng(`s${seed}`), engine, undefined, MAKERS);
          for (const strategy of strategies) {
            const observed = new Observed(strategy);
            engine.run(observed);
            for (const { thread, enabled } of observed.picks) {
              picks++;
              const others = enabled.filter((i) => i !== engine.reclaim);
              if (others.length === 0) expect(thread).toBe(-1);
              else expect(enabled).toContain(thread);
            }
            expect(observed.picks.at(-1)!.thread).toBe(-1);
            for (const { options, value } of observed.answers) {
              expect(options).toBeGreaterThanOrEqual(2);
              expect(value).toBeGreaterThanOrEqual(0);
              expect(value).toBeLessThan(options);
            }
          }
        }),
        // The example has more kworkers than fit into a byte.
        { numRuns: 60, examples: [[186_727, "5.10", []]] },
      );
      expect(picks).toBeGreaterThan(500);
    },
  );

  it.each(STRATEGY_NAMES)("%s makes the same runs from the same seed, and others from another", (name) => {
    const runs = (seed: string): string => {
      const engine = engineOf(TWO);
      const text: string[] = [];
      const strategies = makeStrategies(name, makeRng(seed), engine, undefined, MAKERS);
      for (let i = 0; i < 20; i++) {
        engine.run(strategies[i % strategies.length]!);
        text.push(engine.log.subarray(0, engine.decisions).join());
      }
      return text.join(";");
    };
    expect(runs("a")).toBe(runs("a"));
    expect(runs("a")).not.toBe(runs("b"));
  });
});

function threadsOf(engine: Engine, strategy: Strategy): number[] {
  const observed = new Observed(strategy);
  engine.run(observed);
  return observed.picks.map((p) => p.thread).filter((t) => t >= 0);
}

/**
 * Into how few stretches a run can be cut such that each follows one order of priorities: whoever is picked stands
 * above all that were enabled.
 */
function stretches(picks: readonly Pick[]): number {
  let count = 1;
  let below = new Map<number, Set<number>>();
  const reaches = (from: number, to: number, seen = new Set<number>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(below.get(from) ?? [])].some((next) => reaches(next, to, seen));
  };
  for (const { thread, enabled } of picks) {
    if (thread < 0) continue;
    const others = enabled.filter((i) => i !== thread);
    if (others.some((o) => reaches(o, thread))) {
      count++;
      below = new Map();
    }
    const set = below.get(thread) ?? new Set();
    for (const o of others) set.add(o);
    below.set(thread, set);
  }
  return count;
}

describe("PCT", () => {
  it("runs the highest of fixed priorities, which change at most depth - 1 times", () => {
    const seen = new Map<number, number>();
    fc.assert(
      fc.property(seeds, kernels, fc.integer({ min: 1, max: 5 }), (seed, kernel, depth) => {
        const engine = engineFor(seed, kernel);
        const pct = new Pct(makeRng(`s${seed}`), depth, engine);
        for (let i = 0; i < 5; i++) {
          const observed = new Observed(pct);
          engine.run(observed);
          const n = stretches(observed.picks);
          expect(n).toBeLessThanOrEqual(depth);
          seen.set(depth, Math.max(seen.get(depth) ?? 0, n));
        }
      }),
      { numRuns: 200, seed: 1 },
    );
    // The bound is reached, else the property says little.
    expect(seen.get(1)).toBe(1);
    expect(seen.get(3)).toBe(3);
  });

  it("draws the order of threads evenly", () => {
    const engine = engineOf(TWO);
    const pct = new Pct(makeRng("order"), 1, engine);
    let first = 0;
    for (let i = 0; i < 400; i++) {
      const threads = threadsOf(engine, pct);
      // One runs to its end, then the other.
      expect(threads.slice(1).filter((t, j) => t !== threads[j]).length).toBe(1);
      if (threads[0] === 0) first++;
    }
    expect(first).toBeGreaterThan(150);
    expect(first).toBeLessThan(250);
  });

  it("changes at every step of the default run's length, each about as often", () => {
    const engine = engineOf(TWO);
    const pct = new Pct(makeRng("changes"), 2, engine);
    const { steps } = engine;
    expect(steps).toBeGreaterThanOrEqual(4);
    const at = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      const threads = threadsOf(engine, pct);
      const switches = threads.flatMap((t, j) => (j > 0 && t !== threads[j - 1] ? [j] : []));
      const key = switches.join();
      at.set(key, (at.get(key) ?? 0) + 1);
    }
    const half = steps / 2;
    // A change in the first thread's half comes back at its end; later ones change nothing that can be seen.
    const keys = Array.from({ length: half - 1 }, (_, i) => `${i + 1},${i + 1 + half}`);
    expect([...at.keys()].sort()).toEqual([...keys, `${half}`].sort());
    for (const key of keys) {
      expect(at.get(key)! / 2000).toBeGreaterThan(0.6 / steps);
      expect(at.get(key)! / 2000).toBeLessThan(1.5 / steps);
    }
  });

  it("puts the thread that is demoted below all others", () => {
    const three: Machine = { ...TWO, threads: { ...TWO.threads, c: ["load: 0..12k"] } };
    const engine = engineOf(three);
    const pct = new Pct(makeRng("below"), 2, engine);
    let demoted = 0;
    for (let i = 0; i < 200; i++) {
      const threads = threadsOf(engine, pct);
      const change = threads.findIndex(
        (t, j) => j > 0 && t !== threads[j - 1] && threads.lastIndexOf(threads[j - 1]!) > j,
      );
      if (change < 0) continue;
      demoted++;
      const loser = threads[change - 1]!;
      const rest = threads.slice(change);
      // Once it runs again, nobody else has anything left.
      expect(rest.slice(rest.indexOf(loser)).every((t) => t === loser)).toBe(true);
    }
    expect(demoted).toBeGreaterThan(50);
  });

  it("finds a race that needs one change with no less than its guarantee", () => {
    // 1 / (threads * steps) for depth 2, by the paper.
    const engine = engineOf(
      {
        file: "{ size: 4k, block: 4k }",
        threads: { w: ["write: 0..4k, fault-at: 0"], m: ["store: 1k..2k"] },
      },
      "6.0",
    );
    const pct = new Pct(makeRng("race"), 2, engine);
    const { steps } = engine;
    const runs = 2000;
    let found = 0;
    for (let i = 0; i < runs; i++) {
      engine.run(pct);
      if (engine.verdict.found !== 0) found++;
    }
    expect(found).toBeGreaterThanOrEqual(runs / (2 * steps));
    expect(found).toBeLessThan(runs);
  });
});

describe("random walks", () => {
  const switches = (strategy: Strategy, runs = 300): number => {
    const engine = engineOf(TWO);
    let n = 0;
    for (let i = 0; i < runs; i++) {
      const threads = threadsOf(engine, strategy);
      n += threads.filter((t, j) => j > 0 && t !== threads[j - 1]).length;
    }
    return n / runs;
  };

  it("draw evenly, and stick when told to", () => {
    const random = switches(new RandomWalk(makeRng("r"), 0));
    const sticky = switches(new RandomWalk(makeRng("r"), 0.7));
    const stuck = switches(new RandomWalk(makeRng("r"), 1));
    expect(stuck).toBe(1);
    expect(sticky).toBeGreaterThan(1);
    expect(random).toBeGreaterThan(sticky * 1.3);
  });

  it("take each interleaving of two short threads", () => {
    const engine = engineOf({ ...TWO, threads: { a: ["load: 0..8k"], b: ["load: 0..8k"] } });
    const seen = new Set<string>();
    const walk = new RandomWalk(makeRng("all"), 0);
    const length = threadsOf(engine, new ReplayChoices()).length;
    for (let i = 0; i < 3000; i++) seen.add(threadsOf(engine, walk).join(""));
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    expect(seen.size).toBe(choose(length, length / 2));
  });

  it("answer for the environment: a fault now and then, any page to evict", () => {
    const rng = makeRng("env");
    const count = (kind: number, options: number): number[] => {
      const n = new Array<number>(options).fill(0);
      for (let i = 0; i < 3000; i++) n[randomEnvironment(rng, kind, options)]!++;
      return n;
    };
    const [none, ...faults] = count(Choice.DEVICE_ERROR, 4);
    expect(none! / 3000).toBeCloseTo(0.7, 1);
    for (const n of faults) expect(n / 3000).toBeCloseTo(0.1, 1);
    for (const n of count(Choice.EVICT, 3)) expect(n / 3000).toBeCloseTo(1 / 3, 1);
  });

  it("draw numbers that never change", () => {
    const rng = makeRng("golden");
    expect(Array.from({ length: 8 }, () => rng.below(1000))).toMatchInlineSnapshot(`
      [
        255,
        182,
        450,
        23,
        244,
        585,
        241,
        224,
      ]
    `);
    expect(Array.from({ length: 8 }, () => rng.chance(0.5))).toMatchInlineSnapshot(`
      [
        true,
        false,
        true,
        true,
        false,
        true,
        true,
        true,
      ]
    `);
  });
});

describe("sampling", () => {
  const subject = () =>
    makeSubject(randomProgram(makeRng("p7"), "t"), { base: "6.0", with: [], without: [] });
  const options = { schedules: 200, seed: "s", mask: -1, stopAtFirst: false };

  it("gives the same sample from the same options", () => {
    expect(sampleScenario(subject(), options)).toEqual(sampleScenario(subject(), options));
    const s = subject();
    sampleScenario(s, { ...options, seed: "other" });
    expect(sampleScenario(s, options)).toEqual(sampleScenario(subject(), options));
  });

  it("counts what it was asked for", () => {
    const all = sampleScenario(subject(), options);
    expect(all.schedules).toBe(200);
    const none = sampleScenario(subject(), { ...options, mask: 0 });
    expect([none.found, none.failures, none.first]).toEqual([0, 0, undefined]);
    expect(none.steps).toBe(all.steps);
  });
});
