/** A buffered write: its maps, what it initialises, what it accepts of a copy, and how it goes on. */
import { describe, expect, it } from "vitest";
import { Errno } from "../../src/kernel/machine/errors.js";
import { ExtentType } from "../../src/kernel/objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../../src/kernel/objects/folios.js";
import { Cookie, IomapFlag } from "../../src/kernel/objects/iomap.js";
import { HELD_FOLIO, HELD_IOLOCK_EXCL } from "../../src/kernel/objects/locks.js";
import { Value } from "../../src/kernel/objects/values.js";
import { Drive } from "./drive.js";
import { cache, extents, residency } from "./machine.js";

const { DELALLOC, UNWRITTEN, WRITTEN } = {
  DELALLOC: ExtentType.DELALLOC,
  UNWRITTEN: ExtentType.UNWRITTEN,
  WRITTEN: ExtentType.WRITTEN,
};
const NEW = IomapFlag.NEW;
const CURRENT = Cookie.CURRENT;

/** Type, first block, end block, flags and cookie of the map in a thread's registers. */
function mapOf(d: Drive, name = "w"): number[] {
  const t = d.thread(name);
  return [t.mapType, t.mapStart, t.mapEnd, t.mapFlags, t.cookie];
}

describe("the map of a write", () => {
  it.each<[string, string[], string, number[], string]>([
    ["a hole: reserved as far as the write goes", [], "write: 1k..6k", [DELALLOC, 0, 2, NEW], "DD-"],
    [
      "a hole before a record: up to it",
      ["fallocate: 8k..12k"],
      "write: 0..12k",
      [DELALLOC, 0, 2, NEW],
      "DDU",
    ],
    ["delalloc: the whole record", ["write: 0..12k"], "write: 4k..5k", [DELALLOC, 0, 3, 0], "DDD"],
    [
      "delalloc beside a hole: the record alone",
      ["write: 0..4k"],
      "write: 0..8k",
      [DELALLOC, 0, 1, 0],
      "D--",
    ],
    [
      "a hole beside delalloc: the reservation, not the merged record",
      ["write: 0..4k"],
      "write: 4k..8k",
      [DELALLOC, 1, 2, NEW],
      "DD-",
    ],
    ["unwritten: the whole record", ["fallocate: 0..12k"], "write: 4k..5k", [UNWRITTEN, 0, 3, 0], "UUU"],
    ["written: the whole record", ["write: 0..8k", "fsync: {}"], "write: 0..1k", [WRITTEN, 0, 2, 0], "WW-"],
    [
      "unwritten beside written: up to the change of type",
      ["fallocate: 0..12k", "write: 0..4k", "fsync: {}"],
      "write: 4k..12k",
      [UNWRITTEN, 1, 3, 0],
      "WUU",
    ],
  ])("over %s", (_, setup, write, map, tree) => {
    for (const [kernel, cookie] of [
      ["6.0", Cookie.NONE],
      ["6.2", CURRENT],
      ["6.18", CURRENT],
    ] as const) {
      const d = new Drive(
        { file: "{ size: 12k }", setup, threads: { w: [write], t: ["load: 0..12k"] } },
        kernel,
      );
      d.until("w", "W_FAULT_IN");
      expect([...mapOf(d), extents(d.e)]).toEqual([...map, cookie, tree]);
      expect([d.thread("w").held, d.e.k.ilock.isFree()]).toEqual([HELD_IOLOCK_EXCL, true]);
    }
  });

  it("is the next one once the first is used up", () => {
    const d = new Drive({
      file: "{ size: 12k }",
      setup: ["fallocate: 4k..8k"],
      threads: { w: ["write: 0..12k"] },
    });
    const maps: number[][] = [];
    while (!d.isDone("w")) {
      if (d.isAt("w", "W_FAULT_IN")) maps.push(mapOf(d));
      d.step("w");
    }
    expect(maps).toEqual([
      [DELALLOC, 0, 1, NEW, CURRENT],
      [UNWRITTEN, 1, 2, 0, CURRENT],
      [DELALLOC, 2, 3, NEW, CURRENT],
    ]);
  });

  it("is sampled before ILOCK is dropped, or after it", () => {
    const m = { file: "{ size: 4k }", threads: { w: ["write: 0..4k"] } };
    const late = new Drive(m, "rfc-v1").until("w", "W_COOKIE");
    expect(mapOf(late)).toEqual([DELALLOC, 0, 1, NEW, Cookie.NONE]);
    expect(mapOf(late.step("w"))[4]).toBe(CURRENT);
    expect(mapOf(new Drive(m, "6.2").until("w", "W_FAULT_IN"))[4]).toBe(CURRENT);
  });

  it.each<[string, string, string[], number]>([
    ["allocation", "6.2", ["b"], Cookie.BUMPED],
    ["reservation elsewhere", "6.2", ["m"], Cookie.BUMPED],
    ["a store into what is there", "6.2", [], CURRENT],
  ])("knows of a change: %s", (_, kernel, run, cookie) => {
    const d = new Drive(
      {
        file: "{ size: 8k }",
        setup: ["store: 0..4k"],
        threads: { w: ["write: 0..1k"], b: ["writeback: 0..4k"], m: ["store: 4k..5k"], n: ["store: 1k..2k"] },
      },
      kernel,
    );
    d.until("w", "W_FAULT_IN").end("n");
    for (const name of run) d.end(name);
    expect(d.thread("w").cookie).toBe(cookie);
  });

  it("knows of a conversion, unless that bumps nothing", () => {
    for (const [kernel, cookie] of [
      ["6.2", Cookie.BUMPED],
      ["6.2 -seq-bump-on-convert", CURRENT],
    ] as const) {
      const d = new Drive(
        {
          file: "{ size: 4k }",
          setup: ["fallocate: 0..4k", "write: 0..4k"],
          threads: { w: ["write: 0..1k"], b: ["writeback: 0..4k"] },
        },
        kernel,
      );
      d.until("w", "W_FAULT_IN").end("b");
      expect(d.thread("w").cookie).toBe(CURRENT);
      d.complete();
      expect(d.thread("w").cookie).toBe(cookie);
    }
  });

  it.each([
    ["6.0", 0, "goes on"],
    ["6.2", 0, "remaps"],
    ["rfc-v1", NEW, "remaps"],
    ["6.2 +propagate-new", NEW, "remaps"],
    ["6.2 -remap-on-zero-progress", 0, "ends"],
  ])("that is stale before its first byte, on %s", (kernel, flags, what) => {
    const d = new Drive(
      {
        file: "{ size: 4k }",
        threads: { w: ["write: 0..1k"], m: ["store: 1k..2k"], b: ["writeback: 0..4k"], e: ["evict: 0..4k"] },
      },
      kernel,
    );
    d.until("w", "W_FAULT_IN").end("m").end("b").complete().end("e");
    d.step("w");
    if (what === "ends") {
      d.end("w");
      expect([d.isDone("w"), d.returns.at(-1)]).toEqual([true, { thread: "w", done: 0, status: 0 }]);
    } else if (what === "goes on") expect(mapOf(d)).toEqual([DELALLOC, 0, 1, NEW, 0]);
    else {
      d.until("w", "W_FAULT_IN");
      expect(mapOf(d).slice(0, 4)).toEqual([WRITTEN, 0, 1, flags]);
      // The folio was made before the map was looked at.
      expect(residency(d.e)).toBe("p");
    }
  });

  it("is compared before the lock where the check comes too early", () => {
    const m = {
      file: "{ size: 4k }",
      setup: ["fallocate: 0..4k", "write: 2k..4k"],
      threads: { w: ["write: 0..1k"], b: ["writeback: 0..4k"] },
    };
    const early = new Drive(m, "6.2 -validate-after-lock").until("w", "W_LOCK");
    early.end("b").complete().until("w", "W_COPY");
    expect(early.thread("w").mapType).toBe(UNWRITTEN);
    const late = new Drive(m, "6.2").until("w", "W_FAULT_IN");
    late.end("b").complete().until("w", "W_COPY");
    expect(late.thread("w").mapType).toBe(WRITTEN);
  });
});

describe("what a write initialises", () => {
  const U = Value.UNINITIALISED;
  it.each<[string, string, string[], string, string, number[]]>([
    ["the rest of a block over a hole", "{ size: 4k }", [], "6.2", "write: 1k..2k", [0, U, 0]],
    [
      "the rest of an unwritten block",
      "{ size: 4k }",
      ["fallocate: 0..4k"],
      "6.2",
      "write: 1k..2k",
      [0, U, 0],
    ],
    [
      "a written block, from disk",
      "{ size: 4k }",
      ["write: 0..4k", "fsync: {}", "evict: 0..4k"],
      "6.2",
      "write: 1k..2k",
      [3, 3, 3],
    ],
    ["nothing that it overwrites whole", "{ size: 4k }", [], "6.2", "write: 0..4k", [U]],
    ["a page that is uptodate: nothing", "{ size: 4k }", ["write: 0..4k"], "6.2", "write: 1k..2k", [3, 3, 3]],
    [
      "only the blocks that it touches",
      "{ size: 4k, block: 1k }",
      [],
      "6.2",
      "write: 0x500..0x900",
      [U, 0, U, U, 0, U],
    ],
    [
      "no byte of blocks that are uptodate",
      "{ size: 4k, block: 1k }",
      ["fallocate: 0..4k", "write: 0x400..0x800"],
      "6.2",
      "write: 0x200..0xa00",
      [0, U, 4, U, 0, U],
    ],
  ])("%s", (_, file, setup, kernel, write, expected) => {
    const d = new Drive({ file, setup, threads: { w: [write] } }, kernel);
    d.until("w", "W_COPY");
    expect(cache(d.e)).toEqual(expected);
    expect([d.thread("w").held, d.e.k.folios.isLocked(0)]).toEqual([HELD_IOLOCK_EXCL | HELD_FOLIO, true]);
  });

  it("zeroes a written block of a new map", () => {
    // D2: the remap of rfc-v1 inherits NEW, so the store is zeroed instead of read.
    const m = {
      file: "{ size: 4k }",
      threads: { w: ["write: 0..1k"], m: ["store: 1k..2k"], b: ["writeback: 0..4k"], e: ["evict: 0..4k"] },
    };
    const at = (kernel: string): number => {
      const d = new Drive(m, kernel);
      d.until("w", "W_FAULT_IN").end("m").end("b").complete().end("e").until("w", "W_COPY");
      return cache(d.e)[1]!;
    };
    expect([at("rfc-v1"), at("6.2"), at("6.2 +propagate-new")]).toEqual([Value.ZERO, 4, Value.ZERO]);
  });

  it.each([
    ["6.2", "1111"],
    ["6.2 +short-copy-cure", "...."],
    ["cured", "...."],
  ])("marks what it initialised uptodate at once, or at write_end, on %s", (kernel, bits) => {
    const d = new Drive({ file: "{ size: 4k, block: 1k }", threads: { w: ["write: 0x200..0xe00"] } }, kernel);
    const uptodate = (): string =>
      [0, 1, 2, 3].map((b) => (d.e.k.folios.blockHas(b, BlockFlag.UPTODATE) ? "1" : ".")).join("");
    d.until("w", "W_COPY");
    expect(uptodate()).toBe(bits);
    d.end("w");
    expect(uptodate()).toBe("1111");
  });
});

describe("a copy that comes up short", () => {
  /** Where the write stands after the first write_end, of its cells; and the dirty blocks. */
  function after(file: string, setup: string[], write: string, kernel: string): [number, string] {
    const d = new Drive({ file, setup, threads: { w: [write] } }, kernel);
    d.until("w", "W_COPY").step("w");
    const { k } = d.e;
    const dirty = Array.from({ length: k.g.blocks }, (_, b) =>
      k.folios.blockHas(b, BlockFlag.DIRTIED) ? "d" : ".",
    );
    return [k.g.cellStart[d.thread("w").pos]!, dirty.join("")];
  }

  it.each<[string, string, string[], string, string, number, string]>([
    [
      "is taken in an uptodate folio",
      "{ size: 4k }",
      ["write: 0..4k"],
      "write: 0..4k, short-copy: 1k",
      "6.2",
      1024,
      "d",
    ],
    [
      "is taken in a block that begin called uptodate",
      "{ size: 4k }",
      [],
      "write: 1k..3k, short-copy: 2k",
      "6.2",
      2048,
      "d",
    ],
    [
      "is refused there with the cure",
      "{ size: 4k }",
      [],
      "write: 1k..3k, short-copy: 2k",
      "cured",
      1024,
      ".",
    ],
    [
      "is refused in a folio that is not uptodate",
      "{ size: 4k }",
      [],
      "write: 0..4k, short-copy: 1k",
      "6.2",
      0,
      ".",
    ],
    [
      "is refused with 1k blocks, whole ones too",
      "{ size: 4k, block: 1k }",
      [],
      "write: 0..4k, short-copy: 0x900",
      "6.2",
      0,
      "....",
    ],
    [
      "is taken by whole blocks with the cure",
      "{ size: 4k, block: 1k }",
      [],
      "write: 0..4k, short-copy: 0x900",
      "cured",
      2048,
      "dd..",
    ],
    [
      "is taken by bytes in a block that was uptodate, with the cure",
      "{ size: 4k, block: 1k }",
      ["fallocate: 0..4k", "write: 0x800..0xc00"],
      "write: 0..4k, short-copy: 0x900",
      "cured",
      0x900,
      "ddd.",
    ],
    [
      "is refused over an uptodate block of a folio that is not",
      "{ size: 4k, block: 1k }",
      ["fallocate: 0..4k", "write: 0x800..0xc00"],
      "write: 0..4k, short-copy: 0x900",
      "6.2",
      0,
      "..d.",
    ],
    ["is refused page by page", "{ size: 12k }", [], "write: 0..12k, short-copy: 5k", "6.2", 4096, "d.."],
    ["is refused folio by folio", "{ size: 16k }", [], "write: 0..16k, short-copy: 5k", "6.18", 0, "...."],
  ])("%s", (_, file, setup, write, kernel, pos, dirty) => {
    const pages = write.includes("12k") ? 2 : 1;
    if (pages === 1) expect(after(file, setup, write, kernel)).toEqual([pos, dirty]);
    else {
      const d = new Drive({ file, setup, threads: { w: [write] } }, kernel);
      d.until("w", "W_COPY", 2).step("w");
      expect(d.e.k.g.cellStart[d.thread("w").pos]).toBe(pos);
    }
  });

  it("is tried again, with no more than what the copy brought, and then goes on", () => {
    const d = new Drive({ file: "{ size: 4k }", threads: { w: ["write: 0..4k, short-copy: 1k"] } });
    d.until("w", "W_COPY").step("w").until("w", "W_COPY");
    expect([d.thread("w").pos, d.thread("w").chunkEnd]).toEqual([0, 1]);
    d.end("w");
    expect(d.returns).toEqual([{ thread: "w", done: 2, status: 0 }]);
    expect(d.finish()).toEqual([]);
  });
});

describe("an unreadable source", () => {
  it.each<[string, string, string, number, number]>([
    ["5.10", "{ size: 4k }", "write: 0..4k, fault-at: 2k", 0, Errno.EFAULT],
    ["6.2", "{ size: 4k }", "write: 0..4k, fault-at: 2k", 2048, Errno.EFAULT],
    ["6.2", "{ size: 8k }", "write: 0..8k, fault-at: 4k", 4096, Errno.EFAULT],
    ["5.10", "{ size: 8k }", "write: 0..8k, fault-at: 4k", 4096, Errno.EFAULT],
    ["5.10", "{ size: 8k }", "write: 0..8k, fault-at: 5k", 4096, Errno.EFAULT],
    ["6.2", "{ size: 8k }", "write: 0..8k, fault-at: 5k", 5120, Errno.EFAULT],
    ["6.18", "{ size: 8k }", "write: 0..8k, fault-at: 0", 0, Errno.EFAULT],
  ])("on %s, %s, %s: up to %i", (kernel, file, write, bytes, status) => {
    const d = new Drive({ file, threads: { w: [write], t: ["load: 0..8k"] } }, kernel).end("w");
    const [result] = d.returns;
    const { g } = d.e.k;
    expect([result!.done === 0 ? 0 : g.cellEnd[result!.done - 1], result!.status]).toEqual([bytes, status]);
  });
});

describe("i_size", () => {
  it("rises at write_end, page by page, under the folio lock", () => {
    const d = new Drive({ file: "{ size: 0 }", threads: { w: ["write: 0..8k"], t: ["load: 0..8k"] } });
    const sizes: number[] = [];
    while (!d.isDone("w")) {
      sizes.push(d.e.k.isize);
      d.step("w");
    }
    expect([...new Set(sizes), d.e.k.isize]).toEqual([0, 1, 2]);
    expect(d.e.k.diskSize).toBe(0);
  });

  it("and the page cache past it are what they were when a write past EOF fails", () => {
    const d = new Drive(
      {
        file: "{ size: 1k }",
        setup: ["write: 0..1k"],
        threads: { w: ["write: 1k..4k, fault-at: 2k, short-copy: 0x600"] },
        budget: "{ fatal-signal: 1 }",
      },
      "6.2 +short-copy-cure",
    );
    d.answers = [0, 1];
    d.end("w");
    expect(d.e.k.isize).toBe(d.returns[0]!.done);
    expect(cache(d.e).slice(d.e.k.isize)).toEqual(
      cache(d.e)
        .slice(d.e.k.isize)
        .map(() => Value.ZERO),
    );
    expect(d.finish()).toEqual([]);
  });
});

describe("ENOSPC", () => {
  const machine = {
    file: "{ size: 8k }",
    setup: ["fallocate: 4k..8k", "write: 4k..8k"],
    threads: { w: ["write: 0..4k"], r: ["read: 0..1k"] },
    budget: "{ reservation-failure: 2 }",
  };

  it("flushes everything with IOLOCK held, drops it, and tries once more", () => {
    const d = new Drive(machine);
    d.answers = [1, 0];
    d.run("w");
    // It waits for the writeback that it started.
    expect([residency(d.e), d.isDone("w"), d.canRun("r")]).toEqual([".c", false, false]);
    d.complete().step("w");
    expect([d.isAt("w", "W_IOLOCK"), d.thread("w").held, extents(d.e)]).toEqual([true, 0, "-W"]);
    d.end("w");
    expect([d.returns, extents(d.e)]).toEqual([[{ thread: "w", done: 2, status: 0 }], "DW"]);
  });

  it("is returned the second time", () => {
    const d = new Drive(machine);
    d.answers = [1, 1];
    d.endWithIo("w");
    expect(d.returns).toEqual([{ thread: "w", done: 0, status: Errno.ENOSPC }]);
    expect(d.end("r").finish()).toEqual([]);
  });

  it("after some bytes is returned at once", () => {
    const d = new Drive({ ...machine, file: "{ size: 12k }", threads: { w: ["write: 4k..12k"] } });
    d.answers = [1];
    d.end("w");
    expect([d.returns, d.asked.length]).toEqual([[{ thread: "w", done: 2, status: Errno.ENOSPC }], 1]);
  });
});

describe("folios of a write", () => {
  /** Pages per folio. */
  function folios(kernel: string, write: string, setup: string[] = []): number[] {
    const d = new Drive(
      { file: "{ size: 32k }", setup, threads: { w: [write], t: ["load: 0..32k"] } },
      kernel,
    ).end("w");
    const { k } = d.e;
    const found: number[] = [];
    for (let p = 0; p < k.g.pages; p = k.folios.end(p))
      if (k.folios.has(p, FolioFlag.PRESENT)) found.push(k.folios.end(p) - p);
    return found;
  }
  it.each<[string, string, string[], number[]]>([
    ["6.2", "write: 0..16k", [], [1, 1, 1, 1]],
    ["6.18", "write: 0..16k", [], [4]],
    ["6.18", "write: 0..12k", [], [2, 1]],
    ["6.18", "write: 4k..16k", [], [1, 2]],
    ["6.18", "write: 8k..24k", [], [2, 2]],
    ["6.18", "write: 0..16k", ["read: 4k..5k"], [1, 1, 2]],
    ["6.18", "write: 0..32k", [], [8]],
    ["6.12", "write: 1k..9k", [], [2, 1]],
  ])("%s, %s after %j", (kernel, write, setup, expected) => {
    expect(folios(kernel, write, setup)).toEqual(expected);
  });
});
