/**
 * A thread's registers: a view of its part of the state. Registers that are dead are cleared, so that equal
 * situations are equal states.
 */

import { Cookie } from "../objects/iomap.js";
import type * as L from "./layout.js";
import type { StateArray } from "./layout.js";
import { Reg } from "./layout.js";

/** Bits of `flags`. */
export const F_DID_ZERO = 1;
export const F_CLEARED_SPACE = 2;
export const F_SHORT_DONE = 4;
export const F_FAULTED = 8;
/** Zero range works in the block that holds EOF, whatever the map says. */
export const F_ZERO_IN_MEMORY = 16;
/** Zero range flushes no more: it did, nothing was dirty, or it was told to trust the map. */
export const F_RANGE_FLUSHED = 32;
/** The chunk of the next pass is limited to what the rejected copy brought. */
export const F_CHUNK_LIMITED = 64;
/** The operation changes size or punches: the judge was told. */
export const F_CHANGING = 128;
/** kworker: ioend state. */
export const F_IOEND_ERROR = 1;
export const F_IOEND_APPEND = 2;
export const F_IOEND_QUEUED = 4;
/** The ioend that its owner still adds to. */
export const F_IOEND_GROWING = 8;

export class Thread {
  readonly s: StateArray;
  readonly base: number;
  /** Position in thread order. */
  readonly index: number;
  readonly #length: number;
  readonly #call: number;
  readonly #zero: number;
  readonly #trunc: number;
  readonly #wb: number;
  readonly #wbMap: number;

  constructor(s: StateArray, registers: L.Registers, index: number) {
    this.s = s;
    this.base = registers.base;
    this.index = index;
    this.#length = registers.length;
    this.#call = registers.call;
    this.#zero = registers.zero;
    this.#trunc = registers.trunc;
    this.#wb = registers.wb;
    this.#wbMap = registers.wbMap;
  }

  /** Program counter: a label of labels.ts; 0 when finished. */
  get pc(): number {
    return this.s[this.base + Reg.PC]!;
  }
  set pc(v: number) {
    this.s[this.base + Reg.PC] = v;
  }
  /** Current position, cells (kworker: first block). */
  get pos(): number {
    return this.s[this.base + Reg.POS]!;
  }
  set pos(v: number) {
    this.s[this.base + Reg.POS] = v;
  }
  /** End of the operation, cells (kworker: block past the last). */
  get end(): number {
    return this.s[this.base + Reg.END]!;
  }
  set end(v: number) {
    this.s[this.base + Reg.END] = v;
  }
  /** T_* bits below. */
  get flags(): number {
    return this.s[this.base + Reg.FLAGS]!;
  }
  set flags(v: number) {
    this.s[this.base + Reg.FLAGS] = v;
  }
  /** Extent type of the cached iomap. */
  get mapType(): number {
    return this.s[this.base + Reg.MAP_TYPE]!;
  }
  set mapType(v: number) {
    this.s[this.base + Reg.MAP_TYPE] = v;
  }
  /** Locks held, HELD_* bits of locks.ts. */
  get held(): number {
    return this.s[this.base + Reg.HELD]!;
  }
  set held(v: number) {
    this.s[this.base + Reg.HELD] = v;
  }
  /** Index of the current operation. */
  get op(): number {
    return this.s[this.base + Reg.OP]!;
  }
  set op(v: number) {
    this.s[this.base + Reg.OP] = v;
  }
  /** Error of the current operation. */
  get status(): number {
    return this.s[this.base + Reg.STATUS]!;
  }
  set status(v: number) {
    this.s[this.base + Reg.STATUS] = v;
  }
  /** Iter.pos when the current map was loaded, cells. */
  get iter(): number {
    return this.s[this.#call + Reg.ITER]!;
  }
  set iter(v: number) {
    this.s[this.#call + Reg.ITER] = v;
  }
  /** End of the bytes that the current folio step handles, cells. */
  get chunk(): number {
    return this.s[this.#call + Reg.CHUNK]!;
  }
  set chunk(v: number) {
    this.s[this.#call + Reg.CHUNK] = v;
  }
  /** Page + 1 that the thread works on. */
  get folio(): number {
    return this.s[this.#call + Reg.FOLIO]!;
  }
  set folio(v: number) {
    this.s[this.#call + Reg.FOLIO] = v;
  }
  /** Passes without progress. */
  get retry(): number {
    return this.s[this.#call + Reg.RETRY]!;
  }
  set retry(v: number) {
    this.s[this.#call + Reg.RETRY] = v;
  }
  /** First block of the cached iomap. */
  get mapStart(): number {
    return this.s[this.#call + Reg.MAP_START]!;
  }
  set mapStart(v: number) {
    this.s[this.#call + Reg.MAP_START] = v;
  }
  /** Block past the cached iomap. */
  get mapEnd(): number {
    return this.s[this.#call + Reg.MAP_END]!;
  }
  set mapEnd(v: number) {
    this.s[this.#call + Reg.MAP_END] = v;
  }
  /** IOMAP_F_* bits. */
  get mapFlags(): number {
    return this.s[this.#call + Reg.MAP_FLAGS]!;
  }
  set mapFlags(v: number) {
    this.s[this.#call + Reg.MAP_FLAGS] = v;
  }
  /** Validity_cookie: COOKIE_*. */
  get cookie(): number {
    return this.s[this.#call + Reg.COOKIE]!;
  }
  set cookie(v: number) {
    this.s[this.#call + Reg.COOKIE] = v;
  }
  /** Punch_start, block. */
  get punch(): number {
    return this.s[this.#call + Reg.PUNCH]!;
  }
  set punch(v: number) {
    this.s[this.#call + Reg.PUNCH] = v;
  }
  /** End of the range to clean up, block. */
  get punchEnd(): number {
    return this.s[this.#call + Reg.PUNCH_END]!;
  }
  set punchEnd(v: number) {
    this.s[this.#call + Reg.PUNCH_END] = v;
  }
  /** Zero range: position, cells. */
  get zeroPos(): number {
    return this.s[this.#zero + Reg.ZERO_POS]!;
  }
  set zeroPos(v: number) {
    this.s[this.#zero + Reg.ZERO_POS] = v;
  }
  /** Zero range: end, cells. */
  get zeroEnd(): number {
    return this.s[this.#zero + Reg.ZERO_END]!;
  }
  set zeroEnd(v: number) {
    this.s[this.#zero + Reg.ZERO_END] = v;
  }
  /** Label to go on at after zero range. */
  get zeroRet(): number {
    return this.s[this.#zero + Reg.ZERO_RET]!;
  }
  set zeroRet(v: number) {
    this.s[this.#zero + Reg.ZERO_RET] = v;
  }
  /** Page cache truncation: first cell. */
  get truncFrom(): number {
    return this.s[this.#trunc + Reg.TRUNC_FROM]!;
  }
  set truncFrom(v: number) {
    this.s[this.#trunc + Reg.TRUNC_FROM] = v;
  }
  /** Page cache truncation: end, cells. */
  get truncTo(): number {
    return this.s[this.#trunc + Reg.TRUNC_TO]!;
  }
  set truncTo(v: number) {
    this.s[this.#trunc + Reg.TRUNC_TO] = v;
  }
  /** Page cache truncation: next page. */
  get truncPage(): number {
    return this.s[this.#trunc + Reg.TRUNC_PAGE]!;
  }
  set truncPage(v: number) {
    this.s[this.#trunc + Reg.TRUNC_PAGE] = v;
  }
  /** Label to go on at after page cache truncation. */
  get truncRet(): number {
    return this.s[this.#trunc + Reg.TRUNC_RET]!;
  }
  set truncRet(v: number) {
    this.s[this.#trunc + Reg.TRUNC_RET] = v;
  }
  /** Writeback: first page of the pass. */
  get wbFirst(): number {
    return this.s[this.#wb + Reg.WB_FIRST]!;
  }
  set wbFirst(v: number) {
    this.s[this.#wb + Reg.WB_FIRST] = v;
  }
  /** Writeback: page past the pass. */
  get wbLast(): number {
    return this.s[this.#wb + Reg.WB_LAST]!;
  }
  set wbLast(v: number) {
    this.s[this.#wb + Reg.WB_LAST] = v;
  }
  /** Writeback: next page, or the locked one. */
  get wbPage(): number {
    return this.s[this.#wb + Reg.WB_PAGE]!;
  }
  set wbPage(v: number) {
    this.s[this.#wb + Reg.WB_PAGE] = v;
  }
  /** Writeback: next block of the locked folio. */
  get wbBlock(): number {
    return this.s[this.#wb + Reg.WB_BLOCK]!;
  }
  set wbBlock(v: number) {
    this.s[this.#wb + Reg.WB_BLOCK] = v;
  }
  /** Writeback: WB_* bits of paths/writeback.ts. */
  get wbFlags(): number {
    return this.s[this.#wb + Reg.WB_FLAGS]!;
  }
  set wbFlags(v: number) {
    this.s[this.#wb + Reg.WB_FLAGS] = v;
  }
  /** Wpc->iomap.type. */
  get wbType(): number {
    return this.s[this.#wbMap + Reg.WB_TYPE]!;
  }
  set wbType(v: number) {
    this.s[this.#wbMap + Reg.WB_TYPE] = v;
  }
  /** Wpc->iomap: first block. */
  get wbStart(): number {
    return this.s[this.#wbMap + Reg.WB_START]!;
  }
  set wbStart(v: number) {
    this.s[this.#wbMap + Reg.WB_START] = v;
  }
  /** Wpc->iomap: block past the last; 0 when empty. */
  get wbEnd(): number {
    return this.s[this.#wbMap + Reg.WB_END]!;
  }
  set wbEnd(v: number) {
    this.s[this.#wbMap + Reg.WB_END] = v;
  }
  /** Wpc->data_seq: COOKIE_*. */
  get wbCookie(): number {
    return this.s[this.#wbMap + Reg.WB_COOKIE]!;
  }
  set wbCookie(v: number) {
    this.s[this.#wbMap + Reg.WB_COOKIE] = v;
  }
  /** First error of the pass. */
  get wbError(): number {
    return this.s[this.#wb + Reg.WB_ERROR]!;
  }
  set wbError(v: number) {
    this.s[this.#wb + Reg.WB_ERROR] = v;
  }
  /** Label to go on at after writeback. */
  get wbRet(): number {
    return this.s[this.#wb + Reg.WB_RET]!;
  }
  set wbRet(v: number) {
    this.s[this.#wb + Reg.WB_RET] = v;
  }
  /** Block past the last one added to an ioend for this folio; 0 when none. */
  get wbDone(): number {
    return this.s[this.#wb + Reg.WB_DONE]!;
  }
  set wbDone(v: number) {
    this.s[this.#wb + Reg.WB_DONE] = v;
  }
  /** Writeback: block past the last one below the EOF that the folio was started with. */
  get wbStop(): number {
    return this.s[this.#wb + Reg.WB_STOP]!;
  }
  set wbStop(v: number) {
    this.s[this.#wb + Reg.WB_STOP] = v;
  }
  /** A kworker's ioend: index + 1 of the thread that builds it (a kworker holds no lock between steps). */
  get owner(): number {
    return this.s[this.base + Reg.HELD]!;
  }
  set owner(v: number) {
    this.s[this.base + Reg.HELD] = v;
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
    const at = this.#wbMap;
    s[at + Reg.WB_TYPE] = 0;
    s[at + Reg.WB_START] = 0;
    s[at + Reg.WB_END] = 0;
    s[at + Reg.WB_COOKIE] = 0;
  }
  /** The pass is over: all but its error is forgotten. */
  clearWriteback(): void {
    const { s } = this;
    const at = this.#wb;
    s[at + Reg.WB_FIRST] = 0;
    s[at + Reg.WB_LAST] = 0;
    s[at + Reg.WB_PAGE] = 0;
    s[at + Reg.WB_BLOCK] = 0;
    s[at + Reg.WB_FLAGS] = 0;
    s[at + Reg.WB_RET] = 0;
  }

  /** Forgets the cached iomap (iomap_iter_advance() clears it). */
  clearMap(): void {
    const { s } = this;
    const at = this.#call;
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
