/**
 * How many states a search will meet, before it starts: random walks, each step of which counts for as many states as
 * its path stands for (Knuth, "Estimating the efficiency of backtrack programs", 1975, for graphs instead of trees).
 *
 * Let every state share itself out evenly among its parents, and these among theirs: then the shares of all paths to
 * it add up to 1, and the number of states is the sum over all paths from the start of the product of 1/parents.
 * A walk that goes to each of c children alike meets a path with the product of 1/c; what it counts is the product
 * of c/parents, and the mean of that is the number of states. Parents are found from the path: each thread's last step
 * is tried as the last of all. A state has others too, which makes the estimate too high, and few walks that count for
 * much make it too low, the more the longer they are: on the grid it is up to seven times too high of searches of 10,000 to 4
 * million states, and twenty times too low of one of 57 million.
 */
import type { StateArray } from "../../kernel/machine/layout.js";
import type { Engine } from "../run/engine.js";
import type { Rng } from "../strategies/rng.js";
import { Canonical } from "./canonical.js";
import { DeadValues } from "./dead-values.js";
import { isPlainProgram } from "./plain-programs.js";
import type { SearchOptions } from "./search.js";
import { Transitions } from "./transitions.js";

/** Steps of one walk, and of all with the detours to parents: about a second's work. */
const LONGEST = 5_000;
const MOST_STEPS = 3_000_000;
/** Fewest walks, and groups of which most have some, and most have none, of the few walks that count for very much. */
const FEWEST = 9;
const FEW_GROUPS = 9;
const MANY_GROUPS = 45;

export interface Estimate {
  readonly states: number;
  /** Longest walk. */
  readonly depth: number;
  readonly probes: number;
}

/**
 * The median of the means of groups of walks: few walks count for very much, and a mean of all would depend on whether one
 * of them came. The median of few groups is too high of small searches, that of many too low of large ones: the geometric
 * mean of the two. At most `most` walks, fewer when they are long, and none from when `shouldStop` says so.
 */
export function estimateStates(
  engine: Engine,
  { symmetry = true, reduced = true }: Pick<SearchOptions, "symmetry" | "reduced">,
  most: number,
  rng: Rng,
  shouldStop = () => false,
): Estimate {
  const walker = new Walker(engine, symmetry, reduced && isPlainProgram(engine), rng, shouldStop);
  const counts: number[] = [];
  let depth = 0;
  while (!shouldStop() && (counts.length < FEWEST || (counts.length < most && walker.steps < MOST_STEPS))) {
    counts.push(walker.walk());
    depth = Math.max(depth, walker.depth);
  }
  const states = Math.sqrt(medianOfMeans(counts, FEW_GROUPS) * medianOfMeans(counts, MANY_GROUPS));
  return { states: Math.round(states), depth, probes: counts.length };
}

function medianOfMeans(counts: readonly number[], groups: number): number {
  const sums = new Float64Array(Math.min(groups, counts.length));
  counts.forEach((count, i) => {
    sums[i % sums.length]! += count;
  });
  const means = sums.map((sum, i) => sum / Math.ceil((counts.length - i) / sums.length));
  return means.sort()[means.length >> 1] ?? 0;
}

/** A transition with the answers to its inner choices. */
interface Move {
  readonly transition: number;
  readonly picks: readonly number[];
}

class Walker {
  /** Steps of the last walk. */
  depth = 0;
  /** Steps of all, children and detours included. */
  steps = 0;
  readonly #engine: Engine;
  readonly #rng: Rng;
  readonly #transitions: Transitions;
  readonly #dead: DeadValues | undefined;
  readonly #canonical: Canonical;
  readonly #list: Int16Array;
  /** Before each step of the walk. */
  readonly #states: StateArray[] = [];
  readonly #moves: Move[] = [];

  readonly #shouldStop: () => boolean;

  constructor(engine: Engine, symmetry: boolean, isReduced: boolean, rng: Rng, shouldStop: () => boolean) {
    this.#shouldStop = shouldStop;
    this.#engine = engine;
    this.#rng = rng;
    this.#transitions = new Transitions(engine, isReduced);
    this.#dead = isReduced ? new DeadValues(engine) : undefined;
    this.#canonical = new Canonical(engine.k, symmetry);
    this.#list = new Int16Array(this.#transitions.most);
  }

  /** Number of states that one walk speaks for. */
  walk(): number {
    this.#engine.reset();
    this.#moves.length = 0;
    let share = 1;
    let sum = 1;
    for (this.depth = 0; this.depth < LONGEST; this.depth++) {
      if (this.#shouldStop()) break;
      this.#save(this.depth);
      const children = this.#children();
      if (children.length === 0) break;
      const move = children[this.#rng.below(children.length)]!;
      this.#moves.push(move);
      this.#load(this.depth);
      this.#run(move);
      share *= children.length / this.#parents();
      sum += share;
    }
    return sum;
  }

  /** One move to each distinct state that follows the saved one. */
  #children(): Move[] {
    const transitions = this.#transitions;
    const n = transitions.enabled(this.#list, 0);
    const children = new Map<number, Move>();
    for (let i = 0; i < n; i++) {
      transitions.forced = 0;
      do {
        this.#load(this.depth);
        const transition = this.#list[i]!;
        transitions.run(transition);
        this.#dead?.clear();
        this.steps++;
        const picks = Array.from(transitions.picks.subarray(0, transitions.asked));
        const key = this.#key();
        if (!children.has(key)) children.set(key, { transition, picks });
      } while (transitions.next());
    }
    return [...children.values()];
  }

  /** Distinct states that the state at hand can have come from, in one step that the path has, later or as it was. */
  #parents(): number {
    const { k } = this.#engine;
    const here = k.s.slice();
    const state = this.#key();
    const last = this.#moves.length - 1;
    const parents = new Set<number>();
    const tried = new Set<number>();
    for (let i = last; i >= 0; i--) {
      const move = this.#moves[i]!;
      if (tried.has(move.transition)) continue;
      tried.add(move.transition);
      this.#load(i);
      let possible = true;
      for (let j = i + 1; j <= last && possible; j++) possible = this.#follow(this.#moves[j]!);
      if (!possible) continue;
      const key = this.#key();
      if (parents.has(key)) continue;
      if (this.#follow(move) && this.#key() === state) parents.add(key);
    }
    k.s.set(here);
    return Math.max(1, parents.size);
  }

  /** Makes the move if it is possible in the state at hand. */
  #follow(move: Move): boolean {
    const transitions = this.#transitions;
    if (!transitions.isPossible(move.transition)) return false;
    if (move.transition >= transitions.reclaim && transitions.enabled(this.#list, 0) === 0) return false;
    this.#run(move);
    return true;
  }

  #run(move: Move): void {
    const transitions = this.#transitions;
    transitions.picks.set(move.picks);
    transitions.forced = move.picks.length;
    transitions.run(move.transition);
    this.#dead?.clear();
    this.steps++;
  }

  #key(): number {
    this.#canonical.hash();
    return this.#canonical.number;
  }

  #save(depth: number): void {
    const state = this.#states[depth];
    if (state === undefined) this.#states.push(this.#engine.k.s.slice());
    else state.set(this.#engine.k.s);
  }

  #load(depth: number): void {
    this.#engine.k.s.set(this.#states[depth]!);
  }
}
