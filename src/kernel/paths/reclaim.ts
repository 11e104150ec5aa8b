/**
 * Reclaim of clean pages, as a thread with a budget or as an operation over a range (shrink_folio_list(),
 * mm/vmscan.c; invalidate_mapping_pages(), mm/truncate.c): content and per-block bits go, nothing on disk does. What fadvise
 * names it writes back first, and waits for nothing (generic_fadvise(), mm/fadvise.c).
 */

import { Choice } from "../machine/choices.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { Global } from "../machine/layout.js";
import type { KernelOp } from "../machine/program.js";
import { type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import * as Window from "../machine/windows.js";
import { FolioFlag } from "../objects/folios.js";
import { returnFromOp } from "./system-call.js";
import { flush, forgetTruncation, hasDirty, nextFolio } from "./writeback.js";

export const reclaimSteps: readonly StepDef[] = [
  step(Pc.K_RECLAIM, ["shrink_page_list", ["6.0", "shrink_folio_list"]], {
    boundary: true,
    when: (k) => k.evictionsLeft > 0 && isAnyEvictable(k),
    run: (k, t) => {
      let skip = k.choose(Choice.EVICT, countEvictable(k));
      for (let p = 0; p < k.g.pages; p++) {
        if (!k.isEvictable(p) || skip-- > 0) continue;
        evict(k, t, p);
        break;
      }
      k.s[Global.BUDGET + Choice.EVICT]!--;
      if (k.evictionsLeft === 0) t.pc = Pc.DONE;
    },
  }),
  step(Pc.E_FADVISE, "generic_fadvise", {
    boundary: true,
    run: (k, t) => {
      const [first, last] = [k.pageOfCell(t.pos), k.pageRoundUp(t.end)];
      if (hasDirty(k, first, last)) {
        flush(k, t, Pc.E_PAGE, first, last);
        nextFolio(k, t);
      } else {
        forgetTruncation(k);
        dropPage(k, t);
      }
    },
  }),
  step(Pc.E_PAGE, "invalidate_mapping_pages", { boundary: true, run: dropPage }),
];

function dropPage(k: Kernel, t: Thread): void {
  if (isOver(t)) {
    returnFromOp(k, t, t.end, 0);
    return;
  }
  const page = k.g.cellPage[t.pos]!;
  const op = k.opOf(t);
  const allowed = op.kind !== "fadvise" || canInvalidate(k, page, op);
  if (allowed && k.isEvictable(k.folios.head(page))) evict(k, t, page);
  else if (k.tracer !== null) k.note(t, `page ${k.g.cellStart[k.g.pageCell[page]!]} stays`);
  t.pos = k.folios.endCell(page);
  if (isOver(t)) returnFromOp(k, t, t.end, 0);
  else t.pc = Pc.E_PAGE;
}

/** A range in which no other operation names a page has no cells: nothing of it is ever cached. */
const isOver = (t: Thread): boolean => t.pos >= t.end;

/**
 * POSIX_FADV_DONTNEED takes unmapped folios that lie entirely inside; a last page that is cut by the end of the range
 * counts as inside when the range ends at EOF.
 */
function canInvalidate(k: Kernel, page: number, op: KernelOp): boolean {
  const last = op.to === k.isize ? k.pageRoundUp(op.to) : k.pageOfCell(op.to);
  if (k.folios.firstCell(page) < op.from || k.folios.end(page) > last) return false;
  for (let p = k.folios.head(page); p < k.folios.end(page); p++)
    if (k.folios.has(p, FolioFlag.PTE_PRESENT)) return false;
  return true;
}

function isAnyEvictable(k: Kernel): boolean {
  for (let p = 0; p < k.g.pages; p++) if (k.isEvictable(p)) return true;
  return false;
}

function countEvictable(k: Kernel): number {
  let n = 0;
  for (let p = 0; p < k.g.pages; p++) if (k.isEvictable(p)) n++;
  return n;
}

function evict(k: Kernel, t: Thread, page: number): void {
  if (k.coveredByWriteMap(k.folios.firstBlock(page), k.folios.endBlock(page)))
    k.reach(Window.EVICTED_WHILE_MAPPED);
  k.folios.remove(page);
  if (k.tracer !== null) k.note(t, `drops page ${k.g.cellStart[k.g.pageCell[page]!]}`);
}
