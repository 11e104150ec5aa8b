/**
 * Filling a folio from the extent tree: invalidate_lock shared and the folio lock are taken before the map is, so
 * no cached map can be stale here (filemap_create_folio(), mm/filemap.c; iomap_readpage_iter(),
 * fs/iomap/buffered-io.c).
 */

import type { Kernel } from "../machine/kernel.js";
import { NO_PAGE, type Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { HELD_INVALIDATE_SHARED } from "../objects/locks.js";
import { Value } from "../objects/values.js";

/** Whether a read can take what it needs to fill the page. */
export function canFill(k: Kernel, page: number): boolean {
  return (!k.fixes.fillTakesInvalidateLock || k.invalidate.isFreeShared()) && !k.folios.isLocked(page);
}

/** A read takes invalidate_lock shared and the folio lock. Before 730633f0b7f9 the lock is XFS_MMAPLOCK, which only faults take. */
export function lockForRead(k: Kernel, t: Thread, page: number): void {
  if (k.fixes.fillTakesInvalidateLock) k.invalidate.acquireShared(t);
  lockToFill(k, t, page);
}

/** Takes the folio lock, creating the folio when it is absent; who fills it holds invalidate_lock, where that is taken. */
export function lockToFill(k: Kernel, t: Thread, page: number): void {
  if (!k.folios.has(page, FolioFlag.PRESENT)) {
    k.folios.insert(page);
    watchInsertion(k, page);
  }
  k.folios.lock(page, t);
  t.lockedPage = page;
}

/**
 * Reads or zeroes every block of the locked folio that is not uptodate, by the extent tree as it is now, and gives up
 * what was taken for it.
 */
export function fillFolio(k: Kernel, t: Thread): void {
  const { g, folios, isize } = k;
  const page = t.lockedPage;
  k.ilock.acquireShared(t);
  folios.attachState(page);
  for (let b = folios.firstBlock(page); b < folios.endBlock(page); b++) {
    if (folios.blockHas(b, BlockFlag.UPTODATE)) continue;
    const from = g.blockCell[b]!;
    const to = g.blockCell[b + 1]!;
    const onDisk = k.extents.type(b) === ExtentType.WRITTEN && from < isize;
    for (let c = from; c < to; c++) folios.fill(c, c + 1, onDisk ? k.disk.cell(c) : Value.ZERO);
    if (k.tracer !== null) k.note(t, `${onDisk ? "reads" : "zero-fills"} ${k.bytes(from, to)}`);
  }
  folios.setBlocksUptodate(page, folios.firstBlock(page), folios.endBlock(page));
  k.ilock.releaseShared(t);
  folios.unlock(page, t);
  if ((t.held & HELD_INVALIDATE_SHARED) !== 0) k.invalidate.releaseShared(t);
  t.lockedPage = NO_PAGE;
}

function watchInsertion(k: Kernel, page: number): void {
  const from = k.folios.firstBlock(page);
  for (const t of k.programThreads) {
    if (t.punchEnd > from && k.blockOfCell(t.truncFrom) < k.folios.endBlock(page)) {
      k.reach(Window.INSERTED_DURING_PUNCH);
      return;
    }
  }
}
