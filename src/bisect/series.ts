/**
 * The part of the patches (kernel/versions/patches.ts) that leads from one kernel to another. The unit of bisection is
 * the commit.
 */

import { FIX_NAMES } from "../kernel/versions/fixes.js";
import { type KnownPatch, PATCHES } from "../kernel/versions/patches.js";
import { fixesOf, type KernelVariant } from "../kernel/versions/variant.js";

/** A patch of the table, or one taken back; `on` and `off` hold what it changes here. */
export interface Patch extends Pick<KnownPatch, "commit" | "title" | "on" | "off"> {
  /** The patch is taken back: the way leads from a newer kernel to an older one. */
  readonly isRevert: boolean;
}

/** The way from a bad kernel to a good one. */
export interface PatchSeries {
  readonly good: KernelVariant;
  readonly bad: KernelVariant;
  /** Each changes something that the two kernels differ in; `on` and `off` hold only that. */
  readonly patches: readonly Patch[];
}

/** The patches whose toggles differ between the kernels, in upstream order; patches to take back go newest first.
 * Applied to `bad` they give `good`. Where a toggle could change either way (a bug and its later fix), it goes the way
 * that most others have to go. */
export function patchSeries(good: KernelVariant, bad: KernelVariant): PatchSeries {
  const wanted = fixesOf(good);
  const present = fixesOf(bad);
  const on = new Set([...wanted].filter((name) => !present.has(name)));
  const off = new Set([...present].filter((name) => !wanted.has(name)));
  const newestFirst = PATCHES.toReversed().map(
    ({ commit, title, on, off }): Patch => ({ commit, title, on, off, isRevert: false }),
  );
  const backwards = newestFirst.map(revertOf);
  const changes = (patches: readonly Patch[]): number =>
    patches.filter((p) => p.on.some((n) => on.has(n)) || p.off.some((n) => off.has(n))).length;
  // The newest patch that does it is the one: it is in force in the kernel that has it.
  const take = (patches: readonly Patch[]): Patch[] =>
    patches
      .map((p) => ({
        ...p,
        on: p.on.filter((name) => on.delete(name)),
        off: p.off.filter((name) => off.delete(name)),
      }))
      .filter((p) => p.on.length + p.off.length > 0);
  const reverted = changes(backwards) > changes(newestFirst) ? take(backwards) : undefined;
  const applied = take(newestFirst).reverse();
  return { good, bad, patches: [...applied, ...(reverted ?? take(backwards))] };
}

/** The patch taken back. */
export function revertOf(patch: Patch): Patch {
  const { title, on, off } = patch;
  return { ...patch, title: `Revert "${title}"`, on: off, off: on, isRevert: true };
}

/** The kernel with the patches applied, in its own terms: base, with, without. */
export function withPatches(kernel: KernelVariant, patches: readonly Patch[]): KernelVariant {
  const { base } = kernel;
  const fixes = new Set(fixesOf(kernel));
  for (const name of patches.flatMap((p) => p.off)) fixes.delete(name);
  for (const name of patches.flatMap((p) => p.on)) fixes.add(name);
  const release = fixesOf({ base, with: [], without: [] });
  return {
    base,
    with: FIX_NAMES.filter((name) => fixes.has(name) && !release.has(name)),
    without: FIX_NAMES.filter((name) => !fixes.has(name) && release.has(name)),
  };
}
