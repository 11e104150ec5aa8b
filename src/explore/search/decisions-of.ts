/**
 * The moves of a search as the decisions that a schedule is made of.
 */
import type { Engine } from "../run/engine.js";
import { Transitions } from "./transitions.js";

/** Raw decisions of the run that makes these moves from the start; the machine stands at its end. */
export function decisionsOf(engine: Engine, path: readonly number[], isReduced = false): number[] {
  const transitions = new Transitions(engine, isReduced);
  const out: number[] = [];
  engine.reset();
  for (const move of path) {
    const transition = move % transitions.most;
    const before = engine.k.s.slice();
    transitions.forced = 0;
    transitions.run(transition);
    for (let combination = (move - transition) / transitions.most; combination > 0; combination--) {
      transitions.next();
      engine.k.s.set(before);
      transitions.run(transition);
    }
    transitions.addDecisions(out);
  }
  return out;
}
