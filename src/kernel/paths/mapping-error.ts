/**
 * Errors of the mapping (mapping_set_error(), include/linux/pagemap.h; filemap_check_errors(),
 * file_check_and_advance_wb_err(), mm/filemap.c): one flag that the next who flushes gets and clears, and per open file
 * description whether an error came since it was last told.
 */

import type { Kernel } from "../machine/kernel.js";
import { Global } from "../machine/layout.js";
import type { Thread } from "../machine/thread.js";
import { clearInodeFlag, hasInodeFlag, InodeFlag, setInodeFlag } from "./eofblocks.js";

/** Writeback failed: the flag is set, and every description has something to be told. */
export function setMappingError(k: Kernel): void {
  const { descriptions, descriptionCount } = k.layout;
  k.s[Global.PENDING_ERROR] = 1;
  k.s.fill(1, descriptions, descriptions + descriptionCount);
  setInodeFlag(k, InodeFlag.ERROR_UNSEEN);
}

/**
 * errseq_sample(): a description that is opened is told of the last error only when nobody has been. Where errors are the
 * mapping's alone, it makes no difference who asks.
 */
export function sampleError(k: Kernel, t: Thread): void {
  if (k.fixes.errorPerDescription && !hasInodeFlag(k, InodeFlag.ERROR_UNSEEN))
    k.s[k.layout.descriptions + k.descriptionOf(t)] = 0;
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
  if (unreported) clearInodeFlag(k, InodeFlag.ERROR_UNSEEN);
  return unreported;
}
