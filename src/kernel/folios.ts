/**
 * The page cache: folios with flags, lock, per-block uptodate, dirtied and writeback bits and one value
 * per cell (mm/filemap.c, mm/truncate.c, fs/iomap/buffered-io.c). A folio of several pages keeps its flags and its
 * lock in each of them, TAIL in all but the first; PTE bits are each page's own.
 */
import type { Fixes } from "./fixes.js";
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
  readonly #large: boolean;
  readonly #dirtyPerBlock: boolean;

  constructor(s: StateArray, g: Geometry, layout: Layout, order: LockOrder, fixes: Fixes) {
    this.s = s;
    this.g = g;
    this.flagsAt = layout.folioFlags;
    this.lockAt = layout.folioLock;
    this.blockAt = layout.blockFlags;
    this.cacheAt = layout.cache;
    this.#order = order;
    this.#large = fixes.writeLargeFolios;
    this.#dirtyPerBlock = fixes.dirtyPerBlock;
  }

  /** First page of the folio that holds `page`. */
  head(page: number): number {
    let p = page;
    if (this.#large) while ((this.s[this.flagsAt + p]! & V.TAIL) !== 0) p--;
    return p;
  }
  /** Page past the folio that holds `page`. */
  end(page: number): number {
    let p = page + 1;
    if (this.#large) while (p < this.g.pages && (this.s[this.flagsAt + p]! & V.TAIL) !== 0) p++;
    return p;
  }
  /** First cell of the folio that holds `page`. */
  firstCell(page: number): number {
    return this.g.pageCell[this.head(page)]!;
  }
  /** Cell past the folio that holds `page`. */
  endCell(page: number): number {
    return this.g.pageCell[this.end(page)]!;
  }

  flags(page: number): number {
    return this.s[this.flagsAt + page]!;
  }
  has(page: number, bits: number): boolean {
    return (this.s[this.flagsAt + page]! & bits) === bits;
  }
  /** Sets flags of the folio that holds `page`. */
  set(page: number, bits: number): void {
    if (this.#large) for (let p = this.head(page); p < this.end(page); p++) this.s[this.flagsAt + p]! |= bits;
    else this.s[this.flagsAt + page]! |= bits;
  }
  clear(page: number, bits: number): void {
    if (this.#large) for (let p = this.head(page); p < this.end(page); p++) this.s[this.flagsAt + p]! &= ~bits;
    else this.s[this.flagsAt + page]! &= ~bits;
  }
  /** Sets PTE bits of the page alone. */
  map(page: number, bits: number): void {
    this.s[this.flagsAt + page]! |= bits;
  }

  isLocked(page: number): boolean {
    return this.s[this.lockAt + page] !== 0;
  }
  lock(page: number, t: Thread): void {
    this.#order.record(t.held, HELD_FOLIO);
    this.#setLock(page, 1);
    t.held |= HELD_FOLIO;
  }
  unlock(page: number, t: Thread): void {
    this.#setLock(page, 0);
    t.held &= ~HELD_FOLIO;
  }
  #setLock(page: number, owner: number): void {
    if (this.#large) this.s.fill(owner, this.lockAt + this.head(page), this.lockAt + this.end(page));
    else this.s[this.lockAt + page] = owner;
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

  /** First block of the folio that holds `page`. */
  firstBlock(page: number): number {
    return this.head(page) * this.g.blocksPerPage;
  }
  /** Block past the folio that holds `page`. */
  endBlock(page: number): number {
    return this.end(page) * this.g.blocksPerPage;
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
  insert(page: number, pages = 1): void {
    this.s[this.flagsAt + page] = V.PRESENT;
    for (let p = page + 1; p < page + pages; p++) this.s[this.flagsAt + p] = V.PRESENT | V.TAIL;
    this.fill(this.g.pageCell[page]!, this.g.pageCell[page + pages]!, V.UNINITIALISED);
  }

  /** __filemap_remove_folio(): content, uptodate and dirty bits go, whatever they were. */
  remove(page: number): void {
    const first = this.head(page);
    const end = this.end(page);
    const { blocksPerPage, pageCell } = this.g;
    for (let p = first; p < end; p++) this.s[this.flagsAt + p] = 0;
    for (let b = first * blocksPerPage; b < end * blocksPerPage; b++) this.s[this.blockAt + b] = 0;
    this.fill(pageCell[first]!, pageCell[end]!, 0);
  }

  /** ifs_alloc(): attaches per-block state to a folio of several blocks; what is dirty without is dirty throughout. */
  attachState(page: number): void {
    if (!this.#dirtyPerBlock && !this.#large) return;
    const first = this.firstBlock(page);
    const end = this.endBlock(page);
    if (end - first < 2 || this.blockHas(first, V.BLOCK_STATE)) return;
    this.setBlock(first, V.BLOCK_STATE);
    if (this.#dirtyPerBlock && this.has(page, V.DIRTY))
      for (let b = first; b < end; b++) this.setBlock(b, V.BLOCK_DIRTY);
  }
  hasState(page: number): boolean {
    return this.blockHas(this.firstBlock(page), V.BLOCK_STATE);
  }

  /**
   * Splits a large folio into pieces that start at `starts` (ascending, the first is its head): they inherit uptodate
   * and dirty, lose per-block state and mappings. Impossible, and false, for a dirty folio with per-block state.
   */
  split(page: number, starts: readonly number[]): boolean {
    const head = this.head(page);
    const end = this.end(page);
    if (this.hasState(head)) {
      if (this.has(head, V.DIRTY)) return false;
      for (let b = this.firstBlock(head); b < this.endBlock(head); b++) {
        this.clearBlock(b, V.BLOCK_STATE | V.BLOCK_DIRTY);
        if (!this.has(head, V.UPTODATE)) this.clearBlock(b, V.BLOCK_UPTODATE);
      }
    }
    for (let p = head; p < end; p++) this.s[this.flagsAt + p]! &= ~(V.PTE_PRESENT | V.PTE_WRITABLE);
    for (const p of starts) this.s[this.flagsAt + p]! &= ~V.TAIL;
    return true;
  }

  /** iomap_set_range_uptodate(): blocks `[from, to)` of one folio; the folio is uptodate when all its blocks are. */
  setBlocksUptodate(page: number, from: number, to: number): void {
    for (let b = from; b < to; b++) this.setBlock(b, V.BLOCK_UPTODATE);
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) {
      if (!this.blockHas(b, V.BLOCK_UPTODATE)) return;
    }
    this.set(page, V.UPTODATE);
  }

  /** folio_mkclean(): the mapping's PTEs become read-only. */
  writeProtect(page: number): void {
    this.clear(page, V.PTE_WRITABLE);
  }
  /** unmap_mapping_range() over one page. */
  unmap(page: number): void {
    this.s[this.flagsAt + page]! &= ~(V.PTE_WRITABLE | V.PTE_PRESENT);
  }

  /** What shrink_folio_list() and invalidate_mapping_pages() can drop, by first page: unlocked, clean, no writeback. */
  isEvictable(page: number): boolean {
    return (
      (this.s[this.flagsAt + page]! & (V.PRESENT | V.DIRTY | V.WRITEBACK | V.TAIL)) === V.PRESENT &&
      this.s[this.lockAt + page] === 0
    );
  }

  /**
   * Marks blocks `[from, to)` of a folio dirtied and the folio dirty (iomap_set_range_dirty(), filemap_dirty_folio());
   * `backed` is false for zeroes over a hole, which nobody misses.
   */
  dirty(page: number, from: number, to: number, backed = true): void {
    if (backed) for (let b = from; b < to; b++) this.setBlock(b, V.BLOCK_DIRTIED);
    if (this.#dirtyPerBlock && this.hasState(page))
      for (let b = from; b < to; b++) this.setBlock(b, V.BLOCK_DIRTY);
    this.set(page, V.DIRTY);
  }
  /** page_mkwrite: every per-block dirty bit of the folio, also past EOF. */
  dirtyAllBits(page: number): void {
    if (!this.#dirtyPerBlock || !this.hasState(page)) return;
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) this.setBlock(b, V.BLOCK_DIRTY);
  }
  clearDirtyBits(page: number): void {
    if (!this.#dirtyPerBlock) return;
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) this.clearBlock(b, V.BLOCK_DIRTY);
  }
  /** Whether writeback of a dirty folio takes this block. */
  needsWriteback(page: number, block: number): boolean {
    return this.blockHas(block, this.#dirtyPerBlock && this.hasState(page) ? V.BLOCK_DIRTY : V.BLOCK_UPTODATE);
  }
}
