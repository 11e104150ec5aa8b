/**
 * A thread's registers: named views of its part of the state. A register that is dead is zero, so that equal situations
 * are equal states; registers that are never alive together share an element, each under a name and a unit of its own.
 * Cells, blocks and pages are indices into the geometry, ranges half-open.
 */

import { Cookie } from "../objects/iomap.js";
import { broken, Checks } from "./checks.js";
import { BATCH_PAGES, Reg, type Registers, type StateArray } from "./layout.js";

/** Bits of a program thread's `flags`; cleared when the call returns. */
export const enum CallFlag {
  /** Zero range wrote zeroes: truncate has to bring them to disk. */
  DID_ZERO = 1,
  /** A write met ENOSPC and flushed the file for it; it does so once. */
  CLEARED_SPACE = 2,
  /** Insert range and write zeroes have the new size set before they move or allocate extents. */
  // biome-ignore lint/suspicious/noDuplicateEnumValues: the other one is of writes.
  SIZE_FIRST = 2,
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
  /** A fatal signal is pending: the write maps no more than once, and ends. */
  KILLED = 128,
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
  /** Its folios go when it ends; only while it grows. */
  DROPBEHIND = 16,
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
  /** The delalloc that it is about to convert has gone: a race and no fault is the cause of the failure. */
  RACED = 16,
  /** The pass left a folio dirty as it found it. */
  REDIRTIED = 32,
  /** It comes back for the folios that the one before left so. */
  CAME_BACK = 64,
  /** It has looked up the folios of its range. */
  LOOKED_UP = 128,
}

/** `lockedPage` of a thread that holds no folio. */
export const NO_PAGE = -1;

/** The registers by group, each with the element that it lies in. */
const REGISTERS = {
  base: {
    /** Program counter: a label of labels.ts; DONE when finished. */
    pc: Reg.PC,
    /** Locks held, HELD_* bits of locks.ts; kworkers hold none between steps. */
    held: Reg.HELD,
    /** CallFlag bits; of a kworker IoendFlag bits. */
    flags: Reg.FLAGS,
    /** ExtentType of the cached map, or of a kworker's ioend. */
    mapType: Reg.MAP_TYPE,
    /** The call: cell that it has got to. */
    pos: Reg.POS,
    /** The call: cell where its range ends; of a truncate the new size. */
    end: Reg.END,
    /** Index of the operation in the thread's program. */
    op: Reg.OP,
    /** Errno that the call will return; 0 so far. */
    status: Reg.STATUS,
    /** The ioend of a kworker: blocks `[ioStart, ioEnd)`. */
    ioStart: Reg.POS,
    ioEnd: Reg.END,
    /** Index + 1 of the thread that still builds it; 0 when it is submitted. */
    owner: Reg.HELD,
  },
  call: {
    /** The cached map: blocks `[mapStart, mapEnd)`; both 0 when there is none. */
    mapStart: Reg.MAP_START,
    mapEnd: Reg.MAP_END,
    /** IomapFlag bits. */
    mapFlags: Reg.MAP_FLAGS,
    /** Cookie of the cached map. */
    cookie: Reg.COOKIE,
    /** Write: cell that it had got to when the map was looked up (iter.pos). */
    iterPos: Reg.ITER,
    /** Truncate: i_size before it, a cell boundary. */
    oldSize: Reg.ITER,
    /** Write and zero range: cell where the bytes end that this pass puts into the folio. */
    chunkEnd: Reg.CHUNK,
    /** Cleanup's scan: cell that it has got to. */
    scanPos: Reg.CHUNK,
    /** Cleanup's scan: cell at which the data ends whose folios it is at; 0 between two such. */
    dataEnd: Reg.LOCKED_PAGE,
    /** Write: cell where the atomic copy stopped. */
    copyEnd: Reg.MARK,
    /** Write: cell where the pass after a rejected copy ends; valid with CallFlag.CHUNK_LIMITED. */
    retryEnd: Reg.MARK,
    /** Cleanup: blocks `[punchFrom, punchEnd)` lose their delalloc; the scan has `keptEnd` in place of the first. */
    punchFrom: Reg.MARK,
    punchEnd: Reg.PUNCH_END,
    /** Cleanup's scan: cell up to which all was punched or kept because it is dirty. */
    keptEnd: Reg.MARK,
    /** page_mkwrite: next block to map. */
    mkwriteBlock: Reg.MARK,
  },
  zero: {
    /** Zero range: cells `[zeroPos, zeroEnd)` are left to zero; both 0 outside of it. */
    zeroPos: Reg.ZERO_POS,
    zeroEnd: Reg.ZERO_END,
    /** Label to go on at afterwards. */
    zeroRet: Reg.ZERO_RET,
  },
  trunc: {
    /** Page cache truncation: cells `[truncFrom, truncTo)`; both 0 outside of it. */
    truncFrom: Reg.TRUNC_FROM,
    truncTo: Reg.TRUNC_TO,
    /** Page that it has got to. */
    truncPage: Reg.TRUNC_PAGE,
    /** Label to go on at afterwards. */
    truncRet: Reg.TRUNC_RET,
  },
  wb: {
    /** Writeback: pages `[wbFirst, wbLast)` of the pass. */
    wbFirst: Reg.WB_FIRST,
    wbLast: Reg.WB_LAST,
    /** Page that it has got to: of the folio that it holds locked, else where it looks on, at the end the one it waits for. */
    wbPage: Reg.WB_PAGE,
    /** Of the locked folio: next block, block past the last below EOF, block past the last in an ioend (0: none). */
    wbBlock: Reg.WB_BLOCK,
    wbStop: Reg.WB_STOP,
    wbDone: Reg.WB_DONE,
    /** WbFlag bits. */
    wbFlags: Reg.WB_FLAGS,
    /** First Errno of the pass; stays until the next. */
    wbError: Reg.WB_ERROR,
    /** Label to go on at afterwards. */
    wbRet: Reg.WB_RET,
    /** Bits of the first 8 pages that it has looked up, and of 8 more. */
    wbBatch: Reg.WB_BATCH,
    wbBatchHigh: Reg.WB_BATCH_HIGH,
  },
  wbMap: {
    /** Its cached map (wpc->iomap, data_seq): ExtentType, blocks `[wbStart, wbEnd)`, Cookie; wbEnd is 0 when there is none. */
    wbType: Reg.WB_TYPE,
    wbStart: Reg.WB_START,
    wbEnd: Reg.WB_END,
    wbCookie: Reg.WB_COOKIE,
  },
  copy: {
    /** A copy: cell of the source that the read, and then the write at hand starts with; the one at which the copy ends. */
    copyFrom: Reg.COPY_FROM,
    copyTo: Reg.COPY_TO,
  },
} as const;

type Group = keyof typeof REGISTERS;
type RegistersOf<G extends Group> = { -readonly [N in keyof (typeof REGISTERS)[G]]: number };

/** Has the registers as accessors, which the end of this file defines on the class itself. */
const WithRegisters = class {} as unknown as new () => RegistersOf<"base"> &
  RegistersOf<"call"> &
  RegistersOf<"zero"> &
  RegistersOf<"trunc"> &
  RegistersOf<"wb"> &
  RegistersOf<"wbMap"> &
  RegistersOf<"copy">;

export class Thread extends WithRegisters {
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
  readonly copy: number;
  readonly pipe: number;
  readonly pipeCells: number;
  readonly #length: number;

  constructor(s: StateArray, registers: Registers, index: number) {
    super();
    this.s = s;
    this.index = index;
    this.base = registers.base;
    this.call = registers.call;
    this.zero = registers.zero;
    this.trunc = registers.trunc;
    this.wb = registers.wb;
    this.wbMap = registers.wbMap;
    this.copy = registers.copy;
    this.pipe = registers.pipe;
    this.pipeCells = registers.pipeCells;
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
  hasWritebackMap(block: number, validates: boolean): boolean {
    const isCurrent = !validates || this.wbCookie === Cookie.CURRENT;
    return block >= this.wbStart && block < this.wbEnd && isCurrent;
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
    this.clearBatch();
  }

  /** Whether the pass has looked the page up, and so holds a reference to its folio. */
  inBatch(page: number): boolean {
    return page < BATCH_PAGES && ((this.s[this.wb + Reg.WB_BATCH + (page >> 3)]! >> (page & 7)) & 1) !== 0;
  }
  addToBatch(page: number): void {
    if (page < BATCH_PAGES) this.s[this.wb + Reg.WB_BATCH + (page >> 3)]! |= 1 << (page & 7);
  }
  leaveBatch(page: number): void {
    if (page < BATCH_PAGES) this.s[this.wb + Reg.WB_BATCH + (page >> 3)]! &= ~(1 << (page & 7));
  }
  clearBatch(): void {
    this.s[this.wb + Reg.WB_BATCH] = 0;
    this.s[this.wb + Reg.WB_BATCH_HIGH] = 0;
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

// Accessors from source text, so that each has its offset as a constant: closures over it cost 3 to 6 % of the speed.
for (const [group, registers] of Object.entries(REGISTERS))
  for (const [name, reg] of Object.entries(registers))
    Object.defineProperty(Thread.prototype, name, {
      get: new Function(`return this.s[this.${group} + ${reg}]`) as () => number,
      set: makeSetter(`this.s[this.${group} + ${reg}]`, name),
    });

/** With checks on it throws where an element of the state has no room for the number that it is given. */
function makeSetter(element: string, name: string): (v: number) => void {
  const check = `if (${element} !== v) broken("${name} of thread " + this.index + " cannot be " + v)`;
  const set = `return function (v) { ${element} = v; ${Checks.ON ? check : ""} }`;
  return new Function("broken", set)(broken) as (v: number) => void;
}
