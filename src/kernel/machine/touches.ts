/**
 * What a step reads and writes, as bits: what two steps of different threads can disagree over. Steps that do not
 * conflict can run in either order with the same outcome. A thread's own registers are nobody else's business;
 * cookies are reached through SEQ. Reservation counts only add up and are read at rest.
 *
 * Pages share bits when there are more than PAGES of them, which only makes steps look more dependent than they are.
 */
import type { Kernel } from "./kernel.js";

const PAGES = 7;

export const IOLOCK = 1 << 0;
export const INVALIDATE = 1 << 1;
/** i_size. */
export const ISIZE = 1 << 2;
export const DISK_SIZE = 1 << 3;
/** The mapping's error. */
export const WB_ERROR = 1 << 4;
/** Budgets of faults. */
export const BUDGET = 1 << 5;
export const EVICTIONS = 1 << 6;
/** The range that the holder of IOLOCK is changing. */
export const UNDEFINED = 1 << 7;
/** Free slots for ioends, when they run out. */
export const IOENDS = 1 << 8;
/** if_seq. Writes of it are bumps, which commute. */
export const SEQ = 1 << 9;
const FOLIO = 10;
const DISK = FOLIO + PAGES;
const EXTENT = DISK + PAGES;
/** The extents of every page. */
export const EXTENTS = ((1 << PAGES) - 1) << EXTENT;
/** The disk blocks of every page. */
export const DISKS = ((1 << PAGES) - 1) << DISK;
export const FOLIOS = ((1 << PAGES) - 1) << FOLIO;
export const EVERYTHING = 0x7fffffff;

/** Flags, lock, blocks, cached cells and ghost of a page. */
export const folioBit = (page: number): number => 1 << (FOLIO + (page % PAGES));
/** What the disk holds behind a page. */
export const diskBit = (page: number): number => 1 << (DISK + (page % PAGES));
/** Extent types of a page's blocks. */
export const extentBit = (page: number): number => 1 << (EXTENT + (page % PAGES));

/** Collects the bits of one step. */
export class TouchSet {
  reads = 0;
  writes = 0;

  clear(): void {
    this.reads = 0;
    this.writes = 0;
  }
  read(bits: number): void {
    this.reads |= bits;
  }
  write(bits: number): void {
    this.writes |= bits;
  }
  all(): void {
    this.writes = EVERYTHING;
    this.reads = EVERYTHING;
  }
  /** Every page's bits where one page's are: a large folio makes one thing of several pages. */
  spread(): void {
    this.reads = ofAllPages(this.reads);
    this.writes = ofAllPages(this.writes);
  }
}

/** Whether two steps can be told apart by their order. */
export function conflicts(reads1: number, writes1: number, reads2: number, writes2: number): boolean {
  return ((writes1 & writes2 & ~SEQ) | (writes1 & reads2) | (reads1 & writes2)) !== 0;
}

function ofAllPages(bits: number): number {
  let all = bits;
  for (const group of [FOLIOS, DISKS, EXTENTS]) if ((bits & group) !== 0) all |= group;
  return all;
}

export function pagesBits(bit: (page: number) => number, from: number, to: number): number {
  let bits = 0;
  for (let p = from; p < to; p++) bits |= bit(p);
  return bits;
}

/** Slots for ioends are so few that taking and giving one matters. */
export function freeIoends(k: Kernel): number {
  const { layout, s } = k;
  let free = 0;
  for (let i = 0; i < layout.kworkers; i++) {
    if (s[layout.threads[layout.programThreads + i]!.base] === 0) free++;
  }
  return free;
}
