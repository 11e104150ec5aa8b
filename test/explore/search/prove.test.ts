/** What an exhaustive search says as an answer: verdict, why there is none, and the run that it shows. */

import { describe, expect, it } from "vitest";
import { makeSubject, type Subject } from "../../../src/explore/run/subject.js";
import { search } from "../../../src/explore/search/frontier-search.js";
import {
  type ExploreOptions,
  type ExploreResult,
  exploreScenario,
} from "../../../src/explore/search/prove.js";
import { PLAIN, SEEN, subjectOf, TWINS } from "./subjects.js";

const BAD = subjectOf(SEEN, "6.0");
const GOOD = subjectOf(TWINS, "cured");
const SHORTEST = search(BAD.engine, { goal: "shortest" }).steps;

const ORDERED = "order: [ 'b:xfs_buffered_write_iomap_begin < flusher:xfs_vm_writepages' ]\n";
const IMPOSSIBLE = "order: [ 'a:xfs_setattr_size < a:fault_in_iov_iter_readable' ]\n";
const PINNED = "schedule: [ a end ]\n";

/** What is said of a search, without its numbers. */
function said(subject: Subject, options?: ExploreOptions): Partial<ExploreResult> {
  const { verdict, exhaustive, undecided, isShortest, symmetry, exact } = exploreScenario(subject, options);
  return { verdict, exhaustive, undecided, isShortest, symmetry, exact };
}
const PROVED = {
  verdict: "ok",
  exhaustive: true,
  undecided: undefined,
  isShortest: false,
  symmetry: true,
  exact: false,
};
const BROKEN = { ...PROVED, verdict: "mismatch", exhaustive: false, isShortest: true };
const OPEN = { ...PROVED, verdict: "undecided", exhaustive: false };

describe("an answer", () => {
  it.each<[string, Subject, ExploreOptions | undefined, object]>([
    ["proves", GOOD, undefined, PROVED],
    ["proves breadth first", GOOD, { bfs: true }, PROVED],
    ["proves with all looked for", GOOD, { all: true }, PROVED],
    ["proves state by state", GOOD, { exact: true }, { ...PROVED, exact: true }],
    ["proves every thread by itself", GOOD, { symmetry: false }, { ...PROVED, symmetry: false }],
    ["proves within a bound that keeps nothing out", GOOD, { preemptions: 40 }, PROVED],
    ["leaves open what a bound keeps out", GOOD, { preemptions: 1 }, { ...OPEN, undecided: "preemptions" }],
    ["leaves open what is too large", GOOD, { maxStates: 10 }, { ...OPEN, undecided: "states" }],
    ["leaves open what memory cannot hold", GOOD, { memoryBytes: 9 }, { ...OPEN, undecided: "memory" }],
    ["leaves open what is interrupted", GOOD, { shouldStop: () => true }, { ...OPEN, undecided: "stopped" }],
    ["shows the shortest run", BAD, undefined, BROKEN],
    ["shows the shortest run, found first", BAD, { bfs: true }, BROKEN],
    ["shows the first run when that will do", BAD, { shortest: false }, { ...BROKEN, isShortest: false }],
    ["shows all, and the shortest run", BAD, { all: true }, { ...BROKEN, exhaustive: true }],
    ["shows the run with the fewest preemptions", BAD, { preemptions: 9 }, { ...BROKEN, isShortest: false }],
    ["does so breadth first too", BAD, { preemptions: 9, bfs: true }, { ...BROKEN, isShortest: false }],
    [
      "says nothing of pinned runs",
      subjectOf(TWINS + PINNED, "cured"),
      undefined,
      { ...OPEN, undecided: "schedule" },
    ],
    ["proves under an order", subjectOf(TWINS + ORDERED, "cured"), undefined, { ...PROVED, symmetry: false }],
    [
      "leaves open an order that no run keeps",
      subjectOf(TWINS + IMPOSSIBLE, "6.0"),
      { symmetry: true },
      { ...OPEN, undecided: "order", symmetry: false },
    ],
  ])("%s", (_, subject, options, answer) => {
    expect(said(subject, options)).toEqual(answer);
  });

  it("that is bad has the oracles and a finding, and none that is good", () => {
    const bad = exploreScenario(BAD);
    expect([bad.oracles, bad.finding?.oracle, bad.finding?.steps]).toEqual([
      ["content"],
      "content",
      SHORTEST,
    ]);
    expect(exploreScenario(BAD, { bfs: true }).finding?.steps).toBe(SHORTEST);
    const first = exploreScenario(BAD, { shortest: false });
    expect(first.finding!.choices).toEqual(first.violations[0]!.choices);
    const good = exploreScenario(GOOD);
    expect([good.oracles, good.finding]).toEqual([[], undefined]);
    expect(good.bytesPerState).toBe(good.bytes / good.states);
    expect(good).not.toHaveProperty("cut");
  });

  it("keeps the first run where memory does not hold the search of a shortest", () => {
    const answers = [...Array(40).keys()].map((n) =>
      exploreScenario(BAD, { exact: true, memoryBytes: 60_000 + 5_000 * n }),
    );
    const kept = answers.filter((a) => a.verdict === "mismatch" && !a.isShortest);
    expect(kept.length).toBeGreaterThan(0);
    for (const { finding, violations } of kept) expect(finding!.choices).toEqual(violations[0]!.choices);
    expect(answers.at(-1)).toMatchObject({ verdict: "mismatch", isShortest: true });
  });

  it("goes through the bounds one by one, no further than it must", () => {
    const bounds = (subject: Subject, options: ExploreOptions): (readonly [number, boolean])[] =>
      exploreScenario(subject, options).deepening.map((d) => [d.preemptions, d.found]);
    expect(bounds(GOOD, {})).toEqual([]);
    expect(bounds(GOOD, { preemptions: 0 })).toEqual([[0, false]]);
    expect(bounds(GOOD, { preemptions: 2 })).toEqual([
      [0, false],
      [1, false],
      [2, false],
    ]);
    expect(bounds(subjectOf(PLAIN, "6.0"), { preemptions: 40 }).length).toBeLessThan(10);
    expect(bounds(GOOD, { preemptions: 2, maxStates: 1 }).length).toBeLessThan(3);
    const bad = bounds(BAD, { preemptions: 9 });
    expect(bad.map(([bound]) => bound)).toEqual([...bad.keys()]);
    expect(bad.map(([, found]) => found)).toEqual(bad.map((_, i) => i === bad.length - 1));
    const { deepening, states } = exploreScenario(GOOD, { preemptions: 1 });
    expect(deepening.at(-1)!.states).toBe(states);
    expect(deepening[0]!.states).toBeLessThan(states);
  });

  it("judges by the scenario's oracles, unless told which", () => {
    const text = `${SEEN}oracles: [progress]\n`;
    const subject = subjectOf(text, "6.0");
    expect(exploreScenario(subject).verdict).toBe("ok");
    expect(exploreScenario(subject, { mask: -1 }).verdict).toBe("mismatch");
  });

  it("says how finely runs were cut into steps", () => {
    const { scenario, variant } = GOOD;
    const fine = exploreScenario(makeSubject(scenario, variant, { fine: true }));
    const merged = exploreScenario(GOOD);
    expect([fine.fine, merged.fine, fine.verdict]).toEqual([true, false, "ok"]);
    expect(fine.states).toBeGreaterThan(merged.states);
    expect(fine.boundaries).not.toEqual(merged.boundaries);
  });
});
