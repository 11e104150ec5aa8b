/**
 * The witnesses of real kernels, made by hand: small programs whose verdict was measured on 5.10, 6.1, 6.12 and
 * 6.18. `table` says which kernels lose data.
 */
import type { RealAction, RealOp, RealProgram, RealPromise } from "../../src/force/real-program.js";

const PAGE = 4096;
type Range = readonly [number, number];

const write = (id: string, [from, to]: Range) => ({ id, kind: "write", from, to }) as const;
const op = (kind: "store" | "load" | "writeback" | "evict", id: string, [from, to]: Range): RealOp =>
  ({ id, kind, from, to }) as RealOp;
const doOp = (...args: Parameters<typeof op>): RealAction => ({ do: "op", op: op(...args) });
const promise = (from: number, to: number, ...allowed: string[]): RealPromise => ({ from, to, allowed });

function program(
  name: string,
  block: number,
  size: number,
  rest: Pick<RealProgram, "race" | "setup" | "actions" | "expected">,
): RealProgram {
  return { name, file: { size, block, page: PAGE }, ...rest };
}

/** An unwritten (or delalloc) extent is converted and its page evicted while a writer still believes it unwritten. */
function tail(name: string, block: number, allocate: boolean): RealProgram {
  const setup: RealOp[] = [write("setup.1", [10240, 12288])];
  if (allocate) setup.unshift({ id: "setup.0", kind: "fallocate", from: 0, to: 12288 });
  return program(name, block, 12288, {
    race: [
      "writer                                  main",
      "iomap_begin: 0..12k, not yet written",
      "                                        writeback and evict 8k..12k",
      "locks 8k, zeroes the tail of its block   <- that is data now",
    ],
    setup,
    actions: [
      { do: "start", op: write("writer.0", [0, 9728]), stops: [8192] },
      doOp("writeback", "flusher.0", [8192, 12288]),
      doOp("evict", "reclaim.0", [8192, 12288]),
      { do: "resume" },
    ],
    expected: [promise(0, 9728, "writer.0"), promise(9728, 10240, "zero"), promise(10240, 12288, "setup.1")],
  });
}

export const unwrittenTail = (block: number) => {
  const p = tail("unwritten-tail", block, true);
  return block === PAGE ? p : narrowTail(p, block);
};

/** With small blocks only the block that holds the end of the write is hit: the old data must lie in it. */
function narrowTail(p: RealProgram, block: number): RealProgram {
  const end = 8192 + block / 2;
  return {
    ...p,
    setup: p.setup.map((o) => (o.kind === "write" ? write(o.id, [end + 16, 12288]) : o)),
    actions: p.actions.map((a) => (a.do === "start" ? { ...a, op: write(a.op.id, [0, end]) } : a)),
    expected: [
      promise(0, end, "writer.0"),
      promise(end, end + 16, "zero"),
      promise(end + 16, 12288, "setup.1"),
    ],
  };
}

/** The same without fallocate: the extent is delalloc when the write maps it. */
export const delallocTail = (block: number) => narrowTail(tail("delalloc-tail", block, false), block);

/** The head of the first block of the write is lost: a store dirtied it before, delalloc, then it was written. */
export const delallocHead = (block: number): RealProgram =>
  program("delalloc-head", block, 12288, {
    race: [
      "writer                                  main",
      "iomap_begin: 256..12k, DELALLOC",
      "                                        writeback and evict 0..4k",
      "locks 0, zeroes 0..256                   <- that is data now",
    ],
    setup: [write("setup.0", [0, 4096]), write("setup.1", [8192, 12288]), write("setup.2", [4096, 8192])],
    actions: [
      { do: "start", op: write("writer.0", [256, 12288]), stops: [256] },
      doOp("writeback", "flusher.0", [0, 4096]),
      doOp("evict", "reclaim.0", [0, 4096]),
      { do: "resume" },
    ],
    expected: [promise(0, 256, "setup.0"), promise(256, 12288, "writer.0")],
  });

/** A store into the reservation that the write has just made, written back and evicted before the write gets there. */
export const newDelallocStore = (block: number): RealProgram => {
  const end = 8192 + block / 2;
  return program("new-delalloc-store", block, 12288, {
    race: [
      "writer                                  main",
      "iomap_begin: 0..12k, new DELALLOC",
      "                                        store behind the end of the write, writeback, evict",
      "locks 8k, IOMAP_F_NEW: zeroes the tail   <- the store",
    ],
    setup: [],
    actions: [
      { do: "start", op: write("writer.0", [0, end]), stops: [8192] },
      doOp("store", "storer.0", [end + 16, end + block / 2]),
      doOp("writeback", "flusher.0", [8192, 12288]),
      doOp("evict", "reclaim.0", [8192, 12288]),
      { do: "resume" },
    ],
    expected: [
      promise(0, end, "writer.0"),
      promise(end, end + 16, "zero"),
      promise(end + 16, end + block / 2, "storer.0"),
    ],
  });
};

/** A failed write punches its reservation from under a page that a store has dirtied. */
export const failedWriteDropsStore = (block: number): RealProgram =>
  program("failed-write-drops-store", block, 12288, {
    race: [
      "writer                                  main",
      "iomap_begin: 0..12k, new DELALLOC",
      "                                        store 5k..6k",
      "EFAULT; iomap_end punches 0..12k         <- with the dirty page",
    ],
    setup: [],
    actions: [
      { do: "start", op: write("writer.0", [0, 12288]), stops: [0] },
      doOp("store", "storer.0", [5120, 6144]),
      { do: "fail" },
    ],
    expected: [promise(0, 5120, "zero"), promise(5120, 6144, "storer.0"), promise(6144, 12288, "zero")],
  });

type Failure = "fail" | "kill";

function eofPunchOf(name: string, block: number, size: number, how: Failure): RealProgram {
  const store: Range = [size - 512, size - 256];
  return program(name, block, size, {
    race: [
      "writer                                  main",
      "iomap_begin: 0..12k, new DELALLOC",
      "                                        store into the EOF block",
      `${how === "kill" ? "SIGKILL" : "EFAULT"}; keeps the dirty range up to EOF,`,
      "punches from there, rounded down         <- the EOF block",
    ],
    setup: [],
    actions: [
      { do: "start", op: write("writer.0", [0, 12288]), stops: [0] },
      doOp("store", "storer.0", store),
      { do: how },
    ],
    expected: [promise(0, store[0], "zero"), promise(...store, "storer.0"), promise(store[1], size, "zero")],
  });
}

/** i_size in the middle of a block (0x1600 with 1k blocks, 0x1800 with 4k). */
const unaligned = (block: number) => 4096 + 1024 + block / 2;
export const eofPunch = (block: number) => eofPunchOf("eof-punch", block, unaligned(block), "fail");
export const eofPunchSignal = (block: number) =>
  eofPunchOf("eof-punch-signal", block, unaligned(block), "kill");
export const eofPunchAligned = (block: number) => eofPunchOf("eof-punch-aligned", block, 8192, "fail");

/**
 * The write goes stale, which punches the EOF block. Its retry maps only up to the page that another store keeps
 * reserved, so there is a stop with the EOF block unreserved: the file system is filled, and the write ends short.
 */
export const eofPunchEnospc = (block: number): RealProgram => {
  const size = 0xa000 + 1024 + block / 2;
  const kept: Range = [0x5000, 0x6000];
  const store: Range = [size - 512, size - 256];
  return program("eof-punch-enospc", block, size, {
    race: [
      "writer                                  main",
      "iomap_begin: 8k..256k, new DELALLOC",
      "                                        store 20k..24k and into the EOF block",
      "                                        writeback 0..4k: the map is stale",
      "stale: keeps 20k..24k and up to EOF,",
      "punches from there, rounded down         <- the EOF block",
      "iomap_begin: 8k..20k",
      "                                        fill the file system",
      "iomap_begin: 24k..256k: ENOSPC",
    ],
    setup: [write("setup.0", [0, 4096])],
    actions: [
      { do: "start", op: write("writer.0", [0x2000, 0x40000]), stops: [0x2000] },
      doOp("store", "storer.0", kept),
      doOp("store", "storer.1", store),
      doOp("writeback", "flusher.0", [0, 4096]),
      { do: "retry" },
      { do: "fill-space" },
      { do: "resume" },
    ],
    expected: [
      promise(0, 0x1000, "setup.0"),
      promise(0x1000, 0x2000, "zero"),
      promise(0x2000, kept[0], "zero", "writer.0"),
      promise(...kept, "storer.0", "writer.0"),
      promise(kept[1], store[0], "zero", "writer.0"),
      promise(...store, "storer.1", "writer.0"),
      promise(store[1], size, "zero", "writer.0"),
    ],
  });
};

/** Nothing races: right on every kernel. */
export const control = (block: number): RealProgram => {
  const p = unwrittenTail(block);
  return { ...p, name: "control-no-race", actions: p.actions.filter((a) => a.do !== "op") };
};

/**
 * Right on every kernel, if the stops are where they should be: at each, loads see the page before it written and
 * the page at it not yet, over a hole, over small folios, and with the map going stale at every stop.
 */
function stopsOf(name: string, setup: readonly RealOp[], atStop: (at: number) => RealAction[]) {
  const stops = [PAGE, 2 * PAGE, 3 * PAGE];
  const look = (at: number): RealAction => ({
    do: "op",
    op: { id: `reader.${at / PAGE}`, kind: "load", from: at - PAGE, to: at + PAGE },
    expect: [
      promise(at - PAGE, at, "writer.0"),
      promise(at, at + PAGE, setup.length > 0 ? `setup.${at / PAGE}` : "zero"),
    ],
  });
  return (block: number) =>
    program(name, block, 4 * PAGE, {
      race: ["The writer is stopped before each of its pages."],
      setup,
      actions: [
        { do: "start", op: write("writer.0", [0, 4 * PAGE]), stops },
        ...stops.flatMap((at): RealAction[] => [...atStop(at), look(at), { do: "resume" }]),
      ],
      expected: [promise(0, 4 * PAGE, "writer.0")],
    });
}

const smallFolios = [0, 1, 2, 3].map((i) => write(`setup.${i}`, [i * PAGE, (i + 1) * PAGE]));
const writeBack = (at: number) => [doOp("writeback", `flusher.${at / PAGE}`, [at - PAGE, at])];
export const stopsInHole = stopsOf("stops-in-hole", [], () => []);
export const stopsInFolios = stopsOf("stops-in-small-folios", smallFolios, () => []);
export const stopsStale = stopsOf("stops-with-stale-map", [], writeBack);
export const stopsStaleInFolios = stopsOf("stops-with-stale-map-in-small-folios", smallFolios, writeBack);

export type Series = "5.10" | "6.1" | "6.12" | "6.18";
const STALE: readonly Series[] = ["5.10"];
const ALL: readonly Series[] = ["5.10", "6.1", "6.12", "6.18"];

/** Every witness and the kernels on which it loses data. */
export const table: readonly { make: (block: number) => RealProgram; lost: readonly Series[] }[] = [
  { make: unwrittenTail, lost: STALE },
  { make: delallocTail, lost: STALE },
  { make: delallocHead, lost: STALE },
  { make: newDelallocStore, lost: STALE },
  { make: failedWriteDropsStore, lost: STALE },
  { make: eofPunch, lost: ALL },
  { make: eofPunchSignal, lost: ALL },
  // 5.10 notices no stale map, so there is no retry that could fail
  { make: eofPunchEnospc, lost: ["6.1", "6.12", "6.18"] },
  { make: eofPunchAligned, lost: STALE },
  { make: control, lost: [] },
  { make: stopsInHole, lost: [] },
  { make: stopsInFolios, lost: [] },
  { make: stopsStale, lost: [] },
  { make: stopsStaleInFolios, lost: [] },
];
