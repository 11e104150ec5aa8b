/** Copies within the file, calls that leave nothing cached, written zeroes, and kernels that know none of them. */
import { describe, expect, it } from "vitest";
import { Errno } from "../../src/kernel/machine/errors.js";
import { Value } from "../../src/kernel/objects/values.js";
import { Drive, type Machine } from "./drive.js";
import { afterSetup, cache, disk, extents, residency } from "./machine.js";

describe("copy_range", () => {
  // Of 1k blocks, with boundaries that are at no block's end.
  const setup = ["{ write: 0..1500 }", "{ write: 1500..3k }", "{ fsync: {} }", "{ evict: 0..4k }"];

  it.each(["4.18", "5.10", "6.1.192", "6.18", "7.3", "cured"])(
    "brings each byte to its place on %s",
    (kernel) => {
      const e = afterSetup(
        "{ size: 3k, block: 1k }",
        [...setup, "{ copy_range: 700..2500, to: 5000 }"],
        kernel,
      );
      const { g } = e.k;
      const values = cache(e);
      const at = (byte: number) => values[[...g.cellStart].findLastIndex((start) => start <= byte)];
      const [first, second] = [at(0), at(1500)];
      expect(first).not.toBe(second);
      for (const [byte, value] of [
        [4999, 0],
        [5000, first],
        [5799, first],
        [5800, second],
        [6799, second],
        [6800, 0],
      ])
        expect([byte, at(byte!)]).toEqual([byte, value]);
      expect(g.cellEnd[e.k.isize - 1]).toBe(6800);
    },
  );

  it("ends where the source ends, and does nothing behind it", () => {
    const e = afterSetup("{ size: 3k, block: 1k }", [
      ...setup,
      "{ copy_range: 2k..4k, to: 8k }",
      "{ copy_range: 10k..11k, to: 12k }",
    ]);
    expect(e.k.g.cellEnd[e.k.isize - 1]).toBe(9 * 1024);
  });

  const race: Machine = {
    file: "{ size: 128k, block: 4k }",
    threads: { c: ["copy_range: 4k..96k, to: 128k"], w: ["write: 64k..68k"] },
  };
  it("holds sixteen pages at a time, and lets others in between its reads and writes", () => {
    const d = new Drive(race, "6.12").until("c", "W_IOLOCK");
    const { pos, end } = d.thread("c");
    expect(end - pos).toBe(16);
    d.endWithIo("w").until("c", "R_IOLOCK").endWithIo("c");
    expect(d.returns.map(({ thread }) => thread)).toEqual(["w", "c"]);
    expect(d.finish()).toEqual([]);
  });

  it("has what was read though it has changed since", () => {
    const m: Machine = {
      file: "{ size: 8k, block: 4k }",
      setup: ["write: 0..4k"],
      threads: { c: ["copy_range: 0..4k, to: 4k"], t: ["truncate: 0"] },
    };
    const d = new Drive(m, "6.1.192").until("c", "W_IOLOCK").endWithIo("t").endWithIo("c");
    const [zero, copied] = cache(d.e);
    expect([zero, copied]).toEqual([0, Value.FIRST_DATA]);
    expect(d.finish()).toEqual([]);
  });
});

describe("RWF_DONTCACHE", () => {
  const shown = (kernel: string, ...ops: string[]) => {
    const e = afterSetup("{ size: 0, block: 4k }", ops, kernel);
    e.completeAll();
    return [residency(e), extents(e)];
  };
  it.each([
    ["6.12", "...", "---"],
    ["6.18", "...", "W--"],
    // The flusher is another thread.
    ["7.2", "d..", "D--"],
  ])("on %s a write is %s afterwards", (kernel, cached, extent) => {
    expect(shown(kernel, "{ write: 0..4k, dontcache: true }")).toEqual([cached, extent]);
  });
  it("keeps what was cached, or what somebody else came for", () => {
    expect(shown("6.18", "{ write: 0..4k }", "{ write: 0..4k, dontcache: true }")[0]).toBe("c..");
    expect(shown("7.2", "{ write: 0..4k, dontcache: true }", "{ write: 1k..2k }", "{ fsync: {} }")[0]).toBe(
      "c..",
    );
    expect(shown("7.2", "{ write: 0..4k, dontcache: true }", "{ fsync: {} }")[0]).toBe("...");
  });
  it("reads drop what they brought in", () => {
    const written = ["{ write: 0..4k }", "{ write: 4k..8k }", "{ fsync: {} }", "{ evict: 0..4k }"];
    expect(shown("6.18", ...written, "{ read: 0..8k, dontcache: true }")[0]).toBe(".c.");
    expect(shown("6.18", ...written, "{ read: 0..8k }")[0]).toBe("cc.");
  });
});

describe("written zeroes", () => {
  it("are blocks that are written, and zero on disk", () => {
    const setup = [
      "{ write: 0..3k }",
      "{ fsync: {} }",
      "{ fallocate: 3k..5k }",
      "{ write_zeroes: 1500..7k }",
    ];
    const e = afterSetup("{ size: 0, block: 1k }", setup, "7.3");
    expect(extents(e).slice(0, 8)).toBe("WWWWWWW-");
    expect(e.k.g.cellEnd[e.k.isize - 1]).toBe(7 * 1024);
    expect(disk(e).slice(e.k.g.blockCell[2], e.k.g.blockCell[7])).not.toContain(1);
    expect(new Set(disk(e).slice(e.k.g.blockCell[2], e.k.g.blockCell[7]))).toEqual(new Set([0]));
  });
});

it.each([
  ["write: 0..4k, dontcache: true", "6.12"],
  ["read: 0..4k, dontcache: true", "5.10"],
  ["write_zeroes: 0..4k", "7.2"],
])("%s is refused on %s, and nothing is wrong with that", (op, kernel) => {
  const d = new Drive({ file: "{ size: 4k, block: 4k }", threads: { a: [op] } }, kernel);
  d.end("a");
  expect(d.returns).toMatchObject([{ status: Errno.EOPNOTSUPP }]);
  expect(d.finish()).toEqual([]);
});

describe("a collapse that has to fail", () => {
  it.each([
    ["5.0", "D"],
    ["5.10", "W"],
    ["6.1.192", "W"],
    ["6.12", "D"],
  ])("flushes first on %s: %s", (kernel, extent) => {
    const e = afterSetup("{ size: 0, block: 4k }", ["{ write: 0..4k }", "{ collapse: 0..4k }"], kernel);
    e.completeAll();
    expect(extents(e)[0]).toBe(extent);
  });
});
