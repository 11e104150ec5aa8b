/**
 * Which patches of a series the good kernel cannot do without: each is taken away alone. Two patches of which either
 * is enough are both unnecessary by this.
 */
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { Asking, JudgeVerdict } from "./asking.js";
import { type Patch, type PatchSeries, revertOf, withPatches } from "./series.js";

export interface Dropped {
  readonly patch: Patch;
  /** The good kernel without the patch. */
  readonly variant: KernelVariant;
  /** `mismatch`: the patch is necessary. */
  readonly verdict: JudgeVerdict;
}

/** Has the good kernel judged without each patch in turn. */
export function* necessary(series: PatchSeries): Asking<readonly Dropped[]> {
  const dropped: Dropped[] = [];
  for (const patch of series.patches) {
    const revert = revertOf(patch);
    const variant = withPatches(series.good, [revert]);
    dropped.push({ patch, variant, verdict: yield { variant, patch: revert } });
  }
  return dropped;
}
