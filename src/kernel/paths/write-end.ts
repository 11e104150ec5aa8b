/**
 * The end of one pass of a write: how many of the copied bytes are accepted, and where the write goes on
 * (iomap_write_end(), __iomap_write_end(), fs/iomap/buffered-io.c, 6.0).
 */

import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { fromPipe } from "../machine/pipe.js";
import { CallFlag, NO_PAGE, type Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { pagecacheIsizeExtended } from "./truncate-pagecache.js";

/** Takes over what the copy brought, in the locked folio and in i_size, and unlocks the folio. */
export function writeEnd(k: Kernel, t: Thread): void {
  const { g, folios } = k;
  const page = t.lockedPage;
  const op = k.opOf(t);
  const copied = t.copyEnd;
  const uptodate = folios.has(page, FolioFlag.UPTODATE);
  let accepted = copied;
  if (copied < t.chunkEnd && !uptodate)
    accepted = k.fixes.shortCopyCure ? acceptedBlocks(k, t.pos, copied) : t.pos;
  if (accepted > t.pos || uptodate) {
    const through = k.fixes.shortCopyCure ? accepted : t.chunkEnd;
    // The cure allocates the per-block state that a folio overwritten as a whole does without.
    if (accepted > t.pos && accepted < t.chunkEnd) folios.attachState(page);
    if (!uptodate) folios.setBlocksUptodate(page, g.cellBlock[t.pos]!, k.blockRoundUp(through));
    if (accepted > t.pos) folios.dirty(page, g.cellBlock[t.pos]!, k.blockRoundUp(accepted));
    else if (!k.fixes.shortCopyCure) folios.set(page, FolioFlag.DIRTY);
  }
  if (accepted < copied) k.reach(Window.SHORT_COPY);
  if (op.does.copies) for (let c = t.pos; c < accepted; c++) k.judge.accepted(k, c, c + 1, fromPipe(k, t, c));
  else k.judge.accepted(k, t.pos, accepted, op.value);
  const oldSize = k.isize;
  // With nothing accepted, i_size still rises to a position past it.
  if (accepted > oldSize && (accepted > t.pos || !k.fixes.shortCopyCure)) {
    k.isize = accepted;
    k.judge.grew(k, oldSize);
  }
  folios.unlock(page, t);
  t.lockedPage = NO_PAGE;
  t.copyEnd = 0;
  const start = t.pos;
  const rejected = k.fixes.shortCopyNoWriteFailed ? accepted === start : accepted < t.chunkEnd;
  const tail = rejected && t.chunkEnd > Math.max(accepted, k.isize);
  t.pos = accepted;
  if (k.tracer !== null && accepted < copied)
    k.note(t, `accepts ${accepted === start ? "nothing" : k.bytes(start, accepted)}`);
  if (accepted === start && copied > start) {
    t.retryEnd = copied;
    t.setFlag(CallFlag.CHUNK_LIMITED);
  }
  if (tail) t.pc = Pc.W_FAILED;
  else if (accepted === start || (t.pos < t.end && t.pos < g.blockCell[t.mapEnd]!)) t.pc = Pc.W_FAULT_IN;
  else t.pc = Pc.W_ITER_END;
  if (k.isize > oldSize) pagecacheIsizeExtended(k, t, oldSize, start, t.pc);
}

/** short-copy-cure: whole copied blocks, and copied bytes of blocks that were uptodate before. */
function acceptedBlocks(k: Kernel, from: number, copied: number): number {
  if (copied === from) return from;
  const last = k.g.cellBlock[copied - 1]!;
  if (k.g.blockCell[last + 1] === copied || k.folios.blockHas(last, BlockFlag.UPTODATE)) return copied;
  return Math.max(from, k.g.blockCell[last]!);
}
