/**
 * Every schedule of one program that user space can force on a real kernel, up to a bound.
 */
import type { Finding } from "../explore/finding/finding.js";
import { type SubjectSpec, subjectOf } from "../explore/run/subject.js";
import { type Bounds, findRealizable, type NoneFound } from "../force/find-moves.js";

export interface ForceJob {
  readonly kind: "force";
  readonly subject: SubjectSpec;
  readonly bounds: Bounds;
}

export type ForceResult = NoneFound | { readonly choices: readonly number[]; readonly finding: Finding };

export function forceAll({ subject, bounds }: ForceJob, shouldStop: () => boolean): ForceResult {
  const found = findRealizable(subjectOf(subject), undefined, bounds, shouldStop);
  return "moves" in found ? { choices: found.choices, finding: found.finding } : found;
}
