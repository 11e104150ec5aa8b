/**
 * The page cache: folios with flags, lock, per-block uptodate, dirtied and writeback bits and one value per cell
 * (mm/filemap.c, mm/truncate.c, fs/iomap/buffered-io.c). This is the page cache of kernels whose folios are single
 * pages without per-block dirty bits; large-folios.ts has the rest.
 */

import { broken, Checks, checkIndex, checkRange } from "../machine/checks.js";
import type { Geometry } from "../machine/geometry.js";
import type { Layout, StateArray } from "../machine/layout.js";
import type { Thread } from "../machine/thread.js";
import { HELD_FOLIO, type LockOrder } from "./locks.js";
import { Value } from "./values.js";

/** Flags of a folio, and of the one shared mapping of each of its pages (struct folio, page tables). */
export const enum FolioFlag {
  PRESENT = 1,
  UPTODATE = 2,
  DIRTY = 4,
  WRITEBACK = 8,
  PTE_PRESENT = 16,
  PTE_WRITABLE = 32,
  /**
   * A writeback pass is at the folio: from clear_page_dirty_for_io() until its last block is mapped. Where writeback
   * starts only then, the folio is still tagged dirty; where it starts before, no completion ends it in between.
   */
  IN_PASS = 64,
  /** The page belongs to the same folio as the page before it. */
  TAIL = 128,
}

/** Flags of a block in the page cache (struct iomap_page, struct iomap_folio_state). */
export const enum BlockFlag {
  UPTODATE = 1,
  /** write_end or page_mkwrite dirtied the block since the folio was last written back; no kernel looks at it, oracles do. */
  DIRTIED = 2,
  WRITEBACK = 4,
  /** Dirty bit of struct iomap_folio_state, on kernels that have it; unlike DIRTIED it is also set past EOF. */
  DIRTY = 8,
  /** On the first block of a folio: per-block state is attached to it; only kept where that makes a difference. */
  STATE = 16,
  /** On the first block of a folio: zeroing has found it dirty and holds on to it. */
  IN_BATCH = 32,
  /** On the first block of a folio: it was created for somebody who asked for nothing to be kept (PG_dropbehind). */
  DROPBEHIND = 64,
}

export class Folios {
  readonly flagsAt: number;
  readonly lockAt: number;
  readonly blockAt: number;
  readonly cacheAt: number;
  readonly #order: LockOrder;

  constructor(
    readonly s: StateArray,
    readonly g: Geometry,
    layout: Layout,
    order: LockOrder,
  ) {
    this.flagsAt = layout.folioFlags;
    this.lockAt = layout.folioLock;
    this.blockAt = layout.blockFlags;
    this.cacheAt = layout.cache;
    this.#order = order;
  }

  /** First page of the folio that holds `page`. */
  head(page: number): number {
    return page;
  }
  /** Page past the folio that holds `page`. */
  end(page: number): number {
    return page + 1;
  }
  /** First cell of the folio that holds `page`. */
  firstCell(page: number): number {
    return this.g.pageCell[page]!;
  }
  /** Cell past the folio that holds `page`. */
  endCell(page: number): number {
    return this.g.pageCell[page + 1]!;
  }
  /** First block of the folio that holds `page`. */
  firstBlock(page: number): number {
    return page * this.g.blocksPerPage;
  }
  /** Block past the folio that holds `page`. */
  endBlock(page: number): number {
    return (page + 1) * this.g.blocksPerPage;
  }
  /** The page that holds a block. */
  pageOf(block: number): number {
    return (block / this.g.blocksPerPage) | 0;
  }

  /** FolioFlag bits of a page. */
  flags(page: number): number {
    return this.s[this.flagsAt + page]!;
  }
  /** Whether all these FolioFlag bits are set. */
  has(page: number, bits: number): boolean {
    return (this.s[this.flagsAt + page]! & bits) === bits;
  }
  /** Sets flags of the folio that holds `page`. */
  set(page: number, bits: number): void {
    this.s[this.flagsAt + page]! |= bits;
  }
  clear(page: number, bits: number): void {
    this.s[this.flagsAt + page]! &= ~bits;
  }
  /** Sets PTE bits of the page alone. */
  map(page: number, bits: number): void {
    this.s[this.flagsAt + page]! |= bits;
  }
  /** unmap_mapping_range() over one page. */
  unmap(page: number): void {
    this.s[this.flagsAt + page]! &= ~(FolioFlag.PTE_WRITABLE | FolioFlag.PTE_PRESENT);
  }
  /** folio_mkclean(): the mapping's PTEs become read-only. */
  writeProtect(page: number): void {
    this.clear(page, FolioFlag.PTE_WRITABLE);
  }

  isLocked(page: number): boolean {
    return this.s[this.lockAt + page] !== 0;
  }
  /** Takes the lock, which is free, of the folio that holds `page`. */
  lock(page: number, t: Thread): void {
    if (Checks.ON && this.isLocked(page)) broken(`folio ${page} is locked`);
    this.#order.record(t.held, HELD_FOLIO);
    this.s[this.lockAt + page] = 1;
    t.held |= HELD_FOLIO;
  }
  unlock(page: number, t: Thread): void {
    this.s[this.lockAt + page] = 0;
    t.held &= ~HELD_FOLIO;
  }

  /** Whether a BlockFlag is set. */
  blockHas(block: number, bit: number): boolean {
    return (this.s[this.blockAt + block]! & bit) !== 0;
  }
  setBlock(block: number, bit: number): void {
    if (Checks.ON) checkIndex("block", block, this.g.blocks);
    this.s[this.blockAt + block]! |= bit;
  }
  clearBlock(block: number, bit: number): void {
    if (Checks.ON) checkIndex("block", block, this.g.blocks);
    this.s[this.blockAt + block]! &= ~bit;
  }

  /** The Value that the page cache holds for a cell; ZERO where there is no folio. */
  cell(cell: number): number {
    return this.s[this.cacheAt + cell]!;
  }
  /** Puts a Value into cells `[from, to)` of the page cache. */
  fill(from: number, to: number, value: number): void {
    if (Checks.ON && from < to) checkRange("cells", from, to, this.g.cells);
    for (let c = from; c < to; c++) this.s[this.cacheAt + c] = value;
  }

  /** filemap_add_folio(): a fresh folio of so many pages, whose memory nobody filled. */
  insert(page: number, _pages = 1): void {
    if (Checks.ON) checkIndex("page", page, this.g.pages);
    this.s[this.flagsAt + page] = FolioFlag.PRESENT;
    this.fill(this.g.pageCell[page]!, this.g.pageCell[page + 1]!, Value.UNINITIALISED);
  }

  /** __filemap_remove_folio(): content, uptodate and dirty bits go, whatever they were. */
  remove(page: number): void {
    this.s[this.flagsAt + page] = 0;
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) this.s[this.blockAt + b] = 0;
    this.fill(this.g.pageCell[page]!, this.g.pageCell[page + 1]!, 0);
  }

  /** iomap_set_range_uptodate(): blocks `[from, to)` of one folio; the folio is uptodate when all its blocks are. */
  setBlocksUptodate(page: number, from: number, to: number): void {
    for (let b = from; b < to; b++) this.setBlock(b, BlockFlag.UPTODATE);
    const end = this.endBlock(page);
    for (let b = this.firstBlock(page); b < end; b++) {
      if (!this.blockHas(b, BlockFlag.UPTODATE)) return;
    }
    this.set(page, FolioFlag.UPTODATE);
  }

  /**
   * Marks blocks `[from, to)` of a folio dirtied and the folio dirty (iomap_set_range_dirty(), filemap_dirty_folio());
   * `backed` is false for zeroes over a hole, which nobody misses.
   */
  dirty(page: number, from: number, to: number, backed = true): void {
    if (backed) for (let b = from; b < to; b++) this.setBlock(b, BlockFlag.DIRTIED);
    this.set(page, FolioFlag.DIRTY);
  }

  /** iomap_finish_folio_write(): the folio leaves writeback once no block of it is, and no pass adds any. */
  endWriteback(page: number): void {
    if (this.has(page, FolioFlag.IN_PASS)) return;
    for (let b = this.firstBlock(page), end = this.endBlock(page); b < end; b++)
      if (this.blockHas(b, BlockFlag.WRITEBACK)) return;
    this.clear(page, FolioFlag.WRITEBACK);
  }

  /** ifs_alloc(): attaches per-block state to a folio of several blocks. */
  attachState(_page: number): void {}
  hasState(_page: number): boolean {
    return false;
  }
  /** page_mkwrite: every per-block dirty bit of the folio, also past EOF. */
  dirtyAllBits(_page: number): void {}
  clearDirtyBits(_page: number): void {}
  /** iomap_clear_range_dirty(): blocks `[from, to)` of a folio have nothing to write any more. */
  cleanBlocks(_page: number, _from: number, _to: number): void {}
  /** Whether writeback of a dirty folio takes this block. */
  needsWriteback(_page: number, block: number): boolean {
    // A page of one block has no per-block state.
    return this.g.blocksPerPage === 1 || this.blockHas(block, BlockFlag.UPTODATE);
  }
  /** Splits a large folio into pieces that start at `starts`; false when that is impossible. */
  split(_page: number, _starts: readonly number[]): boolean {
    return false;
  }

  /**
   * What shrink_folio_list() and invalidate_mapping_pages() can drop, by first page: unlocked, clean, no writeback, in
   * nobody's hands.
   */
  isEvictable(page: number): boolean {
    return (
      (this.s[this.flagsAt + page]! &
        (FolioFlag.PRESENT | FolioFlag.DIRTY | FolioFlag.WRITEBACK | FolioFlag.TAIL)) ===
        FolioFlag.PRESENT &&
      this.s[this.lockAt + page] === 0 &&
      !this.blockHas(this.firstBlock(page), BlockFlag.IN_BATCH)
    );
  }
}
