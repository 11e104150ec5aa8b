/**
 * Strategies by name, and the fixed mix that sampling goes round by default.
 */
import type { Engine } from "./engine.js";
import { Pct } from "./pct.js";
import { PartialOrderSampling } from "./pos.js";
import { RandomWalk } from "./random.js";
import { RealizableWalk } from "./realizable.js";
import type { Rng } from "./rng.js";
import type { Strategy } from "./strategy.js";
import { UniformWalk } from "./urw.js";

export const STRATEGY_NAMES = ["mixed", "random", "sticky", "pct", "realizable", "pos", "urw"] as const;
export type StrategyName = (typeof STRATEGY_NAMES)[number];

const STICK = 0.7;
export const DEFAULT_DEPTH = 3;

/** The strategies that runs take turns in: one for a named strategy, the fixed mix for `mixed`. */
export function makeStrategies(
  name: StrategyName,
  rng: Rng,
  engine: Engine,
  depth = DEFAULT_DEPTH,
): readonly Strategy[] {
  switch (name) {
    case "random":
      return [new RandomWalk(rng, 0)];
    case "sticky":
      return [new RandomWalk(rng, STICK)];
    case "pct":
      return [new Pct(rng, depth, engine)];
    case "realizable":
      return [RealizableWalk.random(rng)];
    case "pos":
      return [new PartialOrderSampling(rng, engine)];
    case "urw":
      return [new UniformWalk(rng, engine)];
    case "mixed":
      return [
        new Pct(rng, 2, engine),
        new RandomWalk(rng, STICK),
        new Pct(rng, 3, engine),
        new RandomWalk(rng, 0),
        new Pct(rng, 5, engine),
      ];
  }
}
