/**
 * Exploring a scenario exhaustively: the search that fits what is asked, and its outcome as one answer: proved clean
 * within the bounds, a violation with the shortest run that shows it, or undecided and why.
 */
import type { Kernel } from "../../kernel/machine/kernel.js";
import { type OracleName, oraclesIn } from "../../kernel/oracle-table.js";
import { continuations, STEPS, STOP } from "../../kernel/paths/index.js";
import { examine, type Finding, judgedMask } from "../finding/finding.js";
import { idleOrder, Order } from "../pin/order.js";
import type { Subject } from "../run/subject.js";
import { search } from "./frontier-search.js";
import { type Cut, type SearchOptions, type SearchResult, UNSEARCHED } from "./search.js";

/** The mask is by default the scenario's. */
export interface ExploreOptions extends Omit<SearchOptions, "goal" | "past" | "onEnd"> {
  /** Breadth first from the start; otherwise only once a violation is known, to find its shortest run. */
  readonly bfs?: boolean;
  /** Goes through bounds 0, 1, ... up to this many preemptions per run. */
  readonly preemptions?: number | undefined;
  /** Goes on after the first violation and collects every one. */
  readonly all?: boolean;
  /** Told of the first failing run before a shorter one is looked for. */
  readonly onViolation?: (choices: readonly number[]) => void;
  /** False: the first run that is found will do. */
  readonly shortest?: boolean;
}

/** Why nothing was proved. */
export type Undecided = Exclude<Cut, undefined> | "order" | "idle-order" | "schedule";

/**
 * How many boundaries between pieces of a kernel's paths there are, and how many are merged: nobody can come in between
 * there, or nothing is lost when nobody does (write-path reference, section 9, 14). States are counted after merging.
 */
interface Boundaries {
  readonly all: number;
  readonly merged: number;
}

export function boundariesOf({ fixes, fine }: Pick<Kernel, "fixes" | "fine">): Boundaries {
  const merged = continuations(fixes, fine).filter((next) => next !== STOP).length;
  return { all: STEPS.filter((step) => step !== undefined).length, merged };
}

/** One bound of the deepening. */
interface BoundResult {
  readonly preemptions: number;
  readonly states: number;
  readonly found: boolean;
}

/** Of the last bound that was searched, and what follows from it. */
export interface ExploreResult extends Omit<SearchResult, "cut" | "steps"> {
  readonly verdict: "ok" | "mismatch" | "undecided";
  /** Every state within the bounds was looked at; with a violation and without `all`, it need not have been. */
  readonly exhaustive: boolean;
  readonly undecided: Undecided | undefined;
  /** With an order of which some constraint binds nothing: which, and why. */
  readonly idleOrder: string | undefined;
  /** Violated oracles. */
  readonly oracles: readonly OracleName[];
  readonly bytesPerState: number;
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
  const mask = options.mask ?? judgedMask(subject);
  // An order speaks of threads by name, so that none may stand for another.
  const settled = { ...options, mask, symmetry: options.symmetry !== false && !isOrdered(subject) };
  const deepening: BoundResult[] = [];
  // A file that pins its runs is not a space of runs.
  if (subject.scenario.schedule !== undefined)
    return answer(subject, settled, UNSEARCHED, deepening, "schedule", undefined);
  const past = pastOf(subject);
  let result: SearchResult;
  if (options.preemptions === undefined) result = searchOnce(subject, settled, past);
  else {
    let bound = 0;
    do {
      result = searchOnce(subject, { ...settled, preemptions: bound }, past);
      deepening.push({ preemptions: bound, states: result.states, found: result.found !== 0 });
    } while (result.found === 0 && result.cut === "preemptions" && ++bound <= options.preemptions);
  }
  // Where no run keeps the order, nothing was judged.
  const isKept = past === undefined || result.ends > 0;
  const idle = past === undefined ? undefined : idleOrder(subject.scenario.order ?? [], past.met);
  const cut = result.cut ?? (isKept ? (idle === undefined ? undefined : "idle-order") : "order");
  return answer(subject, settled, result, deepening, cut, idle);
}

function searchOnce(subject: Subject, options: ExploreOptions, past: Order | undefined): SearchResult {
  const isShortest = options.bfs === true && options.preemptions === undefined;
  return search(subject.engine, {
    ...options,
    goal: options.all === true ? "all" : isShortest ? "shortest" : "any",
    past,
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
  { steps, cut: _, ...result }: SearchResult,
  deepening: readonly BoundResult[],
  cut: Undecided | undefined,
  idle: string | undefined,
): ExploreResult {
  const { k } = subject.engine;
  const isBad = result.found !== 0;
  const run = isBad ? shortestOf(subject, options, result.violations[0]!.choices, steps) : undefined;
  return {
    ...result,
    verdict: isBad ? "mismatch" : cut === undefined ? "ok" : "undecided",
    exhaustive: cut === undefined && (!isBad || options.all === true),
    undecided: isBad ? undefined : cut,
    idleOrder: cut === "idle-order" ? idle : undefined,
    oracles: oraclesIn(result.found),
    bytesPerState: result.bytes / Math.max(1, result.states),
    fine: k.fine,
    boundaries: boundariesOf(k),
    symmetry: options.symmetry ?? true,
    exact: options.exact === true,
    deepening,
    finding: run === undefined ? undefined : examine(subject, run.choices, options.mask),
    isShortest: run?.isShortest ?? false,
  };
}

/** The shortest failing run, if `first` (with `steps` known to be it) is one or it is found within the same memory. */
function shortestOf(
  subject: Subject,
  options: ExploreOptions,
  first: readonly number[],
  steps: number,
): { readonly choices: readonly number[]; readonly isShortest: boolean } {
  if (steps >= 0) return { choices: first, isShortest: true };
  const isWanted = options.shortest !== false && options.bfs !== true && options.preemptions === undefined;
  if (isWanted) {
    options.onViolation?.(first);
    const found = search(subject.engine, { ...options, goal: "shortest", past: pastOf(subject) });
    if (found.steps >= 0) return { choices: found.violations[0]!.choices, isShortest: true };
  }
  return { choices: first, isShortest: false };
}
