/**
 * fallocate: preallocation, punch hole and zero range, and the start of collapse and insert range (shift-range.ts), under IOLOCK and invalidate_lock exclusive
 * (xfs_file_fallocate(), fs/xfs/xfs_file.c; xfs_free_file_space(), xfs_alloc_file_space(),
 * fs/xfs/xfs_bmap_util.c, 6.0).
 */
import { Choice } from "../machine/choices.js";
import { Errno } from "../machine/errors.js";
import { boundaryByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type StepDef, step } from "../machine/step.js";
import { CallFlag, type Thread } from "../machine/thread.js";
import { ExtentType } from "../objects/extent-types.js";
import { Value } from "../objects/values.js";
import type { OpName } from "../ops.js";
import { InodeFlag, setInodeFlag } from "./eofblocks.js";
import { typeOfAllocated } from "./map-blocks.js";
import { canShift, startInsert } from "./shift-range.js";
import { setSize, takesIolock } from "./truncate.js";
import { truncatePagecacheRange } from "./truncate-pagecache.js";
import { writeAndWait } from "./writeback.js";
import { startZeroRange } from "./zero-range.js";

export const fallocateSteps: readonly StepDef[] = [
  step(Pc.FA_LOCK, "xfs_file_fallocate", takesIolock(Pc.FA_INVALIDATE_LOCK)),
  step(Pc.FA_INVALIDATE_LOCK, "xfs_file_fallocate", {
    when: (k) => k.invalidate.isFree(),
    run: (k, t) => {
      k.invalidate.acquire(t);
      const { kind } = k.opOf(t);
      const flushesFirst = kind === "collapse" && k.fixes.fallocFlushesFirst;
      if (!flushesFirst && !canMove(k, t)) fail(t, Errno.EINVAL);
      else if (allocatesOnly(kind)) t.pc = Pc.FA_ALLOC;
      else if (kind === "insert") startInsert(k, t);
      else {
        k.judge.changing(k, t.pos, t.end);
        writeAndWait(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), Pc.FA_FLUSHED);
      }
    },
  }),
  step(Pc.FA_FLUSHED, "xfs_flush_unmap_range", {
    boundary: true,
    run: (k, t) => {
      const from = k.g.pageCell[k.pageOfCell(t.pos)]!;
      const to = k.g.pageCell[k.pageRoundUp(t.end)]!;
      if (t.wbError !== 0) fail(t, t.wbError);
      else truncatePagecacheRange(k, t, from, to, Pc.FA_UNMAP);
    },
  }),
  step(Pc.FA_UNMAP, "xfs_unmap_extent", {
    boundary: true,
    run: (k, t) => {
      if (!canMove(k, t)) {
        fail(t, Errno.EINVAL);
        return;
      }
      k.ilock.acquire(t);
      k.extents.unmap(k.blockRoundUp(t.pos), k.blockOfCell(t.end));
      k.ilock.release(t);
      const to = Math.min(t.end, k.isize);
      if (t.pos >= to) t.pc = Pc.FA_EOF_FLUSHED;
      else {
        k.judge.zeroed(k, t.pos, to);
        startZeroRange(k, t, t.pos, to, Pc.FA_ZEROED);
      }
    },
  }),
  step(Pc.FA_ZEROED, "xfs_free_file_space", {
    run: (k, t) => {
      const to = Math.min(t.end, k.isize);
      const page = k.pageRoundUp(to) - 1;
      t.wbError = 0;
      if (t.status !== 0) {
        // Whole blocks are gone; what was to be zeroed at the ends may still stand.
        k.judge.gaveUp(k, t.pos, Math.min(to, k.g.blockCell[k.blockRoundUp(t.pos)]!));
        k.judge.gaveUp(k, Math.max(t.pos, k.g.blockCell[k.blockOfCell(t.end)]!), to);
        fail(t, t.status);
      } else if (k.fixes.zeroingFlushesEofPage && to >= k.isize && flushesEofPage(k, to)) {
        writeAndWait(k, t, k.fixes.punchFlushEofPage ? page : 0, k.g.pages, Pc.FA_EOF_FLUSHED);
      } else t.pc = Pc.FA_EOF_FLUSHED;
    },
  }),
  step(Pc.FA_EOF_FLUSHED, "xfs_file_fallocate", {
    run: (k, t) => {
      if (t.wbError !== 0) fail(t, t.wbError);
      else {
        const { kind } = k.opOf(t);
        k.judge.changed(k);
        if (kind === "collapse") t.pc = Pc.FA_SHIFT_TRIM;
        else if (kind === "write_zeroes" && t.end > k.isize) {
          t.setFlag(CallFlag.SIZE_FIRST);
          setSize(k, t, t.end);
        } else if (kind === "write_zeroes") t.pc = Pc.FA_ALLOC;
        else t.pc = kind === "zero" ? Pc.FA_ALLOC : Pc.TR_RETURN;
      }
    },
  }),
  step(Pc.FA_ALLOC, "xfs_alloc_file_space", {
    run: (k, t) => {
      k.ilock.acquire(t);
      const zeroes = k.opOf(t).kind === "write_zeroes";
      if (!zeroes) setInodeFlag(k, InodeFlag.PREALLOC);
      t.status = zeroes ? writeZeroes(k, t) : allocFileSpace(k, t);
      k.ilock.release(t);
      if (t.status === 0 && !k.opOf(t).keepSize && t.end > k.isize) setSize(k, t, t.end);
      else t.pc = Pc.TR_RETURN;
    },
  }),
];

/** Whether the end of what was zeroed lies within a page; the inverted mask asks whether it lies past the first. */
function flushesEofPage(k: Kernel, to: number): boolean {
  if (k.fixes.punchFlushEofPage) return k.g.pageCell[k.pageRoundUp(to)] !== to;
  return boundaryByte(k.g, to) >= k.g.pageSize;
}

/** Whether what is behind the range can move; other calls move nothing. */
function canMove(k: Kernel, t: Thread): boolean {
  const { moves } = k.opOf(t).does;
  return moves === undefined || canShift(k, t, moves === "up");
}

/** With nothing shared, FALLOC_FL_UNSHARE_RANGE leaves it at that. */
const allocatesOnly = (kind: OpName): boolean => kind === "fallocate" || kind === "unshare";

/** Block past what fallocate allocates; before e093c4be760e as many from its first one on as its length has. */
function allocationEnd(k: Kernel, t: Thread): number {
  const end = k.blockRoundUp(t.end);
  if (k.fixes.fallocRoundsTail || !allocatesOnly(k.opOf(t).kind)) return end;
  const { blockSize } = k.g;
  const [from, to] = [boundaryByte(k.g, t.pos), boundaryByte(k.g, t.end)];
  const first = Math.floor(from / blockSize);
  const blocks = Math.ceil((to - from) / blockSize);
  return first + blocks < Math.ceil(to / blockSize) ? end - 1 : end;
}

/**
 * xfs_alloc_file_space(): until all is allocated, xfs_bmapi_write() turns what is left of one hole into unwritten, or of one
 * delalloc record, which used to be the whole record. Returns 0 or an error. The loop is one step: with both locks held only
 * writeback could come in between, which does the same to delalloc.
 */
function allocFileSpace(k: Kernel, t: Thread): number {
  const { extents } = k;
  const to = allocationEnd(k, t);
  let apart = -1;
  for (let b = k.blockOfCell(t.pos); b < to; ) {
    const type = extents.type(b);
    if (type >= ExtentType.UNWRITTEN) {
      b++;
      continue;
    }
    if (k.fault(Choice.ALLOCATION_FAILURE, 2) !== 0) {
      k.note(t, "allocation fails: ENOSPC");
      return Errno.ENOSPC;
    }
    const isDelalloc = type === ExtentType.DELALLOC;
    const isWhole = isDelalloc && !k.fixes.bmapiWriteTrimsDelalloc;
    const start = isWhole ? extents.recordStart(b) : b;
    const wanted = isWhole ? extents.recordEnd(b) : Math.min(extents.recordEnd(b), to);
    const short = k.fault(Choice.SHORT_ALLOCATION, wanted - start);
    const end = short === 0 ? wanted : start + short;
    const as = isDelalloc ? typeOfAllocated(k) : ExtentType.UNWRITTEN;
    extents.allocate(start, end, short !== 0 && isDelalloc, as);
    if (start === apart) extents.startApart(start);
    apart = short === 0 ? -1 : end;
    if (k.tracer !== null && short !== 0) k.note(t, `allocates ${k.blockBytes(start, end)} only`);
    if (end > b) b = end;
    else if (!k.fixes.fallocAllocatesOn) {
      k.note(t, "none of it is in the range: ENOSPC");
      return Errno.ENOSPC;
    }
  }
  return 0;
}

/**
 * xfs_alloc_file_space() with XFS_BMAPI_CONVERT | XFS_BMAPI_ZERO: whatever is not written becomes so, and its blocks are zeroed on
 * disk before anybody can find them. Returns 0 or an error.
 */
function writeZeroes(k: Kernel, t: Thread): number {
  const { extents } = k;
  const to = k.blockRoundUp(t.end);
  for (let b = k.blockOfCell(t.pos); b < to; ) {
    const type = extents.type(b);
    let end = Math.min(extents.recordEnd(b), to);
    if (type < ExtentType.UNWRITTEN) {
      if (k.fault(Choice.ALLOCATION_FAILURE, 2) !== 0) {
        k.note(t, "allocation fails: ENOSPC");
        return Errno.ENOSPC;
      }
      const short = k.fault(Choice.SHORT_ALLOCATION, end - b);
      if (short !== 0) end = b + short;
      extents.allocate(b, end, short !== 0, ExtentType.WRITTEN);
    } else if (type === ExtentType.UNWRITTEN) extents.convert(b, end, true);
    if (type !== ExtentType.WRITTEN)
      for (let c = k.g.blockCell[b]!; c < k.g.blockCell[end]!; c++) k.disk.write(c, Value.ZERO);
    b = end;
  }
  return 0;
}

function fail(t: Thread, error: number): void {
  t.status = error;
  t.pc = Pc.TR_RETURN;
}
