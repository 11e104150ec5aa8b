/**
 * The page cache: folios of one page with flags, lock, per-block uptodate, dirtied and writeback bits
 * and one value per cell (mm/filemap.c, mm/truncate.c, fs/iomap/buffered-io.c).
 */
import type { Geometry } from "./geometry.js";
import type { Layout, StateArray } from "./layout.js";
import { HELD_FOLIO, type LockOrder } from "./locks.js";
import type { Thread } from "./thread.js";
import * as V from "./values.js";

export class Folios {
  readonly s: StateArray;
  readonly g: Geometry;
  readonly flagsAt: number;
  readonly lockAt: number;
  readonly blockAt: number;
  readonly cacheAt: number;
  readonly #order: LockOrder;

  constructor(s: StateArray, g: Geometry, layout: Layout, order: LockOrder) {
    this.s = s;
    this.g = g;
    this.flagsAt = layout.folioFlags;
    this.lockAt = layout.folioLock;
    this.blockAt = layout.blockFlags;
    this.cacheAt = layout.cache;
    this.#order = order;
  }

  flags(page: number): number {
    return this.s[this.flagsAt + page]!;
  }
  has(page: number, bits: number): boolean {
    return (this.s[this.flagsAt + page]! & bits) === bits;
  }
  set(page: number, bits: number): void {
    this.s[this.flagsAt + page]! |= bits;
  }
  clear(page: number, bits: number): void {
    this.s[this.flagsAt + page]! &= ~bits;
  }

  isLocked(page: number): boolean {
    return this.s[this.lockAt + page] !== 0;
  }
  lock(page: number, t: Thread): void {
    this.#order.record(t.held, HELD_FOLIO);
    this.s[this.lockAt + page] = 1;
    t.held |= HELD_FOLIO;
  }
  unlock(page: number, t: Thread): void {
    this.s[this.lockAt + page] = 0;
    t.held &= ~HELD_FOLIO;
  }

  blockHas(block: number, bit: number): boolean {
    return (this.s[this.blockAt + block]! & bit) !== 0;
  }
  setBlock(block: number, bit: number): void {
    this.s[this.blockAt + block]! |= bit;
  }
  clearBlock(block: number, bit: number): void {
    this.s[this.blockAt + block]! &= ~bit;
  }

  firstBlock(page: number): number {
    return page * this.g.blocksPerPage;
  }
  endBlock(page: number): number {
    return (page + 1) * this.g.blocksPerPage;
  }
  pageOf(block: number): number {
    return (block / this.g.blocksPerPage) | 0;
  }

  cell(cell: number): number {
    return this.s[this.cacheAt + cell]!;
  }
  fill(from: number, to: number, value: number): void {
    for (let c = from; c < to; c++) this.s[this.cacheAt + c] = value;
  }

  /** filemap_add_folio(): a fresh folio whose memory nobody filled. */
  insert(page: number): void {
    this.s[this.flagsAt + page] = V.PRESENT;
    this.fill(this.g.pageCell[page]!, this.g.pageCell[page + 1]!, V.UNINITIALISED);
  }

  /** __filemap_remove_folio(): content, uptodate and dirty bits go, whatever they were. */
  remove(page: number): void {
    this.s[this.flagsAt + page] = 0;
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) this.s[this.blockAt + b] = 0;
    this.fill(this.g.pageCell[page]!, this.g.pageCell[page + 1]!, 0);
  }

  /** iomap_set_range_uptodate(): blocks `[from, to)` of one folio; the folio is uptodate when all its blocks are. */
  setBlocksUptodate(page: number, from: number, to: number): void {
    for (let b = from; b < to; b++) this.setBlock(b, V.BLOCK_UPTODATE);
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) {
      if (!this.blockHas(b, V.BLOCK_UPTODATE)) return;
    }
    this.set(page, V.UPTODATE);
  }

  /** folio_mkclean(): the mapping's PTE becomes read-only. */
  writeProtect(page: number): void {
    this.clear(page, V.PTE_WRITABLE);
  }
  /** unmap_mapping_folio(). */
  unmap(page: number): void {
    this.clear(page, V.PTE_WRITABLE | V.PTE_PRESENT);
  }

  /** What shrink_folio_list() and invalidate_mapping_pages() can drop: present, unlocked, clean, no writeback. */
  isEvictable(page: number): boolean {
    return (
      (this.s[this.flagsAt + page]! & (V.PRESENT | V.DIRTY | V.WRITEBACK)) === V.PRESENT &&
      this.s[this.lockAt + page] === 0
    );
  }

  /** Marks blocks `[from, to)` of a folio dirtied and the folio dirty (filemap_dirty_folio()). */
  dirty(page: number, from: number, to: number): void {
    for (let b = from; b < to; b++) this.setBlock(b, V.BLOCK_DIRTIED);
    this.set(page, V.DIRTY);
  }
}
