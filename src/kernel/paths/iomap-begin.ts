/**
 * Looking up and reserving extents for writes and write faults, under ILOCK exclusive
 * (xfs_buffered_write_iomap_begin() and xfs_iomap_prealloc_size(), fs/xfs/xfs_iomap.c, 6.0).
 */

import { Choice } from "../machine/choices.js";
import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import type { Thread } from "../machine/thread.js";
import { EXTENT_NAMES, ExtentType } from "../objects/extent-types.js";
import { Cookie, IomapFlag } from "../objects/iomap.js";

/** Default allocsize, bytes: speculative preallocation starts at this i_size and is at least this long. */
export const ALLOCSIZE = 65536;

/** Loads the record (or hole) that holds `block` into the thread's map, without flags. */
export function loadRecord(k: Kernel, t: Thread, block: number): void {
  t.mapType = k.extents.type(block);
  t.mapStart = k.extents.recordStart(block);
  t.mapEnd = k.extents.recordEnd(block);
  t.mapFlags = 0;
  if (k.tracer !== null) noteMap(k, t);
}

function noteMap(k: Kernel, t: Thread): void {
  const blocks = k.blockBytes(t.mapStart, t.mapEnd);
  const isNew = (t.mapFlags & IomapFlag.NEW) !== 0 ? " NEW" : "";
  k.note(t, `maps ${blocks} ${EXTENT_NAMES[t.mapType]}${isNew}, seq ${k.extents.sequence}`);
}

/**
 * Maps `block` for a write that ends at cell `end`: the whole record that is there, or a new delalloc reservation.
 * Returns false when the reservation fails with ENOSPC.
 */
export function bufferedWriteIomapBegin(k: Kernel, t: Thread, block: number, end: number): boolean {
  k.ilock.acquire(t);
  const inherited = (t.mapFlags & IomapFlag.INHERITED_NEW) !== 0;
  let ok = true;
  if (k.extents.type(block) !== ExtentType.HOLE) {
    loadRecord(k, t, block);
    if (inherited) t.mapFlags = IomapFlag.NEW;
  } else if (k.fault(Choice.RESERVATION_FAILURE, 2) !== 0) {
    t.clearMap();
    k.note(t, "reservation fails: ENOSPC");
    ok = false;
  } else {
    const holeEnd = k.extents.recordEnd(block);
    const wanted = Math.min(k.blockRoundUp(end), holeEnd);
    const reserved = Math.max(wanted, Math.min(preallocEnd(k, block, end, holeEnd), holeEnd));
    k.extents.reserve(block, reserved, wanted);
    t.mapType = ExtentType.DELALLOC;
    t.mapStart = block;
    t.mapEnd = reserved;
    t.mapFlags = IomapFlag.NEW;
    if (k.tracer !== null) noteMap(k, t);
  }
  if (ok && k.fixes.validate && k.fixes.cookieUnderIlock) t.cookie = Cookie.CURRENT;
  k.ilock.release(t);
  return ok;
}

/** Block past the speculative preallocation of a write to `block` that ends at cell `end`; 0 when there is none. */
function preallocEnd(k: Kernel, block: number, end: number, holeEnd: number): number {
  const { g } = k;
  if (end <= k.isize || boundaryByte(g, k.isize) < ALLOCSIZE) return 0;
  for (let b = holeEnd; b < g.blocks; b++) if (k.extents.type(b) !== ExtentType.HOLE) return 0;
  const minimum = ALLOCSIZE / g.blockSize;
  let blocks = minimum;
  if (block > 0 && g.gapBefore[block] === 0 && k.extents.type(block - 1) !== ExtentType.HOLE) {
    let start = k.extents.recordStart(block - 1);
    let length = block - start;
    while (start > 0 && g.gapBefore[start] === 0 && k.extents.type(start - 1) > ExtentType.DELALLOC) {
      const before = k.extents.recordStart(start - 1);
      length += start - before;
      start = before;
    }
    blocks = Math.max(minimum, 2 ** Math.floor(Math.log2(length * 2)));
  }
  const lastByte = boundaryByte(g, end) - 1;
  const alignedByte = lastByte - (lastByte % ALLOCSIZE);
  const endByte = alignedByte + blocks * g.blockSize;
  let b = block;
  while (b < g.blocks && g.cellStart[g.blockCell[b]!]! < endByte) b++;
  return b;
}
