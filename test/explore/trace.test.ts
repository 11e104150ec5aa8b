import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Watch } from "../../src/explore/finding/fate.js";
import { type Trace, traceRun, type WatchedTrace } from "../../src/explore/finding/trace.js";
import { ScheduleStrategy } from "../../src/explore/pin/pinned-schedule.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import type { Engine } from "../../src/explore/run/engine.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { makeStrategies } from "../../src/explore/strategies/index.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import type { Strategy } from "../../src/explore/strategies/strategy.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { ExtentType } from "../../src/kernel/objects/extent-types.js";
import { ORACLE_NAMES, Oracle } from "../../src/kernel/oracle-table.js";
import { stepNames } from "../../src/kernel/paths/step-names.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import type { ScheduleItem } from "../../src/scenario/types.js";
import { type Machine, textOf, variantOf } from "../kernel/drive.js";
import { LABEL_NAMES } from "../kernel/label-names.js";
import { scenario } from "../kernel/machine.js";

const kernels = fc.constantFrom(...RELEASES.map((r) => r.name));
const seeds = fc.integer({ min: 0, max: 1_000_000 });

function subjectOf(m: Machine, kernel = "6.2"): Subject {
  return makeSubject(scenario(textOf(m)), variantOf(kernel));
}
function pinned(m: Machine, schedule: readonly string[], kernel = "6.2"): Subject & { choices: number[] } {
  const list = schedule.map((item) => `  - ${item}\n`).join("");
  const parsed = scenario(`${textOf(m)}schedule:\n${list}`);
  const subject = makeSubject(parsed, variantOf(kernel));
  const strategy = new ScheduleStrategy(subject, parsed.schedule as readonly ScheduleItem[]);
  subject.engine.run(strategy);
  expect(strategy.problem).toBeUndefined();
  return { ...subject, choices: choicesOf(subject.engine) };
}

/** Workers by birth, one entry per stretch of a kworker. */
function workers(trace: Trace): number[] {
  return trace.steps
    .map((s) => s.worker)
    .filter((w) => w > 0)
    .filter((w, i, all) => w !== all[i - 1]);
}

describe("kworkers in a trace", () => {
  it("are numbered by birth, and a slot that is used again is another worker", () => {
    const { engine } = subjectOf({
      file: "{ size: 4k }",
      threads: {
        w: ["write: 0..1k", "fsync: {}", "write: 1k..2k", "fsync: {}", "write: 2k..3k", "fsync: {}"],
      },
    });
    const trace = traceRun(engine, new ReplayChoices());
    expect(workers(trace)).toEqual([1, 2, 3]);
    expect(new Set(trace.steps.filter((s) => s.worker > 0).map((s) => s.thread)).size).toBe(1);
  });

  it("keep their number when they run later than those born after them", () => {
    const { engine, choices } = pinned(
      {
        file: "{ size: 8k }",
        setup: ["write: 0..8k"],
        threads: { a: ["writeback: 0..4k"], b: ["writeback: 4k..8k"] },
      },
      ["a end", "b end", "kworker/2 end", "kworker/1 end"],
    );
    expect(workers(traceRun(engine, new ReplayChoices(choices)))).toEqual([2, 1]);
  });

  it("born in one step are numbered as they were gathered", () => {
    const { engine } = subjectOf({
      file: "{ size: 12k }",
      setup: ["fallocate: 4k..8k", "write: 0..12k", "fsync: 0..4k", "write: 0..1k"],
      threads: { b: ["writeback: 0..12k"] },
    });
    const trace = traceRun(engine, new ReplayChoices());
    const seen = workers(trace);
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
    expect(seen.length).toBeGreaterThanOrEqual(2);
  });

  it("are 0 for all other threads", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const s = makeSubject(randomProgram(makeRng(`p${seed}`), "t"), variantOf(kernel));
        const { engine } = s;
        const { layout } = engine.k;
        const trace = traceRun(engine, makeStrategies("random", makeRng(`s${seed}`), engine)[0]!);
        const first = trace.steps.filter((x) => x.worker > 0).map((x) => x.worker);
        for (const step of trace.steps) {
          const isWorker = step.thread >= layout.programThreads && step.thread < engine.reclaim;
          expect(step.worker > 0).toBe(isWorker);
        }
        // Every number up to the largest belongs to somebody who may not have run yet, but nobody runs unborn.
        expect(Math.max(0, ...first)).toBeLessThanOrEqual(trace.steps.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a trace", () => {
  it("counts steps, switches and preemptions", () => {
    const m: Machine = {
      file: "{ size: 8k }",
      setup: ["load: 0..8k"],
      threads: { a: ["load: 0..8k"], b: ["load: 0..8k"] },
    };
    const of = (choices: number[]): number[] => {
      const { steps, switches, preemptions } = traceRun(subjectOf(m).engine, new ReplayChoices(choices));
      expect(steps.map((s) => s.i)).toEqual(steps.map((_, i) => i + 1));
      return [steps.length, switches, preemptions];
    };
    expect(of([])).toEqual([4, 1, 0]);
    expect(of([1])).toEqual([4, 1, 0]);
    expect(of([0, 1])).toEqual([4, 2, 1]);
    expect(of([0, 1, 1])).toEqual([4, 3, 2]);
  });

  it("names in each step the functions that ran, beginning where the thread stood", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const { engine } = makeSubject(randomProgram(makeRng(`p${seed}`), "t"), variantOf(kernel));
        const stood: number[] = [];
        const inner = makeStrategies("random", makeRng(`s${seed}`), engine)[0]!;
        const trace = traceRun(engine, {
          name: "stood",
          begin: (e: Engine) => inner.begin(e),
          choose: (kind, options) => inner.choose(kind, options),
          next: (e: Engine, last) => {
            const next = inner.next(e, last);
            if (next >= 0) stood.push(e.k.threads[next]!.pc);
            return next;
          },
        });
        expect(engine.k.tracer).toBeNull();
        trace.steps.forEach((step, i) => {
          expect(step.calls.length).toBeGreaterThan(0);
          const [first] = step.calls;
          const label = LABEL_NAMES[stood[i]!]!;
          // A store or load is found to be a fault, or the access itself, only when it runs.
          if (!/^[SL]_(FAULT|MKWRITE|STORE|LOAD)$/.test(label)) expect(first!.pc, label).toBe(stood[i]);
          for (const call of step.calls) expect(call.fn).toBe(stepNames(engine.k.fixes)[call.pc]!.fn);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("numbers if_seq from the start of the schedule, whatever ran before", () => {
    const { engine } = subjectOf({ file: "{ size: 4k }", threads: { w: ["write: 0..4k"] } });
    const seq = (): string | undefined =>
      traceRun(engine, new ReplayChoices())
        .steps.flatMap((s) => s.calls.flatMap((c) => c.notes))
        .find((n) => n.includes("seq"));
    expect(seq()).toMatch(/seq 1$/);
    expect(seq()).toMatch(/seq 1$/);
  });
});

const TAIL: Machine = {
  file: "{ size: 4k, block: 4k }",
  setup: ["fallocate: 0..4k", "write: 2k..4k"],
  threads: { w: ["write: 0..2k"], b: ["writeback: 0..4k"], e: ["evict: 0..4k"], r: ["load: 2k..4k"] },
};

function checkFate(trace: WatchedTrace): void {
  expect(trace.lostAt).toBeGreaterThanOrEqual(0);
  expect(trace.lostAt).toBeLessThanOrEqual(trace.seenAt);
  expect(trace.seenAt).toBeLessThanOrEqual(trace.steps.length + 1);
  const { map } = trace;
  if (map === undefined) return;
  expect(map.usedAt).toBe(trace.lostAt);
  expect(map.loadedAt).toBeLessThan(map.usedAt);
  expect(map.changedAt).toBeLessThan(map.usedAt);
  if (map.cached !== map.actual) expect(map.changedAt).toBeGreaterThan(map.loadedAt);
}

describe("where data was lost", () => {
  const content = (at: number): Watch => ({ rule: "content", at, oracle: Oracle.CONTENT });

  it("is the step that zeroed it, with the map it used, before a reader saw it", () => {
    const { engine, choices } = pinned(
      TAIL,
      ["w until __iomap_write_begin", "b end", "kworker/1 end", "e end", "w end", "r end"],
      "6.0",
    );
    const trace = traceRun(engine, new ReplayChoices(choices), content(1));
    const lost = trace.steps[trace.lostAt - 1]!;
    expect([lost.thread, lost.calls.map((c) => c.fn)]).toEqual([
      0,
      expect.arrayContaining(["__iomap_write_begin"]),
    ]);
    expect(trace.lostAt).toBeLessThan(trace.seenAt);
    expect(trace.steps[trace.seenAt - 1]!.calls.at(-1)!.fn).toBe("load");
    const map = trace.map!;
    expect([map.thread, map.cached, map.actual]).toEqual([0, ExtentType.UNWRITTEN, ExtentType.WRITTEN]);
    expect(map.loadedAt).toBe(1);
    expect(trace.steps[map.changedAt - 1]!.calls.map((c) => c.fn)).toContain("xfs_iomap_write_unwritten");
    expect(map.usedAt).toBe(trace.lostAt);
  });

  it("is past the last step when only the check at the end sees it", () => {
    const { r: _, ...threads } = TAIL.threads!;
    const { engine, choices } = pinned(
      { ...TAIL, threads },
      ["w until __iomap_write_begin", "b end", "kworker/1 end", "e end", "w end"],
      "6.0",
    );
    const trace = traceRun(engine, new ReplayChoices(choices), content(1));
    expect(trace.seenAt).toBe(trace.steps.length + 1);
    expect(trace.lostAt).toBeLessThan(trace.seenAt);
  });

  it("is nowhere in a run that is in order", () => {
    const { engine } = subjectOf(TAIL);
    const trace = traceRun(engine, new ReplayChoices(), content(1));
    expect(engine.verdict.found).toBe(0);
    expect([trace.lostAt, trace.seenAt]).toEqual([trace.steps.length + 1, trace.steps.length + 1]);
  });

  it("is no later than the first violation, though the place that is watched went bad after it", () => {
    const { engine } = subjectOf({
      file: "{ size: 8k }",
      setup: ["load: 0..8k"],
      threads: { a: ["load: 0..4k", "load: 0..4k", "load: 4k..8k"] },
    });
    const inner = new ReplayChoices();
    let step = 0;
    const spoil: Strategy = {
      name: "spoil",
      begin: () => inner.begin(),
      choose: (kind, options) => inner.choose(kind, options),
      next: (e: Engine, last) => {
        step++;
        if (step === 1) e.k.folios.fill(0, 1, 77);
        if (step === 3) e.k.folios.fill(1, 2, 78);
        return inner.next(e, last);
      },
    };
    const trace = traceRun(engine, spoil, content(1));
    expect([trace.steps.length, trace.lostAt, trace.seenAt]).toEqual([3, 1, 1]);
  });

  it("is never after it was seen, and a map is loaded, then overtaken, then used", () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const { engine } = makeSubject(randomProgram(makeRng(`p${seed}`), "t"), variantOf(kernel));
        for (const strategy of makeStrategies("mixed", makeRng(`s${seed}`), engine)) {
          engine.run(strategy);
          const { verdict, k } = engine;
          const places = ORACLE_NAMES.map((_, i) => (verdict.has(i) ? verdict.from[i]! : -1));
          if (verdict.found === 0) continue;
          const choices = choicesOf(engine);
          places.forEach((from, oracle) => {
            const name = ORACLE_NAMES[oracle]!;
            if (from < 0 || name === "results" || name === "progress" || name === "warning") return;
            found.add(name);
            const rule = name === "exposure" ? "content" : name;
            const cell = Math.min(from, k.g.cells - 1);
            const at = rule === "content" ? cell : k.g.cellBlock[cell]!;
            checkFate(traceRun(engine, new ReplayChoices(choices), { rule, at, oracle }));
          });
        }
      }),
      { numRuns: 700, seed: 7 },
    );
    expect([...found]).toEqual(expect.arrayContaining(["backing", "content", "exposure"]));
  });
});
