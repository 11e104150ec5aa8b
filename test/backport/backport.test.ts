/**
 * Backports against a slower judge: what is taken cures, nothing less does, and no prefix is worse than the kernel as it
 * is.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Backport, backport, type Wanted } from "../../src/backport/backport.js";
import { keyOf, type Looked, type Question } from "../../src/backport/faults.js";
import { listing, missing } from "../../src/backport/listing.js";
import { applied, type Unit } from "../../src/backport/patch-units.js";
import { commitNamed } from "../../src/cli/input/known-commits.js";
import { oracleMask } from "../../src/explore/finding/finding.js";
import { ON_TOP_OF, TOGETHER } from "../../src/kernel/versions/backports.js";
import { COMPANIONS, companionsOf } from "../../src/kernel/versions/companions.js";
import { lacksOf } from "../../src/kernel/versions/lacks.js";
import { PATCHES } from "../../src/kernel/versions/patches.js";
import { type KernelVariant, variantName } from "../../src/kernel/versions/variant.js";
import { backportMarkdown } from "../../src/report/backport-markdown.js";
import { exhaust } from "../../src/tasks/exhaust.js";
import { witnesses } from "../scenarios.js";

const SCENARIOS = new Map(witnesses().map((scenario) => [scenario.name, scenario]));
const known = new Map<string, Looked>();

function look({ variant, witness }: Question): Looked {
  const key = `${variantName(variant)}: ${witness}`;
  const there = known.get(key);
  if (there !== undefined) return there;
  const scenario = SCENARIOS.get(witness)!;
  const mask = oracleMask(scenario.oracles);
  const { failures, isComplete } = exhaust(
    { kind: "exhaust", subject: { scenario, variant }, mask },
    () => false,
  );
  const looked = { faults: failures.map((failure) => ({ witness, ...failure })), isComplete };
  known.set(key, looked);
  return looked;
}

/** What fails on a kernel, as names. */
function failing(variant: KernelVariant): Set<string> {
  return new Set([...SCENARIOS.keys()].flatMap((witness) => look({ variant, witness }).faults.map(keyOf)));
}

function answer(base: string, more: Partial<Wanted> = {}): Backport {
  const search = backport({
    kernel: { base, with: [], without: [] },
    witnesses: [...SCENARIOS.keys()],
    leftOut: [],
    isUpstream: false,
    ...more,
  });
  let next = search.next();
  while (next.done !== true) next = search.next(look(next.value));
  return next.value;
}

function series(...lines: readonly string[]): Unit[] {
  return lines.map((line) => ({ patches: line.split("+").map((name) => commitNamed(name)!) }));
}

const commits = (units: readonly Unit[]) =>
  units.map(({ patches }) => patches.map(({ commit }) => commit).join("+"));
const names = (set: ReadonlySet<string>) => [...set].map((key) => key.slice(0, key.indexOf(": ")));

describe("a backport to 5.10", () => {
  let found: Backport;
  beforeAll(() => {
    found = answer("5.10");
  }, 300_000);

  it("is the series with its later repairs, and the cure that nobody has merged before the checks", () => {
    const order = commits(found.steps.map(({ unit }) => unit));
    const core = [
      "198dd8aedee6",
      "f43dc4dc3eff+7a9d43eace88",
      "proposed:eof-punch-cure",
      "d7b64041164c+304a68b9c63b",
    ];
    expect(order.filter((one) => core.includes(one))).toEqual(core);
    expect(order).toContain("943bc0882ceb");
    expect(order).toContain("c5c810b94cfd+proposed:truncdown-flushes-again");
    expect([found.uncured, found.remaining, found.open, found.isWorse]).toEqual([[], [], [], false]);
  });

  it("is no worse anywhere on its way, and clean at its end", () => {
    const start = failing(found.kernel);
    expect(start.size).toBeGreaterThan(15);
    const units = found.steps.map(({ unit }) => unit);
    for (let n = 1; n <= units.length; n++)
      for (const key of failing(applied(found.kernel, units.slice(0, n)))) expect(start).toContain(key);
    expect(failing(applied(found.kernel, units)).size).toBe(0);
  });

  it("can spare none of its steps", () => {
    const start = failing(found.kernel);
    const units = found.steps.map(({ unit }) => unit);
    for (const unit of units) {
      const left = failing(
        applied(
          found.kernel,
          units.filter((one) => one !== unit),
        ),
      );
      const isWorse = [...left].some((key) => !start.has(key));
      const isUncured = names(left).some((name) => found.targets.includes(name));
      expect(isWorse || isUncured, commits([unit])[0]).toBe(true);
    }
  });

  it("names every commit that its patches need, each before them and once", () => {
    const order = listing(found).flatMap(({ entries }) => entries.map(({ name }) => name));
    expect(new Set(order).size).toBe(order.length);
    for (const { commit, of, place } of COMPANIONS) {
      const at = order.indexOf(commit);
      const others = of.flatMap((name) => (order.includes(name) ? [order.indexOf(name)] : []));
      if (at < 0 || others.length === 0) continue;
      if (place === "before") expect(at).toBeLessThan(Math.min(...others));
      else expect(at).toBeGreaterThan(Math.max(...others));
    }
    expect(order).toContain("118e021b4b66");
  });

  it("stands in docs/backports.md", () => {
    const isThere = readFileSync("docs/backports.md", "utf8").includes(backportMarkdown(found));
    expect(isThere, "`npm run accept -- backports` writes it anew").toBe(true);
  });
});

describe("merged commits alone", () => {
  it("make two races worse on 5.10, whatever their order", () => {
    const { steps, isWorse, targets, uncured, remaining } = answer("5.10", { isUpstream: true });
    expect(isWorse).toBe(true);
    expect(new Set(steps.flatMap(({ worse }) => worse.map(({ witness }) => witness)))).toEqual(
      new Set(["eof-punch-enospc", "truncate-down-races-store"]),
    );
    expect(uncured).toEqual([]);
    expect(targets).not.toContain("eof-punch");
    expect(remaining).toContain("eof-punch");
  });
});

describe("the series on 5.4 without a5949d3faedf", () => {
  const CHECKS = [
    "198dd8aedee6",
    "f43dc4dc3eff+7a9d43eace88",
    "proposed:eof-punch-cure",
    "d7b64041164c+304a68b9c63b",
  ];

  it("makes a write that succeeds show what the disk held, and with it first does not", () => {
    const alone = answer("5.4", { targets: ["unwritten-tail"], series: series(...CHECKS) });
    expect(alone.steps.flatMap(({ worse }) => worse.map(keyOf))).toEqual([
      "remap-reads-disk: exposure: zero -> garbage",
    ]);
    // Without what makes zeroing look at the cache, more unwritten extents are worse by themselves.
    const first = answer("5.4", {
      targets: ["unwritten-tail"],
      series: series("c5c810b94cfd+proposed:truncdown-flushes-again", "a5949d3faedf", ...CHECKS),
    });
    expect([first.isWorse, first.uncured]).toEqual([false, []]);
    const bare = answer("5.4", { targets: ["unwritten-tail"], series: series("a5949d3faedf", ...CHECKS) });
    expect(bare.steps[0]!.worse.map(({ witness }) => witness)).toEqual(["isize-extend-races-writeback"]);
  });
});

describe("a series that somebody has", () => {
  it("is worse between a patch and its repair, and not where they go in as one", () => {
    const asked = { targets: ["failed-write-drops-store"] };
    const scan = ["198dd8aedee6", "f43dc4dc3eff+7a9d43eace88"];
    const apart = answer("5.10", { ...asked, series: series(...scan, "7348b322332d", "8ac5b996bf51") });
    expect(apart.steps.map(({ worse }) => worse.map(({ witness }) => witness))).toEqual([
      [],
      [],
      ["discard-off-by-one-aligned", "discard-off-by-one"],
      [],
    ]);
    expect(apart.steps[3]!.closed.map(keyOf)).toEqual(apart.steps[2]!.opened.map(keyOf));
    const together = answer("5.10", { ...asked, series: series(...scan, "7348b322332d+8ac5b996bf51") });
    expect([together.isWorse, together.uncured]).toEqual([false, []]);
  });

  it("that puts the checks before the scan loses stores between", () => {
    const { steps } = answer("5.10", {
      targets: ["unwritten-tail"],
      series: series("d7b64041164c", "304a68b9c63b", "198dd8aedee6", "f43dc4dc3eff"),
    });
    expect(steps[1]!.opened.map(({ witness }) => witness)).toContain("stale-punch-drops-store");
    expect(steps[3]!.closed.map(({ witness }) => witness)).toContain("stale-punch-drops-store");
  });

  it("without a commit that its patches build on is told so", () => {
    const given = answer("5.10", { targets: [], series: series("118e021b4b66", "f43dc4dc3eff") });
    expect(missing(given).map(({ commit }) => commit)).toEqual(["b71f889c18ad", "9c7babf94a0d"]);
  });
});

describe("what is known of patches besides", () => {
  it("is about patches that there are", () => {
    const there = new Set([...PATCHES, ...COMPANIONS].map(({ commit }) => commit));
    const told = [
      ...TOGETHER.flatMap((one) => one.commits),
      ...Object.entries(ON_TOP_OF).flat(2),
      ...COMPANIONS.flatMap(({ of }) => of),
    ];
    for (const commit of told) expect(there, commit).toContain(commit);
  });

  it.each<[commit: string, linux: string, count: number]>([
    ["198dd8aedee6", "5.10", 1],
    ["198dd8aedee6", "5.15", 0],
    ["f43dc4dc3eff", "5.4", 2],
    ["f43dc4dc3eff", "5.10", 2],
    ["f43dc4dc3eff", "5.15", 1],
    ["f43dc4dc3eff", "6.1", 0],
    ["d7b64041164c", "4.19", 2],
    ["d7b64041164c", "5.4", 1],
  ])("%s on %s lacks %i things", (commit, linux, count) => {
    expect(lacksOf(commit, linux)).toHaveLength(count);
  });

  it("asks for no companion that a kernel has", () => {
    expect(companionsOf("304a68b9c63b", "4.18", "before")).toHaveLength(1);
    expect(companionsOf("304a68b9c63b", "4.19", "before")).toEqual([]);
    expect(companionsOf("f43dc4dc3eff", "6.1", "before")).toHaveLength(3);
    expect(companionsOf("f43dc4dc3eff", "6.2", "before")).toEqual([]);
  });
});
