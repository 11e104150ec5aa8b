/** What a move of a kernel is about, and which of its moves wait for another. */
import { evictables } from "../../force/stops.js";
import { boundaryByte, cellOfBlock, pageByte, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { IoendFlag, type Thread } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import type { ForcedMove, Wait } from "./forced-moves.js";

/** Bytes of the folio that holds a page. */
export function bytesOf({ folios, g }: Kernel, page: number): { readonly from: number; readonly to: number } {
  return { from: pageByte(g, folios.head(page)), to: pageByte(g, folios.end(page) - 1) + g.pageSize };
}

/** The inode's completions that need a transaction are one work: the next waits for the one before. */
export function needsWorker(k: Kernel, index: number): boolean {
  const w = k.threads[index];
  return w !== undefined && (w.hasFlag(IoendFlag.APPEND) || w.mapType === ExtentType.UNWRITTEN);
}

/**
 * A fault that waits for a folio's lock, or in page_mkwrite, has begun, and so found the folio; the model has it begin when it
 * need not wait any more.
 */
export function holdsFolio(k: Kernel, index: number, label: number, wait: Wait, page: number): boolean {
  const isFault = (label === Pc.S_FAULT || label === Pc.L_FAULT) && wait === "folio lock";
  const at = k.pageOfCell(k.threads[index]?.pos ?? 0);
  return (isFault || label === Pc.S_MKWRITE) && at < k.g.pages && k.folios.head(at) === k.folios.head(page);
}

/** Whether the thread is about to drop pages, one of which it would not get. */
export function dropsHeld(k: Kernel, index: number, isHeld: (page: number) => boolean): boolean {
  const t = k.threads[index];
  if (t?.pc !== Pc.E_PAGE && t?.pc !== Pc.E_FADVISE) return false;
  for (let p = k.pageOfCell(t.pos); p < k.pageRoundUp(t.end); p++)
    if (k.isEvictable(p) && isHeld(p)) return true;
  return false;
}

/** The folio that reclaim would take for this answer to its choice, as a move. */
export function evictionOf(k: Kernel, answer: number): ForcedMove | undefined {
  const page = evictables(k)[answer];
  return page === undefined ? undefined : { do: "evict", ...bytesOf(k, page) };
}

/** Bytes `[from, to)` of an ioend. */
export function bytesSent({ g }: Kernel, { ioStart, ioEnd }: Thread): readonly [number, number] {
  return [startByte(g, cellOfBlock(g, ioStart)), boundaryByte(g, cellOfBlock(g, ioEnd))];
}

/** Notes when blocks are allocated right before others of their type: the model has them next to each other on disk. */
export function watchAllocations({ extents, g }: Kernel): { isMade: boolean } {
  const meeting = { isMade: false };
  const allocate = extents.allocate.bind(extents);
  extents.allocate = (from, to, breakAfter, as) => {
    meeting.isMade ||= !breakAfter && to < g.blocks && extents.type(to) === as;
    allocate(from, to, breakAfter, as);
  };
  return meeting;
}
