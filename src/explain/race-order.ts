/**
 * A race as an order: the smallest set of constraints "step a before step b", taken from a failing run, such that every
 * run that keeps them fails. Found by implicit hitting sets: each right run breaks some constraint of the answer, so a
 * smallest set that hits what the right runs found so far break is tried, until no right run keeps it. As it is a
 * smallest one, it does without none of its constraints.
 */
import { rightNodes } from "./no-return.js";
import { ENDS_RIGHT, FAILED, type RunGraph } from "./run-graph.js";
import { hasHappened } from "./run-track.js";

/** Events of the graph: the first before the second. */
export type Pair = readonly [before: number, after: number];

/** Rounds after which the search gives up; every answer so far took less than a hundred. */
const MOST_ROUNDS = 2_000;
const MOST_CONSTRAINTS = 8;

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

/** A smallest set of numbers below `most` of which each of the sets has one; undefined when it would be too large. */
function smallestHit(sets: readonly (readonly number[])[], most: number): number[] | undefined {
  for (let size = 0; size <= Math.min(MOST_CONSTRAINTS, most); size++) {
    const found = hit(sets, size, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hit(sets: readonly (readonly number[])[], left: number, chosen: number[]): number[] | undefined {
  const open = sets.filter((set) => !set.some((i) => chosen.includes(i)));
  if (open.length === 0) return chosen;
  if (left === 0) return undefined;
  const [smallest] = open.toSorted((a, b) => a.length - b.length);
  for (const i of smallest!) {
    const found = hit(open, left - 1, [...chosen, i]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Looks for runs that end right and keep an order. */
class RightRuns {
  readonly #graph: RunGraph;
  readonly #right: Uint8Array;
  readonly #seen: Int32Array;
  #round = 0;

  constructor(graph: RunGraph) {
    this.#graph = graph;
    this.#right = rightNodes(graph);
    this.#seen = new Int32Array(graph.nodes.length);
  }

  /** When each event first happened in such a run, Infinity for those that did not; undefined when there is no run. */
  keeping(pairs: readonly Pair[]): Float64Array | undefined {
    const { nodes, events } = this.#graph;
    if (this.#right[0] === 0) return undefined;
    const needs: number[][] = events.map(() => []);
    for (const [a, b] of pairs) needs[b]!.push(a);
    const round = ++this.#round;
    const path: { n: number; at: number }[] = [{ n: 0, at: 0 }];
    this.#seen[0] = round;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const node = nodes[top.n]!;
      if (node.ends === ENDS_RIGHT && this.#isMeant(top.n)) return this.#times(path);
      const edge = node.edges[top.at++];
      if (edge === undefined) {
        path.pop();
        continue;
      }
      const { to, fresh } = edge;
      if (to === FAILED || this.#right[to] === 0 || this.#seen[to] === round) continue;
      const isKept = fresh.every((b, i) =>
        needs[b]!.every(
          (a) => hasHappened(node.happened, a) || (fresh.indexOf(a, 0) < i && fresh.includes(a)),
        ),
      );
      if (!isKept) continue;
      this.#seen[to] = round;
      path.push({ n: to, at: 0 });
    }
    return undefined;
  }

  /** Only runs in which the environment chooses as in the failing one count. */
  #isMeant(n: number): boolean {
    const { nodes, answers } = this.#graph;
    return nodes[n]!.answers.every((times, kind) => times === answers[kind]);
  }

  #times(path: readonly { n: number; at: number }[]): Float64Array {
    const times = new Float64Array(this.#graph.events.length).fill(Number.POSITIVE_INFINITY);
    let time = 0;
    for (const { n, at } of path.slice(0, -1))
      for (const e of this.#graph.nodes[n]!.edges[at - 1]!.fresh) times[e] = time++;
    return times;
  }
}
