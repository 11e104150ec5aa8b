/** Kernels as users name them: a release with some toggles turned on and others off. */
import { FIX_NAMES, type Fixes, type FixName, isFixName, makeFixes } from "./fixes.js";
import { findRelease, RELEASES, type Release } from "./releases.js";

/** A kernel with some fixes added or removed. */
export interface KernelVariant {
  readonly name?: string | undefined;
  readonly base: string;
  readonly with: readonly string[];
  readonly without: readonly string[];
  /** Whether it was read from a source tree: it is then called after the release that it is nearest to. */
  readonly isTree?: boolean | undefined;
}

/** The toggles that are on in a variant. Throws RangeError naming an unknown kernel or toggle. */
export function fixesOf(variant: KernelVariant): ReadonlySet<FixName> {
  const on = new Set(baseOf(variant).fixes);
  for (const name of variant.with) on.add(checked(name));
  for (const name of variant.without) on.delete(checked(name));
  return on;
}

/** What the paths read of a variant. Throws as fixesOf() does. */
export function kernelOf(variant: KernelVariant): Fixes {
  let fixes = kernels.get(variant);
  if (fixes === undefined) {
    fixes = makeFixes(fixesOf(variant), baseOf(variant).linux);
    kernels.set(variant, fixes);
  }
  return fixes;
}

/** A fuzzer asks for the same kernel with every program. */
const kernels = new WeakMap<KernelVariant, Fixes>();

function baseOf({ base }: KernelVariant): Release {
  const release = findRelease(base);
  if (release !== undefined) return release;
  throw new RangeError(`no kernel ${base}; there are ${RELEASES.map((r) => r.name).join(", ")}`);
}

function checked(name: string): FixName {
  if (!isFixName(name)) throw new RangeError(`no fix ${name}; there are ${FIX_NAMES.join(", ")}`);
  return name;
}

/** Whether two variants are the same kernel, however they are named: a run on one is a run on the other. */
export function isSameKernel(a: KernelVariant, b: KernelVariant): boolean {
  const [on, others] = [fixesOf(a), fixesOf(b)];
  return on.size === others.size && [...on].every((name) => others.has(name));
}

/** `6.2 with a, b without c`, and `tree:6.2+a+b-c` of a source tree. */
export function variantName(v: KernelVariant): string {
  if (v.isTree === true)
    return `tree:${v.base}${[...v.with.map((name) => `+${name}`), ...v.without.map((name) => `-${name}`)].join("")}`;
  const parts = [v.base];
  if (v.with.length > 0) parts.push(`with ${v.with.join(", ")}`);
  if (v.without.length > 0) parts.push(`without ${v.without.join(", ")}`);
  return parts.join(" ");
}
