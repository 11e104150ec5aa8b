/**
 * What every exhaustive search is asked and answers.
 */
import type { Engine } from "../run/engine.js";

import type { SharedHandle } from "./shared-work.js";

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States whose successors are still to be looked at. */
  readonly queue: number;
  readonly bytes: number;
}

/** What of a run's past counts beside the machine's state, and which steps it forbids; explore/pin/order.ts is one. */
export interface Past {
  /** It, as numbers: saved, restored and compared. */
  readonly history: Int32Array;
  /** A run starts at the state that the machine is in. */
  begin(): void;
  /** The thread is about to make a step. */
  watch(thread: number): void;
  /** Takes the step into the history; a reason when no run may make it. */
  settle(): string | undefined;
}

/** Any violation, a shortest failing run, or all violations. */
export type Goal = "any" | "shortest" | "all";

export interface SearchOptions {
  /** Default any. */
  readonly goal?: Goal;
  /** For the visited states, those still to be looked at, and how they were reached; default 2 GB. */
  readonly memoryBytes?: number;
  readonly maxStates?: number;
  /** Whole states instead of fingerprints. */
  readonly exact?: boolean;
  /** Identical threads may swap, kworkers may swap slots; default true. */
  readonly symmetry?: boolean;
  /** Of plain programs states that differ in dead values, and orders of steps that are alike, count as one; default true. */
  readonly reduced?: boolean;
  /** Oracles that count, as a mask; default all. */
  readonly mask?: number | undefined;
  /** At most so many preemptions in a run. */
  readonly preemptions?: number | undefined;
  /** Only runs that this allows count. Thread names mean something then, so that symmetry is to be off. */
  readonly past?: Past | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Threads that may take part once the search turns out to be very long; default this one alone. */
  readonly threads?: number | undefined;
  /** Told when they may: LongSearch takes part, as many as `threads` says in all. */
  readonly onLong?: ((handle: SharedHandle) => void) | undefined;
  /** States from which on a search for any violation is long, and others may take part; for tests. */
  readonly longFrom?: number | undefined;
  /** Others later. */
  readonly helpFrom?: number | undefined;
  /** Asked now and then; true cuts the search short. */
  readonly shouldStop?: () => boolean;
  /** Called at each distinct end of a run, before it is judged. */
  readonly onEnd?: (engine: Engine) => void;
}

/** A violation that some run shows. Cells, half-open. */
export interface Violation {
  readonly oracle: number;
  readonly from: number;
  readonly to: number;
  readonly expected: number;
  readonly actual: number;
  readonly kind: number;
  /** The first run that showed it, as canonical choices. */
  readonly choices: readonly number[];
}

/** `lock-order`: over all runs together locks are taken in a cycle, which a single run need not show. */
export type Cut = "memory" | "states" | "stopped" | "preemptions" | "lock-order" | undefined;

export interface SearchResult {
  /** Why not every state was looked at; undefined when the search was complete. */
  readonly cut: Cut;
  readonly violations: readonly Violation[];
  /** Violated oracles, as a mask. */
  readonly found: number;
  /** Steps of the shortest failing run when that was looked for and found; else -1. */
  readonly steps: number;
  readonly states: number;
  readonly transitions: number;
  /** Distinct ends of runs. */
  readonly ends: number;
  /** Steps on the way by which the search came to the state farthest off; undefined when that is up to chance: it went on in shared memory. */
  readonly maxDepth: number | undefined;
  /** Of the visited states, those still to be looked at and how they were reached together, at the end; and of the first alone. */
  readonly bytes: number;
  readonly tableBytes: number;
  /** The program is plain, and of states that differ in dead values, of orders of steps that are alike, one counts. */
  readonly deadValues: boolean;
  readonly alikeOrders: boolean;
  readonly expectedMissed: number;
  /** Kinds of choices that some transition asked for: a mask over Choice. */
  readonly offered: number;
  /** Times each window of windows.ts was entered by the transitions that were followed. */
  readonly windows: readonly number[];
}

/** The result of a search that was not made. */
export const UNSEARCHED: SearchResult = {
  cut: undefined,
  violations: [],
  found: 0,
  steps: -1,
  states: 0,
  transitions: 0,
  ends: 0,
  maxDepth: 0,
  bytes: 0,
  tableBytes: 0,
  deadValues: false,
  alikeOrders: false,
  expectedMissed: 0,
  offered: 0,
  windows: [],
};

export const DEFAULT_MEMORY = 2 ** 31;
/** States of a search that is long: early, as what then goes on in shared memory is compiled anew. */
export const LONG_FROM = 30_000;
/** States from which on other threads take part: about as many are met until one of them is of use. */
export const HELP_FROM = 300_000;
/** Below so many bytes none is: shared memory is taken in larger pieces than they allow. */
export const LONG_MEMORY = 2 ** 22;
/** Transitions between two calls of shouldStop. */
export const CHECK_EVERY = 1 << 14;
/** The same until the first: early, so that it is met before the search is compiled. */
export const FIRST_CHECK = 64;
