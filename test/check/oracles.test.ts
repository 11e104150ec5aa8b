/**
 * Small programs on kernels where an oracle is violated and on kernels where it must not be: what every schedule of
 * each shows, found exhaustively.
 */
import { describe, expect, it } from "vitest";
import { search } from "../../src/explore/search/frontier-search.js";
import { engineOf, type Machine, oraclesOf } from "../kernel/drive.js";

const STATES = 300_000;

/** The oracles that some schedule violates. */
function shown(m: Machine, kernel: string, fine = false): string[] {
  const result = search(engineOf(m, kernel, fine), { goal: "all", maxStates: STATES, memoryBytes: 2 ** 27 });
  expect(result.cut).toBeUndefined();
  return oraclesOf(result.found);
}

interface Row {
  readonly name: string;
  readonly machine: Machine;
  /** Kernel, oracles. */
  readonly shows: readonly (readonly [string, ...string[]])[];
}

const rows: readonly Row[] = [
  {
    name: "content: the tail of a block zeroed under a stale unwritten map",
    machine: {
      file: "{ size: 4k, block: 4k }",
      setup: ["fallocate: 0..4k", "write: 2k..4k"],
      threads: { w: ["write: 0..2k"], b: ["writeback: 0..4k"], e: ["evict: 0..4k"] },
    },
    shows: [
      ["6.0", "content"],
      ["rfc-v1", "content"],
      ["6.2"],
      ["cured"],
      ["6.2 -validate", "content"],
      ["6.2 -validate-after-lock", "content"],
      ["6.2 -cookie-under-ilock", "content"],
      ["6.2 -seq-bump-on-convert", "content"],
      ["6.2 -complete-before-end-writeback", "content"],
    ],
  },
  {
    name: "content: the head of a block zeroed under a stale delalloc map",
    machine: {
      file: "{ size: 2k, block: 4k }",
      setup: ["write: 0..2k"],
      threads: { w: ["write: 2k..4k"], b: ["writeback: 0..4k"], e: ["evict: 0..4k"] },
    },
    shows: [["5.10", "content"], ["6.0", "content"], ["6.1.192"], ["6.2"], ["6.12"], ["6.18"]],
  },
  {
    name: "content and backing: a failed write takes a store's page and reservation",
    machine: {
      file: "{ size: 4k, block: 4k }",
      threads: { w: ["write: 0..4k, fault-at: 0"], m: ["store: 1k..2k"], r: ["load: 1k..2k"] },
    },
    shows: [
      ["6.0", "content", "backing"],
      ["6.2"],
      ["6.2 -punch-skips-dirty", "content"],
      ["6.2 -punch-under-invalidate-lock", "content", "backing"],
    ],
  },
  {
    name: "backing alone: zeroes that a fault put over a hole can be lost without harm",
    machine: {
      file: "{ size: 2k, block: 1k }",
      threads: { w: ["write: 1k..2k, fault-at: 1k"], m: ["store: 0..1k"] },
    },
    shows: [["6.2 -punch-under-invalidate-lock", "backing"], ["6.2"], ["cured"]],
  },
  {
    name: "exposure: a copy comes up short in a block that is called uptodate",
    machine: { file: "{ size: 4k, block: 1k }", threads: { w: ["write: 0x200..0x600, fault-at: 0x500"] } },
    shows: [
      ["6.0", "exposure"],
      ["6.2", "exposure"],
      ["6.18", "exposure"],
      ["cured"],
      ["6.2 +short-copy-cure"],
    ],
  },
  {
    name: "results: a write that ends at a stale map is short",
    machine: {
      file: "{ size: 2k, block: 4k }",
      setup: ["write: 0..2k"],
      threads: { w: ["write: 2k..4k"], b: ["writeback: 0..4k"] },
    },
    shows: [["6.0"], ["6.2"], ["6.2 -remap-on-zero-progress", "results"]],
  },
  {
    name: "results: fsync returns before the data can be read back",
    machine: { file: "{ size: 4k }", threads: { w: ["write: 0..4k", "fsync: {}"] } },
    shows: [["6.0"], ["6.2"], ["cured"], ["6.2 -complete-before-end-writeback", "results"]],
  },
  {
    name: "accounting: a folio that cannot be mapped keeps its reservation",
    machine: {
      file: "{ size: 8k, block: 4k }",
      setup: ["write: 4k..8k"],
      threads: { b: ["writeback: 4k..8k"] },
      budget: "{ allocation-failure: 1 }",
    },
    shows: [["6.0"], ["6.2", "accounting"], ["6.2 +discard-end"], ["cured"]],
  },
  {
    name: "accounting: preallocation past EOF may stay",
    machine: { file: "{ size: 64k }", threads: { w: ["write: 64k..65k"] } },
    shows: [["6.0"], ["6.2"], ["cured"]],
  },
  {
    name: "nothing: errors that are reported excuse what they lose",
    machine: {
      file: "{ size: 8k, block: 4k }",
      setup: ["write: 0..8k"],
      threads: { b: ["fsync: {}"], r: ["load: 0..8k"] },
      budget: "{ device-error: 1, allocation-failure: 1, evictions: 1 }",
    },
    shows: [["6.0"], ["cured"]],
  },
  {
    name: "nothing: what was read of an excused page may change until the next write",
    machine: {
      file: "{ size: 4k, block: 4k }",
      setup: ["write: 0..4k"],
      threads: { b: ["writeback: 0..4k"], r: ["read: 0..4k", "evict: 0..4k", "read: 0..4k"] },
      budget: "{ device-error: 1 }",
    },
    shows: [["6.2"], ["cured"]],
  },
  {
    name: "nothing: a page dirtied again after its writeback failed is written again",
    machine: {
      file: "{ size: 4k, block: 4k }",
      setup: ["write: 0..4k"],
      threads: { b: ["writeback: 0..4k"], w: ["write: 0..4k"], m: ["store: 1k..2k"] },
      budget: "{ device-error: 1, evictions: 1 }",
    },
    shows: [["6.2"], ["cured"]],
  },
  {
    name: "nothing: ENOSPC explains less than was asked",
    machine: {
      file: "{ size: 8k, block: 4k }",
      threads: { w: ["write: 0..8k"], m: ["store: 4k..5k"] },
      budget: "{ reservation-failure: 2 }",
    },
    shows: [["6.2"], ["cured"]],
  },
  {
    name: "nothing: a fatal signal explains less than was asked",
    machine: {
      file: "{ size: 8k, block: 4k }",
      threads: { w: ["write: 0..8k"], r: ["load: 0..8k"] },
      budget: "{ fatal-signal: 1 }",
    },
    shows: [["6.2"], ["cured"]],
  },
  {
    name: "nothing: a store in the page of EOF while a write extends the file",
    machine: {
      file: "{ size: 1k, block: 1k }",
      setup: ["store: 0..1k"],
      threads: { w: ["write: 1k..3k"], m: ["store: 0..4k"] },
    },
    shows: [["6.2"], ["6.18"], ["cured"]],
  },
  {
    name: "content: bytes that a store left past EOF become the file's when it grows",
    machine: {
      file: "{ size: 1k, block: 4k }",
      setup: ["fallocate: 0..1k"],
      threads: { m: ["store: 2k..3k"], t: ["truncate: 4k"] },
    },
    shows: [
      ["6.0", "content"],
      ["6.2", "content"],
      ["6.12"],
      ["cured"],
      ["cured -zeroing-flushes-dirty", "content"],
    ],
  },
  {
    name: "nothing: a store past EOF is gone or not once its page was written back",
    machine: {
      file: "{ size: 1k, block: 4k }",
      threads: { m: ["store: 0..2k", "load: 0..4k"], b: ["writeback: 0..4k"], r: ["load: 1k..2k"] },
    },
    shows: [["6.0"], ["6.2"], ["cured"]],
  },
  {
    name: "nothing: a store past EOF beside a write that leaves the size alone",
    machine: {
      file: "{ size: 1k, block: 4k }",
      setup: ["store: 0..1k"],
      threads: { w: ["write: 0..512"], m: ["store: 2k..3k", "load: 2k..3k"] },
    },
    shows: [["6.2"], ["cured"]],
  },
];

const cases = rows.flatMap(({ name, machine, shows }) =>
  shows.map(([kernel, ...oracles]) => ({ name, machine, kernel, oracles })),
);

describe("oracles over all schedules", () => {
  it.each(cases)("$name, $kernel: $oracles", ({ machine, kernel, oracles }) => {
    expect(shown(machine, kernel)).toEqual(oracles);
  });

  it("covers each oracle that schedules can violate, and names a control for each", () => {
    const seen = new Set(cases.flatMap((c) => c.oracles));
    expect([...seen].sort()).toEqual(["accounting", "backing", "content", "exposure", "results"]);
    for (const { name, shows } of rows)
      expect(
        shows.some(([, ...oracles]) => oracles.length === 0),
        name,
      ).toBe(true);
  });
});

describe("stores that come between a copy and its acceptance", () => {
  const machine: Machine = {
    file: "{ size: 2k, block: 2k }",
    setup: ["store: 0..2k"],
    threads: { w: ["write: 0..1k"], m: ["store: 0..2k"], r: ["load: 0..1k"] },
  };

  it.each(["6.0", "6.2", "6.18", "cured"])("stand on %s in every schedule of every boundary", (kernel) => {
    expect(shown(machine, kernel, true)).toEqual([]);
    expect(shown(machine, kernel)).toEqual([]);
  });
});
