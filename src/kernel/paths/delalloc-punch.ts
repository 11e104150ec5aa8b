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
    when: nextFolioUnlocked,
    run: scan,
  }),
  step(Pc.P_SEEK_HOLE, "iomap_write_delalloc_scan", {
    // Reclaim can take a clean folio at any time; what it leaves is looked for again, or warned of.
    boundary: (f) => !f.releaseRescans || !f.punchUnderInvalidateLock,
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

/** Whether the scan can go on: folio_seek_hole_data() takes the lock of each folio that is not uptodate, the scan that of one with data. */
function nextFolioUnlocked(k: Kernel, t: Thread): boolean {
  const data = seekData(k, t, t.scanPos);
  const end = scanEnd(k, t);
  if (t.scanPos >= end) return true;
  const last = data < 0 ? k.pageRoundUp(end) - 1 : k.g.cellPage[data]!;
  for (let p = k.pageOfCell(t.scanPos); p <= last; p++)
    if (k.folios.isLocked(p) && k.folios.has(p, FolioFlag.PRESENT)) return false;
  return true;
}

function scan(k: Kernel, t: Thread): void {
  const data = seekData(k, t, t.scanPos);
  if (data >= 0) t.scanPos = data;
  t.pc = data < 0 ? Pc.P_PUNCH_REST : Pc.P_SEEK_HOLE;
}

/** One folio of cached data, up to SEEK_HOLE: if it is dirty, punch up to it and go on behind it. */
function scanFolio(k: Kernel, t: Thread): void {
  const { g, folios } = k;
  const data = t.scanPos;
  if (!folios.blockHas(g.cellBlock[data]!, BlockFlag.UPTODATE)) {
    if (!k.fixes.releaseRescans) k.judge.warned(k, t, data);
    k.note(t, "the data that it found is gone");
    t.pc = Pc.P_SCAN_NEXT;
    return;
  }
  const page = g.cellPage[data]!;
  const end = scanEnd(k, t);
  const folioEnd = folios.endCell(page);
  let dataEnd = data;
  while (dataEnd < end && dataEnd < folioEnd && folios.blockHas(g.cellBlock[dataEnd]!, BlockFlag.UPTODATE)) {
    dataEnd = g.blockCell[g.cellBlock[dataEnd]! + 1]!;
  }
  dataEnd = Math.min(dataEnd, end);
  folios.lock(page, t);
  keepFolio(k, page);
  if (folios.has(page, FolioFlag.DIRTY)) {
    if (data > t.keptEnd) punch(k, t, k.blockOfCell(t.keptEnd), k.blockRoundUp(data));
    if (k.fixes.dirtyPerBlock && folios.hasState(page)) {
      for (let b = g.cellBlock[data]!; b < k.blockRoundUp(dataEnd); b++)
        if (!folios.blockHas(b, BlockFlag.DIRTY)) punch(k, t, b, b + 1);
    }
    t.keptEnd = dataEnd;
    if (k.tracer !== null) k.note(t, `keeps dirty ${k.bytes(data, dataEnd)}`);
  }
  folios.unlock(page, t);
  t.scanPos = dataEnd;
  t.pc = Pc.P_SCAN_NEXT;
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
