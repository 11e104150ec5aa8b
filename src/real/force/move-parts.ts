/** What a move of a kernel is about, and which of its moves wait for another. */
import { pageByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { IoendFlag } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import type { Wait } from "./forced-moves.js";

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
  if (t?.pc !== Pc.E_PAGE) return false;
  for (let p = k.pageOfCell(t.pos); p < k.pageRoundUp(t.end); p++)
    if (k.isEvictable(p) && isHeld(p)) return true;
  return false;
}
