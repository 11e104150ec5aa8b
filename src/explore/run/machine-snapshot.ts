/**
 * All that a step changes, in one place: the state, and what stands beside it (the order of locks, times of windows, the
 * verdict, the count of changes to the extents, the tracer). Whoever runs steps that are to leave no mark saves before and
 * restores after.
 */
import { Verdict } from "../../check/violations.js";
import type { Tracer } from "../../kernel/machine/kernel.js";
import type { StateArray } from "../../kernel/machine/layout.js";
import type { Engine } from "./engine.js";

export class Snapshot {
  readonly #engine: Engine;
  readonly #state: StateArray;
  readonly #edges: Uint8Array;
  readonly #windows: Uint32Array;
  readonly #verdict = new Verdict();
  #sequence = 0;
  #tracer: Tracer | null = null;

  /** Room for what `engine` is in; holds it as it is now. */
  constructor(engine: Engine) {
    const { k } = engine;
    this.#engine = engine;
    this.#state = k.s.slice();
    this.#edges = k.lockOrder.edges.slice();
    this.#windows = k.windows.slice();
    this.save();
  }

  save(): void {
    const { k, verdict } = this.#engine;
    this.#state.set(k.s);
    this.#edges.set(k.lockOrder.edges);
    this.#windows.set(k.windows);
    this.#verdict.copyFrom(verdict);
    this.#sequence = k.extents.sequence;
    this.#tracer = k.tracer;
  }

  restore(): void {
    const { k, verdict } = this.#engine;
    k.s.set(this.#state);
    k.lockOrder.edges.set(this.#edges);
    k.windows.set(this.#windows);
    verdict.copyFrom(this.#verdict);
    k.extents.sequence = this.#sequence;
    k.tracer = this.#tracer;
  }
}
