/**
 * The state that a run ends in, as one number: contents in cache and on disk, extents, sizes. What is left of the
 * budgets, and whether reclaim could go on, are not part of it. Identical threads count as one another.
 */
import { CHOICES } from "../../kernel/machine/choices.js";
import { Global } from "../../kernel/machine/layout.js";
import type { Engine } from "../run/engine.js";
import { Canonical } from "../search/canonical.js";

export class FinalState {
  readonly #engine: Engine;
  readonly #canonical: Canonical;
  readonly #saved = new Uint16Array(CHOICES);

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#canonical = new Canonical(engine.k, true);
  }

  /**
   * Hash of the state that the engine stands at; the state is as it was afterwards. Of 2^18 states two agree with
   * probability 4e-6.
   */
  hash(): number {
    const { k, reclaim } = this.#engine;
    const { s } = k;
    const saved = this.#saved;
    for (let i = 0; i < CHOICES; i++) {
      saved[i] = s[Global.BUDGET + i]!;
      s[Global.BUDGET + i] = 0;
    }
    const cap = s[Global.FAULT_CAP]!;
    s[Global.FAULT_CAP] = 0;
    const thread = k.threads[reclaim]!;
    const { pc } = thread;
    thread.pc = 0;
    this.#canonical.hash();
    thread.pc = pc;
    s[Global.FAULT_CAP] = cap;
    for (let i = 0; i < CHOICES; i++) s[Global.BUDGET + i] = saved[i]!;
    return this.#canonical.number;
  }
}
