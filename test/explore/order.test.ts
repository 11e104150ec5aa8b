/** A search under `order:` judges exactly the runs that keep it: compared with all runs made one by one. */
import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { type Trace, type TraceStep, traceRun } from "../../src/explore/finding/trace.js";
import { sampleOrdered } from "../../src/explore/pin/pinned-sample.js";
import { countEnabled, defaultThread, threadOfChoice } from "../../src/explore/run/default-thread.js";
import type { Engine } from "../../src/explore/run/engine.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import type { Strategy } from "../../src/explore/strategies/strategy.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import type { OrderConstraint, StepRef } from "../../src/scenario/types.js";
import { scenarioAt } from "../scenarios.js";

const RACE = `
name: small
file: { size: 4k, block: 4k }
setup: [{ fallocate: 0..4k }, { write: 2k..4k }]
threads: { writer: [{ write: 0..2k }], flusher: [{ writeback: 0..4k }], other: [{ load: 0..4k }] }
budget: { evictions: 1 }
`;

function subjectOf(order: readonly string[], kernel: string, program = RACE): Subject {
  const lines = order.map((o) => `  - ${o}\n`).join("");
  const parsed = parseScenario(`${program}${order.length > 0 ? `order:\n${lines}` : ""}`, "order.yaml");
  if ("diagnostics" in parsed) throw new Error(JSON.stringify(parsed.diagnostics));
  return makeSubject(parsed.scenario, { base: kernel, with: [], without: [] });
}

/** Follows choices and notes how many options there were at each. */
class Counting implements Strategy {
  readonly name = "counting";
  readonly options: number[] = [];
  readonly #choices: readonly number[];

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }
  begin(): void {}
  next(engine: Engine, last: number): number {
    const standard = defaultThread(engine, last);
    const n = countEnabled(engine);
    return standard < 0 || n < 2 ? standard : threadOfChoice(engine, last, this.choose(0, n));
  }
  choose(_: number, options: number): number {
    this.options.push(options);
    return this.#choices[this.options.length - 1] ?? 0;
  }
}

/** Every run of the program, as choices, with what it violates. */
function* allRuns(engine: Engine): Generator<{ choices: readonly number[]; found: number }> {
  let choices: number[] = [];
  for (;;) {
    const counting = new Counting(choices);
    engine.run(counting);
    const { options } = counting;
    const whole = options.map((_, i) => choices[i] ?? 0);
    yield { choices: whole, found: engine.verdict.found };
    let at = whole.length - 1;
    while (at >= 0 && whole[at]! + 1 >= options[at]!) at--;
    if (at < 0) return;
    choices = [...whole.slice(0, at), whole[at]! + 1];
  }
}

const NAMES = ["writer", "flusher", "other"];

function nameOf({ thread, worker }: TraceStep): string {
  return worker > 0 ? `kworker/${worker}` : (NAMES[thread] ?? "reclaim");
}

function firstOf(trace: Trace, ref: StepRef): number {
  const calls = trace.steps.flatMap((s) => s.calls.map((call) => ({ ...call, thread: nameOf(s) })));
  const at = calls.findIndex(
    (c) => c.thread === ref.thread && c.fn === ref.step && (ref.at === undefined || c.at === ref.at),
  );
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function keeps(trace: Trace, order: readonly OrderConstraint[]): boolean {
  return order.every(({ before, after }) => {
    const second = firstOf(trace, after);
    return second === Number.POSITIVE_INFINITY || firstOf(trace, before) < second;
  });
}

const ORDERS: readonly (readonly string[])[] = [
  ["writer:xfs_buffered_write_iomap_begin < flusher:xfs_vm_writepages"],
  ["flusher:xfs_vm_writepages < writer:xfs_buffered_write_iomap_begin"],
  ["kworker/1:iomap_finish_ioends < writer:__iomap_write_begin"],
  ["reclaim:shrink_folio_list < writer:__iomap_write_begin@0"],
  [
    "writer:xfs_buffered_write_iomap_begin < flusher:xfs_vm_writepages",
    "reclaim:shrink_folio_list < writer:__iomap_write_begin",
  ],
  ["writer:__iomap_write_begin < kworker/1:iomap_finish_ioends"],
];

describe("a search under an order", () => {
  it.each(["6.0", "cured"])("judges the runs that keep it and no others, on %s", (kernel) => {
    const runs: { trace: Trace; found: number }[] = [];
    const { engine } = subjectOf([], kernel);
    for (const { choices, found } of allRuns(engine)) {
      runs.push({ trace: traceRun(engine, new ReplayChoices(choices)), found });
    }
    expect(runs.length).toBeGreaterThan(100);
    const founds = new Set<number>();
    for (const lines of ORDERS) {
      const subject = subjectOf(lines, kernel);
      const order = subject.scenario.order!;
      const kept = runs.filter(({ trace }) => keeps(trace, order));
      const what = lines.join(", ");
      expect(kept.length, what).toBeGreaterThan(0);
      expect(kept.length, what).toBeLessThan(runs.length);
      const isBad = kept.some(({ found }) => found !== 0);
      founds.add(Number(isBad));
      const sample = sampleOrdered(subject, { schedules: 100, seed: what, mask: -1, stopAtFirst: true });
      expect(sample.found !== 0 && !isBad, what).toBe(false);
      for (const options of [{}, { bfs: true }, { all: true }, { exact: true }]) {
        const result = exploreScenario(subject, options);
        expect([what, result.undecided, result.verdict]).toEqual([
          what,
          undefined,
          isBad ? "mismatch" : "ok",
        ]);
        for (const { choices } of result.violations) {
          expect(keeps(traceRun(subject.engine, new ReplayChoices(choices)), order), what).toBe(true);
          expect(examine(subject, choices, -1), what).toBeDefined();
        }
        if (!isBad) continue;
        const shortest = Math.min(...kept.filter((r) => r.found !== 0).map((r) => r.trace.steps.length));
        if (result.isShortest) expect(result.finding!.steps, what).toBe(shortest);
      }
    }
    expect(founds.size).toBe(kernel === "6.0" ? 2 : 1);
  });

  it("is undecided where no run keeps it", () => {
    const subject = subjectOf(["writer:xfs_setattr_size < writer:fault_in_iov_iter_readable"], "6.0");
    expect(exploreScenario(subject)).toMatchObject({
      verdict: "undecided",
      undecided: "order",
      exhaustive: false,
    });
  });

  it("decides the example", () => {
    const scenario = scenarioAt("scenarios/examples/overwrite-in-order.yaml");
    const verdict = (base: string) =>
      exploreScenario(makeSubject(scenario, { base, with: [], without: [] })).verdict;
    expect([verdict("6.0"), verdict("6.2"), verdict("cured")]).toEqual(["mismatch", "ok", "ok"]);
  });
});
