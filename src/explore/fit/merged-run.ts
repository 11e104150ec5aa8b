/**
 * The run that a run of fine steps comes to where steps are merged: threads take their steps in the same order, each as soon
 * as the first piece of it comes.
 */
import type { Tracer } from "../../kernel/machine/kernel.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { choicesOf } from "../run/choice-lists.js";
import { defaultThread } from "../run/default-thread.js";
import { makeSubject, type Subject } from "../run/subject.js";
import type { Strategy, View } from "../strategies/strategy.js";

/** Counts the pieces that each thread has done. */
class Pieces implements Tracer {
  readonly done: number[];

  constructor(threads: number) {
    this.done = new Array<number>(threads).fill(0);
  }
  step(t: Thread): void {
    this.done[t.index]!++;
  }
  note(): void {}
}

class InFineOrder implements Strategy {
  readonly name = "in fine order";
  readonly #threads: readonly number[];
  readonly #pieces: Pieces;
  readonly #met: number[];
  #at = 0;

  constructor(threads: readonly number[], pieces: Pieces) {
    this.#threads = threads;
    this.#pieces = pieces;
    this.#met = pieces.done.map(() => 0);
  }
  begin(): void {}
  next(view: View, last: number): number {
    while (this.#at < this.#threads.length) {
      const thread = this.#threads[this.#at]!;
      const isDone = this.#met[thread]! < this.#pieces.done[thread]!;
      // A thread that cannot go on yet goes on when it can: its pieces are met then.
      if (!isDone && view.isEnabled(thread)) return thread;
      this.#met[thread]!++;
      this.#at++;
    }
    return defaultThread(view, last);
  }
  choose(): number {
    return 0;
  }
}

/** The canonical choices of the merged run of `fine`'s decisions, which take no choice but of threads. */
export function mergedChoices(fine: Subject, decisions: readonly number[]): number[] {
  const { observed: _, ...program } = fine.scenario;
  const { engine } = makeSubject(program, fine.variant);
  const pieces = new Pieces(engine.k.threads.length);
  engine.k.tracer = pieces;
  engine.run(new InFineOrder(decisions, pieces));
  engine.k.tracer = null;
  return choicesOf(engine);
}
