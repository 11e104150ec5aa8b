/**
 * The kworkers of a run, numbered by birth: a slot of the engine serves one ioend after the other, and people mean
 * the ioend.
 */
import { Pc } from "../../kernel/machine/labels.js";
import type { Engine } from "../run/engine.js";

export class Kworkers {
  /** How many have been born. */
  births = 0;
  /** Number by thread index, of those that live. */
  readonly #alive = new Map<number, number>();

  begin(): void {
    this.births = 0;
    this.#alive.clear();
  }

  /** Notes which were born and which finished; to be called between any two steps. */
  observe(engine: Engine): void {
    for (let i = engine.k.layout.programThreads; i < engine.reclaim; i++) {
      if (engine.k.threads[i]!.pc === Pc.DONE) this.#alive.delete(i);
      else if (!this.#alive.has(i)) this.#alive.set(i, ++this.births);
    }
  }

  /** The number of the one that lives in the thread, from 1; 0 when none does. */
  numberOf(thread: number): number {
    return this.#alive.get(thread) ?? 0;
  }

  /** The thread of the one with this number, while it lives. */
  threadOf(number: number): number | undefined {
    for (const [thread, alive] of this.#alive) if (alive === number) return thread;
    return undefined;
  }
}
