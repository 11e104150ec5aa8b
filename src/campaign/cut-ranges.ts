/** How a campaign is cut into ranges that take a worker about as long as each other. */
import type { Part, Range } from "./ranges.js";

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
