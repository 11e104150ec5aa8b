/**
 * I/O completion, in the order that everything rests on: data on disk, unwritten extents converted, sizes raised,
 * and only then writeback ended (xfs_end_bio(), xfs_end_ioend(), fs/xfs/xfs_aops.c; xfs_iomap_write_unwritten(),
 * fs/xfs/xfs_iomap.c; iomap_finish_ioends(), fs/iomap/buffered-io.c).
 */

import { Choice } from "../machine/choices.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { SHORT_REGISTERS } from "../machine/layout.js";
import { type Place, type StepDef, step, stepsAt } from "../machine/step.js";
import { IoendFlag, type Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { ExtentType } from "../objects/extent-types.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { endDropbehind } from "./dropbehind.js";
import { setMappingError } from "./mapping-error.js";

const atIoend: Place = (k, t) => k.g.blockCell[t.ioStart]!;

export const ioCompletionSteps: readonly StepDef[] = stepsAt(atIoend, [
  step(Pc.C_ENDIO, ["iomap_writepage_end_bio", ["6.17", "ioend_writeback_end_bio"]], {
    boundary: true,
    when: (_k, t) => !t.hasFlag(IoendFlag.QUEUED),
    run: (k, t) => {
      if (!t.hasFlag(IoendFlag.ERROR)) {
        if (k.fault(Choice.DEVICE_ERROR, 2) !== 0) {
          t.setFlag(IoendFlag.ERROR);
          k.note(t, "device write error");
        } else writeToDisk(k, t);
      }
      if (t.hasFlag(IoendFlag.ERROR)) t.pc = Pc.C_FINISH;
      else if (!needsTransaction(t)) finish(k, t);
      else if (k.fixes.completeBeforeEndWriteback) t.pc = transactionLabel(t);
      else t.pc = Pc.C_FINISH;
    },
  }),
  step(Pc.C_CONVERT, "xfs_iomap_write_unwritten", {
    boundary: true,
    run: (k, t) => {
      if (k.coveredByWriteMap(t.ioStart, t.ioEnd)) k.reach(Window.CONVERTED_WHILE_MAPPED);
      k.extents.convert(t.ioStart, t.ioEnd, k.fixes.seqBumpOnConvert);
      raiseDiskSize(k, t);
      if (k.tracer !== null)
        k.note(t, `${k.blockBytes(t.ioStart, t.ioEnd)} UNWRITTEN -> WRITTEN, seq ${k.extents.sequence}`);
      afterTransaction(k, t);
    },
  }),
  step(Pc.C_SETSIZE, "xfs_setfilesize", {
    boundary: true,
    run: (k, t) => {
      raiseDiskSize(k, t);
      afterTransaction(k, t);
    },
  }),
  step(Pc.C_FINISH, "iomap_finish_ioends", { boundary: true, run: finish }),
]);

function needsTransaction(t: Thread): boolean {
  return t.mapType === ExtentType.UNWRITTEN || t.hasFlag(IoendFlag.APPEND);
}
function transactionLabel(t: Thread): number {
  return t.mapType === ExtentType.UNWRITTEN ? Pc.C_CONVERT : Pc.C_SETSIZE;
}

/**
 * The device took the bytes that the cache held between submission and now; this moment stands for all of them. What a
 * stale map sent to blocks that are the file's no more is lost to it.
 */
function writeToDisk(k: Kernel, t: Thread): void {
  const from = k.g.blockCell[t.ioStart]!;
  const to = k.g.blockCell[t.ioEnd]!;
  k.judge.submitted(k, t, from, to);
  for (let c = from; c < to; c++)
    if (k.extents.type(k.g.cellBlock[c]!) >= ExtentType.UNWRITTEN) k.disk.write(c, k.folios.cell(c));
  if (k.tracer !== null) k.note(t, `${k.blockBytes(t.ioStart, t.ioEnd)} is on disk`);
}

function raiseDiskSize(k: Kernel, t: Thread): void {
  if (isBeyondDiskSize(k, t)) k.diskSize = endOf(k, t);
}

/** Whether the ioend of kworker `t` ends beyond i_disk_size, which another may have raised since it was sent (xfs_ioend_is_append()). */
export function isBeyondDiskSize(k: Kernel, t: Thread): boolean {
  return endOf(k, t) > k.diskSize;
}

function endOf(k: Kernel, t: Thread): number {
  return Math.min(k.isize, k.g.blockCell[t.ioEnd]!);
}

function afterTransaction(k: Kernel, t: Thread): void {
  if (k.fixes.completeBeforeEndWriteback) {
    t.pc = Pc.C_FINISH;
    t.mapType = 0;
    t.flags = 0;
  } else release(k, t);
}

/** folio_end_writeback() for each folio whose last block under writeback this was. */
function finish(k: Kernel, t: Thread): void {
  const { folios } = k;
  const failed = t.hasFlag(IoendFlag.ERROR);
  if (failed) setMappingError(k);
  for (let b = t.ioStart; b < t.ioEnd; b++) {
    folios.clearBlock(b, BlockFlag.WRITEBACK);
    if (failed && !isWrittenAgain(k, b)) {
      k.judge.writebackFailed(k, k.g.blockCell[b]!, k.g.blockCell[b + 1]!);
    }
  }
  for (let p = folios.pageOf(t.ioStart); p <= folios.pageOf(t.ioEnd - 1); p++) {
    folios.endWriteback(p);
    endDropbehind(k, t, p);
  }
  if (k.tracer !== null) k.note(t, `${k.blockBytes(t.ioStart, t.ioEnd)} ends writeback`);
  if (!failed && !k.fixes.completeBeforeEndWriteback && needsTransaction(t)) t.pc = transactionLabel(t);
  else release(k, t);
}

/** Whether the next writeback takes the block, which is dirty again, or whose folio is where that is all that counts. */
function isWrittenAgain(k: Kernel, block: number): boolean {
  const page = k.folios.pageOf(block);
  return k.folios.has(page, FolioFlag.DIRTY) && k.folios.needsWriteback(page, block);
}

/** The ioend is done; its slot is free again. */
function release(k: Kernel, t: Thread): void {
  // One by one: for so few a call of fill() costs more.
  for (let i = t.base, end = t.base + SHORT_REGISTERS; i < end; i++) k.s[i] = 0;
}
