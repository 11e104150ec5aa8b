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

/** Splits programs over parts by weight; all are given out, the first parts get what does not divide. */
export function split(programs: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, w) => sum + w, 0);
  const shares = weights.map((w) => Math.floor((programs / whole) * w));
  let left = programs - shares.reduce((sum, n) => sum + n, 0);
  return shares.map((n, i) => ((weights[i] ?? 0) > 0 && left-- > 0 ? n + 1 : n));
}

/** Cases of one job of a worker thread. */
export const BATCH = 25;
/** What a range should take, seconds: little is lost with a worker, and the queue is asked seldom. */
const RANGE_SECONDS = 10;
/** Ranges a second that all workers together ask for, at most: a tenth of what a small server was seen to carry. */
const RANGES_PER_SECOND = 20;
const FIRST_RANGE = 1_000;
const MOST_PROGRAMS = 1_000_000;

/** Seconds that a range should take when so many workers ask for them. */
export function rangeSeconds(workers: number): number {
  return Math.max(RANGE_SECONDS, workers / RANGES_PER_SECOND);
}

/** Programs of a range, given what the last ones took, `programs` in `seconds`, and how many workers there are. */
export function rangeSize(programs: number, seconds: number, workers = 1): number {
  const wanted = seconds > 0 ? (programs / seconds) * rangeSeconds(workers) : FIRST_RANGE;
  const most = Math.max(FIRST_RANGE, Math.min(MOST_PROGRAMS, wanted));
  return BATCH * Math.ceil(most / BATCH);
}

/** The next ranges of a part, `[queued, programs)` cut into at most `most` of that size. */
export function nextRanges(
  { id, programs, queued }: Pick<Part, "id" | "programs" | "queued">,
  size: number,
  most: number,
): Range[] {
  const ranges: Range[] = [];
  for (let first = queued; first < programs && ranges.length < most; first += size)
    ranges.push({ part: id, first, count: Math.min(size, programs - first) });
  return ranges;
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
