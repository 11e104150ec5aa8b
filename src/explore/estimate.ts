/**
 * How many states a search will meet, before it starts: random walks, and per depth the Chao1 estimate of how many
 * distinct states there are from how many were seen once and twice (Chao, "Nonparametric estimation of the number of
 * classes in a population", 1984). A lower bound by nature; more probes bring it closer.
 */
import { Canonical } from "./canonical.js";
import type { Engine } from "./engine.js";
import type { Rng } from "./rng.js";
import { DEFAULT_CHOOSER } from "./strategy.js";
import { Transitions } from "./transitions.js";

const MOST_STEPS = 5_000;

export interface Estimate {
  readonly states: number;
  /** Longest walk. */
  readonly depth: number;
  readonly probes: number;
}

export function estimateStates(engine: Engine, symmetry: boolean, probes: number, rng: Rng): Estimate {
  const { k } = engine;
  const transitions = new Transitions(engine);
  const canonical = new Canonical(k, symmetry);
  const seen: Map<number, number>[] = [];
  const list = new Int16Array(transitions.most);
  for (let probe = 0; probe < probes; probe++) {
    engine.reset();
    k.chooser = {
      choose: (sort, options) => {
        // An eviction's page is the transition itself; every other answer is drawn.
        const answer = transitions.choose(sort, options);
        return transitions.forced > 0 ? answer : rng.below(options);
      },
    };
    for (let depth = 0; depth < MOST_STEPS; depth++) {
      canonical.hash();
      const key = canonical.low * 2 ** 21 + (canonical.high & 0x1fffff);
      if (seen.length === depth) seen.push(new Map());
      const level = seen[depth]!;
      level.set(key, (level.get(key) ?? 0) + 1);
      const n = transitions.enabled(list, 0);
      if (n === 0) break;
      transitions.forced = 0;
      transitions.run(list[rng.below(n)]!);
    }
  }
  k.chooser = DEFAULT_CHOOSER;
  return {
    states: Math.round(seen.reduce((sum, level) => sum + chao1(level), 0)),
    depth: seen.length,
    probes,
  };
}

/** Chao1 with the bias-corrected form. */
function chao1(counts: ReadonlyMap<number, number>): number {
  let once = 0;
  let twice = 0;
  for (const n of counts.values()) {
    if (n === 1) once++;
    else if (n === 2) twice++;
  }
  return counts.size + (once * (once - 1)) / (2 * (twice + 1));
}
