/** Which modelled kernel stands for a running one. */
import type { KernelVariant } from "../../explore/run/subject.js";
import { modelOf } from "../traces/agreement.js";

export function modelFor(release: string): KernelVariant | undefined {
  const base = modelOf(release);
  return base === undefined ? undefined : { base, with: [], without: [] };
}
