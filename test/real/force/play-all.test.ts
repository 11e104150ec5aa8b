/** Plans that end their boot, or in which the kernel speaks of trouble: what becomes of them, and of those behind. */
import { describe, expect, it } from "vitest";
import type { ForcedPlan } from "../../../src/real/force/plan-text.js";
import { answerOf, playInBoots } from "../../../src/real/force/play-all.js";
import { type PlayedOnGuest, troubleIn } from "../../../src/real/force/read-play.js";
import { readPlayed } from "../../../src/real/force/read-played.js";

const plansOf = (...names: readonly string[]): ForcedPlan[] =>
  names.map((name) => ({ name, scenario: undefined as never, moves: [] }));

/** What a guest prints that plays plans in turn, but for the first with this name. */
function guest(
  bad: string,
  what: (name: string) => readonly string[] | undefined,
): { readonly play: (plans: readonly ForcedPlan[]) => Promise<PlayedOnGuest>; readonly boots: string[][] } {
  const boots: string[][] = [];
  const play = async (plans: readonly ForcedPlan[]): Promise<PlayedOnGuest> => {
    const names = plans.map(({ name }) => name);
    boots.push(names);
    const lines: string[] = [];
    for (const name of names) {
      const said = name === bad ? what(name) : [];
      lines.push(`@P plan ${name}`);
      if (said === undefined) break;
      lines.push("move 0", "extents", "cache 0", "disk 0", `@P played ${name}`);
    }
    // The log of the kernel comes last.
    for (const name of names) {
      lines.push(`[    1.000000] stalemap plan ${name}`);
      if (name === bad) lines.push(...(what(name) ?? []));
    }
    const console = lines.join("\n");
    const begun = readPlayed(console, []);
    const byName = new Map(begun.map((one) => [one.name, one]));
    return {
      played: names.map((name) => byName.get(name)),
      ...troubleIn(console, begun),
      problem: undefined,
    };
  };
  return { play, boots };
}

const WARNING = ["[    2.000000] WARNING: CPU: 0 PID: 1 at fs/xfs/xfs_file.c:1 xfs_of_ours+0x1/0x2 [xfs]"];
const kept = (all: readonly { readonly name: string; readonly problem: string | undefined }[]) =>
  all.map(({ name, problem }) => (problem === undefined ? name : `${name}: ${problem}`));

describe("plans in boots", () => {
  it("are told apart from those of which there is nothing to tell", async () => {
    const { play } = guest("b", () => undefined);
    const { answers } = await playInBoots(plansOf("a", "b"), play);
    expect(answers.map(answerOf).map((one) => "problem" in one)).toEqual([false, true]);
  });

  it("are all played in one where nothing is amiss", async () => {
    const { play, boots } = guest("", () => []);
    const { answers, trouble } = await playInBoots(plansOf("a", "b"), play);
    expect([kept(answers), trouble, boots]).toEqual([["a", "b"], [], [["a", "b"]]]);
  });

  it("go on in another behind one in which the player ends", async () => {
    const { play, boots } = guest("b", () => undefined);
    const { answers } = await playInBoots(plansOf("a", "b", "c", "d"), play);
    expect(kept(answers)).toEqual(["a", "b: it did not come to its end", "c", "d"]);
    expect(boots).toEqual([
      ["a", "b", "c", "d"],
      ["c", "d"],
    ]);
  });

  it("are believed before the kernel speaks of trouble, and played again behind", async () => {
    const { play, boots } = guest("b", () => WARNING);
    const { answers, trouble } = await playInBoots(plansOf("a", "b", "c"), play);
    expect(kept(answers)).toEqual(["a", expect.stringMatching(/^b: warning: WARNING: .*xfs_of_ours/), "c"]);
    expect(trouble).toHaveLength(1);
    expect(boots).toEqual([["a", "b", "c"], ["c"]]);
  });

  it("are given up when a boot gets to none of them", async () => {
    const nothing = async (plans: readonly ForcedPlan[]): Promise<PlayedOnGuest> => ({
      played: plans.map(() => undefined),
      trouble: [],
      troubledIn: undefined,
      problem: "no init",
    });
    const { answers, boots } = await playInBoots(plansOf("a", "b"), nothing);
    expect([kept(answers), boots]).toEqual([["a: no init", "b: no init"], 1]);
  });
});

describe("trouble", () => {
  const begun = readPlayed("@P plan a\n@P played a\n@P plan b\n", []);
  it.each([
    ["before any plan", [...WARNING, "[    3.000000] stalemap plan a"], ""],
    ["in a plan", ["[    3.000000] stalemap plan a", ...WARNING, "[    4.000000] stalemap plan b"], "a"],
    ["of a kernel that died, in the last that was begun", WARNING, "b"],
    ["that there is none of", ["[    3.000000] stalemap plan a"], undefined],
  ])("%s", (_, lines, name) => expect(troubleIn(lines.join("\r\n"), begun).troubledIn).toBe(name));
});
