/**
 * What ->iomap_end does with new delalloc that a write did not use: truncate the page cache and punch (6.0), or
 * scan for dirty folios under invalidate_lock and punch around them (6.2)
 * (xfs_buffered_write_iomap_end(), fs/xfs/xfs_iomap.c; iomap_write_delalloc_release(), fs/iomap/buffered-io.c).
 */

import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { firstAndNext, type Place, type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { IomapFlag } from "../objects/iomap.js";
import { HELD_INVALIDATE_EXCL } from "../objects/locks.js";
import { keepFolio } from "./dropbehind.js";
import { truncatePagecacheRange } from "./truncate-pagecache.js";

const atPunch: Place = (k, t) => k.g.blockCell[t.punchFrom]!;
const atScan: Place = (_k, t) => t.scanPos;

export const delallocPunchSteps: readonly StepDef[] = [
  ...firstAndNext(Pc.P_BEGIN, Pc.P_BEGIN_NEXT, "xfs_buffered_write_iomap_end", {
    where: atPunch,
    when: lockFree,
    run: lockAndClean,
  }),
  step(Pc.P_PUNCH, "xfs_bmap_punch_delalloc_range", {
    boundary: true,
    where: atPunch,
    run: (k, t) => {
      punch(k, t, t.punchFrom, t.punchEnd);
      leave(k, t);
    },
  }),
  ...firstAndNext(Pc.P_SCAN, Pc.P_SCAN_NEXT, "iomap_write_delalloc_scan", {
    where: atScan,
    when: dataIsUnlocked,
    run: scan,
  }),
  step(Pc.P_SEEK_HOLE, "iomap_write_delalloc_scan", {
    // Reclaim can take a clean folio at any time; what it leaves is looked for again, or warned of.
    boundary: (f) => !f.releaseRescans || !f.punchUnderInvalidateLock,
    where: atScan,
    when: (k, t) => seekHole(k, t) >= 0,
    run: findDataEnd,
  }),
  ...firstAndNext(Pc.P_FOLIO, Pc.P_FOLIO_NEXT, "iomap_write_delalloc_scan", {
    where: atScan,
    when: (k, t) => !k.folios.isLocked(k.g.cellPage[t.scanPos]!),
    run: scanFolio,
  }),
  step(Pc.P_PUNCH_REST, "xfs_bmap_punch_delalloc_range", {
    // invalidate_lock keeps faults from filling and dirtying what the scan did not find.
    boundary: (f) => !f.punchUnderInvalidateLock,
    where: (_k, t) => t.keptEnd,
    run: (k, t) => {
      const from = k.fixes.eofPunchCure ? k.blockRoundUp(t.keptEnd) : k.blockOfCell(t.keptEnd);
      if (k.tracer !== null && from < t.punchEnd && k.g.blockCell[from]! < t.keptEnd) {
        const asked = k.bytes(t.keptEnd, k.g.blockCell[t.punchEnd]!);
        k.note(t, `is asked for ${asked}, takes whole blocks`);
      }
      punch(k, t, from, t.punchEnd);
      leave(k, t);
    },
  }),
];

/**
 * Starts the cleanup after an iteration of a write, if its map was a new reservation that it did not use up.
 */
export function startPunch(k: Kernel, t: Thread): boolean {
  if (t.mapType !== ExtentType.DELALLOC || (t.mapFlags & IomapFlag.NEW) === 0) return false;
  const stale = (t.mapFlags & IomapFlag.STALE) !== 0;
  if (stale && !k.fixes.punchOnStale) return false;
  const start = t.pos > t.iterPos ? k.blockRoundUp(t.pos) : k.g.cellBlock[t.pos]!;
  const end = Math.min(t.mapEnd, k.blockRoundUp(t.end));
  if (start >= end) return false;
  t.punchFrom = start;
  t.punchEnd = end;
  t.pc = stale ? Pc.P_BEGIN_NEXT : Pc.P_BEGIN;
  return true;
}

function lockFree(k: Kernel): boolean {
  return !k.fixes.punchUnderInvalidateLock || k.invalidate.isFree();
}

function lockAndClean(k: Kernel, t: Thread): void {
  if (k.fixes.punchUnderInvalidateLock) k.invalidate.acquire(t);
  const { g } = k;
  const from = g.blockCell[t.punchFrom]!;
  const to = g.blockCell[t.punchEnd]!;
  for (let p = g.cellPage[from]!; p <= g.cellPage[to - 1]!; p++) {
    if (k.folios.has(p, FolioFlag.PRESENT | FolioFlag.DIRTY)) {
      k.reach(Window.DIRTY_IN_PUNCH);
      break;
    }
  }
  if (!k.fixes.punchSkipsDirty) {
    truncatePagecacheRange(k, t, from, to, Pc.P_PUNCH);
    return;
  }
  t.keptEnd = from;
  t.scanPos = from;
  t.pc = Pc.P_SCAN;
}

/** End of the scan, cells: i_size or the end of the range. */
function scanEnd(k: Kernel, t: Thread): number {
  const end = k.g.blockCell[t.punchEnd]!;
  return k.fixes.scanLimitEof ? Math.min(k.isize, end) : end;
}

/** mapping_seek_hole_data(SEEK_DATA) from `cell`: first cell of an uptodate block below the scan's end, or -1. */
function seekData(k: Kernel, t: Thread, cell: number): number {
  const end = scanEnd(k, t);
  let c = cell;
  while (c < end) {
    const block = k.g.cellBlock[c]!;
    if (k.folios.blockHas(block, BlockFlag.UPTODATE)) return c;
    c = k.g.blockCell[block + 1]!;
  }
  return -1;
}

/** Whether folio_seek_hole_data() gets the lock of each folio up to the next data: it asks those that are not uptodate. */
function dataIsUnlocked(k: Kernel, t: Thread): boolean {
  const data = seekData(k, t, t.scanPos);
  const end = scanEnd(k, t);
  if (t.scanPos >= end) return true;
  const last = data < 0 ? k.pageRoundUp(end) - 1 : k.g.cellPage[data]!;
  for (let p = k.pageOfCell(t.scanPos); p <= last; p++) if (isLockedInPart(k, p)) return false;
  return true;
}

const isLockedInPart = ({ folios }: Kernel, page: number): boolean =>
  folios.isLocked(page) && folios.has(page, FolioFlag.PRESENT) && !folios.has(page, FolioFlag.UPTODATE);

function scan(k: Kernel, t: Thread): void {
  const data = seekData(k, t, t.scanPos);
  if (data >= 0) t.scanPos = data;
  t.pc = data < 0 ? Pc.P_PUNCH_REST : Pc.P_SEEK_HOLE;
}

/**
 * mapping_seek_hole_data(SEEK_HOLE) from `scanPos`: the cell at which data that hangs together ends, over as many folios as
 * have it, or -1 while one that is not uptodate is locked.
 */
function seekHole(k: Kernel, t: Thread): number {
  const { g, folios } = k;
  const end = scanEnd(k, t);
  let c = t.scanPos;
  while (c < end) {
    const block = g.cellBlock[c]!;
    if (c > t.scanPos && g.gapBefore[block] === 1) break;
    if (isLockedInPart(k, g.cellPage[c]!)) return -1;
    if (!folios.blockHas(block, BlockFlag.UPTODATE)) break;
    c = g.blockCell[block + 1]!;
  }
  return Math.min(c, end);
}

function findDataEnd(k: Kernel, t: Thread): void {
  const end = seekHole(k, t);
  if (end > t.scanPos) {
    t.dataEnd = end;
    t.pc = Pc.P_FOLIO;
    return;
  }
  if (!k.fixes.releaseRescans) k.judge.warned(k, t, t.scanPos);
  k.note(t, "the data that it found is gone");
  t.pc = Pc.P_SCAN_NEXT;
}

/** One folio of the data: if it is dirty, punch up to it and go on behind it. */
function scanFolio(k: Kernel, t: Thread): void {
  const { g, folios } = k;
  const data = t.scanPos;
  const page = g.cellPage[data]!;
  const end = Math.min(t.dataEnd, folios.endCell(page));
  // Reclaim can have taken it since.
  if (folios.has(page, FolioFlag.PRESENT)) {
    folios.lock(page, t);
    keepFolio(k, page);
    if (folios.has(page, FolioFlag.DIRTY)) keepDirty(k, t, data, end);
    folios.unlock(page, t);
  }
  t.scanPos = end;
  if (end < t.dataEnd) t.pc = Pc.P_FOLIO_NEXT;
  else {
    t.dataEnd = 0;
    t.pc = Pc.P_SCAN_NEXT;
  }
}

function keepDirty(k: Kernel, t: Thread, from: number, to: number): void {
  const { g, folios } = k;
  if (from > t.keptEnd) punch(k, t, k.blockOfCell(t.keptEnd), k.blockRoundUp(from));
  if (k.fixes.dirtyPerBlock && folios.hasState(g.cellPage[from]!)) {
    for (let b = g.cellBlock[from]!; b < k.blockRoundUp(to); b++)
      if (!folios.blockHas(b, BlockFlag.DIRTY)) punch(k, t, b, b + 1);
  }
  t.keptEnd = to;
  if (k.tracer !== null) k.note(t, `keeps dirty ${k.bytes(from, to)}`);
}

/** xfs_bmap_punch_delalloc_range() over blocks `[from, to)`, under ILOCK exclusive. */
function punch(k: Kernel, t: Thread, from: number, to: number): void {
  if (from >= to) return;
  k.ilock.acquire(t);
  const punched = k.extents.punchDelalloc(from, to);
  k.ilock.release(t);
  if (k.tracer !== null) {
    const range = k.blockBytes(from, to);
    k.note(
      t,
      punched ? `punches delalloc ${range}, seq ${k.extents.sequence}` : `no delalloc left in ${range}`,
    );
  }
}

function leave(k: Kernel, t: Thread): void {
  if ((t.held & HELD_INVALIDATE_EXCL) !== 0) k.invalidate.release(t);
  t.punchFrom = 0;
  t.punchEnd = 0;
  t.pc = Pc.W_ADVANCE;
}
