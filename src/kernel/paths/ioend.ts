/**
 * ioends: runs of blocks of one type that writeback gathers and submits; each is a kworker from birth
 * (iomap_add_to_ioend(), iomap_submit_ioend(), fs/iomap/buffered-io.c; xfs_prepare_ioend(), fs/xfs/xfs_aops.c).
 */

import { broken } from "../machine/checks.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { IoendFlag, type Thread } from "../machine/thread.js";
import { ExtentFlag } from "../objects/extent-types.js";
import { BlockFlag } from "../objects/folios.js";
import { isDropbehind } from "./dropbehind.js";

function freeIoend(k: Kernel): Thread | undefined {
  const { kworkers } = k;
  for (let i = 0; i < kworkers.length; i++) if (kworkers[i]!.pc === Pc.DONE) return kworkers[i];
  return undefined;
}

/** Whether one more ioend has room; kernels know no limit, and layout.ts has more than a pass can need at once. */
export function hasFreeIoend(k: Kernel): boolean {
  return freeIoend(k) !== undefined;
}

/** The ioend that the thread still adds to. */
function growing(k: Kernel, t: Thread): Thread | undefined {
  const { kworkers } = k;
  for (let i = 0; i < kworkers.length; i++) {
    const w = kworkers[i]!;
    if (w.owner === t.index + 1 && w.hasFlag(IoendFlag.GROWING)) return w;
  }
  return undefined;
}

/**
 * iomap_add_to_ioend(): the block joins the growing ioend if it is of the same type and the next one in the file and on
 * disk (iomap_can_add_to_ioend()). Else that one is complete, and sent at once or when the folio is done.
 */
export function addToIoend(k: Kernel, t: Thread, block: number, type: number): void {
  k.folios.setBlock(block, BlockFlag.WRITEBACK);
  const drops = isDropbehind(k, k.folios.pageOf(block));
  const last = growing(k, t);
  if (last !== undefined) {
    const apart = k.g.gapBefore[block] === 1 || (k.s[k.extents.at + block]! & ExtentFlag.BREAK) !== 0;
    const isLike = last.mapType === type && last.hasFlag(IoendFlag.DROPBEHIND) === drops;
    if (last.ioEnd === block && isLike && !apart) {
      last.ioEnd = block + 1;
      return;
    }
    if (k.fixes.wbSubmitsAtOnce) submit(k, last, false);
    else last.clearFlag(IoendFlag.GROWING);
  }
  const fresh = freeIoend(k) ?? broken("no room for an ioend");
  k.usedKworkers = Math.max(k.usedKworkers, fresh.index - k.layout.programThreads + 1);
  fresh.pc = Pc.C_ENDIO;
  fresh.ioStart = block;
  fresh.ioEnd = block + 1;
  fresh.mapType = type;
  fresh.flags = IoendFlag.QUEUED | IoendFlag.GROWING | (drops ? IoendFlag.DROPBEHIND : 0);
  fresh.owner = t.index + 1;
}

/** Submits, or fails unsubmitted, what the folio at hand completed; the ioend that still grows stays. */
export function submitQueuedIoends(k: Kernel, t: Thread, failed: boolean): void {
  const { kworkers } = k;
  for (let i = 0; i < kworkers.length; i++) {
    const w = kworkers[i]!;
    if (w.owner === t.index + 1 && !w.hasFlag(IoendFlag.GROWING)) submit(k, w, failed);
  }
}

export function submitGrowingIoend(k: Kernel, t: Thread, failed: boolean): void {
  const last = growing(k, t);
  if (last !== undefined) submit(k, last, failed);
}

function submit(k: Kernel, w: Thread, failed: boolean): void {
  w.owner = 0;
  w.flags = failed ? IoendFlag.ERROR : 0;
  if (k.g.blockCell[w.ioEnd]! > k.diskSize && (k.isize > k.diskSize || endsPastEof(k)))
    w.setFlag(IoendFlag.APPEND);
}

/**
 * Whether an ioend is taken for one that appends by where its last block ends, past EOF or not (xfs_ioend_is_append()). The size
 * that its transaction sets is there already, so that it merges with the end.
 */
const endsPastEof = (k: Kernel): boolean => k.fine && !k.fixes.ioendClampsToEof;
