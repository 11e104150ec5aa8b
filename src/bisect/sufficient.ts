/**
 * A subset-minimal set of patches, or of single toggles, that makes the bad kernel good: in the manner of delta
 * debugging (Zeller, Hildebrandt, TSE 2002), with the likeliest answer, one alone, tried first.
 */
import { fixesOf, type KernelVariant } from "../kernel/versions/variant.js";
import type { Asking } from "./asking.js";
import { type Patch, type PatchSeries, withPatches } from "./series.js";

/** The patches that are enough: without any one of them the rest is not. Undefined when even all are not enough,
 * empty when none is needed. */
export function* sufficient(series: PatchSeries): Asking<readonly Patch[] | undefined> {
  const isGood = function* (patches: readonly Patch[]): Asking<boolean> {
    const [patch, second] = patches;
    const question = { variant: withPatches(series.bad, patches) };
    return (yield second === undefined ? { ...question, patch } : question) === "ok";
  };
  const all = series.patches;
  if (!(yield* isGood(all))) return undefined;
  if (all.length === 0 || (yield* isGood([]))) return [];
  for (const patch of all) if (all.length > 1 && (yield* isGood([patch]))) return [patch];
  let kept = all;
  // Larger pieces first: what is left is mostly two or three.
  for (let size = kept.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < kept.length; ) {
      const fewer = kept.toSpliced(at, size);
      if (fewer.length > 0 && (yield* isGood(fewer))) kept = fewer;
      else at += size;
    }
  }
  // Single ones until none can go.
  for (let at = 0; at < kept.length; at++) {
    const fewer = kept.toSpliced(at, 1);
    if (!(yield* isGood(fewer))) continue;
    kept = fewer;
    at = -1;
  }
  return kept;
}

/** A change of one toggle as a patch of its own. */
function togglePatches(bad: KernelVariant, good: KernelVariant): Patch[] {
  const present = fixesOf(bad);
  const wanted = fixesOf(good);
  const single = { commit: "", title: "", isRevert: false };
  return [
    ...[...wanted].filter((n) => !present.has(n)).map((n) => ({ ...single, on: [n], off: [] })),
    ...[...present].filter((n) => !wanted.has(n)).map((n) => ({ ...single, on: [], off: [n] })),
  ];
}

/** The toggles whose change towards `good` is enough to make `bad` good, by name. */
export function* cures(bad: KernelVariant, good: KernelVariant): Asking<readonly string[] | undefined> {
  const patches = yield* sufficient({ bad, good, patches: togglePatches(bad, good) });
  return patches?.flatMap((p) => [...p.on, ...p.off]);
}
