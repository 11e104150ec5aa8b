/** What a write that fails or goes stale does with the delalloc that it reserved, and what writeback gives up. */
import { describe, expect, it } from "vitest";
import type { LabelName } from "../../src/kernel/machine/labels.js";
import { BlockFlag } from "../../src/kernel/objects/folios.js";
import { HELD_INVALIDATE_EXCL } from "../../src/kernel/objects/locks.js";
import { Drive, type Machine } from "./drive.js";
import { LABEL_NAMES } from "./label-names.js";
import { cache, extents, residency } from "./machine.js";

/** Extents and pages after the write failed, with stores made after it mapped its range. */
function failed(m: Machine, kernel: string, stores: string[] = []): string {
  const threads = { ...m.threads, ...(stores.length > 0 ? { m: stores } : {}), t: ["load: 0..12k"] };
  const d = new Drive({ ...m, threads }, kernel);
  d.until("w", "W_FAULT_IN");
  if (stores.length > 0) d.end("m");
  d.end("w");
  return `${extents(d.e)} ${residency(d.e)}`;
}

describe("the delalloc of a failed write", () => {
  it.each<[string, string, string[], string, string]>([
    ["all of it, when nothing was written", "{ size: 12k }", [], "write: 0..12k, fault-at: 0", "--- ..."],
    ["what follows the pages that were", "{ size: 12k }", [], "write: 0..12k, fault-at: 8k", "DD- dd."],
    ["not the block that was begun", "{ size: 12k }", [], "write: 0..12k, fault-at: 5k", "DD- dd."],
    [
      "the block that the write began in, when nothing was written",
      "{ size: 12k }",
      [],
      "write: 5k..12k, fault-at: 5k",
      "--- ...",
    ],
    [
      "nothing that was reserved before",
      "{ size: 12k }",
      ["write: 0..8k"],
      "write: 0..8k, fault-at: 0",
      "DD- dd.",
    ],
    [
      "nothing of a record that was there, beside what is new",
      "{ size: 12k }",
      ["write: 0..4k"],
      "write: 0..12k, fault-at: 4k",
      "D-- d..",
    ],
    ["nothing unwritten", "{ size: 12k }", ["fallocate: 0..12k"], "write: 0..12k, fault-at: 0", "UUU ..."],
    [
      "nothing past the write in its last record",
      "{ size: 12k }",
      ["write: 8k..12k"],
      "write: 0..8k, fault-at: 0",
      "--D ..d",
    ],
  ])("goes: %s", (_, file, setup, write, expected) => {
    for (const kernel of ["6.0", "6.2", "6.18", "cured"])
      expect(failed({ file, setup, threads: { w: [write] } }, kernel), kernel).toBe(expected);
  });

  it.each<[string, string, string]>([
    ["5.10", "write: 0..4k, fault-at: 0x600", "---- ."],
    ["6.0", "write: 0..4k, fault-at: 0x600", "DD-- q"],
    ["6.2", "write: 0..4k, fault-at: 0x600", "DD-- q"],
    ["6.0", "write: 0x200..4k, fault-at: 0x200", "---- ."],
    ["6.2", "write: 0x600..4k, fault-at: 0x600", "---- ."],
  ])("on %s with 1k blocks, %s", (kernel, write, expected) => {
    const d = new Drive({ file: "{ size: 4k, block: 1k }", threads: { w: [write] } }, kernel).end("w");
    expect(`${extents(d.e)} ${residency(d.e)}`).toBe(expected);
  });

  it.each<[string, string, string]>([
    ["6.0", "--- ...", "takes the page with it"],
    ["6.2 -punch-skips-dirty", "--- ...", "takes the page with it"],
    ["6.2", "-D- .d.", "keeps it"],
    ["6.1.192", "-D- .d.", "keeps it"],
    ["6.12", "-D- .d.", "keeps it"],
    ["6.18", "-D- .d.", "keeps it"],
    ["cured", "-D- .d.", "keeps it"],
  ])("under a store, on %s: %s", (kernel, expected) => {
    const m = { file: "{ size: 12k }", threads: { w: ["write: 0..12k, fault-at: 0"] } };
    expect(failed(m, kernel, ["store: 5k..6k"])).toBe(expected);
  });

  it.each<[string, string[], string]>([
    ["the first page", ["store: 0..1k"], "D-- d.."],
    ["the last page", ["store: 11k..12k"], "--D ..d"],
    ["two pages", ["store: 0..1k", "store: 8k..9k"], "D-D d.d"],
    ["every page", ["store: 0..12k"], "DDD ddd"],
  ])("is punched around dirty folios: %s", (_, stores, expected) => {
    const m = { file: "{ size: 12k }", threads: { w: ["write: 0..12k, fault-at: 0"] } };
    expect(failed(m, "6.2", stores)).toBe(expected);
  });

  it("goes under clean pages, which stay", () => {
    const m = {
      file: "{ size: 12k }",
      setup: ["read: 0..12k"],
      threads: { w: ["write: 0..12k, fault-at: 0"] },
    };
    expect(failed(m, "6.2")).toBe("--- ccc");
    expect(failed(m, "6.0")).toBe("--- ...");
  });

  it.each<[string, string, string]>([
    ["6.2", "0x1800", "--- .d."],
    ["6.2 +eof-punch-cure", "0x1800", "-D- .d."],
    ["6.12", "0x1800", "--- .d."],
    ["cured", "0x1800", "-D- .d."],
    ["6.2", "8k", "-D- .d."],
    ["cured", "8k", "-D- .d."],
  ])("at an EOF in the middle of a dirty block, on %s with size %s", (kernel, size, expected) => {
    const m = { file: `{ size: ${size} }`, threads: { w: ["write: 0..12k, fault-at: 0"] } };
    expect(failed(m, kernel, ["store: 0x1400..0x1800"])).toBe(expected);
  });

  it("past EOF under a dirty folio, unless the scan goes past EOF", () => {
    const leftAt = (kernel: string): string => {
      const m = { file: "{ size: 4k }", threads: { w: ["write: 0..8k, fault-at: 0"], t: ["load: 0..8k"] } };
      const d = new Drive(m, kernel).until("w", "W_FAULT_IN");
      const { folios } = d.e.k;
      folios.insert(1);
      folios.setBlocksUptodate(1, 1, 2);
      folios.dirty(1, 1, 2);
      d.end("w");
      return extents(d.e);
    };
    expect([leftAt("6.2"), leftAt("6.2 -scan-limit-eof")]).toEqual(["--", "-D"]);
  });

  it.each<[string, string]>([
    ["6.2", "DDDD d"],
    ["6.12", "D--- d"],
    ["6.18", "D--- d"],
    ["6.2 +dirty-per-block", "D--- d"],
  ])("under clean blocks of a dirty folio, on %s", (kernel, expected) => {
    const d = new Drive(
      {
        file: "{ size: 4k, block: 1k }",
        setup: ["write: 0..1k", "read: 0..4k"],
        threads: { w: ["write: 1k..4k, fault-at: 1k"] },
      },
      kernel,
    ).end("w");
    expect(`${extents(d.e)} ${residency(d.e)}`).toBe(expected);
  });

  it.each<[string, string]>([
    ["6.2", "-"],
    ["6.2 -punch-on-stale", "D"],
    ["rfc-v1", "D"],
  ])("of a stale map, on %s", (kernel, expected) => {
    const m = {
      file: "{ size: 12k }",
      setup: ["write: 8k..12k"],
      threads: { w: ["write: 0..4k"], b: ["writeback: 8k..12k"] },
    };
    const d = new Drive(m, kernel).until("w", "W_FAULT_IN").end("b");
    while (!d.isAt("w", "W_BEGIN_NEXT")) d.step("w");
    expect(extents(d.e)[0]).toBe(expected);
    d.end("w");
    expect(extents(d.e)[0]).toBe("D");
  });
});

describe("the scan of the cleanup", () => {
  /** Labels from the first search for data on; `meanwhile` comes in between the search for a hole and the first folio. */
  function labelsOf(m: Machine, meanwhile: readonly string[] = []): string[] {
    const threads = { w: ["write: 0..12k, fault-at: 0"], ...m.threads };
    const d = new Drive({ ...m, threads }, "6.12", true).until("w", "P_SCAN");
    const labels: string[] = [];
    for (; !d.isAt("w", "P_PUNCH_REST"); d.step("w")) {
      labels.push(LABEL_NAMES[d.thread("w").pc]!);
      if (labels.length === 3) for (const who of meanwhile) d.end(who);
    }
    return labels;
  }

  const [data, again, hole, folio, next] = [
    "P_SCAN",
    "P_SCAN_NEXT",
    "P_SEEK_HOLE",
    "P_FOLIO",
    "P_FOLIO_NEXT",
  ];
  it.each<[string, string[], string[]]>([
    ["no data", ["store: 12k..16k"], [data!]],
    ["data in one folio", ["read: 4k..8k"], [data!, hole!, folio!, again!]],
    [
      "data over all folios",
      ["read: 0..4k", "read: 4k..8k", "read: 8k..12k"],
      [data!, hole!, folio!, next!, next!, again!],
    ],
    [
      "data, a hole and data",
      ["read: 0..4k", "read: 8k..12k"],
      [data!, hole!, folio!, again!, hole!, folio!, again!],
    ],
  ])("looks for %s", (_, setup, labels) => {
    expect(labelsOf({ file: "{ size: 16k }", setup })).toEqual(labels);
  });

  it("passes over a folio that has gone since", () => {
    const setup = ["read: 0..4k", "read: 4k..8k", "read: 8k..12k"];
    const m = { file: "{ size: 16k }", setup, threads: { e: ["evict: 4k..8k"] } };
    expect(labelsOf(m, ["e"])).toEqual([data, hole, folio, next, next, again]);
  });

  it("waits for a folio that is in part uptodate before it is at the first", () => {
    const m = {
      file: "{ size: 8k, block: 1k }",
      setup: ["read: 0..4k"],
      threads: { w: ["write: 0..8k, fault-at: 0"], t: ["load: 4k..8k"] },
    };
    const d = new Drive(m, "6.12", true).until("w", "P_SCAN");
    const { folios } = d.e.k;
    folios.insert(1);
    folios.setBlocksUptodate(1, 4, 5);
    folios.lock(1, d.thread("t"));
    d.run("w");
    expect(d.isAt("w", "P_SEEK_HOLE")).toBe(true);
    folios.unlock(1, d.thread("t"));
    d.end("w");
    expect(extents(d.e)).toBe("--------");
  });
});

describe("the locks of the cleanup", () => {
  /** The write stands in the middle of its cleanup: a dirty page was scanned, or the page cache truncated. */
  function inCleanup(kernel: string, fine = false): Drive {
    const d = new Drive(
      {
        file: "{ size: 16k }",
        setup: ["load: 8k..12k"],
        threads: {
          w: ["write: 0..8k, fault-at: 0"],
          m: ["store: 0..1k"],
          absent: ["store: 4k..5k"],
          reader: ["load: 12k..16k"],
          mapped: ["load: 8k..9k"],
          again: ["store: 0..1k"],
          evicter: ["evict: 8k..12k"],
          b: ["writeback: 0..4k"],
        },
      },
      kernel,
      fine,
    );
    d.until("w", "W_FAULT_IN").end("m");
    const labels = fine ? ["P_PUNCH_REST"] : ["P_SCAN_NEXT", "P_PUNCH"];
    while (!labels.some((label) => d.isAt("w", label as LabelName))) d.step("w");
    return d;
  }

  it("keep pages from being inserted, not from being written, cleaned or dropped", () => {
    const d = inCleanup("6.2");
    expect(d.thread("w").held & HELD_INVALIDATE_EXCL).not.toBe(0);
    expect([d.canRun("absent"), d.canRun("reader")]).toEqual([false, false]);
    expect([d.canRun("mapped"), d.canRun("again"), d.canRun("evicter"), d.canRun("b")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    d.end("mapped").end("again").end("evicter");
    expect(residency(d.e)).toBe("d...");
    d.end("w");
    expect([d.canRun("absent"), d.canRun("reader"), d.e.k.invalidate.isFree()]).toEqual([true, true, true]);
  });

  it.each([
    ["6.0", false, "--"],
    ["6.2 -punch-under-invalidate-lock", true, "D-"],
  ])("keep nothing out on %s", (kernel, fine, left) => {
    const d = inCleanup(kernel, fine);
    expect(d.thread("w").held & HELD_INVALIDATE_EXCL).toBe(0);
    expect([d.canRun("absent"), d.canRun("reader")]).toEqual([true, true]);
    d.end("absent");
    expect(extents(d.e).slice(0, 2)).toBe("DD");
    d.end("w");
    // The punch goes through under the page that came back.
    expect([extents(d.e).slice(0, 2), residency(d.e)[1]]).toEqual([left, "d"]);
  });

  it("wait for readers of invalidate_lock to leave", () => {
    const m = {
      file: "{ size: 8k, block: 1k }",
      setup: ["fallocate: 5k..6k", "load: 4k..8k"],
      threads: { w: ["write: 0..4k, fault-at: 0"], m: ["store: 4k..5k"] },
    };
    const d = new Drive(m).until("w", "W_FAULT_IN").until("m", "S_MKWRITE_NEXT");
    d.run("w");
    expect([d.isAt("w", "P_BEGIN"), extents(d.e)]).toEqual([true, "DDDDDU--"]);
    d.end("m").end("w");
    expect(extents(d.e)).toBe("----DUDD");
  });

  it("wait for a locked folio, and find it as it is then", () => {
    const m = {
      file: "{ size: 8k }",
      threads: { w: ["write: 0..8k, fault-at: 0"], m: ["store: 4k..5k"], b: ["writeback: 4k..8k"] },
    };
    const d = new Drive(m).until("w", "W_FAULT_IN").end("m").until("b", "B_CONVERT");
    d.run("w");
    expect(extents(d.e)).toBe("DD");
    // Writeback allocates the whole record before the punch comes: it has nothing left to take.
    d.end("b").end("w");
    expect(extents(d.e)).toBe("UU");
  });
});

describe("a page cache that is truncated (6.0)", () => {
  it("loses whole pages, dirty or not, and keeps part of a page with zeroes", () => {
    const m = {
      file: "{ size: 8k, block: 1k }",
      setup: ["read: 0..4k"],
      threads: { w: ["write: 2k..8k, fault-at: 2k"], m: ["store: 6k..7k", "store: 0..1k", "store: 3k..4k"] },
    };
    const d = new Drive(m, "6.0");
    d.until("w", "W_FAULT_IN").end("m").end("w");
    expect([extents(d.e), residency(d.e)]).toEqual(["DD------", "d."]);
    expect(cache(d.e).slice(0, 4)).toEqual([6, 0, 0, 0]);
  });

  it("waits for writeback of a folio", () => {
    const m = {
      file: "{ size: 8k }",
      threads: { w: ["write: 0..8k, fault-at: 0"], m: ["store: 4k..5k"], b: ["writeback: 4k..8k"] },
    };
    const d = new Drive(m, "6.0").until("w", "W_FAULT_IN").end("m").end("b");
    d.run("w");
    expect([d.isDone("w"), residency(d.e)]).toEqual([false, ".c"]);
    d.complete().end("w");
    expect([extents(d.e), residency(d.e)]).toEqual(["UW", ".."]);
  });
});

describe("a folio that cannot be allocated", () => {
  /** Extents after the first allocation that `page`'s writeback asks for fails. */
  function discarded(kernel: string, setup: string[], range: string, file = "{ size: 12k }"): string {
    const d = new Drive(
      { file, setup, threads: { b: [`writeback: ${range}`] }, budget: "{ allocation-failure: 1 }" },
      kernel,
    );
    d.answers = [1];
    d.end("b");
    return `${extents(d.e)} ${residency(d.e)}`;
  }
  it.each<[string, string[], string, string, string]>([
    ["at 0", ["write: 0..12k"], "0..4k", "-DD cdd", "--- cdd"],
    ["behind the first page", ["write: 0..12k"], "4k..8k", "D-D dcd", "DDD dcd"],
    ["at the last page", ["write: 0..12k"], "8k..12k", "DD- ddc", "DDD ddc"],
    ["at 0 with other extents", ["fallocate: 4k..8k", "write: 0..12k"], "0..4k", "-UD cdd", "-U- cdd"],
  ])("%s loses its delalloc, to its end or not", (_, setup, range, right, wrong) => {
    for (const kernel of ["6.0", "5.10 +wb-error-keeps-folio", "6.2 +discard-end", "cured"])
      expect(discarded(kernel, setup, range), kernel).toBe(right);
    expect(discarded("6.2", setup, range)).toBe(wrong);
  });

  it("is read again up to 5.18, and to 5.9 loses nothing when a block of it could be mapped", () => {
    const at = (kernel: string, setup: string[]) =>
      discarded(kernel, setup, "0..4k", "{ size: 4k, block: 1k }");
    expect(at("5.10", ["write: 0..4k"])).toBe("---- p");
    expect(at("6.0", ["write: 0..4k"])).toBe("---- c");
    for (const kernel of ["5.10", "6.0"])
      expect(at(kernel, ["fallocate: 0..1k", "write: 0..4k"])).toBe("U--- c");
    expect(at("5.4", ["fallocate: 0..1k", "write: 0..4k"])).toBe("UDDD c");
    expect(at("5.4", ["write: 0..4k"])).toBe("---- p");
  });

  it("keeps what comes before the block that failed, on every kernel", () => {
    for (const kernel of ["6.0", "6.2", "cured"])
      expect(
        discarded(kernel, ["fallocate: 0..2k", "write: 0..8k"], "0..4k", "{ size: 8k, block: 1k }"),
      ).toBe("UU--DDDD cd");
  });

  it("is excused, and its dirtied bits are gone", () => {
    const d = new Drive({
      file: "{ size: 4k }",
      setup: ["write: 0..4k"],
      threads: { b: ["writeback: 0..4k"] },
      budget: "{ allocation-failure: 1 }",
    });
    d.answers = [1];
    d.end("b");
    expect(d.e.k.folios.blockHas(0, BlockFlag.DIRTIED)).toBe(false);
    expect(d.finish()).toEqual([]);
  });
});
