/**
 * Exploring a scenario exhaustively: the search that fits what is asked, and its outcome as one answer: proved clean
 * within the bounds, a violation with the shortest run that shows it, or undecided and why.
 */
import { type OracleName, oraclesIn } from "../../kernel/oracle-table.js";
import { examine, type Finding, judgedMask } from "../finding/finding.js";
import { Order } from "../pin/order.js";
import { type Boundaries, boundariesOf } from "../run/boundaries.js";
import type { Subject } from "../run/subject.js";
import { search } from "./frontier-search.js";
import type { Cut, Progress, SearchResult, Violation } from "./search.js";

export interface ExploreOptions {
  /** Default 2 GB. */
  readonly memoryBytes?: number;
  readonly maxStates?: number;
  /** Whole states instead of fingerprints. */
  readonly exact?: boolean;
  /** Breadth first from the start; otherwise only once a violation is known, to find its shortest run. */
  readonly bfs?: boolean;
  /** Goes through bounds 0, 1, ... up to this many preemptions per run. */
  readonly preemptions?: number | undefined;
  /** Identical threads count as one another; default true. */
  readonly symmetry?: boolean;
  /** Oracles that count, as a mask; default the scenario's. */
  readonly mask?: number | undefined;
  /** Goes on after the first violation and collects every one. */
  readonly all?: boolean;
  /** With `all`: how many runs to keep for each distinct violation (they can differ in kind). */
  readonly samples?: number;
  /** False: the first run that is found will do. */
  readonly shortest?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly shouldStop?: () => boolean;
}

/** Why nothing was proved. */
export type Undecided = Exclude<Cut, undefined> | "order" | "schedule";

/** One bound of the deepening. */
export interface BoundResult {
  readonly preemptions: number;
  readonly states: number;
  readonly found: boolean;
}

export interface ExploreResult {
  readonly verdict: "ok" | "mismatch" | "undecided";
  /** Every state within the bounds was looked at; with a violation and without `all`, it need not have been. */
  readonly exhaustive: boolean;
  readonly undecided: Undecided | undefined;
  /** Violated oracles. */
  readonly oracles: readonly OracleName[];
  readonly violations: readonly Violation[];
  readonly states: number;
  readonly transitions: number;
  /** Distinct ends of runs. */
  readonly ends: number;
  readonly maxDepth: number;
  readonly bytesPerState: number;
  readonly expectedMissed: number;
  /** Times each window of windows.ts was entered. */
  readonly windows: readonly number[];
  /** Every interleaving point at every boundary, merged or not. */
  readonly fine: boolean;
  readonly boundaries: Boundaries;
  readonly symmetry: boolean;
  readonly exact: boolean;
  /** The bounds gone through, with `preemptions`; the last one decided. */
  readonly deepening: readonly BoundResult[];
  /** The shortest run, or the first that was found. */
  readonly finding: Finding | undefined;
  readonly isShortest: boolean;
}

export function exploreScenario(subject: Subject, options: ExploreOptions = {}): ExploreResult {
  const { scenario } = subject;
  const mask = options.mask ?? judgedMask(subject);
  // An order speaks of threads by name, so that none may stand for another.
  const settled = { ...options, mask, symmetry: options.symmetry !== false && !isOrdered(subject) };
  if (scenario.schedule !== undefined) return refused(subject, settled, "schedule");
  const deepening: BoundResult[] = [];
  let result: SearchResult;
  if (options.preemptions === undefined) result = searchOnce(subject, settled);
  else {
    let bound = 0;
    do {
      result = searchOnce(subject, { ...settled, preemptions: bound });
      deepening.push({ preemptions: bound, states: result.states, found: result.found !== 0 });
    } while (result.found === 0 && result.cut === "preemptions" && ++bound <= options.preemptions);
  }
  return answer(subject, settled, result, deepening);
}

function searchOnce(subject: Subject, options: ExploreOptions): SearchResult {
  const { engine } = subject;
  const isShortest = options.bfs === true && options.preemptions === undefined;
  return search(engine, {
    ...options,
    goal: options.all === true ? "all" : isShortest ? "shortest" : "any",
    past: pastOf(subject),
  });
}

function isOrdered({ scenario }: Subject): boolean {
  return (scenario.order ?? []).length > 0;
}

/** The scenario's `order:`, if it has one. */
function pastOf(subject: Subject): Order | undefined {
  return isOrdered(subject) ? new Order(subject.engine, subject.scenario) : undefined;
}

function answer(
  subject: Subject,
  options: ExploreOptions,
  result: SearchResult,
  deepening: readonly BoundResult[],
): ExploreResult {
  // Where no run keeps the order, nothing was judged.
  const cut = result.cut ?? (isOrdered(subject) && result.ends === 0 ? "order" : undefined);
  const isComplete = cut === undefined;
  const isBad = result.found !== 0;
  const run = isBad ? shortestOf(subject, options, result) : undefined;
  return {
    ...bare(subject, options),
    verdict: isBad ? "mismatch" : isComplete ? "ok" : "undecided",
    exhaustive: isComplete && (!isBad || options.all === true),
    undecided: isBad ? undefined : cut,
    oracles: oraclesIn(result.found),
    violations: result.violations,
    states: result.states,
    transitions: result.transitions,
    ends: result.ends,
    maxDepth: result.maxDepth,
    bytesPerState: result.states === 0 ? 0 : result.bytes / result.states,
    expectedMissed: result.expectedMissed,
    windows: [...result.windows],
    deepening,
    finding: run === undefined ? undefined : examine(subject, run.choices, options.mask),
    isShortest: run?.isShortest ?? false,
  };
}

/** The shortest failing run, if it can be found within the same memory. */
function shortestOf(
  subject: Subject,
  options: ExploreOptions,
  result: SearchResult,
): { readonly choices: readonly number[]; readonly isShortest: boolean } {
  const first = result.violations[0]!.choices;
  const isBounded = options.preemptions !== undefined;
  if (result.steps >= 0) return { choices: first, isShortest: true };
  if (options.shortest === false || options.bfs === true || isBounded)
    return { choices: first, isShortest: false };
  const shortest = search(subject.engine, { ...options, goal: "shortest", past: pastOf(subject) });
  if (shortest.steps < 0) return { choices: first, isShortest: false };
  return { choices: shortest.violations[0]!.choices, isShortest: true };
}

function bare(subject: Subject, options: ExploreOptions) {
  const { k } = subject.engine;
  return {
    fine: k.fine,
    boundaries: boundariesOf(k.fixes, k.fine),
    symmetry: options.symmetry ?? true,
    exact: options.exact === true,
  };
}

/** A file that pins its runs is not a space of runs. */
function refused(subject: Subject, options: ExploreOptions, why: Undecided): ExploreResult {
  return {
    ...bare(subject, options),
    verdict: "undecided",
    exhaustive: false,
    undecided: why,
    oracles: [],
    violations: [],
    states: 0,
    transitions: 0,
    ends: 0,
    maxDepth: 0,
    bytesPerState: 0,
    expectedMissed: 0,
    windows: [],
    deepening: [],
    finding: undefined,
    isShortest: false,
  };
}
