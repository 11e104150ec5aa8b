/**
 * A race as an order: the smallest set of constraints "step a before step b", taken from a failing run, such that every
 * run that keeps them fails. Found by implicit hitting sets: each right run breaks some constraint of the answer, so a
 * smallest set that hits what the right runs found so far break is tried, until no right run keeps it. As it is a
 * smallest one, it does without none of its constraints.
 */
import { type Pair, RightRuns } from "./right-runs.js";
import type { RunGraph } from "./run-graph.js";
import { smallestHit } from "./smallest-hit.js";

/** Rounds after which the search gives up; every answer so far took less than a hundred. */
const MOST_ROUNDS = 2_000;

export interface RaceOrder {
  readonly pairs: readonly Pair[];
  /** Right runs that were needed to rule the others out. */
  readonly rounds: number;
}

/** Undefined when no order of the run's steps makes every run fail. */
export function raceOrder(graph: RunGraph): RaceOrder | undefined {
  const { events } = graph;
  const pairs: Pair[] = [];
  for (let b = 0; b < events.length; b++)
    for (let a = b - 1; a >= 0; a--) if (events[a]!.ref.thread !== events[b]!.ref.thread) pairs.push([a, b]);
  // What tells most is tried first.
  const dull = ([a, b]: Pair) => Number(!events[a]!.isTelling) + Number(!events[b]!.isTelling);
  pairs.sort((x, y) => dull(x) - dull(y));
  const runs = new RightRuns(graph);
  const broken: number[][] = [];
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const chosen = smallestHit(broken, pairs.length);
    if (chosen === undefined) return undefined;
    let run = runs.keeping(chosen.map((i) => pairs[i]!));
    if (run === undefined)
      return {
        pairs: inRunOrder(
          weakened(
            graph,
            runs,
            chosen.map((i) => pairs[i]!),
          ),
        ),
        rounds,
      };
    // The fewer constraints it breaks, the more it says.
    const kept = new Set(chosen);
    let breaks = breaksOf(run, pairs);
    for (let i = 0; i < breaks.length; i++) {
      const tried = [...kept, ...pairs.keys()].filter((p, at, all) => all.indexOf(p) === at);
      const asked = tried.filter((p) => !breaks.includes(p) || p === breaks[i]);
      const better = runs.keeping(asked.map((p) => pairs[p]!));
      if (better === undefined) continue;
      run = better;
      breaks = breaksOf(run, pairs);
      i = -1;
    }
    if (breaks.length === 0) return undefined;
    broken.push(breaks);
  }
  return undefined;
}

/** The constraints with an earlier first or a later second step of the same threads wherever that is enough, too. */
function weakened({ events }: RunGraph, runs: RightRuns, pairs: readonly Pair[]): Pair[] {
  const of = (e: number): number[] =>
    [...events.keys()].filter((other) => events[other]!.ref.thread === events[e]!.ref.thread);
  const result = [...pairs];
  pairs.forEach(([a, b], i) => {
    const firsts = of(a).filter((e) => e <= a);
    const seconds = of(b)
      .filter((e) => e >= b && events[e]!.isTelling)
      .reverse();
    for (const pair of firsts.flatMap((first) => [...seconds, b].map((second): Pair => [first, second]))) {
      if (runs.keeping(result.with(i, pair)) !== undefined) continue;
      result[i] = pair;
      break;
    }
  });
  return result;
}

function inRunOrder(pairs: readonly Pair[]): Pair[] {
  return pairs.toSorted(([a, b], [c, d]) => a - c || b - d);
}

/** Which constraints a run breaks, given when each event first happened in it. */
function breaksOf(times: Float64Array, pairs: readonly Pair[]): number[] {
  return pairs.flatMap(([a, b], i) => (times[b]! < times[a]! ? [i] : []));
}
