/**
 * What every exhaustive search is asked and answers.
 */
import type { Engine } from "../run/engine.js";

export interface Reductions {
  /** Identical threads may swap, kworkers may swap slots. */
  readonly symmetry: boolean;
  /** Threads that nobody can ever get in the way of go first (persistent.ts). */
  readonly persistent: boolean;
  /** Of two orders of independent steps only one is followed (Godefroid's sleep sets, kept with visited states). */
  readonly sleep: boolean;
}

export const ALL_REDUCTIONS: Reductions = { symmetry: true, persistent: true, sleep: true };
/**
 * What pays. On the grid of 3 pages and 3 writers persistent sets save 4 to 8 % of the states and sleep sets a quarter to
 * a third of the transitions, and each costs more time than that: all threads work on all pages.
 */
export const DEFAULT_REDUCTIONS: Reductions = { symmetry: true, persistent: false, sleep: false };
export const NO_REDUCTIONS: Reductions = { symmetry: false, persistent: false, sleep: false };

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States whose successors are still to be looked at (breadth first), or the depth. */
  readonly queue: number;
  readonly bytes: number;
}

export interface SearchOptions {
  /** For the visited set and, breadth first, the queue. */
  readonly memoryBytes?: number;
  readonly maxStates?: number;
  readonly exact?: boolean;
  readonly reductions?: Reductions;
  /** Oracles that count, as a mask; default all. */
  readonly mask?: number;
  /** At most so many preemptions in a run; reductions other than symmetry are off then. */
  readonly preemptions?: number;
  /** Goes on after the first violation and collects all. */
  readonly all?: boolean;
  /** How many runs to keep for each distinct violation; default 1. */
  readonly samples?: number;
  readonly onProgress?: (progress: Progress) => void;
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
  readonly sort: number;
  /** The first run that showed it, as canonical choices. */
  readonly choices: readonly number[];
  /** The first few, that one included. */
  readonly runs: readonly (readonly number[])[];
}

/** `lock-order`: over all runs together locks are taken in a cycle, which a single run need not show. */
export type Cut = "memory" | "states" | "stopped" | "preemptions" | "lock-order" | undefined;

export interface SearchResult {
  /** Why not every state was looked at; undefined when the search was complete. */
  readonly cut: Cut;
  /** Those that were used: of the ones asked for, some do not apply to every search. */
  readonly reductions: Reductions;
  readonly violations: readonly Violation[];
  /** Violated oracles, as a mask. */
  readonly found: number;
  readonly states: number;
  readonly transitions: number;
  /** Distinct ends of runs. */
  readonly ends: number;
  readonly maxDepth: number;
  readonly bytes: number;
  readonly expectedMissed: number;
  /** Times each window of windows.ts was entered by the transitions that were followed. */
  readonly windows: Uint32Array;
}

export const DEFAULT_MEMORY = 2 ** 31;
/** Transitions between two calls of shouldStop. */
export const CHECK_EVERY = 1 << 14;
