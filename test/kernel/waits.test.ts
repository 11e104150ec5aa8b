/** What walks on real kernels showed that calls wait for, write and hold meanwhile, where the model once had it otherwise. */
import { describe, expect, it } from "vitest";
import { Errno } from "../../src/kernel/machine/errors.js";
import type { LabelName } from "../../src/kernel/machine/labels.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { Drive, type Machine } from "./drive.js";
import { LABEL_NAMES } from "./label-names.js";

const KERNELS = ["5.10", "6.1.192", "6.12", "7.3", "cured"];
const has = (d: Drive, page: number, flag: number): boolean => d.e.k.folios.has(page, flag);

describe.each(KERNELS)("on %s", (kernel) => {
  const twoPages: Machine = {
    file: "{ size: 8k, block: 4k }",
    setup: ["write: 0..4k"],
    threads: { f: ["writeback: 0..4k"], w: ["write: 4k..8k"], s: ["sync_file_range: 0..8k", "fsync: {}"] },
  };

  it("sync_file_range waits for what is written already before it writes", () => {
    const d = new Drive(twoPages, kernel).end("f").end("w").run("s");
    expect([d.isAt("s", "B_WAIT_RANGE"), d.ioends().length]).toEqual([true, 1]);
    expect(has(d, 1, FolioFlag.DIRTY)).toBe(true);
    d.endWithIo("s");
    expect(has(d, 1, FolioFlag.DIRTY)).toBe(false);
  });

  it("sync_file_range that meets an error before it writes does not write", () => {
    const d = new Drive({ ...twoPages, budget: "{ device-error: 1 }" }, kernel).end("f").end("w");
    d.answers = [1];
    d.complete().untilOp("s", 1);
    expect(d.returns.at(-1)).toMatchObject({ thread: "s", status: Errno.EIO });
    expect(has(d, 1, FolioFlag.DIRTY)).toBe(true);
  });

  it("fadvise starts writeback of its range, waits for nothing, and drops what is clean", () => {
    const d = new Drive(
      {
        file: "{ size: 12k, block: 4k }",
        setup: ["write: 0..4k", "write: 8k..12k", "read: 4k..8k"],
        threads: { e: ["fadvise: 0..8k", "fadvise: 0..8k"] },
      },
      kernel,
    ).untilOp("e", 1);
    expect(d.ioends().length).toBe(1);
    const pages = (flag: number) => [0, 1, 2].map((page) => has(d, page, flag));
    expect(pages(FolioFlag.WRITEBACK)).toEqual([true, false, false]);
    expect(pages(FolioFlag.PRESENT)).toEqual([true, false, true]);
    d.complete().end("e");
    expect(pages(FolioFlag.PRESENT)).toEqual([false, false, true]);
  });

  it("reclaim leaves the pages alone that a copy's pipe has, until they are written", () => {
    const d = new Drive(
      {
        file: "{ size: 8k, block: 4k }",
        setup: ["write: 0..8k", "fsync: {}", "evict: 0..8k"],
        threads: {
          c: ["copy_range: 0..1k, to: 8k"],
          r: ["read: 4k..8k"],
          e: ["evict: 0..8k", "evict: 0..4k"],
        },
      },
      kernel,
    );
    const cached = () => [0, 1].map((page) => has(d, page, FolioFlag.PRESENT));
    d.end("r").until("c", "W_COPY").untilOp("e", 1);
    expect(cached()).toEqual([true, false]);
    d.end("c").end("e");
    expect(cached()).toEqual([false, false]);
  });

  it("a store reaches what a copy's pipe has of the page, until it is copied, and no more once the page is gone", () => {
    const copy = (stop: LabelName, ...meanwhile: readonly string[]) => {
      const threads = {
        c: ["copy_range: 0..4k, to: 8k"],
        m: ["store: 0..4k"],
        t: ["truncate: 0", "write: 0..4k"],
      };
      const d = new Drive(
        { file: "{ size: 12k, block: 4k }", setup: ["write: 0..4k"], threads },
        kernel,
        true,
      );
      d.until("c", stop);
      for (const who of meanwhile) d.endWithIo(who);
      const { k } = d.endWithIo("c").e;
      return [k.g.pageCell[1]!, k.g.pageCell[0]!].map((cell) => k.folios.cell(cell));
    };
    const [first, stored] = copy("W_WRITE_END", "m");
    expect(first).not.toBe(stored);
    expect(copy("W_IOLOCK")).toEqual([first, first]);
    expect(copy("W_IOLOCK", "m")).toEqual([stored, stored]);
    const [kept, written] = copy("W_IOLOCK", "m", "t");
    expect(kept).toBe(stored);
    expect([first, stored]).not.toContain(written);
  });

  it("a truncation to a page that is in nobody's hands writes no other", () => {
    const d = new Drive(
      {
        file: "{ size: 12k, block: 4k }",
        setup: ["write: 8k..12k"],
        threads: { t: ["truncate: 4k"] },
      },
      kernel,
    ).end("t");
    expect(d.ioends()).toEqual([]);
  });

  it("a write past EOF takes the locks of one, also where no page lies between that an operation names", () => {
    const d = new Drive(
      {
        file: "{ size: 8k, block: 1k }",
        setup: ["fallocate: 1k..2k", "load: 0..4k"],
        threads: { w: ["write: 12k..16k"], m: ["store: 0..1k"] },
      },
      kernel,
    ).until("m", "S_MKWRITE_NEXT");
    d.run("w");
    expect(d.isAt("w", "W_EOF_LOCK")).toBe(!["5.10", "6.1.192"].includes(kernel));
    d.end("m").end("w");
    expect(d.finish()).toEqual([]);
  });

  it.each([false, true])(
    "data of a block that EOF lies in ends by a transaction, or at EOF (fine: %s)",
    (fine) => {
      const setup = ["write: 0..3k", "fsync: {}"];
      const d = new Drive(
        { file: "{ size: 0, block: 4k }", setup, threads: { w: ["write: 0..1k"], f: ["writeback: 0..4k"] } },
        kernel,
        fine,
      )
        .end("w")
        .end("f");
      const [io] = d.ioends();
      d.e.step(io!);
      const isByBlock = fine && ["5.10", "6.1.192", "cured"].includes(kernel);
      expect(LABEL_NAMES[d.e.k.threads[io!]!.pc]).toBe(isByBlock ? "C_SETSIZE" : "DONE");
      d.complete();
      expect([d.e.k.diskSize, d.finish()]).toEqual([d.e.k.isize, []]);
    },
  );

  it("truncation drops what it need not wait for before it waits for the page that the cut is in", () => {
    const d = new Drive(
      {
        file: "{ size: 0, block: 4k }",
        setup: ["write: 0..4k", "write: 4k..8k", "write: 8k..12k", "fsync: {}"],
        threads: { t: ["truncate: 3k"], h: ["load: 0..1k"] },
      },
      kernel,
      true,
    ).until("t", "T_FOLIO");
    const { folios } = d.e.k;
    const present = () => [0, 1, 2].map((page) => has(d, page, FolioFlag.PRESENT));
    for (const page of [0, 2]) folios.lock(page, d.thread("h"));
    d.run("t");
    expect([d.isAt("t", "T_HEAD"), present()]).toEqual([true, [true, false, true]]);
    for (const page of [0, 2]) folios.unlock(page, d.thread("h"));
    d.endWithIo("t");
    expect(present()).toEqual([true, false, false]);
  });

  it("truncation waits for the page that its range ends in before those between", () => {
    const d = new Drive(
      {
        file: "{ size: 0, block: 4k }",
        setup: ["write: 0..4k", "write: 4k..8k", "write: 8k..12k", "write: 12k..16k", "fsync: {}"],
        threads: { t: ["punch: 2k..10k"], h: ["load: 0..1k"] },
      },
      kernel,
      true,
    ).until("t", "T_FOLIO");
    const { folios } = d.e.k;
    const h = d.thread("h");
    folios.lock(1, h);
    folios.lock(2, h);
    d.run("t");
    expect(d.isAt("t", "T_TAIL")).toBe(true);
    folios.unlock(2, h);
    d.run("t");
    expect(d.isAt("t", "T_FOLIO_NEXT")).toBe(true);
    folios.unlock(1, h);
    d.endWithIo("t");
    const present = [0, 1, 2, 3].map((page) => has(d, page, FolioFlag.PRESENT));
    expect(present).toEqual([true, false, true, true]);
  });

  /** With every boundary; elsewhere it merges. */
  it.each([
    ["page_mkwrite", "S_MKWRITE_LOCK", "read: 0..4k", "S_MKWRITE"],
    ["a fault", "S_FAULT_LOCK", "write: 1k..4k", "S_FAULT"],
  ] as const)("%s holds invalidate_lock while it waits for the folio", (_, label, setup, before) => {
    const partial = kernel === "5.10" || before === "S_MKWRITE" ? [] : ["evict: 0..4k"];
    const d = new Drive(
      {
        file: "{ size: 8k, block: 4k }",
        setup: [setup, "fsync: {}", ...partial],
        threads: { w: ["write: 0..2k"], m: ["store: 0..1k"], p: ["punch: 4k..8k"] },
      },
      kernel,
      true,
    );
    if (before === "S_MKWRITE") d.until("m", "S_MKWRITE");
    d.until("w", "W_COPY");
    if (kernel !== "5.10" && before === "S_FAULT") {
      // Uptodate, it is found without the lock; as it is not, the lock comes first.
      d.e.k.folios.clear(0, FolioFlag.UPTODATE);
    }
    d.step("m");
    expect([d.isAt("m", label), d.canRun("m"), d.e.k.invalidate.isFree()]).toEqual([true, false, false]);
    d.run("p");
    expect(d.isAt("p", "FA_LOCK")).toBe(true);
    d.end("w").run("p");
    expect(d.e.k.invalidate.isFree()).toBe(false);
    d.end("m");
  });
});

describe("the page cache of a large folio that was cut and split", () => {
  const cutAt = (size: string, setup: readonly string[], op: string): Drive =>
    new Drive({ file: `{ size: ${size}, block: 4k }`, setup, threads: { t: [op] } }, "6.12", true)
      .until("t", "T_HEAD_WAIT")
      .step("t");

  it.each([
    ["punch: 4k..8k", [1, 1, 2]],
    ["truncate: 8k", [2, 2, 4]],
  ] as const)("by %s, is looked through again for whole pages alone", (op, pages) => {
    const d = cutAt("16k", ["write: 0..16k", "fsync: {}"], op);
    const { truncPage, truncFrom, truncTo } = d.thread("t");
    const { k } = d.e;
    expect(d.isAt("t", "T_FOLIO_NEXT")).toBe(true);
    expect([truncPage, k.pageOfCell(truncFrom), k.pageOfCell(truncTo)]).toEqual(pages);
  });
  it("is not looked through again where the cut has no whole page", () => {
    const d = cutAt("15k", [], "write: 8k..16k, fault-at: 15k");
    expect(d.isAt("t", "W_FAULT_IN")).toBe(true);
  });
});
