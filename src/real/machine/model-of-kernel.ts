/** Which modelled kernel stands for a running one. */
import type { KernelVariant } from "../../explore/run/subject.js";
import { modelOf } from "../../kernel/versions/releases.js";

export function modelFor(release: string): KernelVariant | undefined {
  const base = modelOf(release);
  return base === undefined ? undefined : { base, with: [], without: [] };
}
