/**
 * Statements of a scenario that cannot all hold, or that say nothing: each is refused where it stands, and where what
 * it contradicts stands.
 */
import { describe, expect, it } from "vitest";
import { VOCABULARY } from "../../src/cli/input/files.js";
import { KIND } from "../../src/explore/finding/kinds.js";
import { parseScenario } from "../../src/scenario/language/parse.js";

const HEAD = "name: x\nfile: { size: 8k }\nthreads: { w: [{ write: 0..4k }] }\n";

/** Lines and messages of what is wrong. */
function problems(text: string): readonly (readonly [number, string])[] {
  const read = parseScenario(text, "a.yaml", VOCABULARY);
  return "scenario" in read ? [] : read.diagnostics.map(({ line, message }) => [line, message] as const);
}

const CONTRARY: readonly (readonly [title: string, text: string, ...found: (readonly [number, RegExp])[]])[] =
  [
    [
      "one variant twice",
      `${HEAD}variants:\n  - { base: "6.0", with: [validate], expect: ok }\n  - { base: "6.0", with: [validate], expect: mismatch }\n`,
      [5, /another for 6\.0 with validate in line 6/],
      [6, /another for 6\.0 with validate in line 5/],
    ],
    [
      "one variant twice with the same verdict",
      `${HEAD}variants:\n  - { base: "6.0", with: [validate], expect: ok }\n  - { base: "6.0", with: [validate], expect: ok }\n`,
      [5, /in line 6/],
      [6, /in line 5/],
    ],
    [
      "a variant that is the same by what its kernel has already",
      `${HEAD}variants:\n  - { base: "6.2", with: [punch-on-stale, validate], expect: ok }\n  - { base: "6.2", with: [punch-on-stale], expect: mismatch }\n`,
      [5, /in line 6/],
      [6, /in line 5/],
    ],
    [
      "a variant that is a plain kernel, beside expect",
      `${HEAD}expect: { "6.2": ok }\nvariants:\n  - { base: "6.2", with: [validate], expect: mismatch }\n`,
      [4, /another for 6\.2 with validate in line 6/],
      [6, /another for 6\.2 in line 4/],
    ],
    [
      "a variant without differences, beside expect",
      `${HEAD}expect: { "6.2": ok }\nvariants:\n  - { base: "6.2", without: [], expect: mismatch }\n`,
      [4, /in line 6/],
      [6, /in line 4/],
    ],
    [
      "a kind that no finding has",
      `${HEAD}expect: { "6.0": { verdict: mismatch, kind: "content: wombat" } }\n`,
      [4, /found "content: wombat", which no finding has/],
    ],
    [
      "a kind of no oracle",
      `${HEAD}variants:\n  - { base: "6.0", with: [validate], expect: mismatch, kind: "data lost" }\n`,
      [5, /found "data lost", which no finding has/],
    ],
    [
      "a kind in which nothing is lost",
      `${HEAD}expect: { "6.0": { verdict: mismatch, kind: "content: zero -> zero" } }\n`,
      [4, /which no finding has/],
    ],
    [
      "a kind of another oracle",
      `${HEAD}expect: { "6.0": { verdict: content, kind: "results: wrong size" } }\n`,
      [4, /expected a kind of content, the first oracle of the verdict; found one of results/],
    ],
    [
      "a kind of an oracle that another comes before",
      `${HEAD}expect: { "6.0": { verdict: [results, content], kind: "results: wrong size" } }\n`,
      [4, /expected a kind of content/],
    ],
    [
      "a kind of an operation that the program has none of",
      `${HEAD}expect: { "6.0": { verdict: mismatch, kind: "content: store -> zero" } }\n`,
      [4, /found one of store, which it has none of/],
    ],
    [
      "a verdict of an oracle that is not judged",
      `${HEAD}oracles: [results]\nexpect: { "6.0": content }\n`,
      [4, /expected content too, for the verdict in line 5/],
      [5, /found content, which "oracles" in line 4 leaves out/],
    ],
    [
      "a kind of an oracle that is not judged",
      `${HEAD}expect: { "6.0": { verdict: mismatch, kind: "content: write -> zero" } }\noracles: [results]\n`,
      [4, /found content, which "oracles" in line 5 leaves out/],
      [5, /expected content too, for the verdict in line 4/],
    ],
    [
      "a variant's verdict of an oracle that is not judged",
      `${HEAD}oracles: results\nvariants: [{ base: "6.0", with: [validate], expect: [results, backing] }]\n`,
      [4, /expected backing too/],
      [5, /found backing/],
    ],
    ["no thread", "name: x\nfile: { size: 8k }\nthreads: {}\n", [3, /expected at least one operation/]],
    [
      "no operation in setup",
      "name: x\nfile: { size: 8k }\nsetup: []\n",
      [3, /expected at least one operation/],
    ],
    [
      "a thread without operations",
      "name: x\nfile: { size: 8k }\nthreads:\n  w: [{ write: 0..4k }]\n  f: []\n",
      [5, /expected a list of operations that is not empty/],
    ],
  ];

describe("statements that cannot hold", () => {
  it.for(CONTRARY)("%s", ([_title, text, ...found]) => {
    const all = problems(text);
    expect(all.map(([line]) => line)).toEqual(found.map(([line]) => line));
    for (const [i, [, message]] of found.entries()) expect(all[i]?.[1]).toMatch(message);
  });

  it("do not make others doubtful", () => {
    const twice = `expect: { "6.0": ok, "6.2": ok }\nvariants:\n  - { base: "6.0", with: [validate], expect: ok }\n  - { base: "6.0", without: [validate-after-lock, seq-bump-on-convert], expect: { verdict: ok } }\n`;
    expect(problems(`${HEAD}${twice.replace("{ verdict: ok }", "ok")}`)).toEqual([]);
    expect(problems("name: x\nfile: { size: 8k }\nbackground: { writeback: 1 }\nthreads: {}\n")).toEqual([]);
  });
});

describe("kinds", () => {
  it.each([
    "backing: hole under dirty block",
    "backing: hole under dirty block, DELALLOC map over HOLE",
    "exposure: zero -> uninitialised",
    "exposure: write -> uninitialised, UNWRITTEN map over WRITTEN",
    "exposure: garbage -> uninitialised",
    "content: write -> zero, UNWRITTEN map over WRITTEN",
    "content: store -> zero",
    "content: zero -> older data",
    "content: write -> older data",
    "content: data -> zero",
    "results: wrong size",
    "results: short write",
    "results: EFAULT",
    "results: write -> zero",
    "accounting: leaked delalloc",
    "progress: livelock",
    "progress: deadlock",
    "progress: lock order",
  ])("%s", (kind) => expect(kind).toMatch(KIND));

  it.each([
    "",
    "content",
    "content: ",
    "progress: short write",
    "content: fsync -> zero",
    "content: write -> zero!",
  ])("not %j", (kind) => expect(kind).not.toMatch(KIND));
});
