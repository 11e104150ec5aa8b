/**
 * Collapse and insert range: what lies behind the range is brought to disk from one block before it on, dropped from the page
 * cache, and its extents move within the file, under IOLOCK and invalidate_lock exclusive (xfs_prepare_shift(),
 * xfs_collapse_file_space(), xfs_insert_file_space(), fs/xfs/xfs_bmap_util.c). Collapse punches the range before and sets the
 * size afterwards, insert sets it first. The extents move one by one in a chain of transactions that keeps ILOCK; before
 * 5.6 it is dropped in between, which nobody can use: what moves is neither cached nor can it be faulted in.
 */
import { boundaryByte, cellAtOrAfter } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type StepDef, step } from "../machine/step.js";
import { CallFlag, type Thread } from "../machine/thread.js";
import { freeEofblocks } from "./eofblocks.js";
import { setSize } from "./truncate.js";
import { truncatePagecacheRange } from "./truncate-pagecache.js";
import { writeAndWait } from "./writeback.js";

export const shiftRangeSteps: readonly StepDef[] = [
  step(Pc.FA_EOF_CLEAN, "xfs_falloc_insert_range", {
    run: (k, t) => {
      t.status = t.wbError;
      if (t.status !== 0) t.pc = Pc.TR_RETURN;
      else growFirst(k, t);
    },
  }),
  step(Pc.FA_SHIFT_TRIM, "xfs_prepare_shift", {
    boundary: true,
    run: (k, t) => {
      freeEofblocks(k, t);
      if (k.fixes.shiftFlushesCache) writeAndWait(k, t, firstPage(k, t), k.g.pages, Pc.FA_SHIFT_FLUSHED);
      else t.pc = Pc.FA_SHIFT;
    },
  }),
  step(Pc.FA_SHIFT_FLUSHED, "xfs_flush_unmap_range", {
    boundary: true,
    run: (k, t) => {
      t.status = t.wbError;
      if (t.status !== 0) t.pc = Pc.TR_RETURN;
      else truncatePagecacheRange(k, t, k.g.pageCell[firstPage(k, t)]!, k.g.cells, Pc.FA_SHIFT);
    },
  }),
  step(Pc.FA_SHIFT, "xfs_bmap_shift_update_extent", {
    boundary: true,
    run: (k, t) => {
      const { from, to, does } = k.opOf(t);
      const [first, end] = [k.blockOfCell(from), k.blockOfCell(to)];
      const isUp = does.moves === "up";
      k.ilock.acquire(t);
      if (isUp) k.extents.shift(first, end);
      else k.extents.shift(end, first);
      k.ilock.release(t);
      if (k.tracer !== null)
        k.note(t, `extents behind ${k.bytes(from, to)} move ${does.moves}, seq ${k.extents.sequence}`);
      if (isUp) {
        k.judge.shifted(k, from, to);
        t.pc = Pc.TR_RETURN;
      } else {
        k.judge.shifted(k, to, from);
        setSize(k, t, moved(k, k.isize, to, from));
      }
    },
  }),
];

/** Whole blocks; collapse ends before EOF, insert starts there. */
export function canShift({ g, isize }: Kernel, t: Thread, isUp: boolean): boolean {
  const isAligned = [t.pos, t.end].every(
    (cell) => cell === g.cells || g.blockCell[g.cellBlock[cell]!] === cell,
  );
  return isAligned && (isUp ? t.pos : t.end) < isize;
}

/** Insert makes the file longer first; both locks are held. */
export function startInsert(k: Kernel, t: Thread): void {
  const page = k.pageOfCell(k.isize);
  if (k.fixes.insertFlushesEof) writeAndWait(k, t, page, page + 1, Pc.FA_EOF_CLEAN);
  else growFirst(k, t);
}

function growFirst(k: Kernel, t: Thread): void {
  t.setFlag(CallFlag.SIZE_FIRST);
  setSize(k, t, moved(k, k.isize, t.pos, t.end));
}

/** Where cell boundary `at` goes when what is at `from` goes to `to`. */
function moved({ g }: Kernel, at: number, from: number, to: number): number {
  return cellAtOrAfter(g, boundaryByte(g, at) + boundaryByte(g, to) - boundaryByte(g, from));
}

/** The page of the block before the range, or of its first. */
function firstPage(k: Kernel, t: Thread): number {
  const before = k.fixes.shiftFlushesFromBefore ? 1 : 0;
  return k.folios.pageOf(Math.max(0, k.blockOfCell(k.opOf(t).from) - before));
}
