/**
 * A program as the kernel model runs it: operations in cells, grouped by thread. The scenario compiler makes it.
 */
import type { Geometry } from "./geometry.js";

export const OP_WRITE = 1;
export const OP_STORE = 2;
export const OP_LOAD = 3;
export const OP_READ = 4;
export const OP_WRITEBACK = 5;
export const OP_FSYNC = 6;
export const OP_EVICT = 7;
export const OP_TRUNCATE = 8;
export const OP_FALLOCATE = 9;
export const OP_PUNCH = 10;
export const OP_ZERO_RANGE = 11;
export const OP_SYNC_RANGE = 12;
export const OP_FADVISE = 13;

export interface KernelOp {
  readonly code: number;
  /** Cells `[from, to)`; a truncate has its new size in both. */
  readonly from: number;
  readonly to: number;
  /** Write: first unreadable source cell, or `to`. */
  readonly faultAt: number;
  /** Write: cell where the first atomic copy that reaches it stops, or -1. */
  readonly shortCopy: number;
  /** FALLOC_FL_KEEP_SIZE. */
  readonly keepSize: boolean;
  /** Value of the bytes that a write or store puts down; 0 for other operations. */
  readonly value: number;
}

/** Indices of the budget counters of the state. */
export const BUDGET_SHORT_ALLOCATION = 0;
export const BUDGET_ALLOCATION_FAILURE = 1;
export const BUDGET_RESERVATION_FAILURE = 2;
export const BUDGET_DEVICE_ERROR = 3;
export const BUDGET_SHORT_COPY = 4;
export const BUDGET_FATAL_SIGNAL = 5;
export const BUDGET_EVICTIONS = 6;
export const BUDGETS = 7;

export interface KernelProgram {
  readonly geometry: Geometry;
  /** i_size in cells before setup. */
  readonly initialSize: number;
  readonly setup: readonly KernelOp[];
  readonly threads: readonly (readonly KernelOp[])[];
  /** BUDGETS counters. */
  readonly budget: readonly number[];
  /** One more than the largest data value. */
  readonly values: number;
  /** A fault budget shared by all fault kinds; Infinity when each has only its own. */
  readonly faultCap: number;
  /** Where blocks lie on disk, when that is modelled; else neighbours in the file are neighbours on disk. */
  readonly disk?: ModelDisk;
}

/** Disk blocks `[from, to)`. */
export type DiskExtent = readonly [number, number];

/** The allocation group that the file's blocks come from. */
export interface ModelDisk {
  /** Disk blocks that the model keeps; the last free extent goes on past them. */
  readonly blocks: number;
  /** Free extents `[from, to)` of disk blocks before the file's first block. */
  readonly free: readonly DiskExtent[];
  /** Those of them that a file before has left busy, in the order in which they were freed. */
  readonly busy?: readonly DiskExtent[];
  /** Disk block of the inode. */
  readonly inode: number;
  /** Extent records that fit into the inode; more have a btree. */
  readonly inodeRecords: number;
  /** Whether the btree's leaf is put near the inode, not near the data that needed it (since 6.3). */
  readonly leafAtInode: boolean;
}
