/** What findings say: the witnesses, each by a shortest run that shows it, and findings of random programs. */

import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examine, type Finding, judgedMask, oracleMask } from "../../src/explore/finding/finding.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { ORACLE_NAMES } from "../../src/kernel/oracle-table.js";
import { type KernelVariant, variantName } from "../../src/kernel/versions/variant.js";
import type { Scenario } from "../../src/scenario/types.js";
import { type Machine, textOf, variantOf } from "../kernel/drive.js";
import { scenario } from "../kernel/machine.js";
import { scenarioAt } from "../scenarios.js";
import { findings } from "../shrink/findings.js";

interface Judged {
  readonly file: string;
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly isBad: boolean;
  readonly kind: string | undefined;
}

/** Every verdict that a witness file states. */
const stated: Judged[] = readdirSync("scenarios/witnesses").flatMap((file) => {
  const s = scenarioAt(`scenarios/witnesses/${file}`);
  const plain = s.expect.map((e) => ({
    base: e.kernel,
    with: [],
    without: [],
    expect: e.expect,
    kind: e.kind,
  }));
  return [...plain, ...s.variants].map(({ expect: wanted, kind, ...variant }) => ({
    file: file.replace(".yaml", ""),
    scenario: s,
    variant,
    isBad: wanted !== "ok",
    kind,
  }));
});

function shortest(s: Scenario, variant: KernelVariant): { subject: Subject; finding: Finding | undefined } {
  const subject = makeSubject(s, variant);
  const mask = judgedMask(subject);
  const result = search(subject.engine, { goal: "shortest", mask, memoryBytes: 2 ** 28 });
  expect(result.cut).toBeUndefined();
  const violation = result.violations[0];
  return { subject, finding: violation && examine(subject, violation.choices) };
}

function consistent(subject: Subject, finding: Finding): void {
  const { trace } = finding;
  expect(finding.lostAt).toBeGreaterThanOrEqual(0);
  expect(finding.lostAt).toBeLessThanOrEqual(finding.seenAt);
  expect(finding.seenAt).toBeLessThanOrEqual(finding.steps + 1);
  expect(finding.steps).toBe(trace.steps.length);
  expect(finding.switches).toBeGreaterThanOrEqual(finding.preemptions);
  expect(finding.kind.startsWith(`${finding.oracle}: `)).toBe(true);
  expect(finding.range[0]).toBeLessThanOrEqual(finding.range[1]);
  expect(finding.also).not.toContain(finding.oracle);
  // One that is judged earlier in the order of precedence would have been the finding.
  for (const o of finding.also)
    expect(ORACLE_NAMES.indexOf(o)).toBeGreaterThan(ORACLE_NAMES.indexOf(finding.oracle));
  const { engine } = subject;
  engine.run(new ReplayChoices(finding.choices));
  expect(engine.steps).toBe(finding.steps);
  expect(examine(subject, finding.choices)).toEqual(finding);
}

describe("witnesses", () => {
  const bad = stated.filter((j) => j.isBad);

  it.each(bad.map((j) => ({ ...j, on: variantName(j.variant) })))("$file on $on shows its kind", (j) => {
    const { subject, finding } = shortest(j.scenario, j.variant);
    consistent(subject, finding!);
    // RFC v1 shows this one in a second way, through the cookie that is sampled too late; that run is shorter.
    const other = j.file.startsWith("new-delalloc-store") && variantName(j.variant) === "rfc-v1";
    const kind = other ? "content: store -> zero, DELALLOC map over WRITTEN" : j.kind;
    expect(finding!.kind).toBe(kind);
  });

  it("never change what they show, nor how soon", () => {
    const rows = bad
      .filter((j) => ["6.0", "rfc-v1", "6.2"].includes(variantName(j.variant)))
      .map((j) => {
        const { finding } = shortest(j.scenario, j.variant);
        const { kind, also, steps, range } = finding!;
        const more = also.length > 0 ? ` (also ${also.join(", ")})` : "";
        return `${j.file} ${j.variant.base}: ${kind}${more} at ${range.join("..")}, ${steps} steps`;
      });
    expect(rows.join("\n")).toMatchInlineSnapshot(`
      "delalloc-head-1k 6.0: content: write -> zero, DELALLOC map over WRITTEN at 0..512, 9 steps
      delalloc-head-1k rfc-v1: content: write -> zero, DELALLOC map over WRITTEN at 0..512, 10 steps
      delalloc-head 6.0: content: write -> zero, DELALLOC map over WRITTEN at 0..2048, 9 steps
      delalloc-head rfc-v1: content: write -> zero, DELALLOC map over WRITTEN at 0..2048, 10 steps
      discard-off-by-one-aligned 6.2: accounting: leaked delalloc at 4096..8192, 3 steps
      discard-off-by-one 6.2: content: write -> zero (also backing) at 4096..12288, 5 steps
      eof-punch-1k 6.0: content: store -> zero (also backing) at 6144..6656, 7 steps
      eof-punch-1k rfc-v1: content: store -> zero (also backing) at 6144..6656, 8 steps
      eof-punch-1k 6.2: content: store -> zero (also backing) at 6144..6656, 8 steps
      eof-punch-aligned 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      eof-punch-aligned rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      eof-punch-enospc 6.2: backing: hole under dirty block at 4096..6144, 23 steps
      eof-punch-signal 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      eof-punch-signal rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      eof-punch-signal 6.2: content: store -> zero (also backing) at 5120..6144, 8 steps
      eof-punch 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      eof-punch rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      eof-punch 6.2: content: store -> zero (also backing) at 5120..6144, 8 steps
      eof-zero-hole-1k 6.0: content: zero -> older data at 1536..2048, 9 steps
      eof-zero-hole-1k rfc-v1: content: zero -> older data at 1536..2048, 10 steps
      eof-zero-hole-1k 6.2: content: zero -> older data at 1536..2048, 9 steps
      eof-zero-unwritten 6.0: content: zero -> older data at 3072..4096, 8 steps
      eof-zero-unwritten rfc-v1: content: zero -> older data at 3072..4096, 8 steps
      eof-zero-unwritten 6.2: content: zero -> older data at 3072..4096, 8 steps
      extend-writable-page 6.0: content: zero -> older data at 1024..2048, 10 steps
      extend-writable-page rfc-v1: content: zero -> older data at 1024..2048, 11 steps
      extend-writable-page 6.2: content: zero -> older data at 1024..2048, 10 steps
      failed-write-drops-store-1k 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      failed-write-drops-store-1k rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      failed-write-drops-store 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      failed-write-drops-store rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      falloc-short-allocation 6.0: results: ENOSPC at 73728..81920, 1 steps
      falloc-short-allocation rfc-v1: results: ENOSPC at 73728..81920, 1 steps
      falloc-short-allocation 6.2: results: ENOSPC at 73728..81920, 1 steps
      isize-extend-races-writeback 6.0: content: zero -> older data at 2048..3072, 14 steps
      isize-extend-races-writeback rfc-v1: content: zero -> older data at 2048..3072, 15 steps
      isize-extend-races-writeback 6.2: content: zero -> older data at 2048..3072, 14 steps
      leaked-delalloc rfc-v1: accounting: leaked delalloc at 8192..12288, 21 steps
      new-delalloc-store-1k 6.0: content: store -> zero, DELALLOC map over WRITTEN at 6656..7168, 19 steps
      new-delalloc-store-1k rfc-v1: content: store -> zero, DELALLOC map over WRITTEN at 6656..7168, 20 steps
      new-delalloc-store 6.0: content: store -> zero, DELALLOC map over WRITTEN at 7168..8192, 15 steps
      new-delalloc-store rfc-v1: content: store -> zero, DELALLOC map over WRITTEN at 7168..8192, 16 steps
      refault-before-punch-1k 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      refault-before-punch-1k rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      refault-before-punch 6.0: content: store -> zero (also backing) at 5120..6144, 7 steps
      refault-before-punch rfc-v1: content: store -> zero (also backing) at 5120..6144, 8 steps
      scan-finds-nothing 6.2: warning: WARN at 4096..4096, 5 steps
      short-copy-1k 6.0: exposure: zero -> uninitialised at 1280..1536, 8 steps
      short-copy-1k rfc-v1: exposure: zero -> uninitialised at 1280..1536, 10 steps
      short-copy-1k 6.2: exposure: zero -> uninitialised at 1280..1536, 8 steps
      unwritten-tail-1k 6.0: content: write -> zero, UNWRITTEN map over WRITTEN at 10752..11264, 13 steps
      unwritten-tail-1k rfc-v1: content: write -> zero, UNWRITTEN map over WRITTEN at 10752..11264, 14 steps
      unwritten-tail 6.0: content: write -> zero, UNWRITTEN map over WRITTEN at 10240..12288, 12 steps
      unwritten-tail rfc-v1: content: write -> zero, UNWRITTEN map over WRITTEN at 10240..12288, 13 steps
      writeback-failure-hole 6.0: content: write -> zero (also backing) at 4096..8192, 8 steps
      writeback-failure-hole rfc-v1: content: write -> zero (also backing) at 4096..8192, 9 steps
      zero-convert-discarded 6.0: backing: hole under dirty block, DELALLOC map over HOLE at 66560..69632, 8 steps
      zero-convert-discarded rfc-v1: backing: hole under dirty block, DELALLOC map over HOLE at 66560..69632, 10 steps
      zeroing-grows-file 6.0: results: wrong size at 2048..4096, 5 steps
      zeroing-grows-file rfc-v1: results: wrong size at 2048..4096, 7 steps
      zeroing-grows-file 6.2: results: wrong size at 2048..4096, 4 steps"
    `);
  });
});

describe("findings of random programs", () => {
  it("are consistent on every kernel", () => {
    const kinds = new Set<string>();
    for (const base of ["5.10", "6.0", "rfc-v1", "6.1.192", "6.2", "6.12", "6.18"]) {
      for (const { run, finding } of findings({ base, with: [], without: [] }, "finding", 150, 4)) {
        kinds.add(finding.kind);
        consistent(makeSubject(run.scenario, run.variant), finding);
      }
    }
    expect(kinds.size).toBeGreaterThan(5);
  });
});

describe("an examined run", () => {
  const machine: Machine = {
    file: "{ size: 4k, block: 4k }",
    threads: { w: ["write: 0..4k, fault-at: 0"], m: ["store: 1k..2k"] },
  };
  const on = (kernel: string, m = machine): Subject => makeSubject(scenario(textOf(m)), variantOf(kernel));

  it("says what was expected, what is there, and by whom", () => {
    const f = examine(on("6.0"), [0, 1])!;
    expect([f.oracle, f.expected, f.actual, f.range, f.ops]).toEqual([
      "content",
      "m.1",
      "zero",
      [1024, 2048],
      2,
    ]);
    expect([f.switches, f.preemptions, f.choices]).toEqual([2, 1, [0, 1]]);
  });

  it("is no finding when it is in order", () => {
    expect(examine(on("6.2"), [0, 1])).toBeUndefined();
    expect(examine(on("6.0"), [])).toBeUndefined();
  });

  it("is judged by the oracles that are asked for", () => {
    const m: Machine = {
      ...machine,
      threads: { ...machine.threads, b: ["writeback: 0..4k"], r: ["load: 1k..2k"] },
    };
    const subject = on("6.2 -punch-under-invalidate-lock", m);
    const result = search(subject.engine, { goal: "shortest", mask: oracleMask(["backing"]) });
    const { choices } = result.violations[0]!;
    const both = examine(subject, choices)!;
    expect([both.oracle, both.also]).toEqual(["content", ["backing"]]);
    expect(examine(subject, choices, oracleMask(["backing"]))!.kind).toMatch(
      /^backing: hole under dirty block/,
    );
    expect(examine(subject, choices, oracleMask(["results", "progress"]))).toBeUndefined();
  });

  it.each([
    [undefined, 127],
    [["content"], 1],
    [["progress", "exposure"], 34],
    [[], 0],
  ])("knows oracles by name: %j", (names, mask) => {
    expect(oracleMask(names as string[] | undefined)).toBe(mask);
  });

  it.each<[string, Machine, string, number[], string]>([
    [
      "a short write",
      {
        file: "{ size: 2k, block: 2k }",
        setup: ["write: 0..1k"],
        threads: { w: ["write: 1k..2k"], b: ["writeback: 0..2k"] },
      },
      "6.2 -remap-on-zero-progress",
      [0, 1, 0, 0, 1],
      "results: short write",
    ],
    [
      "older data",
      {
        file: "{ size: 1k, block: 4k }",
        setup: ["fallocate: 0..1k"],
        threads: { m: ["store: 2k..3k"], t: ["truncate: 4k"] },
      },
      "6.2",
      [],
      "content: zero -> older data",
    ],
    [
      "uninitialised memory",
      { file: "{ size: 4k, block: 1k }", threads: { w: ["write: 0x200..0x600, fault-at: 0x500"] } },
      "6.2",
      [],
      "exposure: zero -> uninitialised",
    ],
  ])("names its kind: %s", (_, m, kernel, choices, kind) => {
    expect(examine(on(kernel, m), choices)?.kind).toBe(kind);
  });
});

describe("where a leak began", () => {
  const machine: Machine = {
    file: "{ size: 8k, block: 4k }",
    setup: ["write: 4k..8k"],
    threads: { b: ["writeback: 4k..8k"] },
    budget: "{ allocation-failure: 1 }",
  };

  it("is the step that left the reservation, not the one that made it", () => {
    const finding = examine(makeSubject(scenario(textOf(machine)), variantOf("6.2")), [1])!;
    expect(finding.kind).toBe("accounting: leaked delalloc");
    expect(finding.lostAt).toBeGreaterThan(0);
  });
});
