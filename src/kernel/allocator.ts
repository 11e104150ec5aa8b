/**
 * Where on disk the file's blocks lie: the near allocator over the free extents of one allocation group, with busy
 * extents (xfs_bmap_adjacent(), fs/xfs/libxfs/xfs_bmap.c; xfs_alloc_ag_vextent_near(), xfs_alloc_compute_diff(),
 * fs/xfs/libxfs/xfs_alloc.c; xfs_extent_busy_trim(), fs/xfs/xfs_extent_busy.c). It decides nothing but where a record
 * ends, so only programs with a disk have it: replays of recorded traces.
 */

import type { Geometry } from "./geometry.js";
import type { Layout, StateArray } from "./layout.js";
import type { ModelDisk } from "./program.js";
import { V } from "./values.js";

/** What a disk block is, in the state: not the file's to take, free, freed but busy (the first of its extent), ours. */
const FREE = 1;
const BUSY = 2;
const BUSY_START = 3;
const OURS = 4;

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
  }

  /** Finds room for file blocks `[from, to)`, holes or (`delalloc`) one delalloc record, and marks record starts. */
  allocate(from: number, to: number, delalloc: boolean): void {
    const n = to - from;
    const first = this.#near(Math.max(0, this.#wanted(from, to, delalloc)), n);
    for (let i = 0; i < n; i++) {
      this.#s[this.#phys + from + i] = first + i + 1;
      this.#s[this.#use + first + i] = OURS;
      this.#s[this.#extents + from + i]! &= ~V.EXTENT_BREAK;
    }
    this.#markStart(from);
    this.#markStart(to);
  }

  /** Real blocks among `[from, to)` are freed, one busy extent per contiguous piece. Called before they go. */
  free(from: number, to: number): void {
    let last = -1;
    for (let b = from; b < to; b++) {
      const phys = this.#s[this.#phys + b]! - 1;
      if (phys >= 0) {
        this.#s[this.#use + phys] = last >= 0 && phys === last + 1 ? BUSY : BUSY_START;
        this.#s[this.#phys + b] = 0;
      }
      last = phys;
    }
  }

  /** The log reached the disk: what was freed can be taken again. */
  logForce(): void {
    const end = this.#use + this.#disk.blocks;
    for (let i = this.#use; i < end; i++) if (this.#isBusy(i)) this.#s[i] = FREE;
  }

  #isBusy(i: number): boolean {
    return this.#s[i] === BUSY || this.#s[i] === BUSY_START;
  }
  #type(block: number): number {
    return this.#s[this.#extents + block]! & V.EXTENT_TYPE_MASK;
  }
  #isReal(block: number): boolean {
    return this.#type(block) >= V.UNWRITTEN;
  }

  #markStart(block: number): void {
    if (block <= 0 || block >= this.#g.blocks) return;
    const at = this.#phys + block;
    const apart = this.#s[at] !== 0 && this.#s[at - 1] !== 0 && this.#s[at] !== this.#s[at - 1]! + 1;
    if (apart) this.#s[this.#extents + block]! |= V.EXTENT_BREAK;
    else this.#s[this.#extents + block]! &= ~V.EXTENT_BREAK;
  }

  /** xfs_bmap_adjacent(): beside the neighbouring record that is nearer, else at the inode. */
  #wanted(from: number, to: number, delalloc: boolean): number {
    const n = to - from;
    let prev = from - 1;
    while (prev >= 0 && this.#type(prev) === V.HOLE) prev--;
    let next = to;
    while (next < this.#g.blocks && this.#type(next) === V.HOLE) next++;
    const prevEnd = prev >= 0 && this.#isReal(prev) ? this.#s[this.#phys + prev]! : -1;
    const gap = from - 1 - prev;
    if (next === this.#g.blocks && !delalloc) return prevEnd >= 0 ? prevEnd + gap : this.#disk.inode;
    let before = -1;
    let distance = 0;
    if (prevEnd >= 0) {
      before = gap <= 4 * n ? prevEnd + gap : prevEnd;
      distance = gap <= 4 * n ? gap : 2 * gap;
    }
    if (!delalloc && this.#type(next) !== V.DELALLOC) {
      const start = this.#s[this.#phys + next]! - 1;
      const space = next - from;
      const near = space <= 4 * n;
      const after = near ? start - space : start - n;
      const afterDistance = near ? space : 2 * space - n;
      if (prevEnd < 0 || distance > afterDistance) return after;
    }
    return prevEnd >= 0 ? before : this.#disk.inode;
  }

  /** Of the free extents that hold n blocks, smallest first, the place nearest to `wanted`. */
  #near(wanted: number, n: number): number {
    let best = -1;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const [start, end] of this.#freeExtents(n)) {
      const room = this.#trimBusy(start, end, n);
      if (room === undefined) continue;
      const place = room[0] >= wanted || room[1] < wanted + n ? room[0] : wanted;
      const distance = Math.abs(place - wanted);
      if (distance > bestDistance) continue;
      bestDistance = distance;
      best = place;
      if (distance === 0) break;
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

  #trimBusy(from: number, to: number, n: number): [number, number] | undefined {
    let start = from;
    let end = to;
    const limit = Math.min(to, this.#disk.blocks);
    for (let b = from; b < limit; ) {
      if (this.#s[this.#use + b] !== BUSY_START) {
        b++;
        continue;
      }
      const busyStart = b++;
      while (b < limit && this.#s[this.#use + b] === BUSY) b++;
      if (end - start < n) return undefined;
      if (end <= busyStart || start >= b) continue;
      if (busyStart <= start) {
        if (end <= b) return undefined;
        start = b;
      } else if (b >= end || busyStart - start >= n) end = busyStart;
      else if (end - b >= 4 * n) start = b;
      else return undefined;
    }
    return end - start >= n ? [start, end] : undefined;
  }
}
