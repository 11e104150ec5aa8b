/**
 * What a kernel does besides the model, with the same outcome: page faults and writeback passes hold references to folios
 * that they have found, which reclaim respects, and a fault is made again when it had to read.
 */
import { pageByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { CallFlag, IoendFlag, type Thread } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";

/**
 * A fault that had to read its page let go of mmap_lock for that, and is made again from its start (VM_FAULT_RETRY of
 * filemap_fault()): it takes its locks anew. The model goes on at once, which ends alike.
 */
export function retryFault(k: Kernel, t: Thread, label: number): void {
  if (label === Pc.S_READ_MAP && t.pc === Pc.S_MKWRITE) {
    t.clearFlag(CallFlag.FAULTED);
    t.pc = Pc.S_FAULT;
  } else if (label === Pc.L_READ_MAP && t.pc === Pc.L_LOAD) {
    k.folios.unmap(k.pageOfCell(t.pos));
    t.pc = Pc.L_FAULT;
  }
}

/**
 * A fault that found the folio has a reference to it until it is mapped, and a writeback pass to those of its range that
 * it has looked up: reclaim leaves them alone.
 */
export function isReferenced(k: Kernel, page: number): boolean {
  const end = k.folios.end(page);
  return k.programThreads.some((t) => {
    if (t.wbFirst < end && page < t.wbLast) return true;
    const at = t.pc === Pc.DONE ? -1 : k.pageOfCell(t.pos);
    return t.hasFlag(CallFlag.FAULTED) && at >= page && at < end;
  });
}

/** Whether the thread is about to drop pages, one of which the model would let it have. */
export function dropsReferenced(k: Kernel, index: number): boolean {
  const t = k.threads[index];
  if (t?.pc !== Pc.E_PAGE) return false;
  for (let p = k.pageOfCell(t.pos); p < k.pageRoundUp(t.end); p++)
    if (k.folios.isEvictable(p) && isReferenced(k, p)) return true;
  return false;
}

/** Bytes of the folio that holds a page. */
export function bytesOf({ folios, g }: Kernel, page: number): { readonly from: number; readonly to: number } {
  return { from: pageByte(g, folios.head(page)), to: pageByte(g, folios.end(page) - 1) + g.pageSize };
}

/** The inode's completions that need a transaction are one work: the next waits for the one before. */
export function needsWorker(k: Kernel, index: number): boolean {
  const w = k.threads[index];
  return w !== undefined && (w.hasFlag(IoendFlag.APPEND) || w.mapType === ExtentType.UNWRITTEN);
}
