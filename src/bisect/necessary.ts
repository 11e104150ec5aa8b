/**
 * Which patches of a series the good kernel cannot do without: each is taken away alone. Two patches of which either
 * is enough are both unnecessary by this.
 */
import type { KernelVariant } from "../explore/run/subject.js";
import { type Asking, askAll, type Judge, type JudgeVerdict } from "./asking.js";
import { type Patch, type PatchSeries, withoutPatches } from "./series.js";

export interface Dropped {
  readonly patch: Patch;
  /** The good kernel without the patch. */
  readonly variant: KernelVariant;
  /** `mismatch`: the patch is necessary. */
  readonly verdict: JudgeVerdict;
}

/** The good kernel without each patch in turn. */
export function dropEach(series: PatchSeries): Omit<Dropped, "verdict">[] {
  return series.patches.map((patch) => ({ patch, variant: withoutPatches(series.good, [patch]) }));
}

export function* askNecessary(series: PatchSeries): Asking<readonly Dropped[]> {
  const dropped: Dropped[] = [];
  for (const one of dropEach(series)) dropped.push({ ...one, verdict: yield one.variant });
  return dropped;
}

export function necessary(series: PatchSeries, judge: Judge): readonly Dropped[] {
  return askAll(askNecessary(series), judge);
}
