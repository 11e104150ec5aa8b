/**
 * What stands beside a state that frontier-search.ts has met and not yet looked at.
 */

/** Numbers beside a state in the frontier. Those from FOUND on are part of what is visited. */
export const enum Beside {
  /** By which its origin is known. */
  NUMBER = 0,
  /** Steps from the start. */
  DEPTH = 1,
  /** Under a bound of preemptions: the thread that ran last and could go on, or -1. */
  LAST = 2,
  /** Where runs are judged at their ends: oracles that the run so far has violated. */
  FOUND = 3,
  PREEMPTED = 4,
  /** From here on what counts of the past. */
  HISTORY = 5,
}
