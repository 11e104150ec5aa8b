/**
 * iomap_zero_range() as EOF zeroing, truncate and fallocate use it: holes and unwritten extents are skipped by the
 * map alone, other blocks are zeroed folio by folio through the page cache (iomap_zero_iter(),
 * fs/iomap/buffered-io.c; IOMAP_ZERO in xfs_buffered_write_iomap_begin(), fs/xfs/xfs_iomap.c).
 */
import { boundaryByte } from "../geometry.js";
import type { Kernel } from "../kernel.js";
import { Pc } from "../labels.js";
import type { StepDef } from "../step.js";
import { F_DID_ZERO, F_RANGE_FLUSHED, type Thread } from "../thread.js";
import * as V from "../values.js";
import { W_ZERO_SKIPS_DIRTY } from "../windows.js";
import { loadRecord } from "./iomap-begin.js";
import { watchStaleMap, writeBegin } from "./write-begin.js";
import { startWriteback, WB_SYNC_ALL, WB_WAIT } from "./writeback.js";

export const zeroRangeSteps: readonly StepDef[] = [
  { at: Pc.Z_BEGIN, fn: "xfs_buffered_write_iomap_begin", boundary: false, run: begin },
  { at: Pc.Z_BEGIN_NEXT, fn: "xfs_buffered_write_iomap_begin", boundary: true, run: begin },
  {
    at: Pc.Z_COOKIE,
    fn: "xfs_bmbt_to_iomap",
    boundary: true,
    run: (_k, t) => {
      t.cookie = V.COOKIE_CURRENT;
      t.pc = Pc.Z_LOCK;
    },
  },
  {
    at: Pc.Z_LOCK,
    fn: "iomap_write_begin",
    boundary: true,
    when: (k, t) => !k.folios.isLocked(k.g.cellPage[t.zeroPos]!),
    run: (k, t) => {
      const page = k.g.cellPage[t.zeroPos]!;
      if (!k.folios.has(page, V.PRESENT)) k.folios.insert(page);
      k.folios.lock(page, t);
      watchStaleMap(k, t);
      if (k.fixes.validate && t.cookie === V.COOKIE_BUMPED) {
        k.folios.unlock(page, t);
        t.clearMap();
        k.note(t, "map is stale");
        t.pc = Pc.Z_BEGIN_NEXT;
        return;
      }
      t.folio = page + 1;
      t.chunk = Math.min(t.zeroEnd, k.g.pageCell[page + 1]!, k.g.blockCell[t.mapEnd]!);
      writeBegin(k, t, page, t.zeroPos, t.chunk);
      t.pc = Pc.Z_WRITE;
    },
  },
  {
    at: Pc.Z_WRITE,
    fn: "iomap_zero_iter",
    boundary: false,
    run: (k, t) => {
      const { g, folios } = k;
      const page = t.folio - 1;
      folios.fill(t.zeroPos, t.chunk, V.ZERO);
      folios.setBlocksUptodate(page, g.cellBlock[t.zeroPos]!, k.blockRoundUp(t.chunk));
      folios.dirty(page, g.cellBlock[t.zeroPos]!, k.blockRoundUp(t.chunk));
      if (t.chunk > k.isize) k.isize = t.chunk;
      folios.unlock(page, t);
      if (k.tracer !== null) k.note(t, `zeroes ${g.cellStart[t.zeroPos]}..${boundaryByte(g, t.chunk)}`);
      t.setFlag(F_DID_ZERO);
      t.zeroPos = t.chunk;
      t.chunk = 0;
      t.folio = 0;
      if (t.zeroPos >= t.zeroEnd) finish(t);
      else if (t.zeroPos < g.blockCell[t.mapEnd]!) t.pc = Pc.Z_LOCK;
      else t.pc = Pc.Z_BEGIN_NEXT;
    },
  },
  {
    at: Pc.Z_FLUSHED,
    fn: "iomap_zero_iter_flush_and_stale",
    boundary: false,
    run: (_k, t) => {
      t.setFlag(F_RANGE_FLUSHED);
      t.pc = Pc.Z_BEGIN_NEXT;
    },
  },
];

/** Zeroes cells `[from, to)`, then goes on at label `ret`. */
export function startZeroRange(_k: Kernel, t: Thread, from: number, to: number, ret: number): void {
  t.zeroPos = from;
  t.zeroEnd = to;
  t.zeroRet = ret;
  t.clearFlag(F_RANGE_FLUSHED);
  t.pc = from < to ? Pc.Z_BEGIN : ret;
}

function begin(k: Kernel, t: Thread): void {
  const { g } = k;
  k.ilock.acquire(t);
  loadRecord(k, t, g.cellBlock[t.zeroPos]!);
  if (k.fixes.validate && k.fixes.cookieUnderIlock) t.cookie = V.COOKIE_CURRENT;
  k.ilock.release(t);
  if (t.mapType !== V.HOLE && t.mapType !== V.UNWRITTEN) {
    t.pc = k.fixes.validate && !k.fixes.cookieUnderIlock ? Pc.Z_COOKIE : Pc.Z_LOCK;
    return;
  }
  const end = Math.min(t.zeroEnd, g.blockCell[t.mapEnd]!);
  t.clearMap();
  if (k.fixes.eofZeroCure && !t.hasFlag(F_RANGE_FLUSHED) && needsWriteback(k, t.zeroPos, t.zeroEnd)) {
    const first = g.cellPage[t.zeroPos]!;
    startWriteback(k, t, first, k.pageRoundUp(t.zeroEnd), WB_SYNC_ALL | WB_WAIT, Pc.Z_FLUSHED);
    return;
  }
  if (anyFolio(k, t.zeroPos, end, V.DIRTY)) k.reach(W_ZERO_SKIPS_DIRTY);
  if (k.tracer !== null) k.note(t, `skips ${g.cellStart[t.zeroPos]}..${boundaryByte(g, end)}`);
  t.zeroPos = end;
  if (t.zeroPos >= t.zeroEnd) finish(t);
  else t.pc = Pc.Z_BEGIN_NEXT;
}

/** filemap_range_needs_writeback() over cells `[from, to)`: a dirty, locked or written-back folio. */
function needsWriteback(k: Kernel, from: number, to: number): boolean {
  for (let p = k.g.cellPage[from]!; p < k.pageRoundUp(to); p++) {
    if ((k.folios.flags(p) & (V.DIRTY | V.WRITEBACK)) !== 0 || k.folios.isLocked(p)) return true;
  }
  return false;
}

function anyFolio(k: Kernel, from: number, to: number, flag: number): boolean {
  for (let p = k.g.cellPage[from]!; p < k.pageRoundUp(to); p++) if (k.folios.has(p, flag)) return true;
  return false;
}

function finish(t: Thread): void {
  t.clearMap();
  t.pc = t.zeroRet;
  t.zeroPos = 0;
  t.zeroEnd = 0;
  t.zeroRet = 0;
  t.clearFlag(F_RANGE_FLUSHED);
}
