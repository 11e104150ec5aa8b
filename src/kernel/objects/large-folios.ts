/**
 * The page cache of kernels with folios of several pages or with per-block dirty bits (struct iomap_folio_state). A
 * folio of several pages keeps its flags and its lock in each of them, TAIL in all but the first; PTE bits are each
 * page's own. Per-block state is attached to a folio of several blocks when something needs it, and not before: what is
 * dirty without it is dirty throughout (ifs_alloc(), fs/iomap/buffered-io.c).
 */

import { Checks, checkRange } from "../machine/checks.js";
import type { Geometry } from "../machine/geometry.js";
import type { Layout, StateArray } from "../machine/layout.js";
import type { Thread } from "../machine/thread.js";
import type { Fixes } from "../versions/fixes.js";
import { BlockFlag, FolioFlag, Folios } from "./folios.js";
import type { LockOrder } from "./locks.js";
import { Value } from "./values.js";

export class LargeFolios extends Folios {
  readonly #dirtyPerBlock: boolean;

  constructor(s: StateArray, g: Geometry, layout: Layout, order: LockOrder, fixes: Fixes) {
    super(s, g, layout, order);
    this.#dirtyPerBlock = fixes.dirtyPerBlock;
  }

  override head(page: number): number {
    let p = page;
    while ((this.s[this.flagsAt + p]! & FolioFlag.TAIL) !== 0) p--;
    return p;
  }
  override end(page: number): number {
    const { pages } = this.g;
    let p = page + 1;
    while (p < pages && (this.s[this.flagsAt + p]! & FolioFlag.TAIL) !== 0) p++;
    return p;
  }
  override firstCell(page: number): number {
    return this.g.pageCell[this.head(page)]!;
  }
  override endCell(page: number): number {
    return this.g.pageCell[this.end(page)]!;
  }
  override firstBlock(page: number): number {
    return this.head(page) * this.g.blocksPerPage;
  }
  override endBlock(page: number): number {
    return this.end(page) * this.g.blocksPerPage;
  }

  override set(page: number, bits: number): void {
    const end = this.end(page);
    for (let p = this.head(page); p < end; p++) this.s[this.flagsAt + p]! |= bits;
  }
  override clear(page: number, bits: number): void {
    const end = this.end(page);
    for (let p = this.head(page); p < end; p++) this.s[this.flagsAt + p]! &= ~bits;
  }
  override lock(page: number, t: Thread): void {
    super.lock(page, t);
    this.s.fill(1, this.lockAt + this.head(page), this.lockAt + this.end(page));
  }
  override unlock(page: number, t: Thread): void {
    super.unlock(page, t);
    this.s.fill(0, this.lockAt + this.head(page), this.lockAt + this.end(page));
  }

  override insert(page: number, pages = 1): void {
    if (Checks.ON) checkRange("pages", page, page + pages, this.g.pages);
    this.s[this.flagsAt + page] = FolioFlag.PRESENT;
    for (let p = page + 1; p < page + pages; p++)
      this.s[this.flagsAt + p] = FolioFlag.PRESENT | FolioFlag.TAIL;
    this.fill(this.g.pageCell[page]!, this.g.pageCell[page + pages]!, Value.UNINITIALISED);
  }
  override remove(page: number): void {
    const first = this.head(page);
    const end = this.end(page);
    const { blocksPerPage, pageCell } = this.g;
    this.s.fill(0, this.flagsAt + first, this.flagsAt + end);
    this.s.fill(0, this.blockAt + first * blocksPerPage, this.blockAt + end * blocksPerPage);
    this.fill(pageCell[first]!, pageCell[end]!, 0);
  }

  override attachState(page: number): void {
    const first = this.firstBlock(page);
    const end = this.endBlock(page);
    if (end - first < 2 || this.blockHas(first, BlockFlag.STATE)) return;
    this.setBlock(first, BlockFlag.STATE);
    if (this.#dirtyPerBlock && this.has(page, FolioFlag.DIRTY))
      for (let b = first; b < end; b++) this.setBlock(b, BlockFlag.DIRTY);
  }
  override hasState(page: number): boolean {
    return this.blockHas(this.firstBlock(page), BlockFlag.STATE);
  }
  override dirty(page: number, from: number, to: number, backed = true): void {
    super.dirty(page, from, to, backed);
    if (this.#dirtyPerBlock && this.hasState(page))
      for (let b = from; b < to; b++) this.setBlock(b, BlockFlag.DIRTY);
  }
  override dirtyAllBits(page: number): void {
    if (!this.#dirtyPerBlock || !this.hasState(page)) return;
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) this.setBlock(b, BlockFlag.DIRTY);
  }
  override clearDirtyBits(page: number): void {
    if (!this.#dirtyPerBlock) return;
    for (let b = this.firstBlock(page); b < this.endBlock(page); b++) this.clearBlock(b, BlockFlag.DIRTY);
  }
  override cleanBlocks(page: number, from: number, to: number): void {
    if (!this.#dirtyPerBlock || !this.hasState(page)) return;
    for (let b = from; b < to; b++) this.clearBlock(b, BlockFlag.DIRTY | BlockFlag.DIRTIED);
  }
  override needsWriteback(page: number, block: number): boolean {
    if (!this.#dirtyPerBlock)
      return this.endBlock(page) - this.firstBlock(page) === 1 || this.blockHas(block, BlockFlag.UPTODATE);
    return !this.hasState(page) || this.blockHas(block, BlockFlag.DIRTY);
  }

  /**
   * The pieces start at `starts` (ascending, the first is the folio's): they inherit uptodate and dirty and lose
   * per-block state and mappings. A dirty folio with per-block state cannot be split.
   */
  override split(page: number, starts: readonly number[]): boolean {
    const head = this.head(page);
    const end = this.end(page);
    if (this.hasState(head)) {
      if (this.has(head, FolioFlag.DIRTY)) return false;
      const lost =
        BlockFlag.STATE | BlockFlag.DIRTY | (this.has(head, FolioFlag.UPTODATE) ? 0 : BlockFlag.UPTODATE);
      for (let b = this.firstBlock(head); b < this.endBlock(head); b++) this.clearBlock(b, lost);
    }
    for (let p = head; p < end; p++) this.unmap(p);
    for (const p of starts) this.s[this.flagsAt + p]! &= ~FolioFlag.TAIL;
    return true;
  }
}
