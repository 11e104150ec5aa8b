/**
 * What RWF_DONTCACHE leaves of the page cache: a folio that was created for such a call goes when it has been read or written
 * back, unless somebody else came for it meanwhile (filemap_end_dropbehind(), mm/filemap.c, 6.16).
 */
import type { Kernel } from "../machine/kernel.js";
import type { Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { BlockFlag } from "../objects/folios.js";

/** The folio that holds `page` was created for a call that wants nothing kept. */
export function markDropbehind(k: Kernel, page: number): void {
  k.folios.setBlock(k.folios.firstBlock(page), BlockFlag.DROPBEHIND);
}

export function isDropbehind(k: Kernel, page: number): boolean {
  return k.folios.blockHas(k.folios.firstBlock(page), BlockFlag.DROPBEHIND);
}

/** Somebody looked the folio up for something else: it stays (__filemap_get_folio()). */
export function keepFolio(k: Kernel, page: number): void {
  if (isDropbehind(k, page)) k.folios.clearBlock(k.folios.firstBlock(page), BlockFlag.DROPBEHIND);
}

/**
 * The folio has been read, or its writeback has ended: it goes if it is marked so, clean, and its lock is free. That zeroing holds
 * on to it would not keep it on a kernel; the model lets it stay then. It is never mapped: faults look it up, and nobody maps
 * what lies around.
 */
export function endDropbehind(k: Kernel, t: Thread, page: number): void {
  const { folios } = k;
  if (!isDropbehind(k, page) || !folios.isEvictable(folios.head(page))) return;
  keepFolio(k, page);
  if (k.coveredByWriteMap(folios.firstBlock(page), folios.endBlock(page)))
    k.reach(Window.EVICTED_WHILE_MAPPED);
  if (k.tracer !== null) k.note(t, `drops page ${k.g.cellStart[folios.firstCell(page)]}`);
  k.dropFolio(page);
}
