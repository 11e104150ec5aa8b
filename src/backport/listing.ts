/**
 * A backport as the commits to take, one after the other: the patches of each step with the commits that they need, what
 * has to be done otherwise on this kernel, and what a given series does without.
 */
import { COMPANIONS, type Companion, companionsOf } from "../kernel/versions/companions.js";
import { lacksOf } from "../kernel/versions/lacks.js";
import { commitsOf, PATCHES } from "../kernel/versions/patches.js";
import { findRelease } from "../kernel/versions/releases.js";
import type { Backport } from "./backport.js";
import type { Step } from "./steps.js";

export interface Entry {
  /** Its commit and those that belong to it; empty where nobody has merged it. */
  readonly commits: readonly string[];
  /** What the table calls it. */
  readonly name: string;
  readonly title: string;
  readonly release: string;
  /** Whether it stands for what a patch needs and changes nothing that the model can show. */
  readonly isCompanion: boolean;
  /** Why it is there, of a companion. */
  readonly why?: string | undefined;
  /** What of it has to be done otherwise on this kernel. */
  readonly lacks: readonly string[];
}

export interface Listed {
  readonly entries: readonly Entry[];
  readonly step: Step;
}

/** The steps with all their commits, each once. */
export function listing(backport: Backport): Listed[] {
  const { steps, isGiven } = backport;
  const linux = linuxOf(backport);
  const told = new Set(steps.flatMap(({ unit }) => unit.patches.map(({ commit }) => commit)));
  const companions = (step: Step, place: Companion["place"]): Entry[] =>
    step.unit.patches
      .flatMap(({ commit }) => (isGiven ? [] : companionsOf(commit, linux, place)))
      .filter(({ commit }) => !told.has(commit) && told.add(commit))
      .map((one) => ({
        commits: [one.commit],
        name: one.commit,
        title: one.title,
        release: one.release,
        isCompanion: true,
        why: one.why,
        lacks: lacksOf(one.commit, linux),
      }));
  return steps.map((step) => {
    const before = companions(step, "before");
    const patches = step.unit.patches.map((patch): Entry => {
      const known = PATCHES.find(({ commit }) => commit === patch.commit);
      return {
        commits: known === undefined ? [patch.commit] : commitsOf(known),
        name: patch.commit,
        title: patch.title,
        release: known?.release ?? COMPANIONS.find(({ commit }) => commit === patch.commit)?.release ?? "",
        isCompanion: known === undefined,
        lacks: lacksOf(patch.commit, linux),
      };
    });
    return { entries: [...before, ...patches, ...companions(step, "after")], step };
  });
}

/** What a given series does without though its patches are written on top of it. */
export function missing(backport: Backport): Companion[] {
  if (!backport.isGiven) return [];
  const has = new Set(backport.steps.flatMap(({ unit }) => unit.patches.map(({ commit }) => commit)));
  const wanted = [...has].flatMap((commit) => companionsOf(commit, linuxOf(backport), "before"));
  return [...new Set(wanted)].filter(({ commit }) => !has.has(commit));
}

function linuxOf({ kernel }: Pick<Backport, "kernel">): string {
  return findRelease(kernel.base)?.linux ?? kernel.base;
}
