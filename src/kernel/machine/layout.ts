/**
 * Where everything that can change lives in the one flat state. Offsets are in elements of the state array, which
 * is bytes when every value fits and 16-bit words otherwise.
 *
 *     [globals][descriptions x 2][inode flags][folios: pages x 2][blocks x 2][cells x 4][program threads][reclaim][kworkers][harness][spare]
 *
 * The harness (setup and final drain) comes last and is idle while schedules run, so that it is left out of
 * state comparison. A thread has only the groups of registers that its operations can use on this kernel; the views
 * of the groups that it lacks lie over the spare registers, which stay zero.
 */

import { OPS } from "../ops.js";
import type { Fixes } from "../versions/fixes.js";
import { CHOICES, Choice } from "./choices.js";
import type * as P from "./program.js";

export const enum Global {
  /** Globals. Lock words: 0 free, LOCKED_EXCLUSIVE, or the number of shared holders. */
  ISIZE = 0,
  DISK_SIZE = 1,
  RESERVED = 2,
  IOLOCK = 3,
  INVALIDATE = 4,
  ILOCK = 5,
  /** AS_EIO and AS_ENOSPC: the next filemap_check_errors() returns an error and clears it. */
  PENDING_ERROR = 6,
  /** Cells whose bytes are undefined while the current holder of IOLOCK changes size or punches: `[from, to)`. */
  UNDEFINED_FROM = 7,
  UNDEFINED_TO = 8,
  /** What is left of the cap on all faults together. */
  FAULT_CAP = 9,
  BUDGET = 10,
}

export const enum Reg {
  /**
   * Elements of a thread's part of the state; thread.ts names the registers in them. The first SHORT_REGISTERS are all
   * that a kworker or the reclaimer has.
   */
  PC = 0,
  POS = 1,
  END = 2,
  FLAGS = 3,
  MAP_TYPE = 4,
  HELD = 5,
  /** Every program thread has these. */
  OP = 6,
  STATUS = 7,
  /** Calls that work on folios and maps. */
  ITER = 8,
  CHUNK = 9,
  LOCKED_PAGE = 10,
  MAP_START = 11,
  MAP_END = 12,
  MAP_FLAGS = 13,
  COOKIE = 14,
  MARK = 15,
  PUNCH_END = 16,
  /** Zero range subroutine. */
  ZERO_POS = 17,
  ZERO_END = 18,
  ZERO_RET = 19,
  /** Page cache truncation subroutine. */
  TRUNC_FROM = 20,
  TRUNC_TO = 21,
  TRUNC_PAGE = 22,
  TRUNC_RET = 23,
  /** Writeback subroutine. */
  WB_FIRST = 24,
  WB_LAST = 25,
  WB_PAGE = 26,
  WB_BLOCK = 27,
  WB_FLAGS = 28,
  WB_ERROR = 29,
  WB_RET = 30,
  WB_DONE = 31,
  WB_STOP = 32,
  /** Bits of the pages that it holds on to, 8 in each. */
  WB_BATCH = 33,
  WB_BATCH_HIGH = 34,
  /** Writeback's cached map: kept only where a valid one can differ from a new lookup. */
  WB_TYPE = 35,
  WB_START = 36,
  WB_END = 37,
  WB_COOKIE = 38,
  /** Copies within the file; behind them the bytes at hand, one element per cell. */
  COPY_FROM = 39,
  COPY_TO = 40,
}

const GLOBALS = Global.BUDGET + CHOICES;

export const LOCKED_EXCLUSIVE = 255;
export const SHORT_REGISTERS = 6;
const BASE_REGISTERS = 8;
const ALL_REGISTERS = 41;
/** Pages of which a writeback pass knows whether it looked them up; the others it looks at one by one. */
export const BATCH_PAGES = 16;

/** Where a thread's registers start; register T_X of a group is at that group's value + T_X. */
export interface Registers {
  readonly base: number;
  readonly length: number;
  readonly call: number;
  readonly zero: number;
  readonly trunc: number;
  readonly wb: number;
  readonly wbMap: number;
  readonly copy: number;
  /** Where the bytes are that a copy has read and not yet written, and how many. */
  readonly pipe: number;
  readonly pipeCells: number;
}

/** A thread with no more than SHORT_REGISTERS. */
const IDLE = { groups: [], short: true, pipeCells: 0 } as const;

interface Placed {
  readonly pipeCells: number;
  readonly at: number;
  /** It has no more than SHORT_REGISTERS. */
  readonly short: boolean;
  readonly groups: readonly Group[];
}

export interface Layout {
  readonly folioFlags: number;
  readonly folioLock: number;
  readonly blockFlags: number;
  readonly extents: number;
  readonly cache: number;
  readonly disk: number;
  readonly ghost: number;
  readonly also: number;
  /** Per open file description: an error is to be reported to it; and data was lost of which it has not been told. */
  readonly descriptions: number;
  readonly owed: number;
  readonly descriptionCount: number;
  /** InodeFlag bits of paths/eofblocks.ts, where an operation asks for them. */
  readonly inodeFlags: number;
  readonly hasInodeFlags: boolean;
  /** With a modelled disk only: disk block + 1 of each real file block, and what each disk block is. */
  readonly phys: number;
  readonly diskUse: number;
  /** Registers of each thread: program threads, kworkers, reclaim, harness. */
  readonly threads: readonly Registers[];
  /** Registers that no thread uses. */
  readonly spare: number;
  readonly programThreads: number;
  readonly kworkers: number;
  /** Index of the reclaim and of the harness. */
  readonly reclaim: number;
  readonly harness: number;
  /** Elements that make two states equal; a multiple of 4. */
  readonly compared: number;
  readonly size: number;
  readonly wide: boolean;
}

/** The largest number that a state of bytes counts to; LOCKED_EXCLUSIVE is above it. */
export const BYTE_LIMIT = 250;
export function makeLayout(program: P.KernelProgram, fixes: Fixes): Layout {
  const { pages, blocks, cells } = program.geometry;
  let next = GLOBALS;
  const take = (n: number): number => {
    const at = next;
    next += n;
    return at;
  };
  const align = (): void => {
    next = (next + 3) & ~3;
  };
  const descriptionCount = 1 + Math.max(0, ...(program.descriptions ?? []));
  const descriptions = take(descriptionCount);
  const owed = take(descriptionCount);
  const hasInodeFlags = [...program.setup, ...program.threads.flat()].some(({ does }) => does.freesEofblocks);
  const inodeFlags = take(hasInodeFlags ? 1 : 0);
  const folioFlags = take(pages);
  const folioLock = take(pages);
  const blockFlags = take(blocks);
  const extents = take(blocks);
  align();
  const cache = take(cells);
  const disk = take(cells);
  const ghost = take(cells);
  const also = take(cells);
  const phys = take(program.disk === undefined ? 0 : blocks);
  const diskUse = take(program.disk?.blocks ?? 0);
  align();
  const floor = sizeFloor(program);
  const placed: Placed[] = program.threads.map((ops) => {
    const parts = { groups: groupsOf(ops, floor, program, fixes), pipeCells: longestCopy(ops) };
    const at = take(registersIn(parts));
    align();
    return { at, short: false, ...parts };
  });
  const reclaimAt = take(SHORT_REGISTERS);
  align();
  // An ioend that is being built has a block of its own at least, so these are enough: a submitter may have to wait for one
  // that ends, but never for itself.
  const kworkers = blocks;
  for (let i = 0; i < kworkers; i++) placed.push({ at: take(SHORT_REGISTERS), ...IDLE });
  const reclaim = placed.push({ at: reclaimAt, ...IDLE }) - 1;
  align();
  const compared = next;
  const all = { groups: GROUP_NAMES, short: false, pipeCells: longestCopy(program.setup) };
  const harness = placed.push({ at: take(ALL_REGISTERS + all.pipeCells), ...all }) - 1;
  const spare = take(ALL_REGISTERS);
  align();
  const threads = placed.map((p) => place(p, spare));
  return {
    folioFlags,
    folioLock,
    blockFlags,
    extents,
    cache,
    disk,
    ghost,
    also,
    descriptions,
    owed,
    descriptionCount,
    inodeFlags,
    hasInodeFlags,
    phys,
    diskUse,
    threads,
    spare,
    programThreads: program.threads.length,
    kworkers,
    reclaim,
    harness,
    compared,
    size: next,
    wide: largestNumber(program, threads.length) > BYTE_LIMIT,
  };
}

/** The largest number that the state may have to hold. */
function largestNumber(program: P.KernelProgram, threads: number): number {
  const { geometry, values, disk, budget } = program;
  const copies = [program.setup, ...program.threads].some((ops) => longestCopy(ops) > 0);
  const inPipe = copies ? 2 * values : 0;
  const counts = [geometry.cells, geometry.blocks, threads, values + 3, inPipe, (disk?.blocks ?? 0) - 1];
  return Math.max(128, ...counts.map((n) => n + 2), ...budget);
}

/** The state array: bytes where all values fit, else 16-bit words. */
export type StateArray = Uint8Array | Uint16Array;

export function makeState(layout: Layout): StateArray {
  return layout.wide ? new Uint16Array(layout.size) : new Uint8Array(layout.size);
}

/** The groups of registers in the order in which a thread has them, each with its first one and the one past its last. */
const GROUPS = {
  call: [Reg.ITER, Reg.ZERO_POS],
  zero: [Reg.ZERO_POS, Reg.TRUNC_FROM],
  trunc: [Reg.TRUNC_FROM, Reg.WB_FIRST],
  wb: [Reg.WB_FIRST, Reg.WB_TYPE],
  wbMap: [Reg.WB_TYPE, Reg.COPY_FROM],
  copy: [Reg.COPY_FROM, ALL_REGISTERS],
} as const;
type Group = keyof typeof GROUPS;
const GROUP_NAMES = Object.keys(GROUPS) as Group[];

/** Lays the registers of a thread out from `at` on; the groups that it lacks lie over the spare ones. */
function place({ at, short, groups, pipeCells }: Placed, spare: number): Registers {
  const own = { call: spare, zero: spare, trunc: spare, wb: spare, wbMap: spare, copy: spare };
  let pipe = at + (short ? SHORT_REGISTERS : BASE_REGISTERS);
  for (const name of groups) {
    const [first, end] = GROUPS[name];
    own[name] = pipe - first;
    pipe += end - first;
  }
  const { call, zero, trunc, wb, wbMap, copy } = own;
  return { base: at, length: pipe - at + pipeCells, call, zero, trunc, wb, wbMap, copy, pipe, pipeCells };
}

function registersIn({ groups, pipeCells }: Pick<Placed, "groups" | "pipeCells">): number {
  return groups.reduce((n, name) => n + GROUPS[name][1] - GROUPS[name][0], BASE_REGISTERS + pipeCells);
}

/** Cells of the longest range that one of the operations copies. */
function longestCopy(ops: readonly P.KernelOp[]): number {
  return ops.reduce((most, op) => (op.does.copies ? Math.max(most, op.to - op.from) : most), 0);
}

/** Whether writeback's cached map can be valid and yet differ from what a new lookup gives. */
export function keepsWritebackMap(fixes: Fixes): boolean {
  return !fixes.seqBumpOnConvert || !fixes.wbValidatesSeq;
}

/** i_size in cells that no schedule goes below. */
function sizeFloor(program: P.KernelProgram): number {
  const ops = [...program.setup, ...program.threads.flat()];
  return ops.some((op) => OPS[op.kind].shrinks) ? 0 : program.initialSize;
}

/**
 * The groups of registers that operations can use: those of their paths, and what a write needs where it begins or
 * ends behind EOF, has delalloc blocks to punch, or makes room when a reservation fails.
 */
function groupsOf(
  ops: readonly P.KernelOp[],
  floor: number,
  program: P.KernelProgram,
  fixes: Fixes,
): Group[] {
  const needs = new Set<Group>(ops.flatMap((op) => OPS[op.kind].registers));
  const writes = ops.filter(({ does }) => does.data === "copied" || does.copies);
  const start = (op: P.KernelOp) => (op.does.copies ? op.target : op.from);
  if (writes.some((op) => start(op) > floor)) needs.add("zero");
  if (writes.some((op) => start(op) + op.to - op.from > floor || !fixes.punchSkipsDirty)) needs.add("trunc");
  if (writes.some(({ dontcache }) => dontcache)) needs.add("wb");
  const makesRoom = writes.length > 0 && program.budget[Choice.RESERVATION_FAILURE]! > 0;
  if (makesRoom || (fixes.zeroingFlushesDirty && needs.has("zero"))) needs.add("wb");
  if (needs.has("wb") && keepsWritebackMap(fixes)) needs.add("wbMap");
  return GROUP_NAMES.filter((name) => needs.has(name));
}
