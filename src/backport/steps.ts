/**
 * A series of patches, step by step: what each opens and closes, and where a prefix is worse than the kernel that the
 * series starts from. And an order of units in which none is.
 */
import { ON_TOP_OF } from "../kernel/versions/backports.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import { type Asking, type Fault, type State, stateOf, without } from "./faults.js";
import { applied, type Unit } from "./patch-units.js";

export interface Step {
  readonly unit: Unit;
  /** The kernel with this and all before it. */
  readonly variant: KernelVariant;
  readonly closed: readonly Fault[];
  readonly opened: readonly Fault[];
  /** What is wrong now and was not at the start: a prefix that holds has none. */
  readonly worse: readonly Fault[];
  /** All that is wrong now. */
  readonly faults: readonly Fault[];
  /** Witnesses that could not be searched whole. */
  readonly open: readonly string[];
}

/** Applies the units in this order and looks at every witness after each. */
export function* judgeSteps(
  kernel: KernelVariant,
  start: State,
  units: readonly Unit[],
  witnesses: readonly string[],
): Asking<Step[]> {
  const steps: Step[] = [];
  let before = start.faults;
  for (const [i, unit] of units.entries()) {
    const variant = applied(kernel, units.slice(0, i + 1));
    const { faults, open } = yield* stateOf(variant, witnesses);
    steps.push({
      unit,
      variant,
      faults,
      open,
      closed: without(before, faults),
      opened: without(faults, before),
      worse: without(faults, start.faults),
    });
    before = faults;
  }
  return steps;
}

/**
 * An order in which every prefix holds, the first in the order of the units; undefined when there is none. A prefix holds
 * when nothing fails on it that does not fail at the start.
 */
export function* safeOrder(
  kernel: KernelVariant,
  start: State,
  units: readonly Unit[],
  witnesses: readonly string[],
): Asking<Unit[] | undefined> {
  // A set of units is one kernel, whatever their order.
  const hopeless = new Set<string>();
  const suspects = [...witnesses];
  const extend = function* (done: readonly Unit[]): Asking<Unit[] | undefined> {
    if (done.length === units.length) return [...done];
    for (const unit of units) {
      if (done.includes(unit) || !isReady(unit, units, done)) continue;
      const next = [...done, unit];
      const variant = applied(kernel, next);
      const name = `${next.length} ${variantName(variant)}`;
      if (hopeless.has(name)) continue;
      const found = (yield* holds(variant, start, suspects)) ? yield* extend(next) : undefined;
      if (found !== undefined) return found;
      hopeless.add(name);
    }
    return undefined;
  };
  return yield* extend([]);
}

/** Whether what the unit is written on top of has gone in before it. */
function isReady({ patches }: Unit, units: readonly Unit[], done: readonly Unit[]): boolean {
  const below = patches.flatMap(({ commit }) => ON_TOP_OF[commit] ?? []);
  const has = (all: readonly Unit[], commit: string) =>
    all.some((unit) => unit.patches.some((patch) => patch.commit === commit));
  return below.every((commit) => has(done, commit) || !has(units, commit));
}

function* holds(variant: KernelVariant, start: State, suspects: string[]): Asking<boolean> {
  for (const witness of [...suspects]) {
    const { faults } = yield { variant, witness };
    if (without(faults, start.faults).length === 0) continue;
    // What told against one order mostly tells against the next.
    suspects.splice(suspects.indexOf(witness), 1);
    suspects.unshift(witness);
    return false;
  }
  return true;
}
