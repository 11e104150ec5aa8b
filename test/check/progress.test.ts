/** Deadlock, livelock and cycles in the order of locks. */

import { describe, expect, it } from "vitest";
import { judgeDeadlock, judgeLivelock, judgeLockOrder } from "../../src/check/progress.js";
import { DEADLOCK, LIVELOCK, LOCK_ORDER, Verdict } from "../../src/check/violations.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { ASK } from "../../src/explore/strategies/strategy.js";
import { IoendFlag } from "../../src/kernel/machine/thread.js";
import * as L from "../../src/kernel/objects/locks.js";
import { Oracle } from "../../src/kernel/oracle-table.js";
import { Drive, engineOf, violated } from "../kernel/drive.js";
import { afterSetup, runDefault } from "../kernel/machine.js";

const MODES = {
  io: L.HELD_IOLOCK_EXCL,
  IO: L.HELD_IOLOCK_SHARED,
  inv: L.HELD_INVALIDATE_EXCL,
  INV: L.HELD_INVALIDATE_SHARED,
  folio: L.HELD_FOLIO,
  il: L.HELD_ILOCK_EXCL,
  IL: L.HELD_ILOCK_SHARED,
};
type Mode = keyof typeof MODES;

/** Edges as `held>taken`; shared modes in capitals. */
function hasCycle(...edges: `${Mode}>${Mode}`[]): boolean {
  const { k } = afterSetup("{ size: 4k }", []);
  for (const edge of edges) {
    const [held, taken] = edge.split(">") as [Mode, Mode];
    k.lockOrder.record(MODES[held], MODES[taken]);
  }
  const verdict = new Verdict();
  judgeLockOrder(k, verdict);
  if (verdict.has(Oracle.PROGRESS)) expect(verdict.kind[Oracle.PROGRESS]).toBe(LOCK_ORDER);
  return verdict.has(Oracle.PROGRESS);
}

describe("lock order", () => {
  it.each<[string, `${Mode}>${Mode}`[]]>([
    ["nothing nests", []],
    [
      "the documented nesting",
      ["io>inv", "inv>folio", "folio>il", "io>il", "INV>folio", "folio>IL", "IO>INV"],
    ],
    ["one edge against the nesting, alone", ["folio>INV"]],
    ["two edges against the nesting that do not meet", ["folio>INV", "il>IO"]],
    ["shared waits for shared on both sides", ["IO>INV", "INV>IO"]],
    ["shared waits for shared round three locks", ["IO>INV", "INV>folio", "folio>IO"]],
  ])("is in order: %s", (_, edges) => {
    expect(hasCycle(...edges)).toBe(false);
  });

  it.each<[string, `${Mode}>${Mode}`[]]>([
    ["the reverse of an edge", ["inv>folio", "folio>inv"]],
    ["shared waits for exclusive", ["inv>folio", "folio>INV"]],
    ["exclusive waits for shared", ["INV>folio", "folio>inv"]],
    ["round three locks", ["io>inv", "inv>folio", "folio>io"]],
    ["round four locks", ["io>inv", "inv>folio", "folio>il", "il>io"]],
    ["round three locks in mixed modes", ["IO>inv", "INV>folio", "folio>io"]],
    ["a lock under itself", ["folio>folio"]],
    ["a lock exclusive under itself shared", ["INV>inv"]],
  ])("is a cycle: %s", (_, edges) => {
    expect(hasCycle(...edges)).toBe(true);
  });

  it("is in order: shared waits for shared between two threads", () => {
    expect(hasCycle("INV>folio", "folio>INV")).toBe(false);
  });

  it("names an edge of the cycle", () => {
    const { k } = afterSetup("{ size: 4k }", []);
    k.lockOrder.record(L.HELD_FOLIO, L.HELD_INVALIDATE_EXCL);
    k.lockOrder.record(L.HELD_INVALIDATE_SHARED, L.HELD_FOLIO);
    const verdict = new Verdict();
    judgeLockOrder(k, verdict);
    const edge = [verdict.expected[Oracle.PROGRESS]!, verdict.actual[Oracle.PROGRESS]!].map(
      (m) => L.LOCK_MODE_NAMES[m],
    );
    expect([
      ["folio lock", "invalidate_lock exclusive"],
      ["invalidate_lock shared", "folio lock"],
    ]).toContainEqual(edge);
  });

  it("is looked at when a run ends", () => {
    const d = new Drive({ file: "{ size: 4k }", threads: { t: ["load: 0..1k"] } });
    d.e.k.lockOrder.record(MODES.il, MODES.io);
    d.e.k.lockOrder.record(MODES.io, MODES.il);
    expect(d.finish()).toEqual(["progress"]);
    expect(d.e.verdict.kind[Oracle.PROGRESS]).toBe(LOCK_ORDER);
  });

  it("forgets the edges of earlier runs", () => {
    const e = engineOf({ file: "{ size: 4k }", threads: { t: ["read: 0..4k"] } });
    e.k.lockOrder.record(MODES.il, MODES.io);
    e.k.lockOrder.record(MODES.io, MODES.il);
    runDefault(e);
    expect(violated(e)).toEqual([]);
  });

  it.each(["5.10", "6.0", "rfc-v1", "6.1.192", "6.2", "6.12", "6.18", "cured"])(
    "finds none in what %s does by itself",
    (kernel) => {
      const m = {
        file: "{ size: 6k, block: 1k }",
        setup: ["write: 0..6k"],
        threads: {
          w: ["write: 0..8k", "write: 0..8k, fault-at: 5k", "write: 10k..12k"],
          m: ["store: 0..1k", "load: 2k..3k"],
          b: ["writeback: 0..16k", "fsync: {}"],
          r: ["read: 0..8k", "evict: 0..12k"],
          t: ["truncate: 5k", "truncate: 9k", "punch: 1k..5k", "zero: 0..2k", "fallocate: 0..12k"],
        },
      };
      const e = engineOf(m, kernel);
      runDefault(e);
      expect(e.verdict.kind[Oracle.PROGRESS]).toBe(0);
      // The order was looked at: ILOCK was taken under a folio lock.
      expect(L.heldAt(e.k.lockOrder.edges, 5) & L.HELD_FOLIO).not.toBe(0);
    },
  );
});

describe("deadlock", () => {
  const m = { file: "{ size: 4k }", threads: { a: ["read: 0..4k"], w: ["write: 0..4k"] } };

  it("is a thread that nothing lets finish", () => {
    const d = new Drive(m);
    d.e.k.iolock.acquire(d.e.k.harness);
    expect([d.canRun("a"), d.canRun("w")]).toEqual([false, false]);
    expect(d.finish()).toEqual(["progress"]);
    expect([d.e.verdict.kind[Oracle.PROGRESS], d.e.verdict.thread[Oracle.PROGRESS]]).toEqual([DEADLOCK, 0]);
  });

  it("names the first thread that is left, and judges nothing else of such a run", () => {
    const d = new Drive(m);
    d.end("a");
    d.e.k.s[d.e.k.layout.ghost] = 77;
    d.e.k.iolock.acquire(d.e.k.harness);
    expect(d.finish()).toEqual(["progress"]);
    expect(d.e.verdict.thread[Oracle.PROGRESS]).toBe(d.index("w"));
  });

  it("is an ioend that nobody submits", () => {
    const d = new Drive({ ...m, threads: { w: ["write: 0..4k"], b: ["writeback: 0..4k"] } });
    d.end("w").end("b");
    const [ioend] = d.ioends();
    d.e.k.threads[ioend!]!.setFlag(IoendFlag.QUEUED);
    d.complete();
    expect(d.finish()).toEqual(["progress"]);
    expect(d.e.verdict.thread[Oracle.PROGRESS]).toBe(ioend);
  });

  it("is not reclaim that finds nothing to do", () => {
    const d = new Drive({ ...m, threads: {}, setup: ["write: 0..4k"], budget: "{ evictions: 2 }" });
    expect([d.thread("reclaim").pc === 0, d.canRun("reclaim")]).toEqual([false, false]);
    expect(d.finish()).toEqual([]);
  });

  it("is none once the lock is free", () => {
    const d = new Drive(m);
    d.e.k.iolock.acquire(d.e.k.harness);
    d.e.k.iolock.release(d.e.k.harness);
    d.end("a").end("w");
    expect(d.finish()).toEqual([]);
  });

  it("keeps the first of several", () => {
    const verdict = new Verdict();
    judgeDeadlock(verdict, 2);
    judgeLivelock(verdict, 7, 1);
    expect([verdict.kind[Oracle.PROGRESS], verdict.thread[Oracle.PROGRESS]]).toEqual([DEADLOCK, 2]);
  });
});

describe("livelock", () => {
  const write = (budget: number) => ({
    file: "{ size: 4k }",
    threads: { w: ["write: 0..4k"] },
    budget: `{ short-copy: ${budget} }`,
  });

  it("is not what faults explain: a copy that brings nothing as often as the budget allows", () => {
    const d = new Drive(write(250));
    d.answers = new Array<number>(250).fill(1);
    d.end("w");
    expect([d.finish(), d.returns]).toEqual([[], [{ thread: "w", done: 1, status: 0 }]]);
  });

  it("is a run that goes on after more steps than its program can need", () => {
    const { e } = new Drive(write(0));
    const view = { schedulable: 2, reclaim: 1, enabled: ASK, isEnabled: () => true, rests: () => false };
    const staysWhereItIs = { ...view, reset() {}, step() {}, finish: () => 0 };
    e.run(new ReplayChoices([]), staysWhereItIs);
    expect([violated(e), e.verdict.kind[Oracle.PROGRESS]]).toEqual([["progress"], LIVELOCK]);
  });

  it("is not a run that is long because its program is: eight threads that write a file many times", () => {
    const threads = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f", "g", "h"].map((t) => [t, new Array<string>(64).fill("write: 0..256k")]),
    );
    const { e } = new Drive({ file: "{ size: 256k }", threads });
    e.run(new ReplayChoices([]));
    expect([e.steps > 60_000, violated(e)]).toEqual([true, []]);
  });
});
