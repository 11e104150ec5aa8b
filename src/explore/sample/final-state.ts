/**
 * The state that a run ends in, as one number: contents in cache and on disk, extents, sizes. What is left of the
 * budgets, and whether reclaim could go on, are not part of it. Identical threads count as one another.
 */
import { CHOICES } from "../../kernel/machine/choices.js";
import { Global } from "../../kernel/machine/layout.js";
import type { Engine } from "../run/engine.js";
import { Canonical } from "../search/canonical.js";

/**
 * A function that gives the hash of the state that the engine stands at; the state is as it was afterwards. Of 2^18
 * states two agree with probability 4e-6.
 */
export function finalStateOf(engine: Engine): () => number {
  const { k } = engine;
  const { s } = k;
  const canonical = new Canonical(k, true);
  const reclaim = engine.thread(engine.reclaim);
  const saved = new Uint16Array(CHOICES);
  return () => {
    for (let i = 0; i < CHOICES; i++) {
      saved[i] = s[Global.BUDGET + i]!;
      s[Global.BUDGET + i] = 0;
    }
    const cap = s[Global.FAULT_CAP]!;
    s[Global.FAULT_CAP] = 0;
    const { pc } = reclaim;
    reclaim.pc = 0;
    canonical.hash();
    reclaim.pc = pc;
    s[Global.FAULT_CAP] = cap;
    for (let i = 0; i < CHOICES; i++) s[Global.BUDGET + i] = saved[i]!;
    return canonical.number;
  };
}
