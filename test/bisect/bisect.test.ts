import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { askAll, type Judge, type JudgeVerdict } from "../../src/bisect/asking.js";
import { bisect } from "../../src/bisect/bisect.js";
import { necessary } from "../../src/bisect/necessary.js";
import { type PatchSeries, patchSeries, withPatches } from "../../src/bisect/series.js";
import { cures, sufficient } from "../../src/bisect/sufficient.js";
import { judgedMask } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import type { FixName } from "../../src/kernel/versions/fixes.js";
import { fixesOf, type KernelVariant, variantName } from "../../src/kernel/versions/variant.js";
import { parseScenario } from "../../src/scenario/language/parse.js";

const plain = (base: string): KernelVariant => ({ base, with: [], without: [] });
const SERIES = patchSeries(plain("6.2"), plain("6.0"));
/** For patterns of verdicts, which must not grow with the table of patches. */
const FIVE: PatchSeries = { ...SERIES, patches: SERIES.patches.slice(0, 5) };

/** A judge that says good where the kernel has one of these sets of toggles. */
function goodWith(...sets: FixName[][]): Judge {
  return (variant) => {
    const on = fixesOf(variant);
    return sets.some((set) => set.every((name) => on.has(name))) ? "ok" : "mismatch";
  };
}

/** Verdicts of the prefixes: o ok, x mismatch, ? undecided. */
function judgeBy(pattern: string, { bad, patches } = SERIES): Judge {
  const words: { [mark: string]: JudgeVerdict } = { o: "ok", x: "mismatch", "?": "undecided" };
  const names = [...pattern].map((_, i) => variantName(withPatches(bad, patches.slice(0, i))));
  return (variant) => words[pattern[names.indexOf(variantName(variant))]!]!;
}

function run(series: PatchSeries, judge: Judge, search?: "binary") {
  const tried: { variant: KernelVariant; verdict: JudgeVerdict }[] = [];
  const result = askAll(bisect(series, search), (variant) => {
    const verdict = judge(variant);
    tried.push({ variant, verdict });
    return verdict;
  });
  return { tried, result };
}

const ENDS: readonly (string | undefined)[] = [
  "the bad kernel is good",
  "the bad kernel is good and the good one bad: swap them",
  "the good kernel is bad",
  "the bad kernel could not be judged",
  "the good kernel could not be judged",
];

describe("bisect", () => {
  it.each([
    ["xxxxxo", "304a68b9c63b", true, undefined],
    ["xooooo", "198dd8aedee6", true, undefined],
    ["xxoooo", "f43dc4dc3eff", true, undefined],
    ["xoxooo", "7348b322332d", false, undefined],
    ["xxoxxo", "304a68b9c63b", false, undefined],
    ["x?xooo", "7348b322332d", true, undefined],
    ["xx?ooo", undefined, true, "the kernels around the change could not be judged"],
    ["xo?ooo", "198dd8aedee6", true, undefined],
    ["oooooo", undefined, true, "the bad kernel is good"],
    ["oxxxxo", undefined, true, "the bad kernel is good"],
    ["ooooox", undefined, true, "the bad kernel is good and the good one bad: swap them"],
    ["xxxxxx", undefined, true, "the good kernel is bad"],
    ["xooox", undefined, true, "the good kernel is bad"],
    ["?xxooo", undefined, true, "the bad kernel could not be judged"],
    ["xxxoo?", undefined, true, "the good kernel could not be judged"],
  ])("%s gives %s", (pattern, commit, isMonotone, problem) => {
    const series = { ...FIVE, patches: FIVE.patches.slice(0, pattern.length - 1) };
    const { result, tried } = run(series, judgeBy(pattern));
    expect(result.firstGood?.commit).toBe(commit);
    expect(result.problem).toBe(problem);
    const stopsAtTheEnds = ENDS.includes(problem);
    expect(result.isMonotone).toBe(stopsAtTheEnds ? undefined : isMonotone);
    const seen = result.tried.map(({ variant, verdict }) => ({ variant, verdict }));
    const [first, last, ...between] = tried;
    expect(seen).toEqual([first, ...between, last]);
    expect(tried).toHaveLength(stopsAtTheEnds ? 2 : pattern.length);
  });

  it.each([
    ["xxxxxo", "304a68b9c63b", 5],
    ["xooooo", "198dd8aedee6", 4],
    ["xxxooo", "7348b322332d", 4],
    ["x?xooo", "7348b322332d", 4],
    ["xx?ooo", undefined, 5],
    ["x????o", undefined, 6],
    ["xxxxxx", undefined, 2],
    ["ooooox", undefined, 2],
  ])("of %s finds %s by a binary search after %i verdicts", (pattern, commit, count) => {
    const { result, tried } = run(FIVE, judgeBy(pattern), "binary");
    expect([result.firstGood?.commit, tried.length]).toEqual([commit, count]);
    expect(result.isMonotone).toBe(count === pattern.length ? true : undefined);
  });

  it("asks for no more than the logarithm of a long series", () => {
    const patches = Array.from({ length: 100 }, (_, i) => ({ ...SERIES.patches[0]!, commit: String(i) }));
    const good = 37;
    const walk = bisect({ ...SERIES, patches }, "binary");
    let count = 0;
    let next = walk.next();
    for (; next.done !== true; count++) {
      const at = next.value.patch === undefined ? -1 : Number(next.value.patch.commit);
      next = walk.next(at >= good ? "ok" : "mismatch");
    }
    expect(next.value.firstGood?.commit).toBe(String(good));
    expect(count).toBeLessThanOrEqual(2 + 7);
  });

  it("names the patches of which one it is", () => {
    const { result } = run(FIVE, judgeBy("x??ooo"));
    expect(result.candidates.map((p) => p.commit)).toEqual(["198dd8aedee6", "f43dc4dc3eff", "7348b322332d"]);
  });

  it("says that equal kernels have no series", () => {
    const { result } = run(patchSeries(plain("6.2"), plain("6.2")), judgeBy("o"));
    expect(result.problem).toBe("the two kernels do not differ in any patch");
  });

  it("asks for a kernel and goes on once it is judged", () => {
    const walk = bisect(SERIES);
    expect(walk.next().value).toEqual({ variant: SERIES.bad });
    expect(walk.next("mismatch").value).toMatchObject({ patch: SERIES.patches.at(-1) });
    expect(walk.next("ok").value).toMatchObject({ patch: SERIES.patches[0] });
  });
});

describe("necessary", () => {
  it("drops each patch of the good kernel alone", () => {
    const dropped = askAll(
      necessary(SERIES),
      goodWith(["validate", "punch-skips-dirty"], ["punch-under-invalidate-lock", "validate"]),
    );
    const needed = dropped.filter((d) => d.verdict === "mismatch").map((d) => d.patch.commit);
    expect(needed).toEqual(["304a68b9c63b"]);
    expect(dropped).toHaveLength(SERIES.patches.length);
    expect(dropped.every((d) => d.variant.base === "6.2")).toBe(true);
  });
});

describe("sufficient", () => {
  it.each([
    [[["validate"]], ["validate"]],
    [[[]], []],
    [
      [["cookie-under-ilock", "punch-under-invalidate-lock", "scan-limit-eof"]],
      ["cookie-under-ilock", "punch-under-invalidate-lock", "scan-limit-eof"],
    ],
    [[["validate", "punch-under-invalidate-lock"], ["scan-limit-eof"]], ["scan-limit-eof"]],
    [
      [
        ["validate", "punch-under-invalidate-lock"],
        ["scan-limit-eof", "punch-under-invalidate-lock"],
      ],
      undefined,
    ],
  ] as [FixName[][], FixName[] | undefined][])("of %j", (sets, expected) => {
    const judge = goodWith(...sets);
    const found = askAll(cures(plain("6.0"), plain("6.2")), judge)!;
    if (expected !== undefined) expect([...found].sort()).toEqual([...expected].sort());
    expect(judge({ base: "6.0", with: found, without: [] })).toBe("ok");
    for (const name of found) {
      expect(judge({ base: "6.0", with: found.filter((n) => n !== name), without: [] })).toBe("mismatch");
    }
  });

  it("is nothing when even the good kernel is bad", () => {
    expect(askAll(cures(plain("6.0"), plain("6.2")), () => "mismatch")).toBeUndefined();
    expect(askAll(sufficient(SERIES), () => "undecided")).toBeUndefined();
  });

  it("names defects that have to go, too", () => {
    const judge: Judge = (v) => (fixesOf(v).has("propagate-new") ? "mismatch" : "ok");
    expect(askAll(cures(plain("rfc-v1"), plain("cured")), judge)).toEqual(["propagate-new"]);
  });
});

describe("on the model", () => {
  const parsed = parseScenario(
    readFileSync("scenarios/witnesses/unwritten-tail.yaml", "utf8"),
    "unwritten-tail.yaml",
  );
  if (!("scenario" in parsed)) throw new Error("the witness does not parse");
  const { scenario } = parsed;
  const judge: Judge = (variant) => {
    const subject = makeSubject(scenario, variant);
    const options = { schedules: 3000, seed: "bisect", mask: judgedMask(subject), stopAtFirst: true };
    return sampleScenario(subject, options).found === 0 ? "ok" : "mismatch";
  };

  it("unwritten-tail is good since 304a68b9c63b", () => {
    const { result } = run(SERIES, judge);
    expect(result.firstGood?.commit).toBe("304a68b9c63b");
    expect(result.isMonotone).toBe(true);
  });

  it("and needs d7b64041164c and 304a68b9c63b", () => {
    const needed = askAll(necessary(SERIES), judge).filter((d) => d.verdict === "mismatch");
    expect(needed.map((d) => d.patch.commit)).toEqual(["d7b64041164c", "304a68b9c63b"]);
    expect(askAll(sufficient(SERIES), judge)!.map((p) => p.commit)).toEqual(["d7b64041164c", "304a68b9c63b"]);
  });
});
