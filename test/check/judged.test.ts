/**
 * Each oracle by itself: a run that is in order, then one thing put wrong behind the kernel's back, and what is said
 * of it.
 */

import { describe, expect, it } from "vitest";
import { isLeakedBlock } from "../../src/check/accounting.js";
import { isBacked, judgeHole } from "../../src/check/backing.js";
import { isCoherent } from "../../src/check/content.js";
import { Also } from "../../src/check/ghost.js";
import { NOT_DURABLE, SHORT_WRITE, Verdict, WRONG_ERROR, WRONG_SIZE } from "../../src/check/violations.js";
import { Choice } from "../../src/kernel/machine/choices.js";
import { Errno } from "../../src/kernel/machine/errors.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import { Global } from "../../src/kernel/machine/layout.js";
import { ExtentType } from "../../src/kernel/objects/extent-types.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { Value } from "../../src/kernel/objects/values.js";
import { ORACLE_NAMES, Oracle } from "../../src/kernel/oracle-table.js";
import { Drive, type Machine, violated } from "../kernel/drive.js";

/** A written and clean first page, a dirty second, a hole third. */
const FILE: Machine = {
  file: "{ size: 12k }",
  setup: ["write: 0..4k", "fsync: {}", "write: 4k..8k"],
  threads: { t: ["load: 0..12k"] },
};
const [FIRST, SECOND] = [3, 5];

/** What is said of the file after `spoil`, and where (bytes) with which values. */
function judged(spoil: (k: Kernel, d: Drive) => void, m = FILE, run = false) {
  const d = new Drive(m);
  if (!run) d.end("t");
  spoil(d.e.k, d);
  if (run) d.end("t");
  const oracles = d.finish();
  const { verdict } = d.e;
  const places = oracles.map((o) => {
    const i = ORACLE_NAMES.indexOf(o as never);
    return [verdict.from[i], verdict.to[i], verdict.expected[i], verdict.actual[i], verdict.thread[i]];
  });
  return { oracles, places };
}
const evict = (k: Kernel, page: number): void => k.folios.remove(page);

describe("content and exposure", () => {
  it("says nothing of a file in order", () => {
    expect(judged(() => {}).oracles).toEqual([]);
  });

  it.each<[string, (k: Kernel) => void, string[], number[]]>([
    [
      "a wrong byte in a clean cached page",
      (k) => k.folios.fill(0, 1, 77),
      ["content"],
      [0, 1, FIRST, 77, -1],
    ],
    [
      "a wrong byte in a dirty page",
      (k) => k.folios.fill(1, 2, FIRST),
      ["content"],
      [1, 2, SECOND, FIRST, -1],
    ],
    ["a wrong byte in a page of zeroes", (k) => k.folios.fill(2, 3, 77), ["content"], [2, 3, 0, 77, -1]],
    [
      "a wrong byte on disk under a right cache",
      (k) => k.disk.write(0, 0),
      ["content"],
      [0, 1, FIRST, 0, -1],
    ],
    [
      "garbage in the cache",
      (k) => k.folios.fill(0, 1, Value.GARBAGE),
      ["exposure"],
      [0, 1, FIRST, Value.GARBAGE, -1],
    ],
    [
      "memory that nobody filled",
      (k) => k.folios.fill(2, 3, Value.UNINITIALISED),
      ["exposure"],
      [2, 3, 0, Value.UNINITIALISED, -1],
    ],
    [
      "garbage on disk",
      (k) => k.disk.write(0, Value.GARBAGE),
      ["exposure"],
      [0, 1, FIRST, Value.GARBAGE, -1],
    ],
    ["a dirty page that is dropped", (k) => evict(k, 1), ["content", "accounting"], [1, 2, SECOND, 0, -1]],
  ])("sees %s", (_, spoil, oracles, place) => {
    const found = judged(spoil);
    expect(found.oracles).toEqual(oracles);
    expect(found.places[0]).toEqual(place);
  });

  it.each<[string, (k: Kernel) => void]>([
    ["what lies under a dirty page", (k) => k.disk.write(1, Value.GARBAGE)],
    ["what is on disk under an unwritten block", (k) => k.disk.write(2, Value.GARBAGE)],
    ["a clean page that is dropped", (k) => evict(k, 0)],
    [
      "the content of a page that is not there",
      (k) => {
        evict(k, 0);
        k.folios.fill(0, 1, 77);
      },
    ],
    [
      "the content of a block that is not uptodate",
      (k) => {
        evict(k, 0);
        k.folios.insert(0);
      },
    ],
  ])("does not mind %s", (_, spoil) => {
    expect(judged(spoil).oracles).toEqual([]);
  });

  it("names the thread whose load saw it, also where nobody would at the end", () => {
    const found = judged((k) => k.folios.fill(0, 1, Value.GARBAGE), FILE, true);
    expect(found.places[0]).toEqual([0, 1, FIRST, Value.GARBAGE, 0]);
  });

  it("judges loads past EOF: zero, or what a store left there", () => {
    const past: Machine = { file: "{ size: 1k }", setup: ["store: 0..2k"], threads: { t: ["load: 0..3k"] } };
    expect(judged(() => {}, past, true).oracles).toEqual([]);
    expect(judged((k) => k.folios.fill(1, 2, 0), past, true).oracles).toEqual([]);
    expect(judged((k) => k.folios.fill(2, 3, 77), past, true).oracles).toEqual(["content"]);
    expect(judged((k) => k.folios.fill(1, 2, 77), past, true).oracles).toEqual(["content"]);
    expect(judged((k) => k.folios.fill(2, 3, Value.UNINITIALISED), past, true).oracles).toEqual(["exposure"]);
    // A read() stops at EOF.
    const read = { ...past, threads: { t: ["read: 0..3k"] } };
    expect(judged((k) => k.folios.fill(2, 3, 77), read, true).oracles).toEqual([]);
  });

  it("judges what goes to disk", () => {
    const found = judged((k) => {
      k.folios.fill(1, 2, Value.UNINITIALISED);
      k.s[k.layout.also + 1] = Also.LOST;
    });
    expect(found.oracles).toEqual(["exposure"]);
  });

  it("excuses bytes that were lost with an error, garbage apart", () => {
    const lost = (value: number) =>
      judged((k) => {
        k.disk.write(0, value);
        k.s[k.layout.also] = Also.LOST;
        evict(k, 0);
      }).oracles;
    expect([lost(0), lost(77), lost(Value.GARBAGE)]).toEqual([[], [], ["exposure"]]);
  });
});

describe("the check after each step", () => {
  const cells = [0, 1, 2];
  const coherent = (spoil: (k: Kernel, d: Drive) => void): boolean[] => {
    const d = new Drive(FILE);
    spoil(d.e.k, d);
    return cells.map((c) => isCoherent(d.e.k, c));
  };
  it.each<[string, (k: Kernel, d: Drive) => void, boolean[]]>([
    ["a file in order", () => {}, [true, true, true]],
    ["wrong cache", (k) => k.folios.fill(0, 1, 77), [false, true, true]],
    ["wrong disk under clean cache", (k) => k.disk.write(0, 0), [false, true, true]],
    ["wrong disk under dirty cache", (k) => k.disk.write(1, 77), [true, true, true]],
    ["a dropped dirty page", (k) => evict(k, 1), [true, false, true]],
    [
      "a locked folio",
      (k, d) => {
        k.folios.fill(0, 1, 77);
        k.folios.lock(0, d.thread("t"));
      },
      [true, true, true],
    ],
    [
      "an excused cell",
      (k) => {
        k.disk.write(0, 0);
        k.s[k.layout.also] = Also.LOST;
      },
      [true, true, true],
    ],
    [
      "past EOF",
      (k) => {
        k.folios.fill(0, 2, 77);
        k.isize = 1;
      },
      [false, true, true],
    ],
  ])("%s", (_, spoil, expected) => {
    expect(coherent(spoil)).toEqual(expected);
  });

  it("looks at the disk where a dirty folio has not the block", () => {
    const { k } = new Drive({
      file: "{ size: 4k, block: 1k }",
      setup: ["write: 0..4k", "fsync: {}", "evict: 0..4k", "write: 0..1k"],
    }).e;
    expect([isCoherent(k, 0), isCoherent(k, 1)]).toEqual([true, true]);
    k.disk.write(0, 0);
    k.disk.write(1, 0);
    expect([isCoherent(k, 0), isCoherent(k, 1)]).toEqual([true, false]);
  });
});

describe("backing", () => {
  const unbacked = (k: Kernel): void => void k.extents.punchDelalloc(1, 2);

  it("sees a dirtied block over a hole when writeback looks it up, and no sooner", () => {
    const d = new Drive({ ...FILE, threads: { t: ["load: 0..12k"], b: ["writeback: 0..12k"] } });
    unbacked(d.e.k);
    expect(isBacked(d.e.k, 1)).toBe(false);
    d.end("t");
    expect(violated(d.e)).toEqual([]);
    d.end("b");
    expect(violated(d.e)).toEqual(["backing"]);
    expect([
      d.e.verdict.from[Oracle.BACKING],
      d.e.verdict.to[Oracle.BACKING],
      d.e.verdict.thread[Oracle.BACKING],
    ]).toEqual([1, 2, 1]);
    expect(d.finish()).toEqual(["content", "backing"]);
  });

  it("asks for no backing past EOF, and none past it in the block that holds it", () => {
    const { k } = new Drive({ file: "{ size: 1k, block: 4k }", threads: { t: ["load: 0..8k"] } }).e;
    const place = (block: number) => {
      const v = new Verdict();
      judgeHole(k, v, block, 0);
      return v.has(Oracle.BACKING) ? [v.from[Oracle.BACKING], v.to[Oracle.BACKING]] : undefined;
    };
    expect([place(0), place(1)]).toEqual([[0, 1], undefined]);
  });

  it("does not mind when it is reserved again in between", () => {
    const found = judged((k) => {
      unbacked(k);
      k.extents.reserve(1, 2, 2);
    });
    expect(found.oracles).toEqual([]);
  });

  it.each<[string, Machine]>([
    [
      "blocks of a dirty folio that nobody dirtied",
      {
        file: "{ size: 4k, block: 1k }",
        setup: ["read: 0..4k", "write: 1k..2k"],
        threads: { b: ["writeback: 0..4k"] },
      },
    ],
    [
      "blocks past EOF",
      { file: "{ size: 1k, block: 1k }", setup: ["store: 0..4k"], threads: { b: ["writeback: 0..4k"] } },
    ],
    [
      "zeroes over a hole",
      {
        file: "{ size: 4k, block: 1k }",
        setup: ["write: 0..4k", "fsync: {}", "punch: 0..2k"],
        threads: { b: ["writeback: 0..4k"] },
      },
    ],
  ])("does not mind holes under %s", (_, m) => {
    const d = new Drive(m);
    expect(d.end("b").complete().finish()).toEqual([]);
  });
});

describe("accounting", () => {
  // A leak beside a dirty page would be allocated with it: the last block is apart.
  const APART: Machine = { ...FILE, file: "{ size: 16k }", threads: { t: ["load: 0..16k"] } };

  it.each<[string, (k: Kernel) => void, string[]]>([
    ["delalloc below EOF with nothing over it", (k) => k.extents.reserve(3, 4, 4), ["accounting"]],
    [
      "a count that is too high",
      (k) => {
        k.s[Global.RESERVED]! += 1;
      },
      ["accounting"],
    ],
    [
      "a count that is too low",
      (k) => {
        k.s[Global.RESERVED]! += 3;
        k.extents.reserve(3, 4, 4);
        k.extents.punchDelalloc(3, 4);
        k.s[Global.RESERVED]! -= 4;
      },
      ["accounting"],
    ],
    [
      "delalloc past EOF",
      (k) => {
        k.isize = 2;
        k.extents.reserve(3, 4, 4);
      },
      ["accounting"],
    ],
    [
      "preallocation past EOF",
      (k) => {
        k.isize = 2;
        k.extents.reserve(3, 4, 3);
      },
      [],
    ],
    ["preallocation below EOF", (k) => k.extents.reserve(3, 4, 3), ["accounting"]],
    [
      "a reservation that was punched",
      (k) => {
        k.extents.reserve(3, 4, 4);
        k.extents.punchDelalloc(3, 4);
      },
      [],
    ],
    [
      "a reservation that was truncated",
      (k) => {
        k.extents.reserve(3, 4, 4);
        k.extents.unmap(3, 4);
      },
      [],
    ],
    [
      "a reservation that was preallocated over",
      (k) => {
        k.extents.reserve(3, 4, 4);
        k.extents.allocate(3, 4, false, ExtentType.UNWRITTEN);
      },
      [],
    ],
  ])("%s", (_, spoil, oracles) => {
    expect(judged(spoil, APART).oracles).toEqual(oracles);
  });

  it("tells which blocks leak", () => {
    const { k } = new Drive(FILE).e;
    expect([0, 1, 2].map((b) => isLeakedBlock(k, b))).toEqual([false, true, false]);
  });

  it("gives the leaked block, and the two counts where they differ", () => {
    expect(judged((k) => k.extents.reserve(3, 4, 4), APART).places[0]).toEqual([
      3,
      4,
      0,
      ExtentType.DELALLOC,
      -1,
    ]);
    expect(
      judged((k) => {
        k.s[Global.RESERVED]! += 2;
      }).places[0],
    ).toEqual([0, 0, 0, 2, -1]);
  });
});

describe("results", () => {
  const WRITES: Machine = {
    file: "{ size: 8k }",
    threads: { w: ["write: 0..8k"], f: ["write: 0..8k, fault-at: 4k"], s: ["fsync: {}"], r: ["read: 0..8k"] },
    budget: "{ fatal-signal: 1, device-error: 1, short-copy: 1, evictions: 2 }",
  };
  /** The kind of what is said of a call that returns so, after a fault or none. */
  const after = (name: string, done: number, status: number, fault = Choice.EVICT) => {
    const d = new Drive(WRITES);
    d.e.k.s[Global.BUDGET + fault]!--;
    d.e.oracles.returned(d.e.k, d.thread(name), done, status);
    return d.e.verdict.has(Oracle.RESULTS) ? d.e.verdict.kind[Oracle.RESULTS] : 0;
  };

  it.each([
    ["everything", "w", 2, 0, 0],
    ["less, without an error", "w", 1, 0, SHORT_WRITE],
    ["nothing, without an error", "w", 0, 0, SHORT_WRITE],
    ["less, with EINTR after a fault", "w", 1, Errno.EINTR, 0, Choice.FATAL_SIGNAL],
    ["nothing, with EINTR and no fault", "w", 0, Errno.EINTR, WRONG_ERROR],
    ["less, with ENOSPC and no fault", "w", 1, Errno.ENOSPC, WRONG_ERROR],
    ["less, with EAGAIN, which no fault explains", "w", 1, Errno.EAGAIN, WRONG_ERROR, Choice.FATAL_SIGNAL],
    ["nothing but fail to sync, and no fault", "s", 0, Errno.EIO, WRONG_ERROR],
    ["nothing but fail to sync, after a fault", "s", 0, Errno.EIO, 0, Choice.DEVICE_ERROR],
    ["nothing but fail to sync, after a signal", "s", 0, Errno.EIO, WRONG_ERROR, Choice.FATAL_SIGNAL],
    [
      "nothing but fail for want of space, after a short copy",
      "s",
      0,
      Errno.ENOSPC,
      WRONG_ERROR,
      Choice.SHORT_COPY,
    ],
    ["EFAULT from a readable source", "w", 1, Errno.EFAULT, WRONG_ERROR],
    ["EFAULT from an unreadable source", "f", 1, Errno.EFAULT, 0],
    ["less from an unreadable source, without an error", "f", 1, 0, SHORT_WRITE],
    ["a read that stops at EOF", "r", 1, 0, 0],
  ])("a call that did %s", (_, name, done, status, kind, fault = Choice.EVICT) => {
    expect(after(name as string, done as number, status as number, fault as Choice)).toBe(kind);
  });

  it.each<[string, (k: Kernel) => void, number]>([
    ["is right", () => {}, 0],
    [
      "fell",
      (k) => {
        k.isize = 1;
      },
      WRONG_SIZE,
    ],
    [
      "rose too far",
      (k) => {
        k.isize = 3;
      },
      WRONG_SIZE,
    ],
  ])("the size after a write %s", (_, spoil, kind) => {
    const d = new Drive({ file: "{ size: 8k }", threads: { w: ["write: 0..4k"], t: ["load: 0..12k"] } });
    d.until("w", "W_COPY");
    spoil(d.e.k);
    d.end("w");
    expect(d.e.verdict.has(Oracle.RESULTS) ? d.e.verdict.kind[Oracle.RESULTS] : 0).toBe(kind);
  });

  it("names the size that the write should have left", () => {
    const d = new Drive({ file: "{ size: 4k }", threads: { w: ["write: 0..8k"], t: ["load: 0..12k"] } });
    d.until("w", "W_COPY", 2);
    d.e.k.isize = 3;
    d.end("w");
    expect([d.e.verdict.expected[Oracle.RESULTS], d.e.verdict.actual[Oracle.RESULTS]]).toEqual([2, 3]);
  });

  const sync = (op: string, spoil: (k: Kernel) => void) => {
    const d = new Drive({ ...FILE, threads: { s: [op] } });
    while (d.thread("s").pc !== 0) {
      d.run("s").complete();
      if (d.thread("s").pc !== 0 && d.e.k.folios.flags(1) === (FolioFlag.PRESENT | FolioFlag.UPTODATE))
        spoil(d.e.k);
    }
    return d.e.verdict.has(Oracle.RESULTS) ? d.e.verdict.kind[Oracle.RESULTS] : 0;
  };
  it.each([
    ["fsync: {}", 0, () => {}],
    ["fsync: {}", NOT_DURABLE, (k: Kernel) => k.disk.write(1, 0)],
    ["sync_file_range: 4k..8k", NOT_DURABLE, (k: Kernel) => k.disk.write(1, 0)],
    ["sync_file_range: 0..4k", 0, () => {}],
    [
      "fsync: {}",
      0,
      (k: Kernel) => {
        k.disk.write(1, 0);
        k.folios.set(1, FolioFlag.DIRTY);
      },
    ],
  ])("%s when it succeeds means durable: %i", (op, kind, spoil) => {
    expect(sync(op, spoil)).toBe(kind);
  });

  it("says nothing of fsync's data after an error, which is reported once", () => {
    const d = new Drive({
      ...FILE,
      threads: { s: ["fsync: {}", "fsync: {}"] },
      budget: "{ device-error: 1 }",
    });
    d.answers = [1];
    const statuses: number[] = [];
    const returned = d.e.oracles.returned.bind(d.e.oracles);
    d.e.oracles.returned = (k, t, done, status) => {
      if (!k.draining) statuses.push(status);
      returned(k, t, done, status);
    };
    while (!d.isDone("s")) d.run("s").complete();
    expect(statuses).toEqual([Errno.EIO, 0]);
    expect(d.finish()).toEqual([]);
  });
});

describe("a verdict", () => {
  it("keeps the first violation of an oracle and widens it by its like only", () => {
    const v = new Verdict();
    v.record(Oracle.CONTENT, 2, 3, 5, 0, 1);
    v.record(Oracle.CONTENT, 3, 4, 5, 0, 1);
    v.record(Oracle.CONTENT, 4, 5, 5, 7, 1);
    v.record(Oracle.CONTENT, 6, 7, 5, 0, 1);
    v.record(Oracle.CONTENT, 0, 2, 5, 0, 1);
    expect([
      v.from[Oracle.CONTENT],
      v.to[Oracle.CONTENT],
      v.expected[Oracle.CONTENT],
      v.actual[Oracle.CONTENT],
    ]).toEqual([2, 4, 5, 0]);
    expect([v.has(Oracle.CONTENT), v.has(Oracle.EXPOSURE), v.has(Oracle.ACCOUNTING)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("copies another", () => {
    const [a, b] = [new Verdict(), new Verdict()];
    a.record(Oracle.RESULTS, 1, 2, 3, 4, 5, SHORT_WRITE);
    b.record(Oracle.CONTENT, 1, 1, 1, 1, 1);
    b.copyFrom(a);
    expect([b.found, b.kind[Oracle.RESULTS], b.thread[Oracle.RESULTS]]).toEqual([
      1 << Oracle.RESULTS,
      SHORT_WRITE,
      5,
    ]);
    b.copyFrom(new Verdict());
    expect(b.found).toBe(0);
  });
});
