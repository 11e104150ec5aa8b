/** Runs of kernels that are kept: read as they were written, and held against models. */
import { describe, expect, it } from "vitest";
import { kernelOf } from "../../../src/kernel/versions/variant.js";
import { pointsOf } from "../../../src/real/force/points.js";
import { drawRun } from "../../../src/real/walk/draw-run.js";
import { judgeKept } from "../../../src/real/walk/judge-kept.js";
import { type KeptRun, keptLine, readKeptLine } from "../../../src/real/walk/kept-run.js";
import { type WalkedRun, walkPoints } from "../../../src/real/walk/walked-run.js";
import { variant } from "./models.js";

const ours = variant("6.1.192");
const ground = { variant: ours, pointAt: walkPoints(pointsOf(kernelOf(ours))) };

/** What a kernel would say that is the model. */
function keptOf({ scenario, moves, sent, end }: WalkedRun, name: string): KeptRun {
  const stands = moves.map((move) => move.stands);
  const did = { stands, sent, end };
  return { kernel: "6.1.192", name, isWalk: true, scenario, moves: moves.map(({ move }) => move), did };
}

const kept = Array.from({ length: 25 }, (_, n) => n).flatMap((n) => {
  const run = drawRun(ground, "kept", n);
  return run === undefined ? [] : [keptOf(run, `kept-${n}`)];
});

describe("a kept run", () => {
  it("is read as it was written, but for places and who has a lock", () => {
    for (const one of kept) {
      const read = readKeptLine(keptLine(one));
      expect(keptLine(read)).toBe(keptLine(one));
      expect(read.scenario).toEqual(one.scenario);
      expect(read.moves).toEqual(one.moves);
      expect(read.did.stands.map((stands) => stands.length)).toEqual(
        one.did.stands.map((stands) => stands.length),
      );
    }
  });

  it("agrees with the model that it was made of, and not with all others", () => {
    const other = variant("5.10");
    const read = kept.map((one) => readKeptLine(keptLine(one)));
    expect(read.map((one) => judgeKept(one, ours))).toEqual(read.map(() => []));
    expect(read.filter((one) => judgeKept(one, other).length > 0).length).toBeGreaterThan(read.length / 2);
  });

  it("says where a model cannot follow", () => {
    const [one] = kept;
    if (one === undefined) throw new Error("none");
    const evict = { do: "evict", from: 1 << 20, to: (1 << 20) + 4096 } as const;
    const [first] = judgeKept({ ...one, moves: [evict, ...one.moves] }, ours);
    expect(first).toMatchObject({ aspect: "steps", at: 0, model: "evict 1048576..1052672 cannot be made" });
    const [, ...rest] = judgeKept({ ...one, moves: one.moves.slice(0, 1) }, ours);
    expect(rest).toEqual([]);
  });
});
