/**
 * What makes one failing run simpler than another. Costs are compared from the front: operations, blocks, faults,
 * then the schedule (departures from the default order, switches, steps), then how the program reads. Taking away an
 * operation, a fault or a departure from the default always gives less, so a run from which none can be taken
 * without losing its kind is 1-minimal.
 */
import type { Finding } from "../explore/finding/finding.js";
import { FAULTS } from "../kernel/machine/choices.js";
import { MODIFIERS } from "../kernel/modifiers.js";
import { unitsTouched } from "../scenario/limits.js";
import { allOps, modifiersOf, rangesOf } from "../scenario/op-bytes.js";
import type { Scenario } from "../scenario/types.js";
import { readingCost } from "./reading-cost.js";

export type Cost = readonly number[];

export function compareCosts(a: Cost, b: Cost): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The leading part of a cost: what the program alone decides. */
export function programCost(scenario: Scenario): Cost {
  const ops = allOps(scenario);
  return [ops.length, blocksTouched(scenario), faultsGranted(scenario)];
}

/** Departures from the default among the choices. */
export function departures(choices: readonly number[]): number {
  return choices.filter((value) => value !== 0).length;
}

export function runCost(scenario: Scenario, finding: Finding): Cost {
  const { choices, switches, preemptions, steps } = finding;
  return [
    ...programCost(scenario),
    departures(choices),
    switches,
    preemptions,
    steps,
    scenario.threads.length,
    geometryCost(scenario),
    ...readingCost(scenario),
    inversions(finding),
    choices.length,
    choices.reduce((sum, value) => sum + value, 0),
  ];
}

/** Distinct blocks that the operations name, and the one that EOF lies in before setup. */
export function blocksTouched(scenario: Scenario): number {
  const { block, size } = scenario.file;
  const named = allOps(scenario).flatMap(rangesOf);
  return unitsTouched([...named, { from: size - 1, to: size }], block);
}

/** Faults that the program plans, and those that its budgets allow. */
function faultsGranted(scenario: Scenario): number {
  const planned = allOps(scenario)
    .flatMap(modifiersOf)
    .filter(([name]) => MODIFIERS[name].isFault);
  return FAULTS.reduce((sum, { key }) => sum + scenario.budget[key], planned.length);
}

/** 4k pages with one block each are the simplest. */
function geometryCost({ file }: Scenario): number {
  return 16 * Math.log2(file.page / 4096) + Math.log2(file.page / file.block);
}

/** Pairs of program threads that first run in another order than the one they are listed in. */
function inversions({ trace }: Finding): number {
  const seen: number[] = [];
  let n = 0;
  for (const { thread } of trace.steps) {
    if (seen.includes(thread)) continue;
    n += seen.filter((other) => other > thread).length;
    seen.push(thread);
  }
  return n;
}
