import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { ScheduleStrategy } from "../../src/explore/pin/pinned-schedule.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { findRealizable } from "../../src/force/find-moves.js";
import { movesOf } from "../../src/force/follow.js";
import { forcedRun } from "../../src/force/forced-run.js";
import { type Move, tidy } from "../../src/force/moves.js";
import { randomWalk } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { Oracle } from "../../src/kernel/oracle-table.js";
import type { Scenario } from "../../src/scenario/types.js";
import { scenarioAt } from "../scenarios.js";

const witness = (name: string): Scenario => scenarioAt(`scenarios/witnesses/${name}.yaml`);
const on = (base: string) => ({ base, with: [], without: [] });

const kernels = fc.constantFrom("5.10", "6.1.192", "6.12", "6.18");
const seeds = fc.integer({ min: 0, max: 100_000 });

function walked(seed: number, kernel: string) {
  const subject = makeSubject(randomProgram(makeRng(`p${seed}`), "t", "realizable"), on(kernel));
  const walk = randomWalk(makeRng(`s${seed}`));
  subject.engine.run(walk);
  return { subject, walk, choices: choicesOf(subject.engine) };
}

describe("realizable walks", () => {
  it("make runs that replay, and whose moves are found again and give the same run", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const { subject, walk, choices } = walked(seed, kernel);
        const { engine } = subject;
        expect(walk.problem).toBeUndefined();
        const replay = new ReplayChoices(choices);
        engine.run(replay);
        expect(replay.applies).toBe(true);
        const state = engine.k.s.join();
        const { found } = engine.verdict;
        const made = movesOf(subject, choices);
        expect(made).toHaveProperty("moves");
        if (!("moves" in made)) return;
        expect(tidy(made.moves)).toEqual(tidy(walk.moves));
        const again = forcedRun(made.moves);
        engine.run(again);
        expect(again.problem).toBeUndefined();
        expect([engine.verdict.found, engine.k.s.join()]).toEqual([found, state]);
      }),
      {
        numRuns: 300,
        examples: [
          // A write that is killed maps once more: it cannot be stopped there.
          [47636, "5.10"],
          // A rejected copy has faulted its source in: the repeated pass, cut short by a split folio, cannot be stopped within.
          [15428, "6.12"],
        ],
      },
    );
  });

  it("stop writes only before a page or their first byte", () => {
    fc.assert(
      fc.property(seeds, kernels, (seed, kernel) => {
        const { subject, walk } = walked(seed, kernel);
        const starts = new Set(
          subject.scenario.threads.flatMap((t) => t.ops.map((op) => (op.kind === "write" ? op.from : -1))),
        );
        for (const move of walk.moves) {
          if (move.do !== "run" || move.to === undefined) continue;
          expect(move.to % 4096 === 0 || starts.has(move.to), `stop at ${move.to}`).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("movesOf", () => {
  const subject = () => makeSubject(witness("failed-write-drops-store"), on("6.0"));
  const choicesFor = (steps: readonly string[]) => {
    const s = subject();
    const strategy = new ScheduleStrategy(
      s,
      steps.map((text) => {
        const [thread, step] = text.split(" until ");
        return step === undefined
          ? { kind: "end" as const, thread: thread! }
          : { kind: "until" as const, thread: thread!, step };
      }),
    );
    s.engine.run(strategy);
    expect(strategy.problem).toBeUndefined();
    return choicesOf(s.engine);
  };

  it("reads a stop at the first page", () => {
    const choices = choicesFor(["writer until fault_in_iov_iter_readable", "mapper", "writer"]);
    expect(movesOf(subject(), choices)).toEqual({
      moves: [
        { do: "run", thread: 0, to: 0 },
        { do: "run", thread: 1 },
        { do: "run", thread: 0 },
      ] satisfies Move[],
    });
  });

  it("says where a run cannot be stopped", () => {
    const choices = choicesFor(["writer until xfs_bmap_punch_delalloc_range", "mapper", "writer"]);
    expect(movesOf(subject(), choices)).toEqual({
      problem:
        "mapper comes in while writer stands before xfs_bmap_punch_delalloc_range, where user space cannot stop it",
    });
  });
});

describe("findRealizable", () => {
  it.each([
    ["unwritten-tail", "5.10", true],
    ["unwritten-tail", "6.18", false],
    ["delalloc-head-1k", "5.10", true],
    ["new-delalloc-store", "5.10", true],
    ["refault-before-punch", "5.10", true],
    ["eof-punch", "6.1.192", true],
    ["eof-punch", "6.18", true],
    ["eof-punch-signal", "6.12", true],
    ["eof-punch-aligned", "6.18", false],
    ["eof-zero-hole-1k", "6.1.192", true],
    ["eof-zero-hole-1k", "6.12", false],
    ["writeback-failure-hole", "6.0", false],
  ])("%s on %s: %s", (name, kernel, isFound) => {
    const subject = makeSubject(witness(name), on(kernel));
    const found = findRealizable(subject);
    if (!isFound) {
      expect(found).toMatchObject({ isComplete: true });
      return;
    }
    expect(found).toHaveProperty("moves");
    if (!("moves" in found)) return;
    expect(examine(subject, found.choices, 1 << Oracle.CONTENT)?.oracle).toBe("content");
    expect(movesOf(subject, found.choices)).toEqual({ moves: found.moves });
  });

  it("finds a full file system at a second stop", () => {
    const subject = makeSubject(scenarioAt("scenarios/real/eof-punch-enospc.yaml"), on("6.18"));
    const found = findRealizable(subject, "content: store -> zero");
    expect("moves" in found && found.moves.some((move) => move.do === "fill")).toBe(true);
  });

  it("leaves out what the loss does not need", () => {
    const scenario = witness("eof-punch");
    const more = {
      ...scenario,
      threads: [
        ...scenario.threads,
        { name: "flusher", ops: [{ kind: "writeback" as const, from: 0, to: 4096 }] },
      ],
    };
    const found = findRealizable(makeSubject(more, on("6.18")));
    expect("moves" in found && found.moves.length).toBeLessThanOrEqual(4);
  });
});
