/**
 * IOLOCK (i_rwsem), invalidate_lock (XFS: MMAPLOCK), folio locks and ILOCK (i_lock), with shared and exclusive
 * modes, and a record of which lock was taken while which was held (fs/xfs/xfs_inode.c, mm/filemap.c).
 */

import { broken, Checks } from "../machine/checks.js";
import { Global, LOCKED_EXCLUSIVE, type StateArray } from "../machine/layout.js";
import type { Thread } from "../machine/thread.js";

/** Bits of `Thread.held`, in nesting order. */
export const HELD_IOLOCK_EXCL = 1;
export const HELD_IOLOCK_SHARED = 2;
export const HELD_INVALIDATE_EXCL = 4;
export const HELD_INVALIDATE_SHARED = 8;
export const HELD_FOLIO = 16;
export const HELD_ILOCK_EXCL = 32;
export const HELD_ILOCK_SHARED = 64;
export const LOCK_MODES = 7;
/** Names by bit number: lock and mode. */
export const LOCK_MODE_NAMES: readonly string[] = [
  "IOLOCK exclusive",
  "IOLOCK shared",
  "invalidate_lock exclusive",
  "invalidate_lock shared",
  "folio lock",
  "ILOCK exclusive",
  "ILOCK shared",
];

/** A lock that can be held shared or exclusive, in one word of the state. */
export class SharedLock {
  readonly #s: StateArray;
  readonly #at: number;
  readonly #exclBit: number;
  readonly #sharedBit: number;
  readonly #order: LockOrder;

  constructor(s: StateArray, at: number, exclBit: number, sharedBit: number, order: LockOrder) {
    this.#s = s;
    this.#at = at;
    this.#exclBit = exclBit;
    this.#sharedBit = sharedBit;
    this.#order = order;
  }

  isFree(): boolean {
    return this.#s[this.#at] === 0;
  }
  isFreeShared(): boolean {
    return this.#s[this.#at] !== LOCKED_EXCLUSIVE;
  }
  acquire(t: Thread): void {
    if (Checks.ON && !this.isFree()) broken(`thread ${t.index} takes a lock that is held`);
    this.#order.record(t.held, this.#exclBit);
    this.#s[this.#at] = LOCKED_EXCLUSIVE;
    t.held |= this.#exclBit;
  }
  acquireShared(t: Thread): void {
    if (Checks.ON && !this.isFreeShared()) broken(`thread ${t.index} shares a lock that is held`);
    this.#order.record(t.held, this.#sharedBit);
    this.#s[this.#at]!++;
    t.held |= this.#sharedBit;
  }
  release(t: Thread): void {
    this.#s[this.#at] = 0;
    t.held &= ~this.#exclBit;
  }
  releaseShared(t: Thread): void {
    this.#s[this.#at]!--;
    t.held &= ~this.#sharedBit;
  }
}

/** Modes whose edges share a word, LOCK_MODES bits each. */
const MODES_PER_WORD = 4;

/** Edges "took B while holding A" seen since the last reset, packed, so that a step's are two words. */
export class LockOrder {
  /** For heldAt(). */
  readonly edges = new Int32Array(2);

  record(held: number, bit: number): void {
    const mode = 31 - Math.clz32(bit);
    this.edges[(mode / MODES_PER_WORD) | 0]! |= held << (LOCK_MODES * (mode % MODES_PER_WORD));
  }
  reset(): void {
    this.edges[0] = 0;
    this.edges[1] = 0;
  }
}

/** Of packed edges, what was held when the lock was taken in this mode: HELD_* bits. */
export function heldAt(edges: Int32Array, mode: number): number {
  const word = edges[(mode / MODES_PER_WORD) | 0]!;
  return (word >>> (LOCK_MODES * (mode % MODES_PER_WORD))) & ((1 << LOCK_MODES) - 1);
}

export interface Locks {
  readonly iolock: SharedLock;
  readonly invalidate: SharedLock;
  readonly ilock: SharedLock;
  readonly order: LockOrder;
}

export function makeLocks(s: StateArray): Locks {
  const order = new LockOrder();
  return {
    order,
    iolock: new SharedLock(s, Global.IOLOCK, HELD_IOLOCK_EXCL, HELD_IOLOCK_SHARED, order),
    invalidate: new SharedLock(s, Global.INVALIDATE, HELD_INVALIDATE_EXCL, HELD_INVALIDATE_SHARED, order),
    ilock: new SharedLock(s, Global.ILOCK, HELD_ILOCK_EXCL, HELD_ILOCK_SHARED, order),
  };
}
