/**
 * Windows of ground truth that a run can enter, computed alike on every kernel whether or not it notices. A clean
 * run that entered none of a scenario's windows says nothing.
 */
export const WINDOWS = [
  ["write-map-stale-at-folio", "a writer locks a folio while its cached map differs from the extent tree"],
  ["dirty-folio-in-punch-range", "a failed or stale write cleans up a range that holds a dirty folio"],
  ["folio-inserted-during-punch", "a folio is inserted into a range between the two halves of its cleanup"],
  ["extent-converted-while-mapped", "I/O completion converts blocks that a writer's cached map covers"],
  ["page-evicted-while-mapped", "reclaim takes a page that a writer's cached map covers"],
  ["delalloc-allocated-while-mapped", "writeback allocates delalloc that a writer's cached map covers"],
  ["stale-before-progress", "a map is found stale before any byte was written under it"],
  ["zero-range-over-dirty-folio", "a range to be zeroed has a hole or unwritten block under a dirty folio"],
  ["discard-after-map-error", "writeback fails to map a block and discards the folio's delalloc"],
  ["short-copy-rejected", "write_end accepts less than the atomic copy brought"],
] as const;

export type WindowName = (typeof WINDOWS)[number][0];
export const WINDOW_NAMES: readonly WindowName[] = WINDOWS.map(([name]) => name);

export const W_MAP_STALE = 0;
export const W_DIRTY_IN_PUNCH = 1;
export const W_INSERTED_DURING_PUNCH = 2;
export const W_CONVERTED_WHILE_MAPPED = 3;
export const W_EVICTED_WHILE_MAPPED = 4;
export const W_ALLOCATED_WHILE_MAPPED = 5;
export const W_STALE_BEFORE_PROGRESS = 6;
export const W_ZERO_OVER_DIRTY = 7;
export const W_DISCARD = 8;
export const W_SHORT_COPY = 9;

/** Times that each window was entered, by its name, from counts in the order of WINDOWS. */
export function timesByName(times: ArrayLike<number>): Readonly<Record<string, number>> {
  return Object.fromEntries(WINDOW_NAMES.map((name, w) => [name, times[w] ?? 0]));
}
