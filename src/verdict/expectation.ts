/**
 * What a scenario states for a kernel, and which kernels it states something about.
 */

import { isSameKernel, type KernelVariant } from "../kernel/versions/variant.js";
import type { ExpectEntry, Scenario } from "../scenario/types.js";

export type Expected = Pick<ExpectEntry, "expect" | "kind" | "returns">;

/** The `expect` entry of a plain kernel, or the `variants` entry with the same toggles; of a source tree nothing is stated. */
export function expectedFor(scenario: Scenario, variant: KernelVariant): Expected | undefined {
  if (variant.isTree === true) return undefined;
  if (isSameKernel(variant, { base: variant.base, with: [], without: [] })) {
    const entry = scenario.expect.find((e) => e.kernel === variant.base);
    if (entry !== undefined) return entry;
  }
  return scenario.variants.find((v) => v.base === variant.base && isSameKernel(v, variant));
}

/** Every kernel that a scenario states something about. */
export function kernelsOf(scenario: Scenario): KernelVariant[] {
  return [
    ...scenario.expect.map((e) => ({ base: e.kernel, with: [], without: [] })),
    ...scenario.variants.map((v) => ({ base: v.base, with: v.with, without: v.without })),
  ];
}

/** The scenario with what it states of the results of its calls on a kernel. */
export function withReturns(scenario: Scenario, variant: KernelVariant): Scenario {
  const returns = expectedFor(scenario, variant)?.returns;
  return returns === undefined ? scenario : { ...scenario, returns };
}
