/**
 * All that a step changes, in one place: the state, and what stands beside it (the order of locks, times of windows, the
 * verdict, the count of changes to the extents, the tracer). Whoever runs steps that are to leave no mark saves before and
 * restores after.
 */
import { Verdict } from "../../check/violations.js";
import type { Kernel } from "../../kernel/machine/kernel.js";

/** What makes steps: an engine. */
export interface Stepped {
  readonly k: Kernel;
  readonly verdict: Verdict;
}

export type Snapshot = ReturnType<typeof snapshotOf>;

/** Room for what `engine` is in; holds it as it is now. */
export function snapshotOf(engine: Stepped) {
  const { k } = engine;
  const state = k.s.slice();
  const edges = k.lockOrder.edges.slice();
  const windows = k.windows.slice();
  const verdict = new Verdict();
  let sequence = 0;
  let tracer = k.tracer;
  const save = (): void => {
    state.set(k.s);
    edges.set(k.lockOrder.edges);
    windows.set(k.windows);
    verdict.copyFrom(engine.verdict);
    sequence = k.extents.sequence;
    tracer = k.tracer;
  };
  const restore = (): void => {
    k.s.set(state);
    k.lockOrder.edges.set(edges);
    k.windows.set(windows);
    engine.verdict.copyFrom(verdict);
    k.extents.sequence = sequence;
    k.tracer = tracer;
  };
  save();
  return { save, restore };
}
