/** The ghost file: what each cell may hold, as operations and faults change it. */
import { describe, expect, it } from "vitest";
import * as ghost from "../../src/check/ghost.js";
import { Also } from "../../src/check/ghost.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import { Global } from "../../src/kernel/machine/layout.js";
import { Value } from "../../src/kernel/objects/values.js";
import { Drive } from "../kernel/drive.js";
import { afterSetup, cache } from "../kernel/machine.js";

const CELL = 1;
const [A, B, C] = [3, 4, 5];

function kernel(): Kernel {
  const { k } = afterSetup("{ size: 12k }", []);
  ghost.expectOnly(k, CELL, A);
  return k;
}

/** The values among zero, three data and the two leaks that the cell may hold. */
function allowed(k: Kernel, cell = CELL): number[] {
  return [Value.ZERO, Value.UNINITIALISED, Value.GARBAGE, A, B, C].filter((v) => ghost.allows(k, cell, v));
}

/** Value and second value of each cell below `cells`. */
function ghostOf(k: Kernel, cells: number): [number, number][] {
  return Array.from({ length: cells }, (_, c) => [k.s[k.layout.ghost + c]!, k.s[k.layout.also + c]!]);
}

describe("a ghost cell", () => {
  const any = [Value.ZERO, A, B, C];
  it.each<[string, (k: Kernel) => void, number[]]>([
    ["holds one value", () => {}, [A]],
    ["may hold a second", (k) => ghost.allowAlso(k, CELL, B), [A, B]],
    ["gains nothing from its own value", (k) => ghost.allowAlso(k, CELL, A), [A]],
    [
      "gains nothing from the same second value again",
      (k) => {
        ghost.allowAlso(k, CELL, B);
        ghost.allowAlso(k, CELL, B);
      },
      [A, B],
    ],
    [
      "is anything but a leak with a third",
      (k) => {
        ghost.allowAlso(k, CELL, B);
        ghost.allowAlso(k, CELL, C);
      },
      any,
    ],
    ["is anything but a leak when undefined", (k) => ghost.allowAnything(k, CELL), any],
    ["is anything but a leak when excused", (k) => ghost.excuse(k, CELL), any],
    [
      "stays excused whatever is allowed later",
      (k) => {
        ghost.excuse(k, CELL);
        ghost.allowAlso(k, CELL, B);
        ghost.allowAnything(k, CELL);
        expect(ghost.isExcused(k, CELL)).toBe(true);
      },
      any,
    ],
    [
      "is exact again after the next write",
      (k) => {
        ghost.excuse(k, CELL);
        ghost.expectOnly(k, CELL, B);
        expect(ghost.isExcused(k, CELL)).toBe(false);
      },
      [B],
    ],
  ])("%s", (_, change, values) => {
    const k = kernel();
    change(k);
    expect(allowed(k)).toEqual(values);
  });

  it.each<[string, (k: Kernel) => void, number, number[]]>([
    ["one of two values on the second", (k) => ghost.allowAlso(k, CELL, B), B, [B]],
    ["one of two values on the first", (k) => ghost.allowAlso(k, CELL, B), A, [A]],
    ["nothing that was undefined", (k) => ghost.allowAnything(k, CELL), B, any],
    ["nothing that was excused", (k) => ghost.excuse(k, CELL), B, any],
    ["nothing that had one value", () => {}, A, [A]],
  ])("settles, once seen, %s", (_, change, seen, values) => {
    const k = kernel();
    change(k);
    ghost.settle(k, CELL, seen);
    expect(allowed(k)).toEqual(values);
  });

  // expectsExactly is the oracles' fast way out, allowed is what exported programs promise.
  it.each<[string, (k: Kernel) => void, boolean, readonly number[] | "any" | undefined]>([
    ["one value", () => {}, true, [A]],
    ["one of two", (k) => ghost.allowAlso(k, CELL, B), false, [A, B]],
    ["anything", (k) => ghost.allowAnything(k, CELL), false, "any"],
    ["what is on disk past EOF", (k) => ghost.leaveStale(k, CELL), false, "any"],
    ["what was lost", (k) => ghost.excuse(k, CELL), false, undefined],
  ])("promises %s", (_, change, isExact, values) => {
    const k = kernel();
    change(k);
    expect([ghost.expectsExactly(k, CELL, A), ghost.allowed(k, CELL)]).toEqual([isExact, values]);
    expect([ghost.expectsExactly(k, CELL, B), ghost.expectsExactly(k, CELL + 1, A)]).toEqual([false, false]);
  });

  it("may hold any data that is on disk past EOF, whatever is allowed besides, and no leak", () => {
    const k = kernel();
    ghost.leaveStale(k, CELL);
    ghost.allowAlso(k, CELL, B);
    expect([ghost.alsoOf(k, CELL), allowed(k), ghost.isExcused(k, CELL)]).toEqual([Also.STALE, any, false]);
    ghost.allowAnything(k, CELL);
    expect(ghost.alsoOf(k, CELL)).toBe(Also.ANY);
  });

  it("is excused below EOF, and where the holder of IOLOCK changes it; past EOF the disk may show", () => {
    const { k } = afterSetup("{ size: 4k }", [], "6.2", "8k");
    const past = k.isize;
    expect(past).toBeLessThan(k.g.cells);
    for (const c of [past - 1, past]) ghost.excuse(k, c);
    expect([past - 1, past].map((c) => ghost.alsoOf(k, c))).toEqual([Also.LOST, Also.STALE]);
    k.s[Global.UNDEFINED_FROM] = past;
    k.s[Global.UNDEFINED_TO] = past + 1;
    ghost.excuse(k, past);
    expect(ghost.alsoOf(k, past)).toBe(Also.LOST);
  });

  it("touches no other cell", () => {
    const k = kernel();
    const before = ghostOf(k, 3);
    ghost.allowAlso(k, CELL, B);
    ghost.excuse(k, CELL);
    ghost.expectOnly(k, CELL, C);
    const after = ghostOf(k, 3);
    expect(after).toEqual([before[0], [C, Also.NOTHING], before[2]]);
  });
});

describe("the ghost file follows operations", () => {
  it.each<[string, string[], [number, number][]]>([
    [
      "a write: its bytes",
      ["write: 1k..2k"],
      [
        [0, 0],
        [3, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      "a store: its bytes",
      ["store: 2k..3k"],
      [
        [0, 0],
        [0, 0],
        [3, 0],
        [0, 0],
      ],
    ],
    [
      "truncate down and up: zero",
      ["write: 0..4k", "truncate: 1k", "truncate: 4k"],
      [
        [3, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      "punch: zero",
      ["write: 0..4k", "punch: 1k..3k"],
      [
        [3, 0],
        [0, 0],
        [0, 0],
        [3, 0],
      ],
    ],
    [
      "zero range: zero",
      ["write: 0..4k", "zero: 0..2k"],
      [
        [0, 0],
        [0, 0],
        [3, 0],
        [3, 0],
      ],
    ],
    [
      "fallocate: as it was",
      ["write: 0..1k", "fallocate: 0..4k"],
      [
        [3, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      "writeback and eviction: as it was",
      ["write: 0..2k", "fsync: {}", "evict: 0..4k"],
      [
        [3, 0],
        [3, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      "a later write over an earlier one",
      ["write: 0..2k", "write: 1k..3k"],
      [
        [3, 0],
        [4, 0],
        [4, 0],
        [0, 0],
      ],
    ],
    [
      "a write up to its unreadable byte",
      ["write: 0..4k, fault-at: 2k"],
      [
        [3, 0],
        [3, 0],
        [0, 0],
        [0, 0],
      ],
    ],
  ])("%s", (_, setup, expected) => {
    const { e } = new Drive({ file: "{ size: 4k, block: 1k }", setup, threads: { t: ["load: 0..4k"] } });
    expect(ghostOf(e.k, 4)).toEqual(expected);
  });

  it("calls a store past EOF zero, or what was stored while the page has not been written back", () => {
    const { k } = afterSetup("{ size: 1k }", ["store: 0..2k"], "6.2", "4k");
    expect([ghost.expected(k, 1), allowed(k, 1)]).toEqual([Value.ZERO, [Value.ZERO, A]]);
  });
});

describe("an error that is owed", () => {
  it.each([
    ["own", "its own description", [false, true, true]],
    ["shared", "the description of all", [false, false, false]],
  ])("is owed to each description, and paid with fd: %s to %s", (fd, _, left) => {
    const { e } = new Drive({
      file: "{ size: 4k }",
      threads: { a: ["fsync: {}"], b: ["fsync: {}"], c: ["fsync: {}"] },
      fd,
    });
    const owed = () => [0, 1, 2].map((t) => ghost.isOwed(e.k, e.thread(t)));
    expect(owed()).toEqual([false, false, false]);
    ghost.owe(e.k);
    expect(owed()).toEqual([true, true, true]);
    ghost.paid(e.k, e.thread(0));
    expect(owed()).toEqual(left);
  });
});

describe("what the holder of IOLOCK changes", () => {
  const size = { file: "{ size: 2k, block: 1k }" };
  const undefinedCells = (d: Drive): number[] =>
    Array.from({ length: d.e.k.g.cells }, (_, c) => c).filter((c) => ghost.isUndefined(d.e.k, c));

  it.each<[string, string[], string, number[]]>([
    ["a write: from the size in force", ["write: 1k..4k"], "W_FAULT_IN", [2, 3]],
    ["truncate down: from the new size", ["truncate: 1k"], "TR_ZEROED", [1, 2, 3]],
    ["truncate up: from the old size", ["truncate: 4k"], "TR_ZEROED", [2, 3]],
    ["punch: its range", ["punch: 0..1k"], "FA_UNMAP", [0]],
    ["zero range: its range", ["zero: 0..1k"], "FA_UNMAP", [0]],
  ])("is undefined meanwhile and exact afterwards: %s", (_, ops, label, cells) => {
    const d = new Drive({ ...size, threads: { w: ops, m: ["store: 0..4k"] } });
    expect(undefinedCells(d)).toEqual([]);
    d.until("w", label as never);
    expect(undefinedCells(d)).toEqual(cells);
    d.end("w");
    expect(undefinedCells(d)).toEqual([]);
    expect([d.e.k.s[Global.UNDEFINED_FROM], d.e.k.s[Global.UNDEFINED_TO]]).toEqual([0, 0]);
  });

  it("lets a store into it last or not", () => {
    const d = new Drive({ ...size, threads: { w: ["write: 1k..4k"], m: ["store: 2k..3k"] } });
    d.until("w", "W_COPY");
    // The page is locked: the store waits for the write, which then covers it.
    d.run("m");
    expect(d.isDone("m")).toBe(false);
    d.end("w").end("m");
    expect(ghostOf(d.e.k, 4)[2]).toEqual([4, Also.NOTHING]);
    expect(d.finish()).toEqual([]);
  });

  it("keeps a store below the size in force exact", () => {
    const d = new Drive({
      ...size,
      setup: ["store: 0..1k"],
      threads: { w: ["write: 1k..4k"], m: ["store: 0..1k"] },
    });
    d.until("w", "W_FAULT_IN").end("m").end("w");
    expect(ghostOf(d.e.k, 1)).toEqual([[5, Also.NOTHING]]);
    expect(d.finish()).toEqual([]);
  });

  it("expects a store below the size in force until the truncate has its say", () => {
    const m = { ...size, setup: ["store: 0..2k"], threads: { t: ["truncate: 1k"], m: ["store: 1k..2k"] } };
    const d = new Drive(m, "6.2 -truncdown-flush-eof");
    d.until("t", "TR_ZEROED").end("m");
    expect(ghostOf(d.e.k, 2)[1]).toEqual([5, Also.ANY]);
    d.end("t");
    expect(ghostOf(d.e.k, 2)[1]![0]).toBe(Value.ZERO);
    expect(d.finish()).toEqual([]);
  });

  it("makes a store past the size in force undefined for good, if the size grows over it", () => {
    const d = new Drive({
      ...size,
      setup: ["store: 0..1k"],
      threads: { w: ["write: 1k..3k"], m: ["store: 3k..4k", "store: 2k..3k"] },
    });
    d.until("w", "W_FAULT_IN").untilOp("m", 1);
    expect(ghostOf(d.e.k, 4)[3]![1]).toBe(Also.ANY);
    d.end("m").end("w");
    expect(ghostOf(d.e.k, 4).map(([, also]) => also)).toEqual([0, 0, 0, expect.any(Number)]);
    expect(d.finish()).toEqual([]);
  });
});

describe("bytes of a copy that came up short", () => {
  it("may stay old or be new where the block was uptodate, and settle when read", () => {
    const d = new Drive({
      file: "{ size: 4k, block: 1k }",
      setup: ["write: 0..1k"],
      threads: { w: ["write: 0..2k, short-copy: 0x200"], r: ["read: 0..1k"] },
      budget: "{ fatal-signal: 1 }",
    });
    const { k } = d.e;
    // The write is killed when it comes back for the rest.
    d.answers = [0, 1];
    d.end("w");
    expect([ghostOf(k, 2), allowed(k, 0), cache(d.e).slice(0, 2)]).toEqual([
      [
        [A, Also.VALUE + B],
        [A, Also.NOTHING],
      ],
      [A, B],
      [B, A],
    ]);
    d.end("r");
    expect(ghostOf(k, 2)).toEqual([
      [B, Also.NOTHING],
      [A, Also.NOTHING],
    ]);
    expect(d.finish()).toEqual([]);
  });

  it("are the file's as far as it came in an uptodate folio", () => {
    const d = new Drive({
      file: "{ size: 4k }",
      setup: ["write: 0..4k"],
      threads: { w: ["write: 0..4k, fault-at: 2k, short-copy: 1k"] },
    });
    d.end("w");
    expect(ghostOf(d.e.k, 3)).toEqual([
      [B, 0],
      [B, 0],
      [A, 0],
    ]);
    expect(d.finish()).toEqual([]);
  });
});
