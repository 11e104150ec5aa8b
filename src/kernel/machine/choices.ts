/**
 * What the environment decides. A choice has a sort, a number of options and 0 as its default; a run is the list of
 * choices taken at points with at least two options.
 */
export const CHOICE_THREAD = 0;
export const CHOICE_SHORT_ALLOCATION = 1;
export const CHOICE_ALLOCATION_FAILURE = 2;
export const CHOICE_RESERVATION_FAILURE = 3;
export const CHOICE_DEVICE_ERROR = 4;
export const CHOICE_SHORT_COPY = 5;
export const CHOICE_FATAL_SIGNAL = 6;
export const CHOICE_EVICT = 7;

/** Names as `schedule:` writes them, by sort. */
export const CHOICE_NAMES: readonly string[] = [
  "thread",
  "short-allocation",
  "allocation-failure",
  "reservation-failure",
  "device-error",
  "short-copy",
  "fatal-signal",
  "evict",
];

/** Answers choices: a strategy, a replayed list or an exhaustive search. Called only with `options` >= 2. */
export interface Chooser {
  choose(sort: number, options: number): number;
}

export const DEFAULT_CHOOSER: Chooser = { choose: () => 0 };
