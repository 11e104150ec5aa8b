/**
 * Strategies by name, and the fixed mix that sampling goes round by default.
 */

import type { Engine } from "../run/engine.js";
import { defaultLength, Pct } from "./pct.js";
import { RandomWalk } from "./random.js";
import type { Rng } from "./rng.js";
import type { Runs, Strategy } from "./strategy.js";
import { UniformWalk } from "./uniform-walk.js";

export const STRATEGY_NAMES = ["mixed", "random", "sticky", "pct", "realizable", "urw"] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** Strategies that stand in rooms above this one: whoever asks for one by name brings it along. */
export interface Makers {
  readonly realizable?: (rng: Rng) => Strategy;
}

const STICK = 0.7;
export const DEFAULT_DEPTH = 3;

/** The fixed mix, in turn. */
const MIX: readonly {
  readonly label: string;
  readonly make: (rng: Rng, engine: Engine, length: number) => Strategy;
}[] = [
  { label: pctLabel(2), make: (rng, engine, length) => new Pct(rng, 2, engine, length) },
  { label: "sticky", make: (rng) => new RandomWalk(rng, STICK) },
  { label: pctLabel(3), make: (rng, engine, length) => new Pct(rng, 3, engine, length) },
  { label: "random", make: (rng) => new RandomWalk(rng, 0) },
  { label: pctLabel(5), make: (rng, engine, length) => new Pct(rng, 5, engine, length) },
];

function pctLabel(depth: number): string {
  return `pct depth ${depth}`;
}

/** What tells the strategies of `makeStrategies` apart, in its order. */
export function strategyLabels(name: StrategyName, depth = DEFAULT_DEPTH): readonly string[] {
  if (name === "mixed") return MIX.map(({ label }) => label);
  return [name === "pct" ? pctLabel(depth) : name];
}

/** The one of them that makes run `n`, from 0. */
export function inTurn<S>(strategies: readonly S[], n: number): S {
  return strategies[n % strategies.length]!;
}

/**
 * The strategies that runs take turns in: one for a named strategy, the fixed mix for `mixed`. `runs` makes those of the
 * default schedule that some of them need.
 */
export function makeStrategies(
  name: StrategyName,
  rng: Rng,
  engine: Engine,
  depth = DEFAULT_DEPTH,
  makers: Makers = {},
  runs: Runs = engine,
): readonly Strategy[] {
  if (name === "mixed") {
    const length = defaultLength(engine, runs);
    return MIX.map(({ make }) => make(rng, engine, length));
  }
  if (name === "random") return [new RandomWalk(rng, 0)];
  if (name === "sticky") return [new RandomWalk(rng, STICK)];
  if (name === "pct") return [new Pct(rng, depth, engine, defaultLength(engine, runs))];
  if (name === "urw") return [new UniformWalk(rng, engine)];
  if (makers.realizable === undefined) throw new Error("nobody brought the strategy realizable along");
  return [makers.realizable(rng)];
}
