/**
 * madvise(MADV_DONTNEED) of a shared mapping: its page table entries go, the page cache keeps what they showed (madvise_dontneed_free(), mm/madvise.c).
 * An entry that was written through belongs to a folio that is dirty, so nothing is handed over.
 */
import { Pc } from "../machine/labels.js";
import { type StepDef, step } from "../machine/step.js";
import { returnFromOp } from "./system-call.js";

export const madviseSteps: readonly StepDef[] = [
  step(Pc.MA_ZAP, ["zap_page_range", ["6.3", "zap_page_range_single"]], {
    boundary: true,
    run: (k, t) => {
      for (let p = k.pageOfCell(t.pos); p < k.pageRoundUp(t.end); p++) k.folios.unmap(p);
      returnFromOp(k, t, t.end, 0);
    },
  }),
];
