/**
 * A subset-minimal choice of patches: what it leaves uncured, and what it breaks, nothing less would leave or break less.
 */
import type { KernelVariant } from "../kernel/versions/variant.js";
import { type Asking, type Fault, keyOf } from "./faults.js";
import { applied, isProposed, type Unit } from "./patch-units.js";

export interface Goal {
  readonly kernel: KernelVariant;
  /** What is wrong with the kernel as it is. */
  readonly start: readonly Fault[];
  /** Witnesses that are to be cured. */
  readonly targets: readonly string[];
  readonly witnesses: readonly string[];
}

/**
 * Drops units for as long as no target fails that did not fail before and no fault comes that the kernel does not have;
 * proposals first, then the newest patches.
 */
export function* smallest(goal: Goal, units: readonly Unit[]): Asking<Unit[]> {
  // What told against the last attempt is looked at first: it mostly tells against the next one.
  const order = [...goal.witnesses];
  let kept = [...units];
  let left = (yield* residue(goal, kept, order)) ?? new Set();
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const unit of kept.toSorted((a, b) => rank(b) - rank(a) || units.indexOf(b) - units.indexOf(a))) {
      const fewer = kept.filter((one) => one !== unit);
      const less = yield* residue(goal, fewer, order, left);
      if (less === undefined) continue;
      kept = fewer;
      left = less;
      isSmaller = true;
    }
  }
  return kept;
}

function rank({ patches }: Unit): number {
  return patches.some(isProposed) ? 1 : 0;
}

/** What is left uncured and what is new, as names; undefined as soon as something is not in `most`. */
function* residue(
  { kernel, start, targets }: Goal,
  units: readonly Unit[],
  order: string[],
  most?: ReadonlySet<string>,
): Asking<ReadonlySet<string> | undefined> {
  const variant = applied(kernel, units);
  const known = new Set(start.map(keyOf));
  const found = new Set<string>();
  for (const witness of [...order]) {
    const { faults } = yield { variant, witness };
    const names = faults.flatMap((fault) => {
      const name = keyOf(fault);
      if (!known.has(name)) return [name];
      return targets.includes(witness) ? [witness] : [];
    });
    if (most !== undefined && names.some((name) => !most.has(name))) {
      order.splice(order.indexOf(witness), 1);
      order.unshift(witness);
      return undefined;
    }
    for (const name of names) found.add(name);
  }
  return found;
}
