/** Walks whose kernel is a model: one that agrees with itself, and others that differ in what walks have to find. */
import { describe, expect, it } from "vitest";
import { isSentApart, type Parting, partings } from "../../../src/real/walk/compare-run.js";
import { drawRun } from "../../../src/real/walk/draw-run.js";
import { walk } from "../../../src/real/walk/walk-kernel.js";
import { followMoves, type WalkedRun } from "../../../src/real/walk/walked-run.js";
import { groundOf, modelGuest, variant } from "./models.js";

const KERNELS = ["5.10", "6.1.192", "6.12"] as const;

describe("a walk", () => {
  it.each(KERNELS)("of a model against itself agrees in all: %s", async (kernel) => {
    const walked = await walk({
      ground: groundOf(variant(kernel)),
      guest: modelGuest(variant(kernel)),
      seed: "itself",
      runs: 40,
      perBoot: 25,
      shrinks: 3,
    });
    expect(walked).toMatchObject({ runs: 40, disagreements: [], problems: [], undrawn: 0 });
    expect(Object.values(walked.agree)).toEqual(Array.from({ length: 6 }, () => 40));
    expect(walked.moves).toBeGreaterThan(400);
  });

  const writer = "writer";
  it.each([
    ["validate", 23, "a", "at xfs_buffered_write_iomap_end", "at __iomap_write_begin", 3],
    ["punch-skips-dirty", 24, writer, "at iomap_write_delalloc_scan", "at unmap_mapping_range", 1],
    ["complete-before-end-writeback", 3, "io/1", "at xfs_iomap_write_unwritten", "at iomap_finish_ioends", 2],
  ])("finds a kernel without %s, and shrinks it", async (toggle, n, what, model, kernel, mostOps) => {
    const ground = groundOf(variant("6.1.192"));
    const guest = modelGuest(variant("6.1.192", [toggle]));
    const walked = await walk({ ground, guest, seed: "m", runs: n + 1, perBoot: 50, shrinks: 1 });
    const found = walked.disagreements.find(({ isShrunk }) => isShrunk);
    expect(found?.partings[0]).toMatchObject({ aspect: "steps", what, model, kernel });
    const { setup = [], threads = [] } = found?.run.scenario ?? {};
    expect([...setup, ...threads.flatMap(({ ops }) => ops)].length).toBeLessThanOrEqual(mostOps);
  });

  it("says what could not be compared, and counts it for nothing", async () => {
    const ground = groundOf(variant("6.1.192"));
    const model = modelGuest(variant("6.1.192"));
    const walked = await walk({
      ground,
      guest: async (runs) =>
        (await model(runs)).map((run, i) => (i === 1 ? { problem: "stuck" } : run)).slice(0, 3),
      seed: "itself",
      runs: 4,
      perBoot: 4,
      shrinks: 1,
    });
    expect(walked).toMatchObject({ runs: 2, disagreements: [] });
    expect(walked.problems).toEqual([
      { n: 1, problem: "stuck" },
      { n: 3, problem: "the kernel did not get to it" },
    ]);
    expect(walked.agree.steps).toBe(2);
  });
});

/** The move after which the first ioend is done. */
function goneAt(moves: WalkedRun["moves"]): number {
  const isThere = moves.map(({ stands }) => stands.some(({ who }) => who === "io/1"));
  return isThere.findIndex((is, i) => !is && isThere[i - 1] === true);
}

describe("a run", () => {
  const ground = groundOf(variant("6.12"));
  const drawn = Array.from({ length: 20 }, (_, n) => drawRun(ground, "same", n)).filter(
    (run): run is WalkedRun => run !== undefined,
  );

  it("is drawn alike from the same seed, and otherwise from another", () => {
    expect(drawRun(ground, "same", 3)).toEqual(drawn[3]);
    expect(drawRun(ground, "other", 3)).not.toEqual(drawn[3]);
  });

  it("is made again by its moves", () => {
    for (const run of drawn)
      expect(
        followMoves(
          ground,
          run.scenario,
          run.moves.map(({ move }) => move),
        ),
      ).toEqual(run);
  });

  it("parts from a kernel in each aspect of its end", () => {
    const run = drawn.find(({ end }) => end.size > 0 && end.extents.length > 0);
    if (run === undefined) throw new Error("no such run");
    const { moves, end } = run;
    const stands = moves.map((move) => move.stands);
    const first = end.cached[0]?.[1] ?? 0;
    const others = [
      ["size", { size: end.size + 1 }],
      ["extents", { extents: [] }],
      ["returns", { returns: end.returns.map(() => [-28]) }],
      ["cached", { cached: [[end.size, first + 1]] }],
      ["disk", { onDisk: [] }],
    ] as const;
    for (const [aspect, change] of others)
      expect(partings(run, { stands, end: { ...end, ...change } }).map((one) => one.aspect)).toContain(
        aspect,
      );
    expect(partings(run, { stands, end })).toEqual([]);
    // What nobody can know is no difference.
    expect(partings(run, { stands, end: { ...end, cached: [[end.size, -1]] } })).toEqual([]);
  });

  it.each<[string, [number, number][], [number, number][], boolean]>([
    ["the same", [[0, 8192]], [[0, 8192]], false],
    [
      "cut in two",
      [[0, 8192]],
      [
        [0, 4096],
        [4096, 8192],
      ],
      true,
    ],
    [
      "cut in two before other data that only one sent",
      [
        [0, 8192],
        [0, 4096],
      ],
      [
        [0, 4096],
        [4096, 8192],
      ],
      true,
    ],
    [
      "in another order",
      [
        [0, 4096],
        [4096, 8192],
      ],
      [
        [4096, 8192],
        [0, 4096],
      ],
      true,
    ],
    ["less of it", [[0, 8192]], [[0, 4096]], false],
    ["other data", [[0, 4096]], [[4096, 8192]], false],
  ])("has sent its data apart: %s", (_, mine, theirs, isApart) => {
    expect(isSentApart({ sent: mine }, { sent: theirs })).toBe(isApart);
    expect(isSentApart({ sent: theirs }, { sent: mine })).toBe(isApart);
  });

  it("leaves alone what a kworker does when its ioend is done, and nothing before", () => {
    const waits = { who: "io/1", stand: { is: "waits", for: "unknown", by: "", byte: 0 } } as const;
    const run = drawn.find(({ moves }) => goneAt(moves) >= 0 && goneAt(moves) + 1 < moves.length);
    if (run === undefined) throw new Error("no such run");
    const at = goneAt(run.moves);
    const waitsIn = (n: number): Parting[] => {
      const stands = run.moves.map((move, i) => (i === n ? [...move.stands, waits] : move.stands));
      return partings(run, { stands, end: undefined });
    };
    expect(waitsIn(at + 1)).toEqual([]);
    expect(waitsIn(at)).toMatchObject([{ aspect: "steps", at, what: "io/1" }]);
  });

  it("parts where a kernel does not get further", () => {
    const [run] = drawn;
    if (run === undefined) throw new Error("no such run");
    const stands = run.moves.slice(0, 2).map((move) => move.stands);
    expect(partings(run, { stands, end: undefined })).toMatchObject([
      { aspect: "steps", at: 2, model: "is made", kernel: "did not get there" },
    ]);
  });
});
