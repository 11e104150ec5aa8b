/**
 * A thread's registers: named views of its part of the state. A register that is dead is zero, so that equal situations
 * are equal states; registers that are never alive together share an element, each under a name and a unit of its own.
 * Cells, blocks and pages are indices into the geometry, ranges half-open.
 */

import { Cookie } from "../objects/iomap.js";
import { Reg, type Registers, type StateArray } from "./layout.js";

/** Bits of a program thread's `flags`; cleared when the call returns. */
export const enum CallFlag {
  /** Zero range wrote zeroes: truncate has to bring them to disk. */
  DID_ZERO = 1,
  /** A write met ENOSPC and flushed the file for it; it does so once. */
  CLEARED_SPACE = 2,
  /** The short copy that the program asks for has happened. */
  SHORT_DONE = 4,
  /** The page was faulted in for a store, which has yet to make it writable. */
  FAULTED = 8,
  /** Zero range works in the block that holds EOF, whatever the map says. */
  ZERO_IN_MEMORY = 16,
  /** Zero range flushes no more: it did, nothing was dirty, or it was told to trust the map. */
  RANGE_FLUSHED = 32,
  /** The next pass of a write ends at `retryEnd`. */
  CHUNK_LIMITED = 64,
}

/** Bits of a kworker's `flags`. */
export const enum IoendFlag {
  /** It ends in an error, and with none of the work of a good end. */
  ERROR = 1,
  /** It raises i_disk_size when it ends. */
  APPEND = 2,
  /** Not submitted yet. */
  QUEUED = 4,
  /** The one that its owner still adds to. */
  GROWING = 8,
}

/** Bits of `wbFlags`. */
export const enum WbFlag {
  SYNC_ALL = 1,
  /** Wait for writeback of the range afterwards (filemap_fdatawait_range()). */
  WAIT = 2,
  /** The pass met an error: the ioend that is still cached fails with it. */
  FAILED = 4,
  /** The folio at hand could not be mapped. */
  FOLIO_FAILED = 8,
}

/** `lockedPage` of a thread that holds no folio. */
export const NO_PAGE = -1;

export class Thread {
  readonly s: StateArray;
  /** Position in thread order: program threads, kworkers, reclaim, harness. */
  readonly index: number;
  /** Where the state holds the register 0 of each group, and how many registers the thread has in all. */
  readonly base: number;
  readonly call: number;
  readonly zero: number;
  readonly trunc: number;
  readonly wb: number;
  readonly wbMap: number;
  readonly #length: number;

  /** Program counter: a label of labels.ts; DONE when finished. */
  declare pc: number;
  /** Locks held, HELD_* bits of locks.ts; kworkers hold none between steps. */
  declare held: number;
  /** CallFlag bits; of a kworker IoendFlag bits. */
  declare flags: number;
  /** ExtentType of the cached map, or of a kworker's ioend. */
  declare mapType: number;

  /** The call: cell that it has got to. */
  declare pos: number;
  /** The call: cell where its range ends; of a truncate the new size. */
  declare end: number;
  /** Index of the operation in the thread's program. */
  declare op: number;
  /** Errno that the call will return; 0 so far. */
  declare status: number;

  /** The ioend of a kworker: blocks `[ioStart, ioEnd)`. */
  declare ioStart: number;
  declare ioEnd: number;
  /** Index + 1 of the thread that still builds it; 0 when it is submitted. */
  declare owner: number;

  /** The cached map: blocks `[mapStart, mapEnd)`; both 0 when there is none. */
  declare mapStart: number;
  declare mapEnd: number;
  /** IomapFlag bits. */
  declare mapFlags: number;
  /** Cookie of the cached map. */
  declare cookie: number;
  /** Write: cell that it had got to when the map was looked up (iter.pos). */
  declare iterPos: number;
  /** Truncate: i_size before it, a cell boundary. */
  declare oldSize: number;
  /** Write and zero range: cell where the bytes end that this pass puts into the folio. */
  declare chunkEnd: number;
  /** Cleanup's scan: cell that it has got to. */
  declare scanPos: number;
  /** Write: passes in a row without progress. */
  declare retries: number;
  /** Write: cell where the atomic copy stopped. */
  declare copyEnd: number;
  /** Write: cell where the pass after a rejected copy ends; valid with CallFlag.CHUNK_LIMITED. */
  declare retryEnd: number;
  /** Cleanup: blocks `[punchFrom, punchEnd)` lose their delalloc; the scan has `keptEnd` in place of the first. */
  declare punchFrom: number;
  declare punchEnd: number;
  /** Cleanup's scan: cell up to which all was punched or kept because it is dirty. */
  declare keptEnd: number;
  /** page_mkwrite: next block to map. */
  declare mkwriteBlock: number;

  /** Zero range: cells `[zeroPos, zeroEnd)` are left to zero; both 0 outside of it. */
  declare zeroPos: number;
  declare zeroEnd: number;
  /** Label to go on at afterwards. */
  declare zeroRet: number;

  /** Page cache truncation: cells `[truncFrom, truncTo)`; both 0 outside of it. */
  declare truncFrom: number;
  declare truncTo: number;
  /** Page that it has got to. */
  declare truncPage: number;
  /** Label to go on at afterwards. */
  declare truncRet: number;

  /** Writeback: pages `[wbFirst, wbLast)` of the pass. */
  declare wbFirst: number;
  declare wbLast: number;
  /** Page that it has got to: of the folio that it holds locked, else where it looks on, at the end the one it waits for. */
  declare wbPage: number;
  /** Of the locked folio: next block, block past the last below EOF, block past the last in an ioend (0: none). */
  declare wbBlock: number;
  declare wbStop: number;
  declare wbDone: number;
  /** WbFlag bits. */
  declare wbFlags: number;
  /** First Errno of the pass; stays until the next. */
  declare wbError: number;
  /** Label to go on at afterwards. */
  declare wbRet: number;
  /** Its cached map (wpc->iomap, data_seq): ExtentType, blocks `[wbStart, wbEnd)`, Cookie; wbEnd is 0 when there is none. */
  declare wbType: number;
  declare wbStart: number;
  declare wbEnd: number;
  declare wbCookie: number;

  constructor(s: StateArray, registers: Registers, index: number) {
    this.s = s;
    this.index = index;
    this.base = registers.base;
    this.call = registers.call;
    this.zero = registers.zero;
    this.trunc = registers.trunc;
    this.wb = registers.wb;
    this.wbMap = registers.wbMap;
    this.#length = registers.length;
  }

  /** Page of the folio that the call holds locked, or NO_PAGE. */
  get lockedPage(): number {
    return this.s[this.call + Reg.LOCKED_PAGE]! - 1;
  }
  set lockedPage(page: number) {
    this.s[this.call + Reg.LOCKED_PAGE] = page + 1;
  }

  hasFlag(bit: number): boolean {
    return (this.s[this.base + Reg.FLAGS]! & bit) !== 0;
  }
  setFlag(bit: number): void {
    this.s[this.base + Reg.FLAGS]! |= bit;
  }
  clearFlag(bit: number): void {
    this.s[this.base + Reg.FLAGS]! &= ~bit;
  }

  /** Whether writeback's cached map covers `block` and is valid (xfs_imap_valid()). */
  hasWritebackMap(block: number): boolean {
    return block >= this.wbStart && block < this.wbEnd && this.wbCookie === Cookie.CURRENT;
  }
  // The clearing methods write through one local: called per operation, a setter each would cost more than the work.
  clearWritebackMap(): void {
    const { s } = this;
    const at = this.wbMap;
    s[at + Reg.WB_TYPE] = 0;
    s[at + Reg.WB_START] = 0;
    s[at + Reg.WB_END] = 0;
    s[at + Reg.WB_COOKIE] = 0;
  }
  /** The pass is over: all but its error is forgotten. */
  clearWriteback(): void {
    const { s } = this;
    const at = this.wb;
    s[at + Reg.WB_FIRST] = 0;
    s[at + Reg.WB_LAST] = 0;
    s[at + Reg.WB_PAGE] = 0;
    s[at + Reg.WB_BLOCK] = 0;
    s[at + Reg.WB_FLAGS] = 0;
    s[at + Reg.WB_RET] = 0;
  }

  /** Forgets the cached map (iomap_iter_advance() clears it). */
  clearMap(): void {
    const { s } = this;
    const at = this.call;
    s[this.base + Reg.MAP_TYPE] = 0;
    s[at + Reg.MAP_START] = 0;
    s[at + Reg.MAP_END] = 0;
    s[at + Reg.MAP_FLAGS] = 0;
    s[at + Reg.COOKIE] = 0;
  }

  /** Clears every register of the operation that ends; pc, op and held locks stay. */
  clearLocals(): void {
    const { s, base } = this;
    const end = base + this.#length;
    s[base + Reg.POS] = 0;
    s[base + Reg.END] = 0;
    s[base + Reg.FLAGS] = 0;
    s[base + Reg.MAP_TYPE] = 0;
    for (let i = base + Reg.STATUS; i < end; i++) s[i] = 0;
  }
}

/** The registers by group, each with the element that it lies in. */
const REGISTERS = {
  base: {
    pc: Reg.PC,
    held: Reg.HELD,
    flags: Reg.FLAGS,
    mapType: Reg.MAP_TYPE,
    pos: Reg.POS,
    end: Reg.END,
    op: Reg.OP,
    status: Reg.STATUS,
    ioStart: Reg.POS,
    ioEnd: Reg.END,
    owner: Reg.HELD,
  },
  call: {
    mapStart: Reg.MAP_START,
    mapEnd: Reg.MAP_END,
    mapFlags: Reg.MAP_FLAGS,
    cookie: Reg.COOKIE,
    iterPos: Reg.ITER,
    oldSize: Reg.ITER,
    chunkEnd: Reg.CHUNK,
    scanPos: Reg.CHUNK,
    retries: Reg.RETRIES,
    copyEnd: Reg.MARK,
    retryEnd: Reg.MARK,
    punchFrom: Reg.MARK,
    keptEnd: Reg.MARK,
    mkwriteBlock: Reg.MARK,
    punchEnd: Reg.PUNCH_END,
  },
  zero: { zeroPos: Reg.ZERO_POS, zeroEnd: Reg.ZERO_END, zeroRet: Reg.ZERO_RET },
  trunc: {
    truncFrom: Reg.TRUNC_FROM,
    truncTo: Reg.TRUNC_TO,
    truncPage: Reg.TRUNC_PAGE,
    truncRet: Reg.TRUNC_RET,
  },
  wb: {
    wbFirst: Reg.WB_FIRST,
    wbLast: Reg.WB_LAST,
    wbPage: Reg.WB_PAGE,
    wbBlock: Reg.WB_BLOCK,
    wbStop: Reg.WB_STOP,
    wbDone: Reg.WB_DONE,
    wbFlags: Reg.WB_FLAGS,
    wbError: Reg.WB_ERROR,
    wbRet: Reg.WB_RET,
  },
  wbMap: { wbType: Reg.WB_TYPE, wbStart: Reg.WB_START, wbEnd: Reg.WB_END, wbCookie: Reg.WB_COOKIE },
} as const;

// Accessors from source text, so that each has its offset as a constant: closures over it cost 3 to 6 % of the speed.
for (const [group, registers] of Object.entries(REGISTERS))
  for (const [name, reg] of Object.entries(registers))
    Object.defineProperty(Thread.prototype, name, {
      get: new Function(`return this.s[this.${group} + ${reg}]`) as () => number,
      set: new Function("v", `this.s[this.${group} + ${reg}] = v`) as (v: number) => void,
    });
