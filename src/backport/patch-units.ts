/** Patches as the pieces in which they go into a kernel: one, or several that belong together. */
import { type Patch, withPatches } from "../bisect/series.js";
import type { KnownPatch } from "../kernel/versions/patches.js";
import { isSameKernel, type KernelVariant } from "../kernel/versions/variant.js";

/** Patches that go in as one. */
export interface Unit {
  readonly patches: readonly Patch[];
  /** Why they belong together; undefined for a single one. */
  readonly why?: string | undefined;
}

export function isProposed({ commit }: Pick<KnownPatch, "commit">): boolean {
  return commit.startsWith("proposed:");
}

/** The patches of a kernel's variant, applied one after the other. */
export function applied(kernel: KernelVariant, units: readonly Unit[]): KernelVariant {
  return units
    .flatMap(({ patches }) => patches)
    .reduce((before, patch) => withPatches(before, [patch]), kernel);
}

/** Whether nothing the model knows changes when the unit is applied. */
export function isIdle(kernel: KernelVariant, unit: Unit): boolean {
  return isSameKernel(applied(kernel, [unit]), kernel);
}

/** A patch of the table as one to apply. */
export function plain({ commit, title, on, off }: KnownPatch): Patch {
  return { commit, title, on, off, isRevert: false };
}
