/**
 * Which toggles `cured` cannot do without: each is changed alone, and every witness is searched exhaustively on the
 * kernel that results. The table of write-path.md (section 5, corrected by section 9), the later fixes, and which
 * behaviours make no difference.
 */
import { describe, expect, it } from "vitest";
import { examine, judgedMask } from "../../src/explore/finding/finding.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import { FIX_NAMES, FIXES, type FixName } from "../../src/kernel/versions/fixes.js";
import { findRelease } from "../../src/kernel/versions/releases.js";
import { UNNEEDED } from "../../src/kernel/versions/toggles.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import { witness, witnesses } from "../scenarios.js";

const CURED = findRelease("cured")!.fixes;

/** `cured` with these toggles the other way round. */
function curedBut(...names: FixName[]): KernelVariant {
  return {
    base: "cured",
    with: names.filter((name) => !CURED.has(name)),
    without: names.filter((name) => CURED.has(name)),
  };
}

/** Oracles that some run of the witness violates, judged by all its runs, and the kinds of those that are kept. */
function search(name: string, variant: KernelVariant) {
  const subject = makeSubject(witness(name), variant);
  const result = exploreScenario(subject, { all: true, shortest: false });
  expect(result.exhaustive, name).toBe(true);
  const kinds = result.violations.map(({ choices }) => examine(subject, choices)?.kind);
  return { subject, oracles: result.oracles, kinds: new Set(kinds) };
}

/** The kinds of further failing runs: a search keeps one way into each state, and the kind of a loss is the way's. */
function* sampledKinds(subject: Subject) {
  const shared = { schedules: 2_000, mask: judgedMask(subject), stopAtFirst: true };
  for (let i = 0; i < 200; i++) {
    const { first } = sampleScenario(subject, { ...shared, seed: `necessity ${i}` });
    if (first !== undefined) yield examine(subject, first.choices)?.kind;
  }
}

/** Oracles that some witness violates. */
function allOracles(variant: KernelVariant): string[] {
  return [...new Set(NAMES.flatMap((name) => search(name, variant).oracles))].sort();
}

const NAMES = witnesses().map((scenario) => scenario.name);

/** Toggle, the witness that needs it, the kind shown there, and the oracles that any witness violates without it. */
const NECESSARY: readonly (readonly [FixName, string, string, readonly string[]])[] = [
  [
    "validate",
    "unwritten-tail",
    "content: write -> zero, UNWRITTEN map over WRITTEN",
    ["backing", "content"],
  ],
  ["validate", "delalloc-head", "content: write -> zero, DELALLOC map over WRITTEN", ["backing", "content"]],
  [
    "validate",
    "new-delalloc-store",
    "content: store -> zero, DELALLOC map over WRITTEN",
    ["backing", "content"],
  ],
  ["validate", "writeback-failure-hole", "content: write -> zero", ["backing", "content"]],
  [
    "validate-after-lock",
    "unwritten-tail",
    "content: write -> zero, UNWRITTEN map over WRITTEN",
    ["backing", "content"],
  ],
  [
    "cookie-under-ilock",
    "unwritten-tail",
    "content: write -> zero, UNWRITTEN map over WRITTEN",
    ["backing", "content"],
  ],
  ["remap-on-zero-progress", "zero-progress", "results: short write", ["results"]],
  ["punch-skips-dirty", "failed-write-drops-store", "content: store -> zero", ["backing", "content"]],
  ["punch-skips-dirty", "stale-punch-drops-store", "content: store -> zero", ["backing", "content"]],
  ["punch-under-invalidate-lock", "refault-before-punch", "content: store -> zero", ["backing", "content"]],
  ["punch-on-stale", "leaked-delalloc", "accounting: leaked delalloc", ["accounting"]],
  ["scan-limit-eof", "scan-past-eof-1k", "accounting: leaked delalloc", ["accounting"]],
  ["propagate-new", "new-delalloc-store", "content: store -> zero", ["content"]],
  ["complete-before-end-writeback", "unwritten-tail", "content: write -> zero", ["content", "results"]],
  [
    "seq-bump-on-convert",
    "unwritten-tail",
    "content: write -> zero, UNWRITTEN map over WRITTEN",
    ["content"],
  ],
  ["discard-end", "discard-off-by-one", "content: write -> zero", ["accounting", "backing", "content"]],
  [
    "discard-end",
    "discard-off-by-one-aligned",
    "accounting: leaked delalloc",
    ["accounting", "backing", "content"],
  ],
  ["eof-punch-cure", "eof-punch", "content: store -> zero", ["backing", "content"]],
  ["zeroing-flushes-dirty", "eof-zero-unwritten", "content: zero -> older data", ["content"]],
  ["zero-hole-no-flush", "isize-extend-races-writeback", "content: zero -> older data", ["content"]],
  ["zeroing-keeps-isize", "zeroing-grows-file", "results: wrong size", ["results"]],
  ["truncdown-flush-eof", "truncate-trusts-unwritten", "content: zero -> older data", ["content"]],
  ["truncate-sets-size-first", "truncate-writes-old-tail", "content: zero -> older data", ["content"]],
  ["isize-extend-write-protects", "extend-writable-page", "content: store -> zero", ["content"]],
  ["error-per-description", "fsync-tells-both", "results: write -> zero", ["results"]],
  ["zero-convert-looks-again", "zero-convert-discarded", "results: EAGAIN", ["results", "warning"]],
  ["delalloc-to-unwritten", "leaked-disk-contents", "exposure: zero -> garbage", ["exposure"]],
  ["wb-validates-seq", "writeback-trusts-map", "exposure: write -> garbage", ["exposure"]],
  [
    "wb-error-keeps-folio",
    "store-after-failed-writeback",
    "content: store -> zero",
    ["accounting", "content"],
  ],
  ["discard-on-partial-error", "half-mapped-page", "accounting: leaked delalloc", ["accounting"]],
  ["falloc-allocates-on", "falloc-short-allocation", "results: ENOSPC", ["results"]],
  ["wb-past-eof-skip", "redirty-past-eof", "progress: livelock", ["progress"]],
  ["wb-past-eof-skip", "flusher-comes-back", "progress: livelock", ["progress"]],
  ["release-rescans", "scan-finds-nothing", "warning: WARN", ["warning"]],
  ["append-under-iolock", "appends-overlap", "results: wrong size", ["results"]],
  ["shift-flushes-cache", "shift-over-cache", "content: write -> zero", ["backing", "content"]],
  ["release-under-iolock", "close-frees-under-write", "content: write -> zero", ["backing", "content"]],
  // A behaviour that brings a bug, which 6.12 to 7.3 have.
  ["truncdown-zero-flushes", "truncate-down-races-store", "content: zero -> older data", ["content"]],
];

const BEHAVIOURS = FIXES.filter(({ kind }) => kind === "behaviour")
  .map(({ name }) => name)
  .filter((name) => NECESSARY.every(([other]) => other !== name));

/** Alone neither makes large folios in a write. */
const LARGE_FOLIOS = ["write-large-folios", "write-large-chunks"] as const;

describe("what cured cannot do without", () => {
  it("is clean on every witness", () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(30);
    expect(allOracles(curedBut())).toEqual([]);
  });

  it.each(NECESSARY)("%s, as %s shows: %s; %j in all", (name, file, kind, oracles) => {
    const shown = search(file, curedBut(name));
    for (const other of shown.kinds.has(kind) ? [] : sampledKinds(shown.subject)) {
      shown.kinds.add(other);
      if (other === kind) break;
    }
    expect(shown.kinds).toContain(kind);
    expect(kind).toContain(`${shown.oracles[0]}: `);
    expect(allOracles(curedBut(name))).toEqual(oracles);
    // The file says so itself, of this kernel or of an older one.
    expect(witness(file).variants.flatMap((v) => [...v.with, ...v.without])).toContain(name);
  });

  it.each([
    ...Object.entries(UNNEEDED).map(([name, { why }]) => [name, why]),
    ...BEHAVIOURS.map((name) => [name, "behaviour"]),
  ])("not %s: %s", (name) => {
    expect(allOracles(curedBut(name as FixName))).toEqual([]);
  });

  it("large folios bring a bug that no kernel has cured, on its own witness only", () => {
    const failing = NAMES.filter((file) => search(file, curedBut(...LARGE_FOLIOS)).oracles.length > 0);
    expect(failing).toEqual(["punch-zeroes-neighbour"]);
  });

  it("is said of every toggle, and of none both ways", () => {
    const needed = [...new Set(NECESSARY.map(([name]) => name))];
    expect([...needed, ...Object.keys(UNNEEDED), ...BEHAVIOURS].sort()).toEqual([...FIX_NAMES].sort());
  });
});

describe("toggles that stand in for one another", () => {
  it.each([
    ["isize-extend-zeroes", "zeroing-flushes-dirty", "eof-zero-hole-1k", "content"],
    ["isize-extend-zeroes", "zeroing-flushes-dirty", "extend-writable-page", "content"],
    ["short-copy-cure", "zeroed-uptodate-at-end", "short-copy-1k", "exposure"],
  ] as const)("%s or %s is enough for %s", (one, other, file, oracle) => {
    expect(search(file, curedBut(one)).oracles).toEqual([]);
    expect(search(file, curedBut(other)).oracles).toEqual([]);
    expect(search(file, curedBut(one, other)).oracles).toEqual([oracle]);
  });
});

describe("rfc-v1 with cookie-under-ilock", () => {
  const variant: KernelVariant = { base: "rfc-v1", with: ["cookie-under-ilock"], without: [] };

  it.each([
    ["unwritten-tail", []],
    ["delalloc-head", []],
    ["writeback-failure-hole", []],
    ["new-delalloc-store", ["content"]],
    ["failed-write-drops-store", ["content", "backing"]],
    ["leaked-delalloc", ["accounting"]],
  ])("on %s: %j", (file, oracles) => {
    expect(search(file, variant).oracles).toEqual(oracles);
  });
});
