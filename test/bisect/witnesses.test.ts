/**
 * Bisection of every witness against what its file says: each `variants` entry is a kernel on the other side of a
 * patch, and `bisect --necessary` names that patch.
 */
import { describe, expect, it } from "vitest";
import { askAll, type Judge } from "../../src/bisect/asking.js";
import { bisect } from "../../src/bisect/bisect.js";
import { necessary } from "../../src/bisect/necessary.js";
import { type Patch, patchSeries } from "../../src/bisect/series.js";
import { sufficient } from "../../src/bisect/sufficient.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { type KernelVariant, variantName } from "../../src/kernel/versions/variant.js";
import type { Scenario } from "../../src/scenario/types.js";
import { expectedFor } from "../../src/verdict/expectation.js";
import { witness, witnesses } from "../scenarios.js";

const plain = (base: string): KernelVariant => ({ base, with: [], without: [] });

/** Judges by every state; each kernel once. */
function judgeOf(scenario: Scenario): Judge {
  const known = new Map<string, ReturnType<Judge>>();
  return (variant) => {
    const key = variantName(variant);
    const verdict =
      known.get(key) ?? exploreScenario(makeSubject(scenario, variant), { shortest: false }).verdict;
    known.set(key, verdict);
    return verdict;
  };
}

interface Answer {
  readonly firstGood: string | undefined;
  readonly problem: string | undefined;
  readonly necessary: readonly Patch[];
  readonly sufficient: readonly Patch[] | undefined;
  readonly patches: readonly Patch[];
}

function ask(judge: Judge, good: KernelVariant, bad: KernelVariant): Answer {
  const series = patchSeries(good, bad);
  const { firstGood, problem } = askAll(bisect(series), judge);
  return {
    firstGood: firstGood?.commit,
    problem,
    necessary: askAll(necessary(series), judge)
      .filter((d) => d.verdict === "mismatch")
      .map((d) => d.patch),
    sufficient: askAll(sufficient(series), judge),
    patches: series.patches,
  };
}

const commits = (patches: readonly Patch[] | undefined) => patches?.map((p) => p.commit);

const IS_GOOD = "the bad kernel is good";
const IS_BAD = "the good kernel is bad";

interface Pair {
  readonly label: string;
  readonly scenario: Scenario;
  readonly good: KernelVariant;
  readonly bad: KernelVariant;
  /** What the file says: one is good, both are, or neither. */
  readonly kind: "cured" | "good" | "bad";
}

/** A variant and the kernel that it is made from, the better one as the file says first. */
const PAIRS: readonly Pair[] = witnesses().flatMap((scenario) =>
  scenario.variants.map((variant) => {
    const base = plain(variant.base);
    const isBaseGood = expectedFor(scenario, base)?.expect === "ok";
    const isVariantGood = variant.expect === "ok";
    const [good, bad] = isBaseGood ? [base, variant] : [variant, base];
    const label = `${scenario.name}: ${variantName(good)} against ${variantName(bad)}`;
    const kind = isBaseGood !== isVariantGood ? "cured" : isBaseGood ? "good" : "bad";
    return { label, scenario, good, bad, kind };
  }),
);

describe("a variant of a witness and its base", () => {
  it("differ in what the file expects, for most", () => {
    expect(PAIRS.length).toBeGreaterThan(40);
    expect(PAIRS.filter((p) => p.kind !== "cured").map((p) => p.label)).toEqual([
      "new-delalloc-store-1k: rfc-v1 with cookie-under-ilock against rfc-v1",
      "new-delalloc-store: rfc-v1 with cookie-under-ilock against rfc-v1",
      "short-copy-whole-2k: 6.12 against 6.12 with short-copy-cure",
      "short-copy-whole-2k: 6.18 against 6.18 with short-copy-cure",
      "short-copy-whole-2k: cured against cured with dirty-per-block",
    ]);
  });

  it.each(PAIRS.filter((p) => p.kind === "cured"))("$label: the patch between is necessary", (pair) => {
    const answer = ask(judgeOf(pair.scenario), pair.good, pair.bad);
    expect(answer.problem).toBeUndefined();
    if (answer.patches.length === 1) {
      expect([answer.firstGood]).toEqual(commits(answer.patches));
      expect(answer.necessary).toEqual(answer.patches);
      expect(answer.sufficient).toEqual(answer.patches);
      return;
    }
    // Two toggles that the file takes away together: either patch cures it, so that none is necessary.
    expect(answer.patches).toHaveLength(2);
    expect(answer.necessary).toEqual([]);
    expect(answer.sufficient).toHaveLength(1);
    expect(answer.firstGood).toBe(answer.patches[0]!.commit);
  });

  it.each(PAIRS.filter((p) => p.kind !== "cured"))("$label: the patch between does not cure it", (pair) => {
    const answer = ask(judgeOf(pair.scenario), pair.good, pair.bad);
    expect(answer.problem).toBe(pair.kind === "bad" ? IS_BAD : IS_GOOD);
    expect(answer.sufficient).toEqual(pair.kind === "bad" ? undefined : []);
  });
});

const PUNCH_LOCK = "198dd8aedee6";
const SCAN = "f43dc4dc3eff";
const BYTE_RANGE = "7348b322332d";
const ITERATE = "d7b64041164c";
const VALIDATE = "304a68b9c63b";
const ZERO_EOF = "c5c810b94cfd";
const FALLOC = "6773da870ab8";
const RESCANS = "7a9d43eace88";
const EOF_PUNCH = "proposed:eof-punch-cure";
const ZEROED_AT_END = "7.3:zeroed-uptodate-at-end";
const LOOKS_AGAIN = "proposed:zero-convert-looks-again";

const SWAPPED = "the bad kernel is good and the good one bad: swap them";

/** From 6.0: the first patch since which 6.2 or cured is good, or why there is none, and what it cannot do without. */
const FROM_60: { readonly [name: string]: readonly [string, readonly string[], string, readonly string[]] } =
  {
    "appends-overlap": [IS_GOOD, [], IS_GOOD, []],
    "close-frees-under-write": [IS_GOOD, [], IS_GOOD, []],
    "shift-over-cache": [IS_GOOD, [], IS_GOOD, []],
    "delalloc-head": [VALIDATE, [ITERATE, VALIDATE], VALIDATE, [ITERATE, VALIDATE]],
    "delalloc-head-1k": [VALIDATE, [ITERATE, VALIDATE], VALIDATE, [ITERATE, VALIDATE]],
    "discard-off-by-one": [SWAPPED, [], IS_GOOD, []],
    "discard-off-by-one-aligned": [SWAPPED, [], IS_GOOD, []],
    "eof-punch": [IS_BAD, [], EOF_PUNCH, [PUNCH_LOCK, SCAN, EOF_PUNCH]],
    "eof-punch-1k": [IS_BAD, [], EOF_PUNCH, [PUNCH_LOCK, SCAN, EOF_PUNCH]],
    "eof-punch-aligned": [SCAN, [PUNCH_LOCK, SCAN], SCAN, [PUNCH_LOCK, SCAN]],
    "eof-punch-enospc": [SWAPPED, [], IS_GOOD, [PUNCH_LOCK, SCAN, ITERATE, EOF_PUNCH]],
    "eof-punch-signal": [IS_BAD, [], EOF_PUNCH, [PUNCH_LOCK, SCAN, EOF_PUNCH]],
    "eof-zero-hole-1k": [IS_BAD, [], ZERO_EOF, [ITERATE]],
    "eof-zero-unwritten": [IS_BAD, [], ZERO_EOF, [ZERO_EOF]],
    "extend-writable-page": [IS_BAD, [], ZERO_EOF, [ITERATE]],
    "failed-write-drops-store": [SCAN, [PUNCH_LOCK, SCAN], SCAN, [PUNCH_LOCK, SCAN]],
    "failed-write-drops-store-1k": [SCAN, [PUNCH_LOCK, SCAN], SCAN, [PUNCH_LOCK, SCAN]],
    "falloc-short-allocation": [IS_BAD, [], FALLOC, [FALLOC]],
    "fsync-tells-both": [IS_GOOD, [], IS_GOOD, []],
    // zero-hole-no-flush brings it back; 7.2 and 7.3 have that.
    "isize-extend-races-writeback": [IS_BAD, [], ZERO_EOF, [ZERO_EOF]],
    // What older kernels did wrong.
    "half-mapped-page": [IS_GOOD, [], IS_GOOD, []],
    "store-after-failed-writeback": [IS_GOOD, [], IS_GOOD, []],
    "leaked-disk-contents": [IS_GOOD, [], IS_GOOD, []],
    "writeback-trusts-map": [IS_GOOD, [ITERATE], IS_GOOD, [ITERATE]],
    "leaked-delalloc": [IS_GOOD, [ITERATE], IS_GOOD, [ITERATE]],
    "new-delalloc-store": [VALIDATE, [SCAN, ITERATE, VALIDATE], VALIDATE, [SCAN, ITERATE, VALIDATE]],
    "new-delalloc-store-1k": [VALIDATE, [SCAN, ITERATE, VALIDATE], VALIDATE, [SCAN, ITERATE, VALIDATE]],
    // Large folios bring it; 6.12 and 6.18 have them.
    "punch-zeroes-neighbour": [IS_GOOD, [], IS_GOOD, []],
    "flusher-comes-back": [IS_GOOD, [], IS_GOOD, []],
    "redirty-past-eof": [IS_GOOD, [], IS_GOOD, []],
    "refault-before-punch": [SCAN, [PUNCH_LOCK, SCAN], SCAN, [PUNCH_LOCK, SCAN]],
    "refault-before-punch-1k": [SCAN, [PUNCH_LOCK, SCAN], SCAN, [PUNCH_LOCK, SCAN]],
    // It takes delalloc that is allocated as written, which 6.0 has not.
    "remap-reads-disk": [IS_GOOD, [ITERATE], IS_GOOD, [ITERATE]],
    "scan-finds-nothing": [SWAPPED, [], IS_GOOD, [RESCANS]],
    "scan-past-eof-1k": [IS_GOOD, [], IS_GOOD, []],
    "short-copy-1k": [IS_BAD, [], ZEROED_AT_END, []],
    "short-copy-whole-2k": [IS_GOOD, [], IS_GOOD, []],
    "stale-punch-drops-store": [IS_GOOD, [SCAN, ITERATE], IS_GOOD, [SCAN, ITERATE]],
    "stale-punch-drops-store-1k": [IS_GOOD, [SCAN, ITERATE], IS_GOOD, [SCAN, ITERATE]],
    "truncate-extend-writable-page": [IS_GOOD, [], IS_GOOD, []],
    "truncate-trusts-unwritten": [IS_GOOD, [], IS_GOOD, []],
    "truncate-writes-old-tail": [IS_GOOD, [], IS_GOOD, []],
    "truncate-down-races-store": [IS_GOOD, [], IS_GOOD, []],
    "unwritten-tail": [VALIDATE, [ITERATE, VALIDATE], VALIDATE, [ITERATE, VALIDATE]],
    "unwritten-tail-1k": [VALIDATE, [ITERATE, VALIDATE], VALIDATE, [ITERATE, VALIDATE]],
    // The off-by-one of 7348b322332d hides V5 on 6.2 (write-path.md section 9).
    "writeback-failure-hole": [BYTE_RANGE, [], VALIDATE, [ITERATE, VALIDATE]],
    // Three causes: stale maps before the series, a reservation left behind on 6.2, and EAGAIN since 6.10.
    "zero-convert-discarded": [BYTE_RANGE, [ITERATE], LOOKS_AGAIN, [LOOKS_AGAIN]],
    "zero-progress": [IS_GOOD, [ITERATE], IS_GOOD, [ITERATE]],
    "zeroing-grows-file": [IS_BAD, [], "943bc0882ceb", ["943bc0882ceb"]],
  };

/** f43dc4dc3eff brings the scan together with its limit: without the whole patch there is no scan that goes too far. */
const WITHOUT_SCAN = "scan-past-eof-1k";

describe("from 6.0 to 6.2 and to cured", () => {
  it("is said of every witness", () => {
    expect(Object.keys(FROM_60).sort()).toEqual(
      witnesses()
        .map((s) => s.name)
        .sort(),
    );
  });

  it.each(Object.entries(FROM_60))("%s", (name, [first62, needed62, firstCured, neededCured]) => {
    const scenario = witness(name);
    const judge = judgeOf(scenario);
    const to62 = ask(judge, plain("6.2"), plain("6.0"));
    expect(to62.firstGood ?? to62.problem).toBe(first62);
    // What a kernel cannot do without is asked only of one that is good.
    if (judge(plain("6.2")) === "ok") expect(commits(to62.necessary)).toEqual(needed62);
    const toCured = ask(judge, plain("cured"), plain("6.0"));
    expect(toCured.firstGood ?? toCured.problem).toBe(firstCured);
    expect(commits(toCured.necessary)).toEqual(neededCured);
  });

  it.each(Object.keys(FROM_60))("%s: what its variants do without is among it", (name) => {
    const scenario = witness(name);
    const judge = judgeOf(scenario);
    for (const { base, with: added, without, expect: verdict } of scenario.variants) {
      if (!["6.2", "cured"].includes(base) || added.length > 0 || without.length !== 1) continue;
      if (judge(plain(base)) !== "ok") continue;
      const { necessary: needed, patches } = ask(judge, plain(base), plain("6.0"));
      const patch = patches.find((p) => (p.on as readonly string[]).includes(without[0]!));
      // 6.0 has the toggle, too: the way from there to here does not turn it on.
      if (patch === undefined) continue;
      if (name === WITHOUT_SCAN) expect([patch.commit, commits(needed)]).toEqual([SCAN, []]);
      else if (verdict === "ok") expect(needed).not.toContain(patch);
      else expect(needed).toContain(patch);
    }
  });
});
