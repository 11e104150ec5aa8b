/**
 * Findings to shrink: random cases until enough of them fail.
 */
import { examine, type Finding, oracleMask } from "../../src/explore/finding/finding.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { runCase } from "../../src/fuzz/case.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import type { RunSpec } from "../../src/scenario/token.js";

export const ALL = oracleMask(undefined);

export interface Found {
  readonly run: RunSpec;
  readonly finding: Finding;
  readonly label: string;
}

/** Failing cases of a kernel, at most `most` of each kind. */
export function* findings(
  variant: KernelVariant,
  seed: string,
  cases: number,
  most = Number.POSITIVE_INFINITY,
): Generator<Found> {
  const counts = new Map<string, number>();
  for (let n = 0; n < cases; n++) {
    const { scenario, choices } = runCase({ variant, seed, mask: ALL }, n);
    if (choices === undefined) continue;
    const finding = examine(makeSubject(scenario, variant), choices, ALL)!;
    const count = (counts.get(finding.kind) ?? 0) + 1;
    counts.set(finding.kind, count);
    if (count > most) continue;
    yield {
      run: { scenario, variant, choices },
      finding,
      label: `${variant.base} ${seed}:${n} ${finding.kind}`,
    };
  }
}

export function kernel(base: string, ...without: string[]): KernelVariant {
  return { base, with: [], without };
}
