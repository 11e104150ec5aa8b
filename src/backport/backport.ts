/**
 * Which patches a kernel still needs, and in which order; or what a series does to it that somebody has.
 */
import type { KernelVariant } from "../kernel/versions/variant.js";
import { candidates } from "./cure-candidates.js";
import { type Asking, type Fault, type State, stateOf, witnessesOf } from "./faults.js";
import { applied, isProposed, type Unit } from "./patch-units.js";
import { smallest } from "./smallest.js";
import { judgeSteps, type Step, safeOrder } from "./steps.js";

export interface Wanted {
  readonly kernel: KernelVariant;
  /** By name; all of them are looked at after each patch. */
  readonly witnesses: readonly string[];
  /** Those that are to be cured; undefined: all that fail and that some known patch cures. */
  readonly targets?: readonly string[] | undefined;
  /** Commits that are not to be used. */
  readonly leftOut: readonly string[];
  /** Only patches that were merged. */
  readonly isUpstream: boolean;
  /** The series to judge, in its order; undefined: one is looked for. */
  readonly series?: readonly Unit[] | undefined;
}

export interface Backport {
  readonly kernel: KernelVariant;
  readonly witnesses: readonly string[];
  /** What fails on the kernel as it is. */
  readonly start: readonly Fault[];
  /** Witnesses that are to be cured. */
  readonly targets: readonly string[];
  /** Of the targets those that fail at the end. */
  readonly uncured: readonly string[];
  /** Witnesses that fail at the start and at the end and that nobody asked to be cured. */
  readonly remaining: readonly string[];
  /** Witnesses that fail at the end only. */
  readonly broken: readonly string[];
  readonly steps: readonly Step[];
  /** Whether some prefix is worse than the kernel as it is. */
  readonly isWorse: boolean;
  /** Of the units that could have been taken, those that nothing needs. */
  readonly spared: readonly Unit[];
  /** Witnesses that could not be searched whole on some kernel. */
  readonly open: readonly string[];
  /** Whether the series was given, and whether what is to be cured was. */
  readonly isGiven: boolean;
  readonly isAsked: boolean;
  /** Whether no cure counts that nobody has merged. */
  readonly isMerged: boolean;
}

export function* backport(wanted: Wanted): Asking<Backport> {
  const { kernel, witnesses, series } = wanted;
  const isMerged = wanted.isUpstream || series?.every(({ patches }) => !patches.some(isProposed)) === true;
  const start = yield* stateOf(kernel, witnesses);
  const units = candidates(kernel, wanted);
  const targets = wanted.targets ?? (yield* curable(kernel, start, witnesses, isMerged));
  const chosen = series ?? (yield* smallest({ kernel, start: start.faults, targets, witnesses }, units));
  const order = series ?? (yield* safeOrder(kernel, start, chosen, witnesses)) ?? chosen;
  const steps = yield* judgeSteps(kernel, start, order, witnesses);
  const ill = witnessesOf(start.faults);
  const failing = witnessesOf(steps.at(-1)?.faults ?? start.faults);
  return {
    kernel,
    witnesses,
    start: start.faults,
    targets,
    uncured: targets.filter((name) => failing.includes(name)),
    remaining: failing.filter((name) => ill.includes(name) && !targets.includes(name)),
    broken: failing.filter((name) => !ill.includes(name)),
    steps,
    isWorse: steps.some(({ worse }) => worse.length > 0),
    spared: series === undefined ? units.filter((unit) => !chosen.includes(unit)) : [],
    open: [...new Set([start, ...steps].flatMap(({ open }) => open))],
    isGiven: series !== undefined,
    isAsked: wanted.targets !== undefined,
    isMerged,
  };
}

/** The witnesses that fail and that all candidates together cure, left-out ones too: what a series can be asked for. */
function* curable(
  kernel: KernelVariant,
  start: State,
  witnesses: readonly string[],
  isMerged: boolean,
): Asking<string[]> {
  const all = candidates(kernel, { leftOut: [], isUpstream: isMerged });
  const { faults } = yield* stateOf(applied(kernel, all), witnesses);
  const failing = witnessesOf(faults);
  return witnessesOf(start.faults).filter((name) => !failing.includes(name));
}
