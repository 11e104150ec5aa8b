/**
 * A program as the kernel model runs it: operations in cells, grouped by thread. The scenario compiler makes it.
 */
import type { OpInfo } from "../op-info.js";
import { OPS, type OpName } from "../ops.js";
import type { Geometry } from "./geometry.js";

export interface KernelOp {
  readonly kind: OpName;
  /** What the table of operations says of its kind: looked up once, not as each call starts and ends. */
  readonly does: OpInfo<OpName>;
  /** Cells `[from, to)`; a truncate has its new size in both. */
  readonly from: number;
  readonly to: number;
  /** First unreadable source cell, or `to`. */
  readonly faultAt: number;
  /** Cell where the first atomic copy that reaches it stops, or -1. */
  readonly shortCopy: number;
  /** FALLOC_FL_KEEP_SIZE. */
  readonly keepSize: boolean;
  /** RWF_DONTCACHE. */
  readonly dontcache: boolean;
  /** Cell that the first one of the range is copied to; each has one there, and -1 where nothing is copied. */
  readonly target: number;
  /** Bytes, of an operation that takes a length: its cells are those at EOF when it runs, and `[from, to)` is the whole model. */
  readonly length: number;
  /** What it must return, where that is stated: see resultOf(). */
  readonly returns?: readonly number[] | undefined;
  /** Value of the bytes that the operation puts down, where it does. */
  readonly value: number;
}

/** An operation on cells `[from, to)`, plain but for `more`. */
export function kernelOp(kind: OpName, from: number, to: number, more: Partial<KernelOp> = {}): KernelOp {
  const { faultAt = to, shortCopy = -1, keepSize = false, dontcache = false, target = -1 } = more;
  const { length = 0, value = 0, returns } = more;
  const does = OPS[kind];
  // A name out of a text is another string than the same one in the source, which compares ten times as fast.
  return {
    kind: does.name,
    does,
    from,
    to,
    faultAt,
    shortCopy,
    keepSize,
    dontcache,
    target,
    length,
    value,
    returns,
  };
}

/**
 * What a call gives back that got to cell `done` with error `status`: an error below 0, the cell that it got to where
 * bytes are counted, else 0.
 */
export function resultOf({ kind, does, from }: KernelOp, done: number, status: number): number {
  const isCounted = kind === "read" || does.copies || (does.data === "copied" && kind !== "append");
  if (isCounted && done > from) return done;
  return status !== 0 ? -status : isCounted ? from : 0;
}

export interface KernelProgram {
  readonly geometry: Geometry;
  /** i_size in cells before setup. */
  readonly initialSize: number;
  readonly setup: readonly KernelOp[];
  readonly threads: readonly (readonly KernelOp[])[];
  /** Per thread its open file description, from 0, which is the setup's too; absent: all threads share that. */
  readonly descriptions?: readonly number[] | undefined;
  /** Which threads do their operations again and again; absent: none does. Some thread does not. */
  readonly repeats?: readonly boolean[] | undefined;
  /** A counter per kind of choice. */
  readonly budget: readonly number[];
  /** One more than the largest data value. */
  readonly values: number;
  /** A fault budget shared by all fault kinds, below BYTE_LIMIT; absent when each has only its own. */
  readonly faultCap?: number | undefined;
  /** Where blocks lie on disk, when that is modelled; else neighbours in the file are neighbours on disk. */
  readonly disk?: ModelDisk;
  /** Blocks that do not follow on disk the one before them in the file, where that is not modelled but known. */
  readonly apart?: readonly number[] | undefined;
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
