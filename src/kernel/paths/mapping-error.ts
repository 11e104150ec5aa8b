/**
 * Errors of the mapping (mapping_set_error(), include/linux/pagemap.h; filemap_check_errors(),
 * file_check_and_advance_wb_err(), mm/filemap.c): one flag that the next who flushes gets and clears, and per open file
 * description whether an error came since it was last told.
 */

import type { Kernel } from "../machine/kernel.js";
import { Global } from "../machine/layout.js";
import type { Thread } from "../machine/thread.js";

/** Writeback failed: the flag is set, and every description has something to be told. */
export function setMappingError(k: Kernel): void {
  const { descriptions, descriptionCount } = k.layout;
  k.s[Global.PENDING_ERROR] = 1;
  k.s.fill(1, descriptions, descriptions + descriptionCount);
}

/** filemap_check_errors(): whether there was an error since the last check; it is forgotten. */
export function takePendingError(k: Kernel): boolean {
  const pending = k.s[Global.PENDING_ERROR] !== 0;
  k.s[Global.PENDING_ERROR] = 0;
  return pending;
}

/** file_check_and_advance_wb_err(): whether the thread's description has not been told of an error; now it is. */
export function reportError(k: Kernel, t: Thread): boolean {
  const { descriptions, descriptionCount } = k.layout;
  const at = descriptions + k.descriptionOf(t);
  const unreported = k.s[at] !== 0;
  if (k.fixes.errorPerDescription) k.s[at] = 0;
  else k.s.fill(0, descriptions, descriptions + descriptionCount);
  k.s[Global.PENDING_ERROR] = 0;
  return unreported;
}
