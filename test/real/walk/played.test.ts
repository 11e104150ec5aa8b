/** How a player makes moves, as far as a run of the model would have it otherwise. */
import { describe, expect, it } from "vitest";
import { kernelOf } from "../../../src/kernel/versions/variant.js";
import type { ForcedMove } from "../../../src/real/force/forced-moves.js";
import { ModelPlay } from "../../../src/real/force/play-model.js";
import { pointsOf } from "../../../src/real/force/points.js";
import { standText } from "../../../src/real/walk/compare-run.js";
import { walkOn, walkPoints } from "../../../src/real/walk/walked-run.js";
import { type Machine, textOf } from "../../kernel/drive.js";
import { scenario } from "../../kernel/machine.js";
import { variant } from "./models.js";

const groundFor = (kernel: string) => {
  const of = variant(kernel);
  return { variant: of, pointAt: walkPoints(pointsOf(kernelOf(of))) };
};
const go = (who: string): ForcedMove => ({ do: "go", who });

function played(kernel: string, machine: Machine, moves: string): ModelPlay {
  const { variant: of, pointAt } = groundFor(kernel);
  const play = new ModelPlay(scenario(textOf(machine)), of, pointAt);
  for (const who of moves.split(" ")) play.make(go(who));
  return play;
}
const stands = (play: ModelPlay): string[] => play.stands().map(({ stand }) => standText(stand));

describe("a player", () => {
  it("makes one pass for the flusher, whatever that leaves dirty", () => {
    const play = played(
      "5.10",
      {
        file: "{ size: 0, block: 4k }",
        setup: ["write: 7k..8k"],
        threads: { t: ["truncate: 2k"], f: ["writeback: 0..8k"] },
      },
      "t t t t t f f",
    );
    expect(stands(play)).toEqual(["at truncate_inode_pages_range", "has returned from 1"]);
    expect(play.isOver).toBe(false);
  });

  it.each([
    ["up to its end, in two folios", ["store: 2k..3k", "store: 6k..7k"], "8k", 1],
    ["in two folios, and then for more", ["store: 2k..3k", "store: 6k..7k"], "12k", 2],
    ["in two folios apart", ["store: 2k..3k", "store: 10k..11k"], "12k", 2],
  ])("finds a write that fails looking for data %s", (_, stores, end, times) => {
    const threads = { w: [`write: 0..${end}, fault-at: 0`], m: stores };
    const machine = { file: `{ size: ${end}, block: 4k }`, threads };
    const play = played("6.1.192", machine, `w w w ${"m ".repeat(10)}w`);
    let seen = 0;
    for (; stands(play)[0] === "at mapping_seek_hole_data"; play.make(go("w"))) seen++;
    expect([seen, play.standing("m")]).toEqual([times, { is: "returned", ops: 2 }]);
  });

  it("has every page of a file, whether or not an operation names it", () => {
    const play = played(
      "6.1.192",
      { file: "{ size: 4k, block: 4k }", threads: { w: ["write: 8k..12k"] } },
      "w",
    );
    const [zeroing] = stands(play);
    play.make(go("w"));
    const begin = "at xfs_buffered_write_iomap_begin";
    expect([zeroing, ...stands(play)]).toEqual([begin, begin]);
  });

  it("is not asked for what turns on who is faster to take a lock that is let go and taken again", () => {
    const machine: Machine = {
      file: "{ size: 8k, block: 4k }",
      setup: ["write: 0..4k"],
      threads: { f: ["writeback: 0..4k"], m: ["store: 0..1k"], p: ["punch: 4k..8k"] },
    };
    const onTheWay = played("5.10", { ...machine, setup: ["write: 0..4k", "read: 0..4k"] }, "f f f m p");
    expect(stands(onTheWay).slice(1)).toEqual([
      "waits for folio lock of f",
      "waits for invalidate_lock of m",
    ]);
    expect(onTheWay.isDeterminate(go("f"))).toBe(false);
    // Where a fault that finds its folio does without the lock, it does not matter.
    const later = played("6.1.192", { ...machine, setup: ["write: 0..4k", "read: 0..4k"] }, "f f f m");
    expect(later.isDeterminate(go("f"))).toBe(true);
  });

  it("is not asked for what turns on where free blocks lie", () => {
    const walked = (setup: readonly string[]) => {
      const machine = { file: "{ size: 0, block: 4k }", setup, threads: { s: ["fsync: {}"] } };
      return walkOn(groundFor("6.1.192"), scenario(textOf(machine)), () => 0);
    };
    const before = ["fallocate: 4k..8k, keep-size: true", "write: 0..4k"];
    expect(walked(before)).toBe("allocates blocks right before others");
    expect(walked(["write: 0..4k"])).toMatchObject({ end: { size: 4096 } });
  });
});
