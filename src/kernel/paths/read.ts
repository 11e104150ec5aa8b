/**
 * A buffered read(): IOLOCK shared, page by page, filling what is not uptodate (xfs_file_buffered_read(),
 * fs/xfs/xfs_file.c; filemap_read(), mm/filemap.c). No readahead.
 */

import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { toPipe } from "../machine/pipe.js";
import { firstAndNext, type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import { BlockFlag, FolioFlag } from "../objects/folios.js";
import { afterRead } from "./copy-range.js";
import { endDropbehind, markDropbehind } from "./dropbehind.js";
import { canFill, fillFolio, lockForRead } from "./read-folio.js";
import { returnFromOp } from "./system-call.js";

export const readSteps: readonly StepDef[] = [
  step(Pc.R_IOLOCK, ["xfs_file_buffered_aio_read", ["5.12", "xfs_file_buffered_read"]], {
    boundary: true,
    when: (k) => k.iolock.isFreeShared(),
    run: (k, t) => {
      k.iolock.acquireShared(t);
      t.pc = Pc.R_PAGE;
    },
  }),
  ...firstAndNext(Pc.R_PAGE, Pc.R_PAGE_NEXT, ["generic_file_buffered_read", ["5.12", "filemap_read"]], {
    when: canRead,
    run: page,
  }),
  step(Pc.R_READ_MAP, ["iomap_readpage", ["5.19", "iomap_read_folio"]], {
    run: (k, t) => {
      fillFolio(k, t);
      t.pc = Pc.R_COPY;
    },
  }),
  step(Pc.R_COPY, ["copy_page_to_iter", ["5.16", "copy_folio_to_iter"]], {
    run: (k, t) => {
      if (!isCached(k, t)) {
        t.pc = k.fine ? Pc.R_PAGE_NEXT : Pc.R_PAGE;
        return;
      }
      const to = chunkEnd(k, t);
      if (to > t.pos) {
        k.judge.seen(k, t, t.pos, to);
        if (k.opOf(t).does.copies) toPipe(k, t, t.pos, to);
        else endDropbehind(k, t, k.g.cellPage[t.pos]!);
      }
      t.pos = to;
      t.pc = to < Math.min(t.end, k.isize) ? Pc.R_PAGE_NEXT : Pc.R_RETURN;
    },
  }),
  step(Pc.R_RETURN, ["xfs_file_buffered_aio_read", ["5.12", "xfs_file_buffered_read"]], {
    run: (k, t) => {
      k.iolock.releaseShared(t);
      if (k.opOf(t).does.copies) afterRead(k, t);
      else returnFromOp(k, t, t.pos, 0);
    },
  }),
];

function chunkEnd(k: Kernel, t: Thread): number {
  return Math.min(t.end, k.isize, k.g.pageCell[k.g.cellPage[t.pos]! + 1]!);
}

/**
 * Uptodate, or at least all blocks that this page's part of the request covers, past EOF or not
 * (iomap_is_partially_uptodate()). A pipe takes pages as a whole.
 */
function isCached(k: Kernel, t: Thread): boolean {
  const p = k.g.cellPage[t.pos]!;
  if (!k.folios.has(p, FolioFlag.PRESENT)) return false;
  if (k.folios.has(p, FolioFlag.UPTODATE)) return true;
  if (k.opOf(t).does.copies) return false;
  const end = Math.min(t.end, k.g.pageCell[p + 1]!);
  for (let b = k.g.cellBlock[t.pos]!; b < k.blockRoundUp(end); b++) {
    if (!k.folios.blockHas(b, BlockFlag.UPTODATE)) return false;
  }
  return true;
}

function canRead(k: Kernel, t: Thread): boolean {
  return t.pos >= Math.min(t.end, k.isize) || isCached(k, t) || canFill(k, k.g.cellPage[t.pos]!);
}

function page(k: Kernel, t: Thread): void {
  if (t.pos >= Math.min(t.end, k.isize)) t.pc = Pc.R_RETURN;
  else if (isCached(k, t)) t.pc = Pc.R_COPY;
  else {
    const p = k.g.cellPage[t.pos]!;
    const isNew = !k.folios.has(p, FolioFlag.PRESENT);
    lockForRead(k, t, p);
    if (isNew && k.opOf(t).dontcache) markDropbehind(k, p);
    t.pc = Pc.R_READ_MAP;
  }
}
