/**
 * Random programs, swarm style: each case first draws which operations, faults, block size and thread shapes it uses
 * (Groce, Zhang, Eide, Chen, Regehr, ISSTA 2012), then fills them in with ranges whose ends lie at or near block,
 * page and EOF boundaries. Any change here raises the model version.
 */

import type { Rng } from "../explore/strategies/rng.js";
import { emptyBudget } from "../scenario/budget.js";
import { isInside } from "../scenario/op-bytes.js";
import { NOTHING_STATED, type Op, type Scenario, type ThreadSpec, WHOLE } from "../scenario/types.js";

const PAGE = 4096;
/** From this i_size on, bytes, a write that extends the file reserves more than it needs: large files start here. */
const LARGE = 64 * 1024;
/** Few are large: their many blocks make them slow. */
const LARGE_FILES = 0.02;
/** Times that a write may be stopped within what a kernel with large folios copies at once. */
const REAL_STOPS = 2;

/** What one case draws once, before its operations. */
interface Swarm {
  readonly rng: Rng;
  readonly block: number;
  readonly pages: number;
  /** Bytes; the current idea of i_size while the program is made. */
  size: number;
  readonly eofAligned: boolean;
  readonly faultAt: boolean;
  readonly unalignedWrites: boolean;
  /** Some writes append; some calls of fallocate move what lies behind. */
  readonly appends: boolean;
  readonly moves: boolean;
  /** Some writes copy within the file; some writes and reads leave nothing cached. */
  readonly copies: boolean;
  readonly uncached: boolean;
  /** How likely it is that somebody closes the file. */
  readonly closes: number;
}

/**
 * Which programs: all; those of which user space can force runs on a real kernel, with blocks that the test disks have and no
 * faults but what it can cause; or such with all operations, for whoever holds tasks inside of the kernel.
 */
export type Drawn = "all" | "realizable" | "playable";

/** Draws a program. The same generator state gives the same program for ever within a model version. */
export function randomProgram(rng: Rng, name: string, drawn: Drawn = "all"): Scenario {
  const isReal = drawn !== "all";
  const isLarge = !isReal && rng.chance(LARGE_FILES);
  const size = !isLarge && rng.chance(0.5) ? PAGE : pick(rng, [1024, 1024, 1024, 2048, 512]);
  const block = isReal && size < PAGE ? 1024 : size;
  const pages = 1 + pick(rng, [0, 1, 1, 1, 2, 2, 3]);
  const swarm: Swarm = {
    rng,
    block,
    pages,
    size: 0,
    eofAligned: rng.chance(0.5),
    faultAt: rng.chance(0.4),
    unalignedWrites: rng.chance(0.8),
    appends: rng.chance(0.15),
    moves: rng.chance(0.2),
    copies: rng.chance(0.15) && drawn !== "realizable",
    uncached: rng.chance(0.12) && drawn !== "realizable",
    // Speculative preallocation is there to be freed in large files.
    closes: isLarge ? 0.5 : 0.06,
  };
  const initial = rng.chance(0.3) ? 0 : drawSize(swarm);
  swarm.size = initial;
  const setup = isLarge ? [...drawSetup(swarm), drawGrowth(swarm)] : drawSetup(swarm);
  const budget = emptyBudget();
  if (rng.chance(0.5)) {
    if (rng.chance(0.35)) budget.shortAllocation = 1;
    if (rng.chance(0.35)) budget.allocationFailure = 1;
    if (rng.chance(0.2)) budget.reservationFailure = 1;
    if (rng.chance(0.15)) budget.deviceError = 1;
    if (rng.chance(0.3)) budget.shortCopy = 1;
    if (rng.chance(0.3)) budget.fatalSignal = 1;
  }
  if (isLarge && rng.chance(0.5)) budget.allocationFailure = 1;
  if (isReal) {
    budget.shortAllocation = budget.allocationFailure = budget.reservationFailure = budget.deviceError = 0;
    budget.shortCopy = REAL_STOPS;
  }
  const threads = drawThreads(swarm);
  if (rng.chance(0.7)) budget.evictions = 1 + rng.below(2);
  const start = isLarge ? LARGE : 0;
  return {
    name,
    file: { size: start + initial, block, page: PAGE },
    setup: moved(setup, start),
    threads: threads.map((thread) => ({ ...thread, ops: moved(thread.ops, start) })),
    budget,
    ...NOTHING_STATED,
  };
}

/** The operations `by` bytes further on in the file. */
function moved(ops: readonly Op[], by: number): readonly Op[] {
  if (by === 0) return ops;
  return ops.map((op) => {
    if (op.to === WHOLE.to || op.kind === "append") return op;
    const at = { ...op, from: op.from + by, to: op.to + by };
    if (op.target !== undefined) return { ...at, target: op.target + by };
    return op.faultAt === undefined ? at : { ...at, faultAt: op.faultAt + by };
  });
}

function pick<T>(rng: Rng, from: readonly [T, ...T[]]): T {
  return from[rng.below(from.length)] ?? from[0];
}

function drawSize(s: Swarm): number {
  const whole = (1 + s.rng.below(s.pages)) * PAGE;
  return s.eofAligned ? whole : whole - nearBoundary(s);
}

/** A distance from a boundary: nothing, parts of a block, or a few blocks of a page. */
function nearBoundary(s: Swarm): number {
  const { rng, block } = s;
  if (block < PAGE && rng.chance(0.4)) return rng.below(PAGE / block) * block + pick(rng, [0, block / 2]);
  return pick(rng, [block / 2, block / 4, (block / 4) * 3]);
}

/** A byte offset in `[0, limit]`, mostly at or near a block, page or EOF boundary. */
function drawOffset(s: Swarm, limit: number): number {
  const { rng } = s;
  let at: number;
  if (rng.chance(0.25)) at = s.size;
  else at = rng.below(Math.floor(limit / PAGE) + 1) * PAGE;
  if (s.unalignedWrites && rng.chance(0.5)) at += rng.chance(0.5) ? nearBoundary(s) : -nearBoundary(s);
  return Math.min(Math.max(0, at), limit);
}

function drawRange(s: Swarm, limit: number): { from: number; to: number } {
  const a = drawOffset(s, limit);
  const b = drawOffset(s, limit);
  if (a === b) {
    const from = Math.min(a, limit - s.block / 4);
    return { from, to: Math.min(limit, from + pick(s.rng, [s.block / 4, s.block / 2, s.block, PAGE])) };
  }
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

function pageRange(s: Swarm): { from: number; to: number } {
  if (s.rng.chance(0.4)) return { from: 0, to: s.pages * PAGE };
  const page = s.rng.below(s.pages);
  return { from: page * PAGE, to: (page + 1) * PAGE };
}

function drawWrite(s: Swarm): Op {
  if (s.appends && s.rng.chance(0.4)) return drawAppend(s);
  if (s.copies && s.rng.chance(0.5)) return drawCopy(s);
  const range = { ...drawRange(s, s.pages * PAGE), ...drawUncached(s) };
  s.size = Math.max(s.size, range.to);
  if (!s.faultAt || !s.rng.chance(0.6)) return { kind: "write", ...range };
  const cut = s.rng.chance(0.6)
    ? range.from
    : Math.max(range.from, Math.min(drawOffset(s, range.to), range.to - s.block / 4));
  return { kind: "write", ...range, faultAt: cut };
}

function drawUncached(s: Swarm): Pick<Op, "dontcache"> {
  return s.uncached && s.rng.chance(0.7) ? { dontcache: true } : {};
}

/** Of what is below EOF mostly, to somewhere else, right behind it where that would overlap. */
function drawCopy(s: Swarm): Op {
  const range = drawRange(s, Math.max(s.block, s.size));
  const at = drawOffset(s, s.pages * PAGE);
  const target = isInside("target", at, range) ? at : range.to;
  s.size = Math.max(s.size, target + range.to - range.from);
  return { kind: "copy_range", ...range, target };
}

function drawAppend(s: Swarm): Op {
  const to = s.rng.chance(0.5) ? s.block : (1 + s.rng.below(3)) * (s.block / 2);
  s.size += to;
  return { kind: "append", from: 0, to };
}

/** A store or load below EOF, or past it within the last page. */
function drawAccess(s: Swarm, kind: "store" | "load"): Op {
  const limit = Math.max(PAGE, Math.ceil(s.size / PAGE) * PAGE);
  const page = s.rng.below(limit / PAGE) * PAGE;
  const part = s.block < PAGE && s.rng.chance(0.5) ? s.block / 2 : PAGE / 4;
  const from = page + s.rng.below(PAGE / part) * part;
  return { kind, from, to: Math.min(page + PAGE, from + part * (1 + s.rng.below(2))) };
}

/** What is done through the mapping. */
function drawMapped(s: Swarm): Op {
  const roll = s.rng.below(20);
  if (roll === 0) return { kind: "msync", ...pageRange(s) };
  return roll === 1 ? { kind: "madvise", ...pageRange(s) } : drawAccess(s, roll < 17 ? "store" : "load");
}

function drawSetup(s: Swarm): Op[] {
  const ops: Op[] = [];
  const n = pick(s.rng, [0, 0, 1, 1, 2, 2, 3]);
  for (let i = 0; i < n; i++) {
    const op = drawSetupOp(s);
    if (op.kind === "write" || (op.kind === "fallocate" && !op.keepSize)) s.size = Math.max(s.size, op.to);
    ops.push(op);
  }
  return ops;
}

/** A write from EOF on, to the end of a block mostly. */
function drawGrowth(s: Swarm): Op {
  const end = s.size - (s.size % s.block) + s.block;
  const range = { from: s.size, to: s.rng.chance(0.8) ? end : end + s.block / 2 };
  s.size = range.to;
  return { kind: "write", ...range };
}

function drawSetupOp(s: Swarm): Op {
  const roll = s.rng.below(10);
  if (roll < 4) return { kind: "write", ...drawRange(s, s.pages * PAGE) };
  if (roll < 7) {
    const from = s.rng.chance(0.6) ? 0 : s.rng.below(s.pages) * PAGE;
    return { kind: "fallocate", from, to: Math.max(from + PAGE, s.size), ...drawKeepSize(s) };
  }
  if (roll < 8) return { kind: "fsync", ...WHOLE };
  return roll < 9 ? drawAccess(s, "store") : { kind: "evict", ...pageRange(s) };
}

function drawThreads(s: Swarm): ThreadSpec[] {
  const { rng } = s;
  const threads: ThreadSpec[] = [];
  const few = (most: number): number => 1 + (rng.chance(0.3) ? rng.below(most) : 0);
  const add = (name: string, n: number, op: () => Op): void => {
    const ops: Op[] = [];
    while (ops.length < n) ops.push(op());
    threads.push({ name, ops });
  };
  const first = rng.below(10);
  if (s.moves && first < 5) add("allocator", few(2), () => drawMove(s));
  else if (first < 2) add("truncater", few(2), () => truncate(s));
  else if (first < 3) add("allocator", few(2), () => drawFallocate(s));
  else add("writer", few(2), () => (rng.chance(0.9) ? drawWrite(s) : drawFallocate(s)));
  if (rng.chance(s.closes)) add("closer", few(2), () => CLOSE);
  if (rng.chance(0.65)) add("flusher", few(2), () => drawFlush(s));
  if (rng.chance(0.6)) add("mapper", few(3), () => drawMapped(s));
  if (threads.length < 4 && rng.chance(0.3)) {
    const roll = rng.below(6);
    if (roll === 0)
      add("reader", 1, () => ({
        kind: "read",
        ...drawRange(s, Math.max(s.block, s.size)),
        ...drawUncached(s),
      }));
    else if (roll === 1) drawSyncers(s, threads);
    else if (roll === 2) add("a", 1, () => drawWrite(s));
    else if (roll === 3)
      add("evicter", few(2), () => ({ kind: rng.chance(0.8) ? "evict" : "fadvise", ...pageRange(s) }));
    else if (roll === 4) add("allocator", 1, () => drawFallocate(s));
    else add("truncater", 1, () => truncate(s));
  }
  const seen = new Set<string>();
  return threads.filter((t) => !seen.has(t.name) && seen.add(t.name));
}

const CLOSE: Op = { kind: "close", ...WHOLE };

/** One that syncs, or two that opened the file themselves: each is to be told of an error. */
function drawSyncers({ rng }: Swarm, threads: ThreadSpec[]): void {
  const sync: Op = { kind: "fsync", ...WHOLE };
  const ops: Op[] = rng.chance(0.3) ? [sync, CLOSE, sync] : [sync];
  if (rng.chance(0.5)) threads.push({ name: "syncer", ops });
  else threads.push({ name: "syncer", ops, ownFd: true }, { name: "b", ops, ownFd: true });
}

function drawFlush(s: Swarm): Op {
  return { kind: s.rng.chance(0.85) ? "writeback" : "sync_file_range", ...pageRange(s) };
}

function drawKeepSize(s: Swarm): Pick<Op, "keepSize"> {
  return s.rng.chance(0.5) ? { keepSize: true } : {};
}

/** fallocate in one of its modes; without KEEP_SIZE it can extend the file. */
function drawFallocate(s: Swarm): Op {
  if (s.moves && s.rng.chance(0.7)) return drawMove(s);
  const roll = s.rng.below(3);
  const range = drawRange(s, s.pages * PAGE);
  if (roll === 0) return { kind: "punch", ...range };
  if (roll === 1 && s.rng.chance(0.1)) {
    s.size = Math.max(s.size, range.to);
    return { kind: "write_zeroes", ...range };
  }
  const keepSize = drawKeepSize(s);
  if (!keepSize.keepSize) s.size = Math.max(s.size, range.to);
  const allocates = s.rng.chance(0.1) ? "unshare" : "fallocate";
  return { kind: roll === 1 ? "zero" : allocates, ...range, ...keepSize };
}

/** Collapse or insert of whole blocks, before EOF mostly. */
function drawMove(s: Swarm): Op {
  const { rng, block } = s;
  const blocks = Math.max(2, Math.ceil(s.size / block));
  const first = rng.below(blocks - 1);
  const n = 1 + rng.below(Math.min(blocks - 1 - first, 4));
  const range = { from: first * block, to: (first + n) * block };
  const isUp = rng.chance(0.5);
  s.size = isUp ? s.size + n * block : Math.max(0, s.size - n * block);
  return { kind: isUp ? "insert" : "collapse", ...range };
}

function truncate(s: Swarm): Op {
  const size = drawOffset(s, s.pages * PAGE);
  s.size = size;
  return { kind: "truncate", from: size, to: size };
}
