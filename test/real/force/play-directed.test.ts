/** A run as directions, and directions as moves: on the run's own kernel they show the same, on others what those do. */
import { expect, test } from "vitest";
import { loadScenario } from "../../../src/cli/input/files.js";
import { oracleMask } from "../../../src/explore/finding/finding.js";
import { subjectOf } from "../../../src/explore/run/subject.js";
import { exploreScenario } from "../../../src/explore/search/prove.js";
import { oraclesIn } from "../../../src/kernel/oracle-table.js";
import type { KernelVariant } from "../../../src/kernel/versions/variant.js";
import { directionsOf } from "../../../src/real/force/directed.js";
import { moveText } from "../../../src/real/force/forced-moves.js";
import { planText } from "../../../src/real/force/plan-text.js";
import { type DirectedRun, legsOf, playLegs } from "../../../src/real/force/play-directed.js";

const kernel = (base: string): KernelVariant => ({ base, with: [], without: [] });

/** A witness's shortest run on one kernel, and what it becomes on another. */
function forced(witness: string, from: string, on: string): DirectedRun {
  const scenario = loadScenario(`scenarios/witnesses/${witness}.yaml`);
  const subject = { scenario, variant: kernel(from) };
  const oracle = scenario.expect.find((one) => one.kernel === from)?.kind?.split(":")[0] ?? "content";
  const { finding } = exploreScenario(subjectOf(subject), { mask: oracleMask([oracle]) });
  const directions = directionsOf({ ...subject, choices: finding?.choices ?? [] }) ?? [];
  const { legs, run } = legsOf(scenario, kernel(from), directions);
  return from === on ? run : playLegs(scenario, kernel(on), legs);
}

test.each([
  ["unwritten-tail", "5.10", "content"],
  ["refault-before-punch", "5.10", "content backing"],
  ["eof-punch", "6.12", "content backing"],
  ["eof-punch-signal", "6.1.192", "content backing"],
  ["writeback-failure-hole", "5.10", "content backing"],
  ["zeroing-grows-file", "6.1.192", "results"],
  ["isize-extend-races-writeback", "5.10", "content"],
])("%s shows on %s, held at points, what it shows by its choices", (witness, on, oracles) => {
  const { found, problems } = forced(witness, on, on);
  expect([oraclesIn(found).join(" "), problems]).toEqual([oracles, []]);
});

test.each([
  ["refault-before-punch", "6.1.192"],
  ["unwritten-tail", "6.12"],
  ["failed-write-drops-store", "6.1.192"],
])("%s, directed as on 5.10, shows nothing on %s", (witness, on) => {
  const { found, moves } = forced(witness, "5.10", on);
  expect(oraclesIn(found)).toEqual([]);
  expect(moves.length).toBeGreaterThan(5);
});

test("a store into the cleanup of a failed write waits for the lock of the writer, where there is one", () => {
  const { moves } = forced("refault-before-punch", "5.10", "6.1.192");
  const waits = moves.flatMap(({ stands }) => stands).find(({ stand }) => stand.is === "waits");
  expect(waits).toMatchObject({ who: "mapper", stand: { for: "invalidate_lock", by: "writer" } });
});

test("an allocation that fails is a function that returns at once, at the place where the task stands", () => {
  const run = forced("writeback-failure-hole", "5.10", "5.10");
  expect(run.moves.map(({ move }) => moveText(move))).toContain("flusher: no allocation");
  const names = run.points.hooks.map(({ fn }) => fn);
  const text = planText({ name: "x", ...run }, names);
  expect(text).toMatch(
    new RegExp(`^grant flusher \\w+ 1 ${names.indexOf("xfs_bmapi_convert_delalloc")} -28$`, "m"),
  );
});

test("a fatal signal is a real one, to a task that stands still", () => {
  const run = forced("eof-punch-signal", "6.12", "6.12");
  const text = planText(
    { name: "x", ...run },
    run.points.hooks.map(({ fn }) => fn),
  );
  expect(text).toMatch(/^kill writer\ngrant writer /m);
});
