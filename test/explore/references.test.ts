/**
 * Scenarios in which an independent model of the same kernels disagreed, and what public reports give: verdicts that the
 * kernels' sources settle, some of them with a state that kernels can end in.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { Choice } from "../../src/kernel/machine/choices.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { variantName } from "../../src/kernel/versions/variant.js";
import { parseFsxOps } from "../../src/scenario/reports/fsx.js";
import type { Scenario } from "../../src/scenario/types.js";
import { doJob } from "../../src/tasks/index.js";
import { judge } from "../../src/verdict/judge-scenario.js";
import { variantOf, violated } from "../kernel/drive.js";
import { disk, extents } from "../kernel/machine.js";
import { scenarioAt } from "../scenarios.js";

const DIFFERENTIAL = "test/data/differential";
const REPORTS = "test/data/public-reports";

function scenariosIn(folder: string): Scenario[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => scenarioAt(`${folder}/${file}`));
}

/** What a scenario says of each kernel, and what is found there. */
const CASES = [DIFFERENTIAL, REPORTS]
  .flatMap(scenariosIn)
  .flatMap((scenario) =>
    [
      ...scenario.expect.map((e) => ({ ...e, base: e.kernel, with: [], without: [] })),
      ...scenario.variants,
    ].map((expected) => [scenario.name, variantName(expected), scenario, expected] as const),
  );

describe("what the reference says", () => {
  it.each(CASES)("of %s on %s", (_, __, scenario, expected) => {
    const work = judge({
      subject: { scenario, variant: expected },
      seed: "t",
      schedules: 2000,
      expected,
      exhaustive: true,
    });
    let next = work.next();
    while (next.done !== true) next = work.next(doJob(next.value));
    expect(next.value).toMatchObject({ met: true, isComplete: true });
  });
});

describe("a kernel can end", () => {
  const cells = (k: Kernel, bytes: number): number => k.g.cellStart.indexOf(bytes);
  it.each<[string, string, string, (k: Kernel, end: { extents: string; disk: number[] }) => boolean]>([
    [
      "with the truncate done that comes after the fsync which was told of the error",
      "fsync-clears-error",
      "6.2",
      (k) => k.budget(Choice.DEVICE_ERROR) === 0 && k.isize <= cells(k, 1536),
    ],
    [
      "with a store in a hole that came between i_size and write protection",
      "isize-window",
      "6.2",
      (_k, end) => /^..-[^-]/.test(end.extents),
    ],
    [
      "with page 0 dirty and page 1 written by the pass that skipped page 0",
      "pass-skips-writeback",
      "6.2",
      (k, end) =>
        k.folios.has(0, FolioFlag.DIRTY) && !k.folios.has(1, FolioFlag.DIRTY) && end.extents[4] === "W",
    ],
    [
      "with the store kept that a second page_mkwrite has reserved for",
      "second-fault-mkwrite",
      "rfc-v1",
      (k, end) => end.extents.length > 0 && k.folios.cell(cells(k, 8704)) > 2,
    ],
    [
      "with no byte written where the conversion of what lies behind EOF met ENOSPC",
      "../public-reports/zero-convert-fails",
      "6.12",
      (k) => k.budget(Choice.ALLOCATION_FAILURE) === 0 && k.isize === cells(k, 65 * 1024),
    ],
    [
      "with what lies behind EOF converted in three pieces, and the write done",
      "../public-reports/zero-convert-fails",
      "6.12",
      (k) => k.budget(Choice.SHORT_ALLOCATION) === 0 && k.isize > cells(k, 80 * 1024),
    ],
  ])("%s", (_, name, kernel, isThere) => {
    const { engine } = makeSubject(scenarioAt(`${DIFFERENTIAL}/${name}.yaml`), variantOf(kernel));
    let found = 0;
    search(engine, {
      goal: "all",
      reduced: false,
      onEnd: () => {
        if (isThere(engine.k, { extents: extents(engine), disk: disk(engine) })) found++;
      },
    });
    expect(found).toBeGreaterThan(0);
  });
});

describe("generic/469", () => {
  const BEFORE = "6.0 -truncate-sets-size-first -truncdown-flush-eof -zeroing-flushes-eof-page";

  /** Oracles that the one thread of an operation file violates. */
  const found = (file: string, kernel: string): readonly string[] => {
    const parsed = parseFsxOps(readFileSync(`${REPORTS}/generic-469-${file}.fsxops`, "utf8"), file);
    if (!("scenario" in parsed)) throw new Error(`${file} does not parse`);
    const { engine } = makeSubject(parsed.scenario, variantOf(kernel));
    engine.run(new ReplayChoices([]));
    return violated(engine);
  };

  // File 1 has the old tail on disk as well, but never drops the page: fsx does not see it. File 2 has no bytes between
  // the sizes on disk and in memory, so that its truncate writes nothing before it sets i_size.
  it.each([
    ["0", ["content"]],
    ["1", ["content"]],
    ["2", []],
    ["3", ["content"]],
  ])("file %s loses before 4.15: %j, and nothing since", (file, oracles) => {
    expect(found(file, BEFORE)).toEqual(oracles);
    for (const { name } of RELEASES) expect(found(file, name), name).toEqual([]);
  });

  it("is cured by the flush behind EOF alone where the page is dropped by a punch", () => {
    expect(found("0", BEFORE.replace(" -zeroing-flushes-eof-page", ""))).toEqual([]);
  });
});
