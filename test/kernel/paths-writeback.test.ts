/** Writeback in the order of each kernel, and what a raised i_size does to the page of the old EOF. */
import { describe, expect, it } from "vitest";
import { Choice } from "../../src/kernel/machine/choices.js";
import { boundaryByte } from "../../src/kernel/machine/geometry.js";
import { IoendFlag } from "../../src/kernel/machine/thread.js";
import { BlockFlag, FolioFlag } from "../../src/kernel/objects/folios.js";
import { Value } from "../../src/kernel/objects/values.js";
import { Drive, type Machine } from "./drive.js";
import { disk, extents } from "./machine.js";

const SUBMITS_LATE = [
  "5.10",
  "6.0",
  "6.1.192",
  "6.2",
  "cured",
  "6.12 -wb-submits-at-once",
  "6.18 -wb-submits-at-once",
];
const SUBMITS_AT_ONCE = ["6.12", "6.18", "6.2 +wb-submits-at-once"];

/** One page of four blocks: written, delalloc, written, delalloc, all dirty. */
const FOUR: Machine = {
  file: "{ size: 4k, block: 1k }",
  setup: ["write: 0..1k", "write: 2k..3k", "fsync: {}", "write: 0..4k"],
  threads: { f: ["writeback: 0..4k"], s: ["fsync: {}"], w: ["write: 0..1k"] },
  budget: "{ allocation-failure: 1 }",
};

const has = (d: Drive, flag: number): boolean => d.e.k.folios.has(0, flag);
/** Which ioends could complete now, by the blocks that they hold. */
const sent = (d: Drive): string[] =>
  d
    .ioends()
    .filter((i) => d.e.isEnabled(i))
    .map((i) => `${d.e.k.threads[i]!.ioStart}..${d.e.k.threads[i]!.ioEnd}`);

/** The flusher has mapped blocks 0 and 1 and stands before the lookup of block 2. */
function betweenBlocks(kernel: string, m: Machine = FOUR): Drive {
  const d = new Drive(m, kernel);
  d.until("f", "B_CONVERT").step("f");
  expect(d.isAt("f", "B_LOOKUP")).toBe(true);
  expect(d.thread("f").wbBlock).toBe(2);
  return d;
}

describe("a folio whose blocks go into several ioends", () => {
  it.each(SUBMITS_LATE)("is tagged and sends nothing before it is mapped, on %s", (kernel) => {
    const d = betweenBlocks(kernel);
    expect([has(d, FolioFlag.DIRTY), has(d, FolioFlag.IN_PASS), has(d, FolioFlag.WRITEBACK)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(sent(d)).toEqual([]);
    d.end("f");
    expect([has(d, FolioFlag.IN_PASS), has(d, FolioFlag.WRITEBACK)]).toEqual([false, true]);
    expect(sent(d)).toEqual(["0..1", "1..2", "2..3", "3..4"]);
  });

  it.each(SUBMITS_AT_ONCE)(
    "is in writeback while it is mapped, and completions come in between, on %s",
    (kernel) => {
      const d = betweenBlocks(kernel);
      expect([has(d, FolioFlag.DIRTY), has(d, FolioFlag.WRITEBACK)]).toEqual([false, true]);
      expect(sent(d)).toEqual(["0..1"]);
      d.complete();
      expect(disk(d.e)[0]).toBe(d.e.k.folios.cell(0));
      // The folio stays locked and in writeback until its last block is mapped, whatever has completed.
      expect([d.e.k.folios.isLocked(0), has(d, FolioFlag.WRITEBACK)]).toEqual([true, true]);
      expect(d.e.k.folios.blockHas(0, BlockFlag.WRITEBACK)).toBe(false);
      d.end("f");
      expect(has(d, FolioFlag.WRITEBACK)).toBe(true);
      d.complete();
      expect([has(d, FolioFlag.WRITEBACK), extents(d.e)]).toEqual([false, "WWWW"]);
    },
  );

  it.each(SUBMITS_AT_ONCE)(
    "leaves writeback with the pass when nothing of it is left to do, on %s",
    (kernel) => {
      const holes: Machine = { ...FOUR, setup: ["store: 0..4k"], threads: { f: ["writeback: 0..4k"] } };
      const d = new Drive(holes, kernel);
      d.e.k.extents.punchDelalloc(0, 4);
      d.step("f");
      while (d.e.k.folios.isLocked(0)) d.step("f");
      expect([has(d, FolioFlag.WRITEBACK), d.ioends().length]).toEqual([false, 0]);
    },
  );

  it("keeps an fsync waiting: for the lock where the folio is tagged, else for its writeback", () => {
    const late = betweenBlocks("6.2").run("s");
    expect([late.isDone("s"), late.isAt("s", "B_LOCK") || late.isAt("s", "FS_START")]).toEqual([false, true]);
    const atOnce = betweenBlocks("6.12").run("s");
    expect([atOnce.isDone("s"), atOnce.isAt("s", "B_WAIT_RANGE")]).toEqual([false, true]);
    for (const d of [late, atOnce]) {
      d.end("f").endWithIo("s");
      expect([d.returns, extents(d.e)]).toEqual([
        expect.arrayContaining([{ thread: "s", done: 4, status: 0 }]),
        "WWWW",
      ]);
    }
  });
});

describe("an error in the middle of a folio", () => {
  /** Blocks 0 and 1 are mapped; the allocation for block 3 fails. Then all I/O completes. */
  function failed(kernel: string): { d: Drive; errors: string[] } {
    const d = betweenBlocks(kernel);
    d.until("f", "B_CONVERT");
    expect(d.thread("f").wbBlock).toBe(3);
    d.answers = [1];
    d.step("f");
    expect(d.asked.at(-1)).toBe(Choice.ALLOCATION_FAILURE);
    d.end("f");
    const errors = d.ioends().filter((i) => d.e.k.threads[i]!.hasFlag(IoendFlag.ERROR));
    const named = errors.map((i) => `${d.e.k.threads[i]!.ioStart}..${d.e.k.threads[i]!.ioEnd}`);
    d.complete();
    return { d, errors: named };
  }

  it.each(SUBMITS_LATE)("fails all that the folio had completed, on %s", (kernel) => {
    const { d, errors } = failed(kernel);
    expect(errors).toEqual(["0..1", "1..2", "2..3"]);
    expect([extents(d.e), has(d, FolioFlag.WRITEBACK), has(d, FolioFlag.DIRTY)]).toEqual([
      "WUW-",
      false,
      false,
    ]);
  });
  it.each(SUBMITS_AT_ONCE)("leaves sent what was sent and fails the ioend at hand, on %s", (kernel) => {
    const { d, errors } = failed(kernel);
    expect(errors).toEqual(["2..3"]);
    expect([extents(d.e), has(d, FolioFlag.WRITEBACK), has(d, FolioFlag.DIRTY)]).toEqual([
      "WWW-",
      false,
      false,
    ]);
    const onDisk = disk(d.e);
    expect([0, 1, 2].map((c) => onDisk[c] === d.e.k.folios.cell(c))).toEqual([true, true, false]);
  });
});

describe("wb-maps-ranges", () => {
  const dirty = (setup: string[]): Machine => ({
    file: "{ size: 4k, block: 1k }",
    setup,
    threads: { f: ["writeback: 0..4k"], l: ["load: 0..4k"] },
  });
  /** How often the flusher looks at the extents. */
  function lookups(kernel: string, setup: string[]): number {
    const d = new Drive(dirty(setup), kernel);
    let n = 0;
    for (; !d.isDone("f"); d.step("f")) if (d.isAt("f", "B_LOOKUP") || d.isAt("f", "B_CONVERT")) n++;
    expect(d.complete().ioends()).toEqual([]);
    return n;
  }

  it.each([
    ["delalloc throughout", ["write: 0..4k"], 4, 1],
    ["delalloc, written, delalloc", ["write: 1k..2k", "fsync: {}", "write: 0..4k"], 5, 4],
    ["clean in the middle", ["write: 0..4k", "fsync: {}", "write: 0..1k", "write: 2k..4k"], 2, 1],
  ])("%s", (_, setup, oneByOne, ranges) => {
    expect([lookups("6.12 -wb-maps-ranges", setup), lookups("6.12", setup)]).toEqual([oneByOne, ranges]);
  });
});

describe("pagecache_isize_extended", () => {
  /** `op` raises i_size and stands before the step; meanwhile a store has made the old EOF's page writable again. */
  function raised(op: string, kernel: string): Drive {
    const m: Machine = {
      file: "{ size: 1k, block: 1k }",
      setup: ["write: 0..1k"],
      threads: { w: [op], m: ["store: 0..1k", "store: 2k..3k"], f: ["writeback: 0..4k"] },
    };
    const d = new Drive(m, kernel);
    // A truncate holds invalidate_lock throughout: only what came before it can have made the page writable.
    if (op.startsWith("truncate")) return d.untilOp("m", 1).until("w", "T_ISIZE_EXTENDED");
    while (!d.isAt("w", "W_FAULT_IN")) {
      if (d.canRun("w")) d.step("w");
      else d.complete();
    }
    return d.untilOp("m", 1).until("w", "T_ISIZE_EXTENDED");
  }
  const endAll = (d: Drive): string[] => d.endWithIo("w").endWithIo("m").endWithIo("f").complete().finish();

  it.each([
    ["a write in the old EOF's page", "write: 3k..4k", 4096, ["5.10", "6.0", "6.2", "6.12", "6.18", "cured"]],
    ["a write in another page", "write: 5k..6k", 6144, ["5.10", "6.0", "6.2", "6.12", "6.18", "cured"]],
    // From 6.12 on zeroing flushes the page first.
    ["a truncate", "truncate: 3k", 3072, ["5.10", "6.0", "6.1.192", "6.2"]],
  ])("comes after i_size is raised and with no folio locked: %s", (_, op, size, kernels) => {
    for (const kernel of kernels) {
      const d = raised(op, kernel);
      const { g, isize, folios } = d.e.k;
      expect(boundaryByte(g, isize)).toBe(size);
      expect([folios.isLocked(0), has(d, FolioFlag.PTE_WRITABLE)]).toEqual([false, true]);
      d.step("w");
      expect([folios.isLocked(0), has(d, FolioFlag.PTE_WRITABLE)]).toEqual([false, false]);
      expect(endAll(d)).toEqual([]);
    }
  });

  it("waits for the lock of the old EOF's folio", () => {
    const d = raised("write: 5k..6k", "6.2").until("f", "B_CONVERT");
    expect([d.canRun("w"), d.e.k.folios.isLocked(0)]).toEqual([false, true]);
    d.end("f");
    expect(d.canRun("w")).toBe(true);
  });

  it.each([
    ["6.12", true],
    ["6.18", false],
    ["6.12 +isize-extend-zeroes", false],
  ])("on %s, a store past the old EOF that came before it stays: %s", (kernel, stays) => {
    const d = raised("write: 3k..4k", kernel).end("m").step("w");
    const at = d.e.k.g.cellStart.indexOf(2048);
    expect(d.e.k.folios.cell(at) !== Value.ZERO).toBe(stays);
    // The write had not returned: what it finds there is anybody's guess.
    expect(endAll(d)).toEqual([]);
  });

  it.each([
    ["blocks as large as pages", "{ size: 1k, block: 4k }", "write: 5k..6k"],
    ["an old EOF at the end of its page", "{ size: 4k, block: 1k }", "write: 5k..6k"],
    ["no new block in its page", "{ size: 512, block: 1k }", "write: 768..1k"],
  ])("is not called for %s", (_, file, op) => {
    const d = new Drive({ file, threads: { w: [op], l: ["load: 0..512"] } }, "6.2");
    while (!d.isDone("w")) {
      expect(d.isAt("w", "T_ISIZE_EXTENDED")).toBe(false);
      d.step("w");
    }
  });
});
