/**
 * What a failing run comes down to, by a look at every run of its program: from where on it is lost, the order of steps
 * that makes every run fail, the locks that would prevent it, and what of the program does not matter.
 */
import type { Finding } from "../explore/finding/finding.js";
import { watchRun } from "../explore/run/replay.js";
import { subjectOf } from "../explore/run/subject.js";
import { CHOICE_NAMES } from "../kernel/machine/choices.js";
import type { RunSpec } from "../scenario/token.js";
import type { OrderConstraint } from "../scenario/types.js";
import { type ClosingLock, closingLocks } from "./closing-locks.js";
import { type HeldWindow, heldWindow } from "./held-window.js";
import { type Prospect, prospectsOf } from "./no-return.js";
import { raceOrder } from "./race-order.js";
import { graphOf, type RunGraph } from "./run-graph.js";
import { type Variations, variationsOf } from "./variations.js";

/** Some seconds of work. */
export const MOST_NODES = 200_000;

export interface Explanation {
  readonly run: RunSpec;
  readonly finding: Finding;
  /** Situations that runs of the program go through. */
  readonly states: number;
  readonly prospects: readonly Prospect[];
  /** The first step after which no continuation is right; undefined when that is only the end, 0 the start. */
  readonly noReturn: number | undefined;
  /** Every run that keeps it fails, and not so with one constraint less; undefined when no order does that. */
  readonly order: readonly OrderConstraint[] | undefined;
  /** Choices of the environment that have to be as in this run besides. */
  readonly given: readonly string[];
  /** Numbers of the steps of the run that the order speaks of. */
  readonly bound: readonly number[];
  readonly window: HeldWindow | undefined;
  readonly locks: readonly ClosingLock[];
  readonly variations: Variations;
}

/** Explains the run; a sentence when it shows nothing or its program has too many runs. */
export function explainRun(run: RunSpec, mostNodes = MOST_NODES): Explanation | { readonly problem: string } {
  const { schedule: _1, order: _2, ...scenario } = run.scenario;
  const free = { ...run, scenario };
  const graph = graphOf(free, mostNodes);
  if ("problem" in graph) return graph;
  const { finding, nodes } = graph;
  const prospects = prospectsOf(graph);
  const race = raceOrder(graph);
  const window = heldWindow(finding);
  return {
    run: free,
    finding,
    states: nodes.length,
    prospects,
    noReturn: prospects.find(({ canBeRight }) => !canBeRight)?.step,
    order: race?.pairs.map(([a, b]) => ({ before: graph.events[a]!.ref, after: graph.events[b]!.ref })),
    given: givenOf(graph),
    bound: [...new Set(race?.pairs.flat().map((e) => graph.events[e]!.step))].toSorted((a, b) => a - b),
    window,
    locks:
      window === undefined ? [] : closingLocks(free, graph.events, window, heldAt(free, window), mostNodes),
    variations: variationsOf(scenario, run.variant, finding.kind),
  };
}

/** Locks that the thread holds all through the window of the run, as HELD_* bits. */
function heldAt(run: RunSpec, { thread, from, to }: HeldWindow): number {
  const { engine } = subjectOf(run);
  let held = -1;
  let steps = 0;
  watchRun(engine, run.choices, {
    step: () => {
      if (steps >= from && steps < to) held &= engine.thread(thread).held;
      steps++;
    },
  });
  return held;
}

function givenOf({ answers }: RunGraph): string[] {
  return CHOICE_NAMES.filter((_, kind) => answers[kind] !== 0);
}
