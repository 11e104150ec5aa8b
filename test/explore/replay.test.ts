import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { choicesOf, trimZeros } from "../../src/explore/run/choice-lists.js";
import { countEnabled, defaultThread, threadOfChoice } from "../../src/explore/run/default-thread.js";
import type { Engine } from "../../src/explore/run/engine.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { Drive, engineOf, type Machine, textOf, variantOf } from "../kernel/drive.js";
import { scenario } from "../kernel/machine.js";

const kernels = fc.constantFrom(...RELEASES.map((r) => r.name));
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const small = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4), fc.maxSafeNat());

function engineFor(seed: number, kernel: string): Engine {
  const program = randomProgram(makeRng(`p${seed}`), "t");
  return makeSubject(program, { base: kernel, with: [], without: [] }).engine;
}

function run(engine: Engine, choices: readonly number[]): { threads: number[]; replay: ReplayChoices } {
  const replay = new ReplayChoices(choices);
  const threads: number[] = [];
  engine.run({
    name: "watched",
    begin: () => replay.begin(),
    choose: (kind, options) => replay.choose(kind, options),
    next: (e: Engine, last) => {
      const thread = replay.next(e, last);
      if (thread >= 0) threads.push(thread);
      return thread;
    },
  });
  return { threads, replay };
}

/** Three threads that never wait, two steps each, and one clean page for reclaim. */
const THREE: Machine = {
  file: "{ size: 8k }",
  setup: ["load: 0..8k"],
  threads: { a: ["load: 0..8k"], b: ["load: 0..8k"], c: ["load: 0..8k"] },
  budget: "{ evictions: 1 }",
};
const [A, B, C] = [0, 1, 2];

describe("the order of choices", () => {
  it("gives 0 to the running thread, else the lowest, then the others in thread order, reclaim last", () => {
    const { e } = new Drive(THREE);
    const R = e.reclaim;
    const options = (last: number) => [0, 1, 2, 3, 4, 5].map((v) => threadOfChoice(e, last, v));
    expect(options(-1)).toEqual([A, B, C, R, -1, -1]);
    expect(options(A)).toEqual([A, B, C, R, -1, -1]);
    expect(options(B)).toEqual([B, A, C, R, -1, -1]);
    expect(options(C)).toEqual([C, A, B, R, -1, -1]);
    expect(options(R)).toEqual([R, A, B, C, -1, -1]);
    expect(countEnabled(e)).toBe(4);
    expect(threadOfChoice(e, B, Number.MAX_SAFE_INTEGER)).toBe(-1);
  });

  it("goes from a thread that cannot run to the lowest that can, and never by itself to reclaim", () => {
    const d = new Drive(THREE);
    d.end("a");
    expect([defaultThread(d.e, A), defaultThread(d.e, C), defaultThread(d.e, -1)]).toEqual([B, C, B]);
    d.end("b").end("c");
    expect([countEnabled(d.e), defaultThread(d.e, C), defaultThread(d.e, d.e.reclaim)]).toEqual([1, -1, -1]);
    expect(threadOfChoice(d.e, C, 0)).toBe(-1);
  });

  it.each([
    [[], "AABBCC"],
    [[1], "BBAACC"],
    [[2], "CCAABB"],
    [[0, 1], "ABBACC"],
    [[0, 2], "ACCABB"],
    [[1, 1, 1, 1], "BABCCA"],
    [[3], "RAAAABBCC"],
  ])("%j", (choices, expected) => {
    const engine = engineOf(THREE);
    const { threads, replay } = run(engine, choices as number[]);
    const names = threads.map((t) => (t === engine.reclaim ? "R" : "ABC"[t])).join("");
    expect(names.startsWith(expected as string)).toBe(true);
    expect([replay.applies, replay.exhausted]).toEqual([true, true]);
  });
});

describe("a list of choices that does not apply", () => {
  it.each<[string, Machine, number[], boolean]>([
    ["the last thread in order", THREE, [3], true],
    ["a thread too many", THREE, [4], false],
    ["a huge thread", THREE, [Number.MAX_SAFE_INTEGER], false],
    ["a thread too many later on", THREE, [0, 0, 3], false],
    ["a fraction of a thread", THREE, [1.5], false],
    ["nobody", THREE, [-1], false],
    ["not a number", THREE, [Number.NaN], false],
  ])("%s", (_, m, choices, applies) => {
    const { replay, threads } = run(engineOf(m), choices);
    expect(replay.applies).toBe(applies);
    // The run goes on by default, so that it can be judged that it is another.
    expect(threads.length).toBeGreaterThanOrEqual(6);
  });

  const faulty: Machine = {
    file: "{ size: 4k }",
    threads: { w: ["write: 0..4k"] },
    budget: "{ reservation-failure: 1 }",
  };
  it.each([
    [[0], true],
    [[1], true],
    [[2], false],
    [[Number.MAX_SAFE_INTEGER], false],
    [[Number.NaN], false],
  ])("to a question of the environment: %j", (choices, applies) => {
    const { replay } = run(engineOf(faulty), choices as number[]);
    expect(replay.applies).toBe(applies);
  });

  it("is no finding", () => {
    const m: Machine = {
      file: "{ size: 4k }",
      threads: { w: ["write: 0..4k, fault-at: 0"], m: ["store: 1k..2k"] },
    };
    const subject = makeSubject(scenario(textOf(m)), variantOf("6.0"));
    expect(examine(subject, [0, 1])?.kind).toBe("content: store -> zero");
    expect(examine(subject, [0, 1, 0, 0, 0, 0])?.kind).toBe("content: store -> zero");
    expect(examine(subject, [0, 2])).toBeUndefined();
    expect(examine(subject, [0, 1, 9])).toBeUndefined();
  });

  it("is forgotten when the next run begins", () => {
    const engine = engineOf(THREE);
    const replay = new ReplayChoices([9]);
    engine.run(replay);
    expect(replay.applies).toBe(false);
    replay.begin();
    expect([replay.applies, replay.exhausted]).toEqual([true, false]);
  });
});

describe("canonical choices", () => {
  it("are what was replayed, where that applies and is used up", () => {
    let applied = 0;
    fc.assert(
      fc.property(seeds, kernels, fc.array(small, { maxLength: 25 }), (seed, kernel, choices) => {
        const engine = engineFor(seed, kernel);
        const { replay } = run(engine, choices);
        const { applies, exhausted } = replay;
        const steps = engine.steps;
        const canonical = choicesOf(engine);
        expect(engine.steps).toBe(steps);
        if (!applies) return;
        applied++;
        if (exhausted) expect(canonical).toEqual(trimZeros(choices));
        else expect(canonical).toEqual(trimZeros(choices.slice(0, canonical.length)));
      }),
      { numRuns: 300 },
    );
    expect(applied).toBeGreaterThan(20);
  });

  it("take no entry where there is no choice", () => {
    const engine = engineOf({ file: "{ size: 4k }", threads: { w: ["write: 0..4k", "fsync: {}"] } });
    engine.run(new ReplayChoices());
    expect(engine.decisions).toBeGreaterThan(4);
    expect(choicesOf(engine)).toEqual([]);
    // No fault is asked for without a budget, and there is never more than one thread to run.
    expect(run(engine, [1]).replay.exhausted).toBe(false);
  });

  it.each([
    [[], []],
    [[0, 0], []],
    [
      [0, 1, 0, 0],
      [0, 1],
    ],
    [[2], [2]],
  ])("end with their last choice: %j", (choices, trimmed) => {
    expect(trimZeros(choices)).toEqual(trimmed);
  });

  it("survive a log that has to grow", () => {
    const ops = Array.from({ length: 64 }, () => "load: 0..64k");
    const engine = engineOf({
      file: "{ size: 64k }",
      setup: ["load: 0..64k"],
      threads: { a: ops, b: ops },
    });
    const { threads } = run(engine, [1]);
    expect(threads.length).toBeGreaterThan(1024);
    expect(engine.decisions).toBe(threads.length);
    expect(Array.from(engine.log.subarray(0, engine.decisions))).toEqual(threads);
    expect(choicesOf(engine)).toEqual([1]);
  });
});
