/**
 * Where everything that can change lives in the one flat state. Offsets are in elements of the state array, which
 * is bytes when every value fits and 16-bit words otherwise.
 *
 *     [globals][folios: pages x 2][blocks x 2][cells x 4][program threads][kworkers][reclaim][aux thread]
 *
 * The aux thread (setup and final drain) comes last and is idle while schedules run, so that it is left out of
 * state comparison.
 */
import { BUDGETS, type KernelProgram } from "./program.js";

/** Globals. Lock words: holder + 1 of an exclusive lock, or 0. */
export const G_ISIZE = 0;
export const G_DISK_SIZE = 1;
export const G_RESERVED = 2;
export const G_IOLOCK_EXCL = 3;
export const G_IOLOCK_SHARED = 4;
export const G_INVALIDATE_EXCL = 5;
export const G_INVALIDATE_SHARED = 6;
export const G_ILOCK_EXCL = 7;
export const G_ILOCK_SHARED = 8;
/** errseq_t of the mapping: 1 when an error has not been reported yet. */
export const G_WB_ERROR = 9;
/** Cells whose bytes are undefined while the current holder of IOLOCK changes size or punches: `[from, to)`. */
export const G_UNDEFINED_FROM = 10;
export const G_UNDEFINED_TO = 11;
/** What is left of the cap on all faults together. */
export const G_FAULT_CAP = 12;
export const G_BUDGET = 13;
const GLOBALS = G_BUDGET + BUDGETS;

/** Registers. The first SHORT_REGISTERS are all that a kworker or the reclaimer has. */
export const T_PC = 0;
export const T_POS = 1;
export const T_END = 2;
export const T_FLAGS = 3;
export const T_MAP_TYPE = 4;
export const T_HELD = 5;
export const SHORT_REGISTERS = 6;
export const T_OP = 6;
export const T_STATUS = 7;
export const T_ITER = 8;
export const T_CHUNK = 9;
export const T_FOLIO = 10;
export const T_RETRY = 11;
export const T_MAP_START = 12;
export const T_MAP_END = 13;
export const T_MAP_FLAGS = 14;
export const T_COOKIE = 15;
export const T_PUNCH = 16;
export const T_PUNCH_END = 17;
/** Zero range subroutine. */
export const T_ZERO_POS = 18;
export const T_ZERO_END = 19;
export const T_ZERO_RET = 20;
/** Page cache truncation subroutine. */
export const T_TRUNC_FROM = 21;
export const T_TRUNC_TO = 22;
export const T_TRUNC_PAGE = 23;
export const T_TRUNC_RET = 24;
export const CORE_REGISTERS = 25;
/** Writeback subroutine. */
export const T_WB_FIRST = 25;
export const T_WB_LAST = 26;
export const T_WB_PAGE = 27;
export const T_WB_BLOCK = 28;
export const T_WB_FLAGS = 29;
export const T_WB_TYPE = 30;
export const T_WB_START = 31;
export const T_WB_END = 32;
export const T_WB_COOKIE = 33;
export const T_WB_ERROR = 34;
export const T_WB_IOEND = 35;
export const T_WB_RET = 36;
export const T_WB_DONE = 37;
export const T_WB_STOP = 38;
export const ALL_REGISTERS = 39;

export interface Layout {
  readonly folioFlags: number;
  readonly folioLock: number;
  readonly blockFlags: number;
  readonly extents: number;
  readonly cache: number;
  readonly disk: number;
  readonly ghost: number;
  readonly also: number;
  /** Register base of each thread: program threads, kworkers, reclaim, aux. */
  readonly threads: readonly number[];
  readonly programThreads: number;
  readonly kworkers: number;
  /** Index of the reclaim and of the aux thread. */
  readonly reclaim: number;
  readonly aux: number;
  /** Elements that make two states equal; a multiple of 4. */
  readonly compared: number;
  readonly size: number;
  readonly wide: boolean;
}

/** At most this many ioends are in flight; a submitter of one more waits. */
const MAX_IOENDS = 24;

export function makeLayout(program: KernelProgram): Layout {
  const { pages, blocks, cells } = program.geometry;
  let next = GLOBALS;
  const take = (n: number): number => {
    const at = next;
    next += n;
    return at;
  };
  const folioFlags = take(pages);
  const folioLock = take(pages);
  const blockFlags = take(blocks);
  const extents = take(blocks);
  const cache = take(cells);
  const disk = take(cells);
  const ghost = take(cells);
  const also = take(cells);
  const threads: number[] = program.threads.map(() => take(ALL_REGISTERS));
  const kworkers = Math.min(blocks, MAX_IOENDS);
  for (let i = 0; i < kworkers; i++) threads.push(take(SHORT_REGISTERS));
  const reclaim = threads.push(take(SHORT_REGISTERS)) - 1;
  next = (next + 3) & ~3;
  const compared = next;
  const aux = threads.push(take(ALL_REGISTERS)) - 1;
  next = (next + 3) & ~3;
  const largest = Math.max(
    cells + 2,
    blocks + 2,
    program.values + 4,
    threads.length + 2,
    128,
    ...program.budget,
  );
  return {
    folioFlags,
    folioLock,
    blockFlags,
    extents,
    cache,
    disk,
    ghost,
    also,
    threads,
    programThreads: program.threads.length,
    kworkers,
    reclaim,
    aux,
    compared,
    size: next,
    wide: largest > 250,
  };
}

/** The state array: bytes where all values fit, else 16-bit words. */
export type StateArray = Uint8Array | Uint16Array;

export function makeState(layout: Layout): StateArray {
  return layout.wide ? new Uint16Array(layout.size) : new Uint8Array(layout.size);
}
