/**
 * A strategy answers every choice of one run: which enabled thread steps next, and what the environment decides.
 * One file per strategy; each opens with the paper it implements.
 */
import type { Chooser } from "../../kernel/machine/choices.js";
import type { Engine } from "../run/engine.js";

export interface Strategy extends Chooser {
  readonly name: string;
  /** It looks at more of the machine than which threads are enabled. */
  readonly readsState?: boolean;
  /** A new run starts: the engine stands at the start of the schedule. */
  begin(engine: Engine): void;
  /** The next thread, which must be enabled; -1 when nothing but reclaim could run. `last` ran before, -1 at first. */
  next(engine: Engine, last: number): number;
}
