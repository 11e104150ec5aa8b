/**
 * Reclaim of clean pages, as a thread with a budget or as an operation over a range (shrink_folio_list(),
 * mm/vmscan.c; invalidate_mapping_pages(), mm/truncate.c): content and per-block bits go, nothing on disk does.
 */
import { CHOICE_EVICT } from "../choices.js";
import type { Kernel } from "../kernel.js";
import { Pc } from "../labels.js";
import { G_BUDGET } from "../layout.js";
import { BUDGET_EVICTIONS, OP_FADVISE } from "../program.js";
import type { StepDef } from "../step.js";
import type { Thread } from "../thread.js";
import { folioBit } from "../touches.js";
import { PTE_PRESENT } from "../values.js";
import { W_EVICTED_WHILE_MAPPED } from "../windows.js";
import { returnFromOp } from "./return.js";

export const reclaimSteps: readonly StepDef[] = [
  {
    at: Pc.K_RECLAIM,
    fn: "shrink_folio_list",
    boundary: true,
    when: (k) => k.evictionsLeft > 0 && countEvictable(k) > 0,
    run: (k, t) => {
      let skip = k.choose(CHOICE_EVICT, countEvictable(k));
      for (let p = 0; p < k.g.pages; p++) {
        if (!k.folios.isEvictable(p) || skip-- > 0) continue;
        evict(k, t, p);
        break;
      }
      k.s[G_BUDGET + BUDGET_EVICTIONS]!--;
      if (k.evictionsLeft === 0) t.pc = Pc.DONE;
    },
  },
  {
    at: Pc.E_PAGE,
    fn: "invalidate_mapping_pages",
    boundary: true,
    touches: (k, t, set) => set.write(folioBit(k.g.cellPage[t.pos]!)),
    run: (k, t) => {
      const page = k.g.cellPage[t.pos]!;
      const op = k.opOf(t);
      const fadvise = op.code === OP_FADVISE;
      const whole = k.g.pageCell[page]! >= op.from && k.g.pageCell[page + 1]! <= op.to;
      const allowed = !fadvise || (whole && !k.folios.has(page, PTE_PRESENT));
      if (allowed && k.folios.isEvictable(page)) evict(k, t, page);
      else if (k.tracer !== null) k.note(t, `page ${k.g.cellStart[k.g.pageCell[page]!]} stays`);
      t.pos = k.g.pageCell[page + 1]!;
      if (t.pos >= t.end) returnFromOp(k, t, t.end, 0);
    },
  },
];

function countEvictable(k: Kernel): number {
  let n = 0;
  for (let p = 0; p < k.g.pages; p++) if (k.folios.isEvictable(p)) n++;
  return n;
}

function evict(k: Kernel, t: Thread, page: number): void {
  const first = k.folios.firstBlock(page);
  for (let b = first; b < k.folios.endBlock(page); b++) {
    if (k.coveredByWriteMap(b)) {
      k.reach(W_EVICTED_WHILE_MAPPED);
      break;
    }
  }
  k.folios.remove(page);
  if (k.tracer !== null) k.note(t, `drops page ${k.g.cellStart[k.g.pageCell[page]!]}`);
}
