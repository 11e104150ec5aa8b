/** The patches that may cure a kernel, as the pieces in which they go into it. */
import { ON_TOP_OF, TOGETHER } from "../kernel/versions/backports.js";
import { type KnownPatch, PATCHES } from "../kernel/versions/patches.js";
import { TOGGLES } from "../kernel/versions/toggles.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { applied, isIdle, isProposed, plain, type Unit } from "./patch-units.js";

/**
 * What may cure a kernel, in upstream order, each proposal behind what it is written on: every fix and cure that it lacks. Without the patches of
 * `leftOut`, and with `isUpstream` without those that nobody merged.
 */
export function candidates(
  kernel: KernelVariant,
  { leftOut, isUpstream }: { readonly leftOut: readonly string[]; readonly isUpstream: boolean },
): Unit[] {
  const wanted = PATCHES.filter(
    (patch) => isCure(patch) && !leftOut.includes(patch.commit) && !(isUpstream && isProposed(patch)),
  );
  const units = unitsOf(wanted)
    .filter((unit) => !isIdle(kernel, unit))
    .map((unit) => needed(kernel, unit));
  return units.toSorted((a, b) => place(a, units) - place(b, units));
}

/** The unit without the patches whose changes the kernel has. */
function needed(kernel: KernelVariant, { patches, why }: Unit): Unit {
  const kept = patches.filter(
    (patch, i) => !isIdle(applied(kernel, [{ patches: patches.slice(0, i) }]), { patches: [patch] }),
  );
  return { patches: kept, why: kept.length > 1 ? why : undefined };
}

/** Where a unit goes: a proposal half a place behind the last that it is written on. */
function place(unit: Unit, units: readonly Unit[]): number {
  const below = unit.patches.flatMap(({ commit }) => ON_TOP_OF[commit] ?? []);
  const last = units.findLastIndex(({ patches }) => patches.some(({ commit }) => below.includes(commit)));
  return unit.patches.some(isProposed) && last >= 0 ? last + 0.5 : units.indexOf(unit);
}

const CURES = new Set<string>(
  TOGGLES.filter(({ kind }) => kind === "fix" || kind === "cure" || kind === "invariant").map(
    ({ name }) => name,
  ),
);

/** Whether the patch repairs something; what only two names of a release differ in, does not. */
function isCure({ release, on, off }: KnownPatch): boolean {
  return release === "proposed" || (/^\d/.test(release) && [...on, ...off].some((name) => CURES.has(name)));
}

function unitsOf(patches: readonly KnownPatch[]): Unit[] {
  const taken = new Set<string>();
  return patches.flatMap((patch) => {
    if (taken.has(patch.commit)) return [];
    const group = TOGETHER.find(({ commits }) => commits.includes(patch.commit));
    const members = patches.filter((p) => p === patch || group?.commits.includes(p.commit) === true);
    for (const { commit } of members) taken.add(commit);
    return [{ patches: members.map(plain), why: members.length > 1 ? group?.why : undefined }];
  });
}
