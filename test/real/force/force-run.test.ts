import { expect, test } from "vitest";
import { probesOn } from "../../../src/dev/accept/forced-probes.js";
import { forceRuns } from "../../../src/real/force/force-run.js";
import { MAP_MADE } from "../../../src/real/force/points.js";

test("a kernel gets the points of all runs that it makes, each once", async () => {
  const asked = probesOn({ base: "6.12", with: [], without: [] });
  let got: readonly string[] = [];
  const { outcomes } = await forceRuns(asked, 1, async (_, hooks) => {
    got = hooks.map(({ fn }) => fn);
    return { played: [], trouble: [], troubledIn: undefined, problem: "not played" };
  });
  const wanted = new Set(asked.flatMap(({ run }) => run.points.hooks.map(({ fn }) => fn)));
  expect(got.toSorted()).toEqual([...wanted].sort());
  expect(got).toEqual(expect.arrayContaining([MAP_MADE, "fault_in_readable"]));
  expect(outcomes.map(({ name }) => name)).toEqual(asked.map(({ name }) => name));
});
