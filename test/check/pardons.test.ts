/**
 * Every pardon of the oracles, beside something that looks the same and has another cause. The first run of a pair is right
 * and nothing is said; the second is not, and is found.
 */
import { describe, expect, it } from "vitest";
import { Also, excuse, isUndefined } from "../../src/check/ghost.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import { Value } from "../../src/kernel/objects/values.js";
import { Drive, type Machine } from "../kernel/drive.js";

const OTHER = 77;
/** Oracles that a run of the machine violates, after `run` has driven it. */
function said(m: Machine, run: (d: Drive) => void, kernel = "6.2"): string[] {
  const d = new Drive(m, kernel);
  run(d);
  for (const name of Object.keys(m.threads ?? {})) if (!d.isDone(name)) d.endWithIo(name);
  return d.finish();
}
const also = (k: Kernel, cell: number): number => k.s[k.layout.also + cell]!;
/** Puts a value into the cache and onto the disk behind the kernel's back. */
const put = (d: Drive, cell: number, value: number): void => {
  d.e.k.folios.fill(cell, cell + 1, value);
  d.e.k.disk.write(cell, value);
};

describe("what a call is changing is undefined", () => {
  const m: Machine = {
    file: "{ size: 4k, block: 1k }",
    setup: ["write: 0..4k", "fsync: {}"],
    threads: { p: ["punch: 0..1k"], l: ["load: 0..1k", "load: 0..1k"], other: ["load: 1k..2k"] },
  };
  /** A wrong value that somebody sees while the punch is under way, and nobody afterwards. */
  const amid = (cell: number, reader: string) =>
    said(m, (d) => {
      d.until("p", "FA_FLUSHED");
      const kept = d.e.k.folios.cell(cell);
      d.e.k.folios.fill(cell, cell + 1, OTHER);
      d.end(reader);
      d.e.k.folios.fill(cell, cell + 1, kept);
    });
  it("in its range", () => expect(amid(0, "l")).toEqual([]));
  it("and nowhere else", () => expect(amid(1, "other")).toEqual(["content"]));
  it("until it is done", () =>
    expect(
      said(m, (d) => {
        d.endWithIo("p").untilOp("l", 1);
        d.e.k.folios.fill(0, 1, OTHER);
      }),
    ).toEqual(["content"]));
});

describe("bytes past EOF", () => {
  const m: Machine = {
    file: "{ size: 1k, block: 4k }",
    setup: ["fallocate: 0..4k, keep-size: true"],
    threads: { s: ["store: 0..2k"], l: ["load: 1k..2k"] },
  };
  it("may be what a store put there", () => expect(said(m, (d) => d.end("s").end("l"))).toEqual([]));
  it("but nothing else", () =>
    expect(
      said(m, (d) => {
        d.end("s");
        put(d, 1, OTHER);
        d.end("l");
      }),
    ).toEqual(["content"]));
  it("may not be what is in the cache when some call ends, without a store", () => {
    const punched = { ...m, threads: { l: ["load: 0..2k", "load: 1k..2k"], p: ["punch: 8k..12k"] } };
    expect(said(punched, (d) => d.untilOp("l", 1).endWithIo("p"))).toEqual([]);
    const spoilt = said(punched, (d) => {
      d.untilOp("l", 1);
      d.e.k.folios.fill(1, 2, OTHER);
      d.endWithIo("p");
    });
    expect(spoilt).toEqual(["content"]);
  });
  it("may be what a store put there while a call was changing the size, and nothing else", () => {
    const grows = {
      ...m,
      setup: [],
      threads: { w: ["write: 0..512, fault-at: 0"], s: ["store: 0..2k"], l: ["load: 0..2k", "load: 1k..2k"] },
    };
    const amid = (put: (d: Drive) => void) =>
      said(
        grows,
        (d) => {
          d.untilOp("l", 1).until("w", "W_FAULT_IN");
          put(d);
          d.end("w").end("l");
        },
        "cured",
      );
    expect(amid((d) => d.end("s"))).toEqual([]);
    expect(amid((d) => d.e.k.folios.fill(2, 3, OTHER))).toContain("content");
  });
  it("are zero once the file has grown over them, whatever a store had put there", () => {
    const grown = { ...m, threads: { s: ["store: 0..2k"], w: ["write: 8k..9k"] } };
    expect(said(grown, (d) => d.end("s").endWithIo("w"), "cured")).toEqual([]);
    expect(said(grown, (d) => d.end("s").endWithIo("w"), "6.2")).toEqual(["content"]);
  });
});

describe("what a fault lost", () => {
  const m: Machine = {
    file: "{ size: 4k }",
    threads: {
      w: ["write: 0..4k"],
      f: ["fsync: {}"],
      again: ["fsync: {}"],
      w2: ["write: 0..4k"],
      l: ["load: 0..4k"],
    },
    budget: "{ device-error: 1 }",
  };
  /** The device fails; the page is dropped, so that the disk shows. */
  const lost = (then: (d: Drive) => void) =>
    said(m, (d) => {
      d.end("w").run("f");
      d.answers = [1];
      d.complete().end("f");
      d.e.k.folios.remove(0);
      then(d);
      d.endWithIo("again").endWithIo("w2").run("l");
    });
  it("is excused", () => expect(lost((d) => d.end("l"))).toEqual([]));
  it("but shows nobody else's data", () =>
    expect(
      lost((d) => {
        d.e.k.extents.convert(0, 1, true);
        put(d, 0, Value.GARBAGE);
        d.end("l");
      }),
    ).toContain("exposure"));
  it("until it is written again", () =>
    expect(
      lost((d) => {
        d.endWithIo("w2").endWithIo("again");
        put(d, 0, OTHER);
      }),
    ).toContain("content"));
  it("is not excused without a fault", () =>
    expect(
      said(m, (d) => {
        d.end("w").endWithIo("f").endWithIo("again");
        d.e.k.folios.remove(0);
        d.e.k.disk.write(0, 0);
        d.run("l").run("w2");
      }),
    ).toContain("content"));
  it("leaves what is past EOF stale on disk until the file grows over it, and no longer", () => {
    const d = new Drive({
      file: "{ size: 1k, block: 4k }",
      threads: { l: ["load: 0..2k"], t: ["truncate: 4k"] },
    });
    const { k } = d.e;
    excuse(k, 0);
    excuse(k, 1);
    expect([also(k, 0), also(k, 1)]).toEqual([Also.LOST, Also.STALE]);
    d.endWithIo("t");
    expect([also(k, 0), also(k, 1), isUndefined(k, 1)]).toEqual([Also.LOST, Also.NOTHING, false]);
  });
});

describe("an fsync that returns 0 over lost data", () => {
  const two = (fd: string): Machine => ({
    file: "{ size: 0 }",
    setup: ["write: 0..4k"],
    threads: { a: ["fsync: {}"], b: ["fsync: {}"] },
    budget: "{ device-error: 1 }",
    fd,
  });
  const fails = (m: Machine, kernel: string) => {
    const d = new Drive(m, kernel);
    d.run("a");
    d.answers = [1];
    d.complete().end("a").end("b");
    return [d.returns.map((r) => r.status !== 0), d.finish()];
  };
  it("is excused where the description was told", () =>
    expect(fails(two("shared"), "6.2")).toEqual([[true, false], []]));
  it("is found where it was another that was told", () =>
    expect(fails(two("own"), "6.2 -error-per-description")).toEqual([[true, false], ["results"]]));
  it("is not there where each is told", () => expect(fails(two("own"), "6.2")).toEqual([[true, true], []]));
});

describe("an fsync that returns while a write has copied and not yet dirtied", () => {
  const m: Machine = {
    file: "{ size: 4k }",
    setup: ["write: 0..4k", "fsync: {}"],
    threads: { f: ["fsync: {}"], w: ["write: 0..1k"], l: ["load: 0..1k", "load: 0..1k"] },
  };
  const returning = (spoil: (d: Drive) => void) => {
    const d = new Drive(m, "6.2", true);
    d.untilOp("l", 1).until("f", "FS_RETURN").until("w", "W_WRITE_END").end("l");
    spoil(d);
    d.end("f").end("w");
    return d.finish();
  };
  it("need not have brought to disk what was seen", () => expect(returning(() => {})).toEqual([]));
  it("but all else", () => expect(returning((d) => d.e.k.disk.write(1, OTHER))).toContain("results"));
});

describe("a truncate that fails", () => {
  const m: Machine = {
    file: "{ size: 0, block: 4k }",
    setup: ["write: 0..4k"],
    threads: { t: ["truncate: 1k"] },
    budget: "{ allocation-failure: 1 }",
  };
  it("before it has changed anything excuses only what the fault lost", () => {
    const d = new Drive({ ...m, setup: ["write: 0..4k", "write: 8k..12k"] });
    d.answers = [1];
    d.endWithIo("t");
    const { k } = d.e;
    // The page of the new EOF was lost; what lies behind it stays to be kept.
    expect(d.returns[0]!.status).not.toBe(0);
    expect(
      Array.from({ length: k.g.cells }, (_, c) => also(k, c)).filter((a) => a === Also.NOTHING).length,
    ).toBeGreaterThan(0);
    expect(also(k, k.g.cells - 1)).toBe(Also.NOTHING);
  });
  it("leaves no reservation behind that it does not explain", () => {
    const d = new Drive({ ...m, threads: { t: ["truncate: 1k"], l: ["load: 0..16k"] } }, "cured");
    d.e.k.extents.reserve(3, 4, 4);
    d.answers = [1];
    d.endWithIo("t").run("l");
    expect(d.returns[0]!.status).not.toBe(0);
    expect(d.finish()).toContain("accounting");
  });
});

describe("a hole under dirty blocks", () => {
  it("is excused under zeroes by intent, and not under data that came later", () => {
    const m: Machine = {
      file: "{ size: 4k, block: 1k }",
      setup: ["write: 0..4k"],
      threads: { p: ["punch: 1k..3k"], w: ["write: 1k..2k"], f: ["writeback: 0..4k"] },
    };
    expect(said(m, (d) => d.endWithIo("p").endWithIo("f").end("w"))).toEqual([]);
    expect(
      said(m, (d) => {
        d.endWithIo("p").end("w");
        d.e.k.extents.punchDelalloc(1, 2);
        d.endWithIo("f");
      }),
    ).toContain("backing");
  });
});
