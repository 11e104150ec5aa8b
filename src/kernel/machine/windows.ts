/**
 * Windows of ground truth that a run can enter, computed alike on every kernel whether or not it notices. A clean
 * run that entered none of a scenario's windows says nothing.
 */

const table: (readonly [name: string, about: string])[] = [];

/** Adds a window; its number is what Kernel.reach() takes. */
function window(name: string, about: string): number {
  return table.push([name, about]) - 1;
}

export const MAP_STALE = window(
  "write-map-stale-at-folio",
  "a writer locks a folio while its cached map differs from the extent tree",
);
export const DIRTY_IN_PUNCH = window(
  "dirty-folio-in-punch-range",
  "a failed or stale write cleans up a range that holds a dirty folio",
);
export const INSERTED_DURING_PUNCH = window(
  "folio-inserted-during-punch",
  "a folio is inserted into a range between the two halves of its cleanup",
);
export const CONVERTED_WHILE_MAPPED = window(
  "extent-converted-while-mapped",
  "I/O completion converts blocks that a writer's cached map covers",
);
export const EVICTED_WHILE_MAPPED = window(
  "page-evicted-while-mapped",
  "reclaim takes a page that a writer's cached map covers",
);
export const ALLOCATED_WHILE_MAPPED = window(
  "delalloc-allocated-while-mapped",
  "writeback allocates delalloc that a writer's cached map covers",
);
export const STALE_BEFORE_PROGRESS = window(
  "stale-before-progress",
  "a map is found stale before any byte was written under it",
);
export const ZERO_OVER_DIRTY = window(
  "zero-range-over-dirty-folio",
  "a range to be zeroed has a hole or unwritten block under a dirty folio",
);
export const DISCARD = window(
  "discard-after-map-error",
  "writeback fails to map a block and discards the folio's delalloc",
);
export const SHORT_COPY = window(
  "short-copy-rejected",
  "write_end accepts less than the atomic copy brought",
);

/** Name and meaning of each window, by number. */
export const WINDOWS: readonly (readonly [name: string, about: string])[] = table;
export const WINDOW_NAMES: readonly string[] = WINDOWS.map(([name]) => name);

/** Times that each window was entered, by its name, from counts in the order of WINDOWS. */
export function timesByName(times: ArrayLike<number>): Readonly<Record<string, number>> {
  return Object.fromEntries(WINDOW_NAMES.map((name, w) => [name, times[w] ?? 0]));
}
