/**
 * What is judged where a run is over.
 */
import type { Engine } from "../run/engine.js";

/** Ends a run and gives what its end violates; the order of locks over all runs, which is judged elsewhere, is kept. */
export function foundAtEnd(engine: Engine): number {
  const { k, verdict } = engine;
  const edges = k.lockOrder.edges.slice();
  k.lockOrder.edges.fill(0);
  verdict.found = 0;
  engine.finish();
  for (let i = 0; i < edges.length; i++) k.lockOrder.edges[i]! |= edges[i]!;
  return verdict.found;
}
