/**
 * Which cases `campaign start` asks for: programs at random, schedules of scenario files, and files whose runs are all to be
 * looked at, each on each kernel.
 */
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { usage } from "../exit.js";
import type { CampaignOptions } from "./campaign-options.js";
import { type Part, sampled, scenariosOf } from "./campaign-shares.js";
import { chosenKernels } from "./kernels.js";

/** The kernels of the campaign, each once. */
export function campaignKernels(options: CampaignOptions): [KernelVariant, ...KernelVariant[]] {
  const [first, ...more] = chosenKernels(options) ?? [];
  if (first === undefined) throw usage("campaign start: no kernel", "name them: --kernel 6.18,cured");
  const names = [first, ...more].map(variantName);
  if (new Set(names).size < names.length)
    throw usage("campaign start: a kernel is named twice", "name it once");
  return [first, ...more];
}

export function campaignParts(options: CampaignOptions, variants: readonly KernelVariant[]): Part[] {
  const explored = scenariosOf(options, options.explore).flatMap((scenario) =>
    variants.map((variant) => ({ variant, scenario, explores: true, programs: 1 })),
  );
  return [...sampled(options, variants), ...explored];
}
