/**
 * What the environment decides: which thread runs, and the faults, each as often as its budget allows. A choice has a
 * kind, a number of options and 0 as its default; a run is the list of choices taken at points with at least two
 * options. This is the one table of faults: budgets, schedules, tokens and shrinking follow from it.
 */
import { type CamelCase, camelCase } from "../camel-case.js";

/** Kinds of choices. Tokens list budgets in this order: append only. */
export const enum Choice {
  THREAD = 0,
  SHORT_ALLOCATION = 1,
  ALLOCATION_FAILURE = 2,
  RESERVATION_FAILURE = 3,
  DEVICE_ERROR = 4,
  SHORT_COPY = 5,
  FATAL_SIGNAL = 6,
  EVICT = 7,
}

interface Fault<N extends string> {
  readonly choice: Choice;
  /** As `budget:` writes it, and as a field of the budget. */
  readonly name: N;
  readonly key: CamelCase<N>;
  /** What the budget counts. */
  readonly about: string;
  /** As `schedule:` writes it. */
  readonly word: string;
}

function fault<const N extends string>(
  choice: Choice,
  name: N,
  about: string,
  word: string = name,
): Fault<N> {
  return { choice, name, key: camelCase(name), about, word };
}

/** In the order of Choice. */
export const FAULTS = [
  fault(Choice.SHORT_ALLOCATION, "short-allocation", "how many allocations may return less than was asked"),
  fault(Choice.ALLOCATION_FAILURE, "allocation-failure", "how many allocations may fail"),
  fault(
    Choice.RESERVATION_FAILURE,
    "reservation-failure",
    "how many delalloc reservations may fail with ENOSPC",
  ),
  fault(Choice.DEVICE_ERROR, "device-error", "how many device writes may fail"),
  fault(Choice.SHORT_COPY, "short-copy", "how many atomic copies may stop early"),
  fault(Choice.FATAL_SIGNAL, "fatal-signal", "how many writes a fatal signal may end between folios"),
  fault(Choice.EVICT, "evictions", "how many clean pages ambient reclaim may drop", "evict"),
] as const;

export type FaultName = (typeof FAULTS)[number]["name"];

/** How often each fault may still happen. */
export type FaultCounts = { [N in FaultName as CamelCase<N>]: number };

/** Names as `schedule:` writes them, by kind of choice. */
export const CHOICE_NAMES: readonly string[] = ["thread", ...FAULTS.map((f) => f.word)];
/** Kinds of choices, and counters of a budget by kind: a choice of thread has none, and its counter stays 0. */
export const CHOICES = CHOICE_NAMES.length;

/** Answers choices: a strategy, a replayed list or an exhaustive search. Called only with `options` >= 2. */
export interface Chooser {
  choose(kind: Choice, options: number): number;
}

export const DEFAULT_CHOOSER: Chooser = { choose: () => 0 };
