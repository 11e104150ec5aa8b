/**
 * Where on disk the file's blocks lie: the near allocator over the free extents of one allocation group, with busy
 * extents (xfs_bmap_adjacent(), fs/xfs/libxfs/xfs_bmap.c; xfs_alloc_ag_vextent_near(), xfs_alloc_compute_diff(),
 * fs/xfs/libxfs/xfs_alloc.c; xfs_extent_busy_trim(), fs/xfs/xfs_extent_busy.c). It decides nothing but where a record
 * ends, so only programs with a disk have it: replays of recorded traces.
 */

import type { Geometry } from "../machine/geometry.js";
import type { Layout, StateArray } from "../machine/layout.js";
import type { DiskExtent, ModelDisk } from "../machine/program.js";
import { BusyTree } from "./busy-tree.js";
import { ExtentFlag, ExtentType } from "./extent-types.js";

/** What a disk block is, in the state: 0 not the file's to take; free; data; the extent btree's leaf; freed but busy. */
const FREE = 1;
const DATA = 2;
const LEAF = 3;
const BUSY = 4;
/** The first block of a busy extent; from here on in the order in which they were freed. */
const BUSY_START = 5;

/** Records that one call of xfs_bunmapi() takes away (XFS_ITRUNC_MAX_EXTENTS, fs/xfs/xfs_inode.h). */
const RECORDS_PER_UNMAP = 2;

export class Allocator {
  readonly #s: StateArray;
  readonly #g: Geometry;
  readonly #extents: number;
  readonly #phys: number;
  readonly #use: number;
  readonly #disk: ModelDisk;

  constructor(s: StateArray, g: Geometry, layout: Layout, disk: ModelDisk) {
    this.#s = s;
    this.#g = g;
    this.#extents = layout.extents;
    this.#phys = layout.phys;
    this.#use = layout.diskUse;
    this.#disk = disk;
    for (const [from, to] of disk.free) s.fill(FREE, this.#use + from, this.#use + Math.min(to, disk.blocks));
    for (const [from, to] of disk.busy ?? []) this.#setBusy(from, to);
  }

  /** Finds room for file blocks `[from, to)`, holes or (`delalloc`) of one delalloc record, and marks record starts. */
  allocate(from: number, to: number, delalloc: boolean): void {
    const n = to - from;
    const first = this.#near(Math.max(0, this.#wanted(from, to, delalloc)), n, true);
    for (let i = 0; i < n; i++) {
      this.#s[this.#phys + from + i] = first + i + 1;
      this.#s[this.#use + first + i] = DATA;
      this.#s[this.#extents + from + i]! &= ~ExtentFlag.BREAK;
    }
    this.#markStart(from);
    this.#markStart(to);
    this.keepRecords(this.#disk.leafAtInode ? this.#disk.inode : first);
  }

  /**
   * What `[from, to)` holds is taken away, from the last record to the first, each real one a busy extent of its own
   * (__xfs_bunmapi(), fs/xfs/libxfs/xfs_bmap.c). Called before the types change.
   */
  free(from: number, to: number): void {
    let records = 0;
    for (let end = to; end > from; ) {
      let start = end - 1;
      if (this.#type(start) !== ExtentType.HOLE) {
        while (start > from && this.#continues(start)) start--;
        const phys = this.#s[this.#phys + start]! - 1;
        if (phys >= 0) this.#setBusy(phys, phys + end - start);
        this.#s.fill(0, this.#phys + start, this.#phys + end);
        if (++records % RECORDS_PER_UNMAP === 0) this.keepRecords();
      }
      end = start;
    }
    this.keepRecords();
  }

  /**
   * Records that do not fit into the inode have a leaf block, taken near `wanted`; when they fit again it is freed
   * (xfs_bmap_extents_to_btree(), xfs_bmap_btree_to_extents()). A second leaf is not modelled.
   */
  keepRecords(wanted: number = this.#disk.inode): void {
    let records = 0;
    for (let b = 0; b < this.#g.blocks; b++)
      if (this.#s[this.#phys + b] !== 0 && !(b > 0 && this.#continues(b))) records++;
    const leaf = this.#s.subarray(this.#use, this.#use + this.#disk.blocks).indexOf(LEAF);
    const isNeeded = records > this.#disk.inodeRecords;
    if (isNeeded && leaf < 0) this.#s[this.#use + this.#near(wanted, 1, false)] = LEAF;
    else if (!isNeeded && leaf >= 0) this.#setBusy(leaf, leaf + 1);
  }

  /** File blocks from `from` on have become those from `to` on, in the extents already. */
  shift(from: number, to: number): void {
    const end = this.#phys + this.#g.blocks;
    const by = to - from;
    this.#s.copyWithin(this.#phys + to, this.#phys + from, end - Math.max(0, by));
    if (by > 0) this.#s.fill(0, this.#phys + from, this.#phys + to);
    else this.#s.fill(0, end + by, end);
    this.#markStart(to);
    this.keepRecords();
  }

  /** The log reached the disk: what was freed can be taken again. */
  logForce(): void {
    const end = this.#use + this.#disk.blocks;
    for (let i = this.#use; i < end; i++) if (this.#isBusy(i)) this.#s[i] = FREE;
  }

  /** The file goes: what that leaves busy, in the order in which it is freed. */
  unlink(): DiskExtent[] {
    this.free(0, this.#g.blocks);
    return this.#busyExtents();
  }

  #setBusy(start: number, end: number): void {
    this.#s.fill(BUSY, this.#use + start, this.#use + end);
    this.#s[this.#use + start] = BUSY_START + this.#busyExtents().length;
  }
  #isBusy(i: number): boolean {
    return this.#s[i]! >= BUSY;
  }
  #type(block: number): number {
    return this.#s[this.#extents + block]! & ExtentFlag.TYPE_MASK;
  }
  /** Whether the block belongs to the record of the one before. */
  #continues(block: number): boolean {
    if (this.#type(block) !== this.#type(block - 1)) return false;
    const at = this.#phys + block;
    return this.#s[at] === 0 ? this.#s[at - 1] === 0 : this.#s[at - 1] === this.#s[at]! - 1;
  }
  #isReal(block: number): boolean {
    return this.#type(block) >= ExtentType.UNWRITTEN;
  }

  #markStart(block: number): void {
    if (block <= 0 || block >= this.#g.blocks) return;
    const at = this.#phys + block;
    const apart = this.#s[at] !== 0 && this.#s[at - 1] !== 0 && this.#s[at] !== this.#s[at - 1]! + 1;
    if (apart) this.#s[this.#extents + block]! |= ExtentFlag.BREAK;
    else this.#s[this.#extents + block]! &= ~ExtentFlag.BREAK;
  }

  /** xfs_bmap_adjacent(): beside the neighbouring record that is nearer, else at the inode. */
  #wanted(from: number, to: number, delalloc: boolean): number {
    const n = to - from;
    let prev = from - 1;
    // The rest of the delalloc record is not before it.
    while (delalloc && prev >= 0 && this.#type(prev) === ExtentType.DELALLOC) prev--;
    while (prev >= 0 && this.#type(prev) === ExtentType.HOLE) prev--;
    let next = to;
    while (next < this.#g.blocks && this.#type(next) === ExtentType.HOLE) next++;
    const prevEnd = prev >= 0 && this.#isReal(prev) ? this.#s[this.#phys + prev]! : -1;
    const gap = from - 1 - prev;
    if (next === this.#g.blocks && !delalloc) return prevEnd >= 0 ? prevEnd + gap : this.#disk.inode;
    let before = -1;
    let distance = 0;
    if (prevEnd >= 0) {
      before = gap <= 4 * n ? prevEnd + gap : prevEnd;
      distance = gap <= 4 * n ? gap : 2 * gap;
    }
    if (!delalloc && this.#type(next) !== ExtentType.DELALLOC) {
      const start = this.#s[this.#phys + next]! - 1;
      const space = next - from;
      const near = space <= 4 * n && start >= space;
      const after = near ? start - space : start >= n ? start - n : start;
      const afterDistance = near ? space : start >= n ? 2 * space - n : 2 * space;
      if (prevEnd < 0 || distance > afterDistance) return after;
    }
    return prevEnd >= 0 ? before : this.#disk.inode;
  }

  /**
   * Of the free extents that hold n blocks, smallest first, the place nearest to `wanted`: one that lies before it
   * is used from its start for data, and from its end for metadata.
   */
  #near(wanted: number, n: number, isData: boolean): number {
    let best = -1;
    let bestDistance = Number.POSITIVE_INFINITY;
    const busy = new BusyTree();
    for (const [start, end] of this.#busyExtents()) busy.insert(start, end);
    for (const [start, end] of this.#freeExtents(n)) {
      const room = busy.trim(start, end, n);
      if (room === undefined) continue;
      const place =
        room[0] >= wanted ? room[0] : room[1] >= wanted + n ? wanted : isData ? room[0] : room[1] - n;
      const distance = Math.abs(place - wanted);
      if (distance > bestDistance) continue;
      bestDistance = distance;
      best = place;
      if (distance === 0) break;
    }
    if (best < 0 && busy.size > 0) {
      // xfs_extent_busy_flush()
      this.logForce();
      return this.#near(wanted, n, isData);
    }
    if (best < 0 || best + n > this.#disk.blocks) throw new RangeError("the model's disk is too small");
    return best;
  }

  #freeExtents(n: number): [number, number][] {
    const { blocks } = this.#disk;
    const found: [number, number][] = [];
    for (let b = 0; b < blocks; b++) {
      const start = b;
      while (b < blocks && (this.#s[this.#use + b] === FREE || this.#isBusy(this.#use + b))) b++;
      // The last extent goes on to the end of the allocation group, which is far away.
      const end = b === blocks ? Number.MAX_SAFE_INTEGER : b;
      if (b > start && end - start >= n) found.push([start, end]);
    }
    return found.sort((x, y) => x[1] - x[0] - (y[1] - y[0]) || x[0] - y[0]);
  }

  /** In the order in which they were freed. */
  #busyExtents(): [number, number][] {
    const found: [number, number][] = [];
    const end = this.#use + this.#disk.blocks;
    for (let i = this.#use; i < end; i++) {
      const order = this.#s[i]! - BUSY_START;
      if (order < 0) continue;
      const start = i - this.#use;
      while (i + 1 < end && this.#s[i + 1] === BUSY) i++;
      found[order] = [start, i + 1 - this.#use];
    }
    return found;
  }
}
