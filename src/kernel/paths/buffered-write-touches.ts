/**
 * What the steps of a buffered write read and write at most, each with all that is merged with it
 * (paths/buffered-write.ts).
 */

import type { Kernel } from "../machine/kernel.js";
import { BUDGET_FATAL_SIGNAL, BUDGET_RESERVATION_FAILURE, BUDGET_SHORT_COPY } from "../machine/program.js";
import { CallFlag, type Thread } from "../machine/thread.js";
import {
  BUDGET,
  diskBit,
  EXTENTS,
  folioBit,
  IOLOCK,
  ISIZE,
  pagesBits,
  SEQ,
  type TouchSet,
  UNDEFINED,
} from "../machine/touches.js";
import { ExtentType } from "../objects/extent-types.js";
import { Cookie, IomapFlag } from "../objects/iomap.js";
import { touchIomapBegin } from "./iomap-begin.js";

export function touchBegin(k: Kernel, t: Thread, set: TouchSet): void {
  if (k.budget(BUDGET_RESERVATION_FAILURE) > 0) set.all();
  else touchIomapBegin(k, set, k.g.cellBlock[t.pos]!);
}

/** Locking, validating and initialising the folio at `pos`; ground truth for windows reads the extents. */
export function touchLock(k: Kernel, t: Thread, set: TouchSet): void {
  const page = k.g.cellPage[t.pos]!;
  set.write(folioBit(page));
  set.read(EXTENTS | ISIZE);
  if (k.budget(BUDGET_FATAL_SIGNAL) > 0) {
    set.write(BUDGET);
    touchIterEnd(k, t, set);
  }
  if (t.mapType === ExtentType.WRITTEN) set.read(diskBit(page));
  if (!k.fixes.validate) return;
  set.read(SEQ);
  if (t.cookie === Cookie.BUMPED) touchIterEnd(k, t, set);
}

/** Copy and write_end; exact where the copy cannot come up short and the size stays. */
export function touchCopy(k: Kernel, t: Thread, set: TouchSet): void {
  const op = k.opOf(t);
  const mayBeShort =
    op.faultAt < t.chunkEnd ||
    (op.shortCopy > t.pos && op.shortCopy < t.chunkEnd) ||
    k.budget(BUDGET_SHORT_COPY) > 0;
  if (mayBeShort || k.isize < t.pos) {
    set.all();
    return;
  }
  set.write(folioBit(t.lockedPage));
  set.read(ISIZE);
  if (t.chunkEnd > k.isize) set.write(ISIZE);
  if (t.chunkEnd >= t.end) touchReturn(k, Math.max(k.isize, t.chunkEnd), set);
}

/** ->iomap_end and what follows when the iteration stops at `pos`: the cleanup, the next map or the return. */
export function touchIterEnd(k: Kernel, t: Thread, set: TouchSet): void {
  if (
    (t.mapType === ExtentType.DELALLOC && (t.mapFlags & IomapFlag.NEW) !== 0) ||
    t.hasFlag(CallFlag.CLEARED_SPACE)
  )
    set.all();
  else touchReturn(k, k.isize, set);
}

function touchReturn(k: Kernel, isize: number, set: TouchSet): void {
  set.write(IOLOCK | UNDEFINED);
  set.read(ISIZE);
  set.write(pastEof(k, isize));
}

/** The pages whose ghost past EOF the judge settles when a call that may extend the file begins and ends. */
export function pastEof(k: Kernel, isize: number): number {
  return isize < k.g.cells ? pagesBits(folioBit, k.g.cellPage[isize]!, k.g.pages) : 0;
}
