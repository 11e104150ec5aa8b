import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { type Trace, traceRun } from "../../src/explore/finding/trace.js";
import { OrderFilter } from "../../src/explore/pin/happens-before.js";
import { ScheduleStrategy, scheduleOf } from "../../src/explore/pin/pinned-schedule.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { makeStrategies } from "../../src/explore/strategies/index.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { printScenario } from "../../src/scenario/language/print.js";
import type { Scenario, ScheduleItem } from "../../src/scenario/types.js";

const plain = (base: string) => ({ base, with: [], without: [] });

function parse(text: string): Scenario {
  const result = parseScenario(text, "test");
  if (!("scenario" in result)) throw new Error(result.diagnostics[0]!.message);
  return result.scenario;
}

const UNWRITTEN_TAIL = parse(`
name: unwritten-tail
file: { size: 12k, block: 4k }
setup:
  - fallocate: 0..12k
  - write: 10k..12k
threads:
  writer: [{ write: 0..10k }]
  flusher: [{ writeback: 8k..12k }]
  evicter: [{ evict: 8k..12k }]
`);

/** `schedule:` as a file gives it. */
function items(...lines: string[]): readonly ScheduleItem[] {
  const list = lines.map((line) => `  - ${line}`).join("\n");
  const text = printScenario(UNWRITTEN_TAIL);
  return parse(`${text}schedule:\n${list}\n`).schedule!;
}

function follow(subject: Subject, schedule: readonly ScheduleItem[]) {
  const strategy = new ScheduleStrategy(subject, schedule);
  const trace = traceRun(subject.engine, strategy);
  return { trace, problem: strategy.problem };
}

/** Who ran, in order, one entry per stretch. */
function stretches(trace: Trace): string {
  return trace.steps
    .map((s) => (s.worker > 0 ? `k${s.worker}` : String(s.thread)))
    .filter((name, i, all) => name !== all[i - 1])
    .join(" ");
}

describe("a schedule that a person wrote", () => {
  const pinned = items(
    "writer until __iomap_write_begin@8k",
    "flusher end",
    "kworker/1 end",
    "evicter end",
    "writer end",
  );

  it("pins the race of unwritten-tail", () => {
    const subject = makeSubject(UNWRITTEN_TAIL, plain("6.0"));
    const { trace, problem } = follow(subject, pinned);
    expect(problem).toBeUndefined();
    expect(stretches(trace)).toBe("0 1 k1 2 0");
    subject.engine.run(new ScheduleStrategy(subject, pinned));
    const choices = choicesOf(subject.engine);
    expect(examine(subject, choices)?.kind).toBe("content: write -> zero, UNWRITTEN map over WRITTEN");
  });

  it.each(["iov_iter_copy_from_user_atomic", "copy_page_from_iter_atomic", "copy_folio_from_iter_atomic"])(
    "means the same on every kernel, whichever kernel's name a step has: %s",
    (name) => {
      for (const { name: kernel } of RELEASES) {
        const subject = makeSubject(UNWRITTEN_TAIL, plain(kernel));
        const { trace, problem } = follow(subject, items(`writer until ${name}@0`, "flusher end"));
        expect(problem, kernel).toBeUndefined();
        const first = trace.steps.findIndex((s) => s.thread === 1);
        expect(
          trace.steps[first - 1]!.calls.map((c) => c.oldest),
          kernel,
        ).toContain("__iomap_write_begin");
        expect(
          trace.steps.slice(0, first).every((s) => s.thread === 0),
          kernel,
        ).toBe(true);
      }
    },
  );

  it("goes on by default after its end, and while the thread that is due waits", () => {
    const subject = makeSubject(UNWRITTEN_TAIL, plain("6.0"));
    expect(follow(subject, []).trace.steps.map((s) => s.thread)).toEqual(
      traceRun(subject.engine, new ReplayChoices([])).steps.map((s) => s.thread),
    );
    const { problem, trace } = follow(subject, items("kworker/1 end"));
    expect(problem).toBeUndefined();
    expect(stretches(trace)).toBe("0 1 k1 2");
  });

  it.each([
    [["reclaim end"], 0, "no thread reclaim in this program"],
    [["writer end", "kworker/9 end"], 1, "kworker/9 is never born"],
    [["writer until xfs_setattr_size"], 0, "writer ends without standing before xfs_setattr_size"],
    [
      ["writer until __iomap_write_begin@12k"],
      0,
      "writer ends without standing before __iomap_write_begin@12288",
    ],
    [["flusher step 99"], 0, "flusher ends 98 steps earlier"],
    [["{ choose: short-allocation=1 }", "writer end"], 0, "nobody asks for short-allocation any more"],
    [["{ choose: weather=1 }"], 0, "no choice weather"],
    [["{ choose: thread=1 }"], 0, "no choice thread"],
  ])("%j does not apply", (lines, item, reason) => {
    const { problem } = follow(makeSubject(UNWRITTEN_TAIL, plain("6.0")), items(...lines));
    expect(problem?.item).toBe(item);
    expect(problem?.reason).toContain(reason);
  });

  it.each(["nobody", "setup", "writeback/1"])("refuses a thread %s that the program has not", (thread) => {
    const { problem } = follow(makeSubject(UNWRITTEN_TAIL, plain("6.0")), [{ kind: "end", thread }]);
    expect(problem).toEqual({ item: 0, reason: `no thread ${thread} in this program` });
  });

  it("says when a choice has fewer values", () => {
    const scenario = { ...UNWRITTEN_TAIL, budget: { ...UNWRITTEN_TAIL.budget, deviceError: 1 } };
    const { problem } = follow(makeSubject(scenario, plain("6.0")), items("{ choose: device-error=7 }"));
    expect(problem).toEqual({ item: 0, reason: "device-error has only the values 0 to 1 here" });
  });
});

/** Random programs with random schedules, some of which fail. */
function* randomRuns(programs: number, schedules: number) {
  for (let n = 0; n < programs; n++) {
    const kernel = ["6.0", "rfc-v1", "6.2", "cured"][n % 4]!;
    const subject = makeSubject(randomProgram(makeRng(`schedule:${n}`), `p${n}`), plain(kernel), {
      fine: n % 5 === 4,
    });
    const strategies = makeStrategies("mixed", makeRng(`schedule:${n}:s`), subject.engine);
    for (let i = 0; i < schedules; i++) {
      subject.engine.run(strategies[i % strategies.length]!);
      yield { subject, choices: choicesOf(subject.engine) };
    }
  }
}

describe("the schedule of a run", () => {
  it("makes exactly the same run", () => {
    for (const { subject, choices } of randomRuns(300, 5)) {
      const schedule = scheduleOf(subject, choices);
      const strategy = new ScheduleStrategy(subject, schedule);
      subject.engine.run(strategy);
      expect(strategy.problem).toBeUndefined();
      expect(choicesOf(subject.engine)).toEqual(choices);
    }
  });

  it("survives being printed and parsed", () => {
    for (const { subject, choices } of randomRuns(60, 1)) {
      const schedule = scheduleOf(subject, choices);
      expect(parse(printScenario({ ...subject.scenario, schedule })).schedule).toEqual(schedule);
    }
  });

  it("leaves the engine as an ordinary replay would", () => {
    for (const { subject, choices } of randomRuns(60, 2)) {
      const { engine } = subject;
      engine.run(new ReplayChoices(choices));
      const state = engine.k.s.slice();
      const { found } = engine.verdict;
      const windows = engine.k.windows.slice();
      engine.k.windows.fill(0);
      engine.run(new ReplayChoices(choices));
      const once = engine.k.windows.slice();
      const schedule = scheduleOf(subject, choices);
      engine.k.windows.fill(0);
      engine.run(new ScheduleStrategy(subject, schedule));
      expect(engine.k.s).toEqual(state);
      expect(engine.verdict.found).toBe(found);
      expect(engine.k.windows).toEqual(once);
      expect(windows.length).toBe(once.length);
    }
  });

  it("reads like what a person would write", () => {
    const subject = makeSubject(UNWRITTEN_TAIL, plain("6.0"));
    subject.engine.run(
      new ScheduleStrategy(
        subject,
        items("writer until __iomap_write_begin@8k", "flusher end", "kworker/1 end", "evicter end"),
      ),
    );
    const lines = printScenario({
      ...UNWRITTEN_TAIL,
      schedule: scheduleOf(subject, choicesOf(subject.engine)),
    });
    expect(lines.slice(lines.indexOf("schedule:"))).toMatchInlineSnapshot(`
      "schedule:
        - writer until iomap_write_begin@8k
        - flusher end
        - kworker/1 end
        - evicter end
        - writer end
      "
    `);
  });
});

describe("order constraints as a filter", () => {
  const ordered = (...order: string[]): Scenario => {
    const text = printScenario(UNWRITTEN_TAIL);
    return parse(`${text}order:\n${order.map((o) => `  - ${o}\n`).join("")}`);
  };

  it("leaves only runs that keep them", () => {
    const scenario = ordered("kworker/1:iomap_finish_ioends < evicter:invalidate_mapping_pages");
    const subject = makeSubject(scenario, plain("6.0"));
    const strategies = makeStrategies("mixed", makeRng("order"), subject.engine);
    let kept = 0;
    for (let i = 0; i < 500; i++) {
      const filter = new OrderFilter(strategies[i % strategies.length]!, scenario);
      subject.engine.run(filter);
      if (filter.problem !== undefined) continue;
      kept++;
      const trace = traceRun(subject.engine, new ReplayChoices(choicesOf(subject.engine)));
      const first = (fn: string) => trace.steps.findIndex((s) => s.calls.some((c) => c.fn === fn));
      expect(first("iomap_finish_ioends")).toBeGreaterThanOrEqual(0);
      expect(first("iomap_finish_ioends")).toBeLessThan(first("invalidate_mapping_pages"));
    }
    expect(kept).toBeGreaterThan(300);
  });

  it("makes rare races frequent", () => {
    const scenario = ordered(
      "writer:xfs_buffered_write_iomap_begin < flusher:xfs_vm_writepages",
      "kworker/1:iomap_finish_ioends < evicter:invalidate_mapping_pages",
      "evicter:invalidate_mapping_pages < writer:__iomap_write_begin@8k",
    );
    const subject = makeSubject(scenario, plain("6.0"));
    const strategies = makeStrategies("random", makeRng("order"), subject.engine);
    let lost = 0;
    for (let i = 0; i < 200; i++) {
      const filter = new OrderFilter(strategies[0]!, scenario);
      subject.engine.run(filter);
      expect(filter.problem).toBeUndefined();
      if (subject.engine.verdict.found !== 0) lost++;
    }
    expect(lost).toBe(200);
  });

  it("says when an order cannot be kept", () => {
    const scenario = ordered("evicter:xfs_setattr_size < writer:__iomap_write_begin");
    const subject = makeSubject(scenario, plain("6.0"));
    const filter = new OrderFilter(new ReplayChoices([]), scenario);
    subject.engine.run(filter);
    expect(filter.problem).toBe("writer:__iomap_write_begin cannot wait for evicter:xfs_setattr_size");
    expect(subject.engine.k.threads.slice(0, 3).every((t) => t.pc === 0)).toBe(true);
  });
});
