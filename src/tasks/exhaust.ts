/**
 * Judging a scenario by looking at every state, where there are few enough of them.
 */

import { examine } from "../explore/finding/finding.js";
import { type SubjectSpec, subjectOf } from "../explore/run/subject.js";
import { exploreScenario } from "../explore/search/prove.js";

/** More states than this are sampled: looking at them all would take longer. */
const MOST_STATES = 100_000;
const MEMORY = 64 * 1024 * 1024;

export interface ExhaustJob {
  readonly kind: "exhaust";
  readonly subject: SubjectSpec;
  /** Oracles that count. */
  readonly mask: number;
  /** Gives up at so many states, and when they take more memory than so many are worth. */
  readonly mostStates?: number;
}

export interface ExhaustResult {
  /** False: there are too many states, or it was stopped; only the failures say something. */
  readonly isComplete: boolean;
  /** No run keeps the scenario's order. */
  readonly isUnordered: boolean;
  readonly states: number;
  readonly windows: readonly number[];
  readonly found: number;
  /** Kinds of choices that some transition asked for: a mask over Choice. */
  readonly offered: number;
  /** Failing runs, each kind once. */
  readonly failures: readonly { readonly kind: string; readonly choices: readonly number[] }[];
}

export function exhaust(
  { subject: spec, mask, mostStates = MOST_STATES }: ExhaustJob,
  shouldStop: () => boolean,
): ExhaustResult {
  const subject = subjectOf(spec);
  const result = exploreScenario(subject, {
    mask,
    maxStates: mostStates,
    memoryBytes: (MEMORY / MOST_STATES) * mostStates,
    all: true,
    shortest: false,
    shouldStop,
  });
  const failures = new Map<string, readonly number[]>();
  for (const { choices } of result.violations) {
    const kind = examine(subject, choices, mask)?.kind;
    if (kind !== undefined && !failures.has(kind)) failures.set(kind, choices);
  }
  return {
    isComplete: result.exhaustive,
    isUnordered: result.undecided === "order",
    states: result.states,
    windows: result.windows,
    found: result.found,
    offered: result.offered,
    failures: [...failures].map(([kind, choices]) => ({ kind, choices })),
  };
}
