/** Threads that repeat: which runs there are, and which of them are livelocks. */
import { describe, expect, it } from "vitest";
import { DEADLOCK } from "../../src/check/violations.js";
import { examine } from "../../src/explore/finding/finding.js";
import { traceRun } from "../../src/explore/finding/trace.js";
import { ScheduleStrategy, scheduleOf } from "../../src/explore/pin/pinned-schedule.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { STRATEGY_NAMES } from "../../src/explore/strategies/index.js";
import { movesOf } from "../../src/force/follow.js";
import { Oracle } from "../../src/kernel/oracle-table.js";
import { decodeToken, encodeToken } from "../../src/scenario/token.js";
import { shrink } from "../../src/shrink/shrink.js";
import { scenario } from "../kernel/machine.js";
import { witness } from "../scenarios.js";

const plain = (base: string) => ({ base, with: [], without: [] });
const LIVELOCK = "progress: livelock";

const HEAD = "name: t\nfile: { size: 0, block: 4k }\nsetup: [{ write: 0..8k }]\n";
function subject(threads: string, kernel = "5.10", more = ""): Subject {
  return makeSubject(scenario(`${HEAD}threads:\n${threads}\n${more}`), plain(kernel));
}
const items = (lines: readonly string[]) =>
  scenario(
    `${HEAD}threads:\n  truncater: [{ truncate: 2k }]\n  flusher: { repeat: [{ fsync: {} }] }\nschedule:\n${lines.map((l) => `  - ${l}\n`).join("")}`,
  ).schedule!;
const COMES_BACK = makeSubject(witness("flusher-comes-back"), plain("5.10"));

/** What runs end in, registers of threads apart: extents, sizes, page cache and disk. */
function endsOf(program: Subject): Set<string> {
  const found = new Set<string>();
  const { k } = program.engine;
  const { folioFlags } = k.layout;
  const first = k.layout.threads[0]!.base;
  search(program.engine, {
    goal: "all",
    reduced: false,
    onEnd: () => void found.add(`${k.s.slice(0, 3)} ${k.s.slice(folioFlags, first)}`),
  });
  return found;
}

describe("the runs of a thread that repeats", () => {
  it.each([
    ["5.10", "write: 2k..6k", ["writeback: 0..8k"]],
    ["6.12", "truncate: 2k", ["writeback: 0..4k", "evict: 0..8k"]],
    ["cured", "punch: 0..4k", ["writeback: 4k..8k", "load: 0..8k"]],
  ])("are among those with no lap, one, two, ... on %s: %s beside %j", (kernel, op, lap) => {
    const flow = (ops: readonly string[]) => `[${ops.map((one) => `{ ${one} }`).join(", ")}]`;
    const laps = (n: number) =>
      endsOf(
        subject(`  w: [{ ${op} }]\n${n === 0 ? "" : `  f: ${flow(Array(n).fill(lap).flat())}\n`}`, kernel),
      );
    const again = endsOf(subject(`  w: [{ ${op} }]\n  f: { repeat: ${flow(lap)} }\n`, kernel));
    const counted = [0, 1, 2, 3, 4].map(laps);
    const all = new Set(counted.flatMap((ends) => [...ends]));
    expect([...again].filter((end) => !all.has(end))).toEqual([]);
    expect([...counted[0]!].filter((end) => !again.has(end))).toEqual([]);
    expect(again.size).toBeGreaterThan(counted[0]!.size);
  });

  it.each(STRATEGY_NAMES.filter((name) => name !== "realizable"))("end when %s draws them", (strategy) => {
    const program = subject("  w: [{ write: 0..8k }]\n  f: { repeat: [{ read: 0..8k }] }\n", "cured");
    const { schedules, failures } = sampleScenario(program, {
      schedules: 300,
      seed: "laps",
      strategy,
      mask: -1,
      stopAtFirst: false,
    });
    expect([schedules, failures]).toEqual([300, 0]);
  });

  it("have no lap by default, and none that user space can force", () => {
    const { engine } = COMES_BACK;
    const trace = traceRun(engine, new ReplayChoices());
    expect(trace.steps.every(({ thread }) => thread !== 1)).toBe(true);
    expect(movesOf(COMES_BACK, [])).toEqual({
      problem: "flusher repeats, which no program of user space is made for",
    });
  });

  it("end in a deadlock where the others wait for ever", () => {
    const { engine } = subject("  w: [{ write: 0..4k }]\n  f: { repeat: [{ evict: 0..8k }] }\n");
    const stuck = new ReplayChoices();
    // A lock that nobody gives back.
    const begin = () => engine.k.iolock.acquire(engine.k.harness);
    engine.run({ name: "stuck", begin, next: (v, last) => stuck.next(v, last), choose: () => 0 });
    expect([engine.steps, engine.verdict.kind[Oracle.PROGRESS]]).toEqual([0, DEADLOCK]);
  });
});

describe("a livelock", () => {
  it("is found by a search, in its shortest run, and by sampling", () => {
    const { finding, isShortest } = exploreScenario(COMES_BACK);
    expect(finding).toMatchObject({
      kind: LIVELOCK,
      expected: "page 4k written back",
      actual: "a livelock: no lap of flusher changes anything",
    });
    expect(isShortest).toBe(true);
    const { first } = sampleScenario(COMES_BACK, {
      schedules: 2000,
      seed: "laps",
      mask: 1 << Oracle.PROGRESS,
      stopAtFirst: true,
    });
    expect(examine(COMES_BACK, first!.choices)?.kind).toBe(LIVELOCK);
  });

  it("is that of its token, its schedule, and what is left of it when it is shrunk", () => {
    const { finding } = exploreScenario(COMES_BACK, { shortest: false });
    const { variant } = COMES_BACK;
    const run = { scenario: COMES_BACK.scenario, variant, choices: finding!.choices };
    const decoded = decodeToken(encodeToken(run));
    const again = "run" in decoded ? decoded.run : undefined;
    expect(again?.scenario.threads).toEqual(run.scenario.threads);
    expect(examine(makeSubject(again!.scenario, variant), again!.choices)?.kind).toBe(LIVELOCK);
    const strategy = new ScheduleStrategy(COMES_BACK, scheduleOf(COMES_BACK, run.choices));
    COMES_BACK.engine.run(strategy);
    expect([strategy.problem, COMES_BACK.engine.verdict.found !== 0]).toEqual([undefined, true]);
    const small = shrink(run, finding!, 1 << Oracle.PROGRESS);
    expect(small.finding.kind).toBe(LIVELOCK);
    expect(small.run.scenario.threads.map(({ repeats }) => repeats)).toEqual([undefined, true]);
  });

  it("is no state in which the truncate could go on", () => {
    const { engine } = COMES_BACK;
    const early = ["truncater until truncate_setsize", "truncater until truncate_inode_pages_range@4k"];
    const strategy = new ScheduleStrategy(COMES_BACK, items([...early, "flusher end", "truncater end"]));
    const trace = traceRun(engine, strategy);
    expect(trace.steps.flatMap(({ calls }) => calls.flatMap(({ notes }) => notes))).toContain(
      "page 4096 is past EOF",
    );
    expect([strategy.problem, engine.verdict.found]).toEqual([undefined, 0]);
  });

  it.each([
    ["is not dirty data that the laps leave alone", "  f: { repeat: [{ writeback: 0..4k }] }"],
    ["is not a lap that cleans what it makes dirty", "  f: { repeat: [{ store: 0..4k }, { fsync: {} }] }"],
    [
      "is not a lap that sends what it makes dirty again",
      "  f: { repeat: [{ writeback: 0..4k }, { store: 0..4k }] }",
    ],
    [
      "is not a lap that makes dirty what it has cleaned",
      "  f: { repeat: [{ fsync: {} }, { store: 0..4k }] }",
    ],
    ["is not a lap that reads", "  f: { repeat: [{ read: 0..8k }] }"],
  ])("%s", (_, f) => {
    const { oracles, exhaustive } = exploreScenario(subject(`  w: [{ write: 4k..8k }]\n${f}`, "cured"));
    expect([oracles, exhaustive]).toEqual([[], true]);
  });
});
