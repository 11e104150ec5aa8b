/**
 * The data fork's extent tree, one entry per block. A record is a maximal run of one type without a break; delalloc
 * neighbours always merge, real ones where they follow each other on disk (fs/xfs/libxfs/xfs_bmap.c,
 * xfs_iext_tree.c). Every change bumps if_seq, which is kept as one bit per sampled cookie.
 */

import { Checks, checkRange } from "../machine/checks.js";
import type { Geometry } from "../machine/geometry.js";
import { Global, type Layout, Reg, type StateArray } from "../machine/layout.js";
import type { DiskExtent, KernelProgram } from "../machine/program.js";
import { Allocator } from "./allocator.js";
import type { Disk } from "./disk.js";
import { ExtentFlag, ExtentType } from "./extent-types.js";
import { Cookie } from "./iomap.js";

export class Extents {
  readonly s: StateArray;
  readonly g: Geometry;
  readonly at: number;
  readonly #disk: Disk;
  readonly #cookieAt: Int32Array;
  readonly #allocator: Allocator | undefined;
  readonly #apart: readonly number[];
  /** Changes since the last reset, for traces; no part of the state. */
  sequence = 0;

  constructor(
    s: StateArray,
    g: Geometry,
    layout: Layout,
    disk: Disk,
    { disk: modelDisk, apart = [] }: Pick<KernelProgram, "disk" | "apart">,
  ) {
    this.s = s;
    this.g = g;
    this.at = layout.extents;
    this.#disk = disk;
    this.#allocator = modelDisk === undefined ? undefined : new Allocator(s, g, layout, modelDisk);
    this.#apart = apart;
    const cookies: number[] = [];
    layout.threads.forEach((t, i) => {
      if (i >= layout.programThreads && i !== layout.harness) return;
      if (t.call !== layout.spare) cookies.push(t.call + Reg.COOKIE);
      if (t.wbMap !== layout.spare) cookies.push(t.wbMap + Reg.WB_COOKIE);
    });
    this.#cookieAt = Int32Array.from(cookies);
  }

  /** ExtentType of a block. */
  type(block: number): number {
    return this.s[this.at + block]! & ExtentFlag.TYPE_MASK;
  }
  /** Whether speculative preallocation reserved the block. */
  isPrealloc(block: number): boolean {
    return (this.s[this.at + block]! & ExtentFlag.PREALLOC) !== 0;
  }

  /** First block of the record (or hole) that holds `block`. */
  recordStart(block: number): number {
    const type = this.type(block);
    let b = block;
    while (!this.#startsRecord(b) && this.type(b - 1) === type) b--;
    return b;
  }
  /** Whether the fork has a real extent; delalloc does not count (if_nextents). */
  hasReal(): boolean {
    for (let b = 0; b < this.g.blocks; b++) if (this.type(b) >= ExtentType.UNWRITTEN) return true;
    return false;
  }
  /** Block past the record (or hole) that holds `block`. */
  recordEnd(block: number): number {
    const type = this.type(block);
    const n = this.g.blocks;
    let b = block + 1;
    while (b < n && this.type(b) === type && !this.#startsRecord(b)) b++;
    return b;
  }
  #startsRecord(block: number): boolean {
    const word = this.s[this.at + block]!;
    if (this.g.gapBefore[block] === 0) return (word & ExtentFlag.BREAK) !== 0;
    return (
      block === 0 || ((word & ExtentFlag.TYPE_MASK) !== ExtentType.HOLE && (word & ExtentFlag.JOINED) === 0)
    );
  }

  /** xfs_bmapi_reserve_delalloc() over holes `[from, to)`; blocks from `prealloc` on are preallocation. */
  reserve(from: number, to: number, prealloc: number): void {
    if (Checks.ON) checkRange("blocks", from, to, this.g.blocks);
    for (let b = from; b < to; b++) {
      const joined = b > from && this.g.gapBefore[b] === 1 ? ExtentFlag.JOINED : 0;
      this.s[this.at + b] = ExtentType.DELALLOC | joined | (b >= prealloc ? ExtentFlag.PREALLOC : 0);
    }
    this.s[Global.RESERVED]! += to - from;
    this.bump();
  }

  /**
   * A truncate that fails after it set i_size leaves extents past EOF: their delalloc is left to
   * xfs_free_eofblocks(), as preallocation is.
   */
  leaveToEofblocks(from: number): void {
    for (let b = from; b < this.g.blocks; b++) {
      if (this.type(b) === ExtentType.DELALLOC) this.s[this.at + b]! |= ExtentFlag.PREALLOC;
    }
  }

  /** The record that starts at the block is not what goes on from the one before on disk. */
  startApart(block: number): void {
    this.s[this.at + block]! |= ExtentFlag.BREAK;
  }

  /** xfs_bmapi_allocate(): `[from, to)`, a hole or delalloc, becomes unwritten or written (`as`); the next record starts apart from it. */
  allocate(from: number, to: number, breakAfter: boolean, as: number): void {
    if (Checks.ON) checkRange("blocks", from, to, this.g.blocks);
    const isDelalloc = this.type(from) === ExtentType.DELALLOC;
    for (let b = from; b < to; b++) {
      this.s[this.at + b] = (this.s[this.at + b]! & ~(ExtentFlag.TYPE_MASK | ExtentFlag.PREALLOC)) | as;
      this.#disk.poison(b);
    }
    if (breakAfter && to < this.g.blocks) this.startApart(to);
    for (const b of this.#apart) if (b >= from && b < to) this.startApart(b);
    if (isDelalloc) this.s[Global.RESERVED]! -= to - from;
    this.#allocator?.allocate(from, to, isDelalloc);
    this.bump();
  }

  /** xfs_log_force_inode(): busy extents become free. */
  logForce(): void {
    this.#allocator?.logForce();
  }

  /** The file goes, and with it all that is modelled but its disk blocks: those that are busy then. */
  unlink(): readonly DiskExtent[] {
    return this.#allocator?.unlink() ?? [];
  }

  /**
   * xfs_iomap_write_unwritten(): unwritten blocks of `[from, to)` become written; what a stale map took for unwritten and
   * is not even allocated is allocated as written.
   */
  convert(from: number, to: number, bump: boolean): void {
    if (Checks.ON) checkRange("blocks", from, to, this.g.blocks);
    for (let b = from; b < to; b++) {
      if (this.type(b) < ExtentType.UNWRITTEN) {
        if (this.type(b) === ExtentType.DELALLOC) this.s[Global.RESERVED]!--;
        this.s[this.at + b] = ExtentType.WRITTEN;
        this.#disk.poison(b);
        this.#allocator?.allocate(b, b + 1, false);
      } else if (this.type(b) === ExtentType.UNWRITTEN) {
        this.s[this.at + b] = (this.s[this.at + b]! & ~ExtentFlag.TYPE_MASK) | ExtentType.WRITTEN;
        if (this.#allocator === undefined) continue;
        const isLast = b + 1 === to || this.type(b + 1) !== ExtentType.UNWRITTEN || this.#startsRecord(b + 1);
        if (isLast) this.#allocator.keepRecords();
      }
    }
    if (bump) this.bump();
  }

  /** xfs_bmap_punch_delalloc_range(): delalloc of `[from, to)` goes, all else stays. Returns whether any went. */
  punchDelalloc(from: number, to: number): boolean {
    if (Checks.ON) checkRange("blocks", from, to, this.g.blocks);
    let punched = false;
    for (let b = from; b < to; b++) {
      if (this.type(b) !== ExtentType.DELALLOC) continue;
      this.s[this.at + b] = ExtentType.HOLE;
      this.s[Global.RESERVED]!--;
      punched = true;
    }
    if (punched) this.bump();
    return punched;
  }

  /** xfs_bunmapi(): every extent of `[from, to)` goes. */
  unmap(from: number, to: number): void {
    if (Checks.ON) checkRange("blocks", from, to, this.g.blocks);
    let changed = false;
    this.#allocator?.free(from, to);
    for (let b = from; b < to; b++) {
      const type = this.type(b);
      if (type === ExtentType.HOLE) continue;
      if (type === ExtentType.DELALLOC) this.s[Global.RESERVED]!--;
      this.s[this.at + b] = ExtentType.HOLE;
      this.#disk.release(b);
      changed = true;
    }
    if (changed) this.bump();
  }

  /**
   * xfs_bmap_collapse_extents(), xfs_bmap_insert_extents(): the extents from block `from` on move to block `to` on, all of
   * them real but for those that would leave the model. What comes to lie behind another record does not go on from it on disk.
   */
  shift(from: number, to: number): void {
    const { at, s, g } = this;
    const gone = Math.max(0, to - from);
    if (gone > 0) this.unmap(g.blocks - gone, g.blocks);
    s.copyWithin(at + to, at + from, at + g.blocks - gone);
    if (gone > 0) s.fill(ExtentType.HOLE, at + from, at + to);
    else s.fill(ExtentType.HOLE, at + g.blocks - (from - to), at + g.blocks);
    if (this.type(to) >= ExtentType.UNWRITTEN) this.startApart(to);
    this.#disk.shift(g.blockCell[from]!, g.blockCell[to]!);
    this.#allocator?.shift(from, to);
    this.bump();
  }

  /** xfs_iext_inc_seq(): every cookie that was sampled no longer equals if_seq. */
  bump(): void {
    this.sequence++;
    const at = this.#cookieAt;
    for (let i = 0; i < at.length; i++) {
      if (this.s[at[i]!] === Cookie.CURRENT) this.s[at[i]!] = Cookie.BUMPED;
    }
  }
}
