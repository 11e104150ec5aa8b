/**
 * What a campaign is: cases `0 .. programs` of one master seed for each of some kernels and programs, cut into ranges that
 * any worker can do and do again. A case is a pure function of its number, so how they are cut changes nothing.
 */
import { oracleMask } from "../explore/finding/finding.js";
import type { CaseOptions } from "../fuzz/case.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { Scenario } from "../scenario/types.js";

/** What all cases have in common beside kernel and number. */
export type AllCasesOptions = Pick<CaseOptions, "mask" | "strategy" | "depth" | "budget">;

export interface Campaign {
  readonly id: number;
  readonly name: string;
  /** Of the model that all its workers must have. */
  readonly model: number;
  readonly seed: string;
  readonly options: AllCasesOptions & {
    /** Programs of a range, when that is not to follow from the speed. */
    readonly range?: number;
  };
  /** Share of the ranges that two workers do, 0 to 1. */
  readonly checkShare: number;
}

/** Which cases there are of one kernel. */
export interface Cases {
  readonly variant: KernelVariant;
  /** The program of all of them; null: each has a random one. */
  readonly scenario: Scenario | null;
  /** There is one case: all runs of the scenario. */
  readonly explores: boolean;
}

export interface Part extends Cases {
  readonly id: number;
  readonly programs: number;
  /** Cases `0 .. queued` have been given out. */
  readonly queued: number;
}

/** Cases `first .. first + count` of a part. */
export interface Range {
  readonly part: number;
  readonly first: number;
  readonly count: number;
  /** The worker that has done it before: it is to be done again, by another. */
  readonly doneBy?: number;
}

export interface FindingJob {
  readonly finding: number;
  readonly part: number;
  readonly n: number;
  /** What a case that shows several is to show. */
  readonly kind: string;
}

export function caseOptions({ seed, options }: Campaign, { variant, scenario }: Cases): CaseOptions {
  const { range: _, ...common } = options;
  if (scenario === null) return { ...common, variant, seed };
  return { ...common, variant, seed, scenario, mask: oracleMask(scenario.oracles) };
}

/** Whether a range is among those that are done twice: a pure function of the range. */
export function isChecked({ part, first }: Range, share: number): boolean {
  let h = Math.imul(part, 0x9e3779b1) ^ Math.imul(first >>> 0, 0x85ebca6b) ^ Math.floor(first / 2 ** 32);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32 < share;
}

/** Digests of ranges add up, word by word modulo 2^32 (see CasesDigest): however the cases are cut, the sum is the same. */
export function sumOfDigests(digests: readonly string[]): string {
  const word = (at: number) =>
    digests.reduce((sum, one) => (sum + Number.parseInt(one.slice(at, at + 8), 16)) >>> 0, 0);
  return [0, 8].map((at) => word(at).toString(16).padStart(8, "0")).join("");
}
