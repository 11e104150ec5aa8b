/**
 * A difference between model and kernels that is known: a kernel's writeback pass looks up the dirty pages of its range
 * at once, up to 15 (or marks them, where it has to wait for them), so that it takes none that becomes dirty behind
 * that, and waits for the lock of one that another pass has taken meanwhile. The model's pass looks page by page. Runs
 * that come to where it matters say nothing.
 */
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FolioFlag } from "../../kernel/objects/folios.js";

interface Pass {
  /** Pages that it would have looked up. */
  readonly pages: readonly number[];
  /** Page that it has got to. */
  readonly at: number;
}

export class PassWatch {
  /** `isMet`: a pass took a page that a kernel's would not, or the other way round. */
  constructor(
    readonly isMet = false,
    readonly passes: ReadonlyMap<number, Pass> = new Map(),
  ) {}

  /** The thread has made its step at `label`: what is watched from now on. */
  after(k: Kernel, t: Thread, label: number): PassWatch {
    const pass = this.passes.get(t.index);
    if (t.wbLast === 0) {
      if (pass === undefined) return this;
      return new PassWatch(this.isMet, new Map([...this.passes].filter(([index]) => index !== t.index)));
    }
    const at = t.pc === Pc.B_FINISH || t.pc === Pc.B_WAIT_RANGE ? t.wbLast : t.wbPage;
    const pages = pass?.pages ?? lookedUp(k, t);
    const takes = label === Pc.B_LOCK && (t.pc === Pc.B_CLEAR_DIRTY || t.pc === Pc.B_WAIT);
    const isNew = takes && !pages.includes(t.wbPage);
    const before = pass?.at ?? at;
    const passesBy = pages.some((p) => p > before && p < at && k.folios.isLocked(p));
    return new PassWatch(
      this.isMet || isNew || passesBy,
      new Map([...this.passes, [t.index, { pages, at }]]),
    );
  }
}

function lookedUp(k: Kernel, t: Thread): number[] {
  const pages: number[] = [];
  for (let p = t.wbFirst; p < t.wbLast; p = k.folios.end(p))
    if ((k.folios.flags(p) & (FolioFlag.DIRTY | FolioFlag.IN_PASS)) !== 0) pages.push(p);
  return pages;
}
