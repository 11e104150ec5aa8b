/**
 * The model's checks of itself: on in tests, and each says what is out of its range instead of writing past it.
 */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/explore/run/engine.js";
import { Transitions } from "../../src/explore/search/transitions.js";
import { afterSetup } from "./machine.js";

/** A file of three pages of a block each, in three cells. */
const SLIPS: readonly (readonly [what: string, slip: (e: Engine) => void])[] = [
  ["cells 2..4 of 3", ({ k }) => k.folios.fill(2, 4, 0)],
  ["cell 3..4 of 3", ({ k }) => k.disk.write(3, 0)],
  ["block 3..4 of 3", ({ k }) => k.disk.poison(3)],
  ["block -1..0 of 3", ({ k }) => k.folios.setBlock(-1, 1)],
  ["block 3..4 of 3", ({ k }) => k.folios.clearBlock(3, 1)],
  ["page 3..4 of 3", ({ k }) => k.folios.insert(3)],
  ["blocks 2..4 of 3", ({ k }) => k.extents.reserve(2, 4, 4)],
  ["blocks -1..2 of 3", ({ k }) => k.extents.unmap(-1, 2)],
  [
    "i_size 4..5 of 4",
    ({ k }) => {
      k.isize = 4;
    },
  ],
  [
    "i_disk_size -1..0 of 4",
    ({ k }) => {
      k.diskSize = -1;
    },
  ],
  [
    "pos of thread 0 cannot be 256",
    ({ k }) => {
      k.threads[0]!.pos = 256;
    },
  ],
  [
    "wbEnd of thread 0 cannot be -1",
    ({ k }) => {
      k.threads[0]!.wbEnd = -1;
    },
  ],
  ["thread 99..100 of 6", (e) => e.step(99)],
  ["thread -1..0 of 6", (e) => e.step(-1)],
  ["transition 7..8 of 7", (e) => new Transitions(e).run(7)],
  [
    "thread 0 takes a lock that is held",
    ({ k }) => {
      k.iolock.acquire(k.threads[0]!);
      k.iolock.acquire(k.threads[0]!);
    },
  ],
];

describe("a slip of the model", () => {
  it.each(SLIPS)("%s", (what, slip) => {
    const e = afterSetup("{ size: 12k }", ["write: 0..12k"]);
    expect(() => slip(e)).toThrow(`the model is broken: ${what}`);
  });
});
