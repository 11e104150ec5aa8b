/**
 * The kworkers of a run, numbered by birth: a slot of the engine serves one ioend after the other, and people mean
 * the ioend.
 */
import { Pc } from "../../kernel/machine/labels.js";
import type { Engine } from "../run/engine.js";
import { grown } from "../run/growing-arrays.js";

export class Kworkers {
  /** How many have been born; then by thread index the number of the one that lives there, 0 when none does. */
  #numbers: Int32Array;

  /** `numbers` may be part of something that is saved and restored; `engine.reclaim + 1` of them. */
  constructor(numbers: Int32Array = new Int32Array(32)) {
    this.#numbers = numbers;
  }

  /** How many have been born. */
  get births(): number {
    return this.#numbers[0]!;
  }

  begin(): void {
    this.#numbers.fill(0);
  }

  /** Notes which were born and which finished; to be called between any two steps. */
  observe(engine: Engine): void {
    this.#numbers = grown(this.#numbers, engine.reclaim + 1);
    const numbers = this.#numbers;
    for (let i = engine.k.layout.programThreads; i < engine.reclaim; i++) {
      if (engine.k.threads[i]!.pc === Pc.DONE) numbers[1 + i] = 0;
      else if (numbers[1 + i] === 0) numbers[1 + i] = ++numbers[0]!;
    }
  }

  /** The number of the one that lives in the thread, from 1; 0 when none does. */
  numberOf(thread: number): number {
    return this.#numbers[1 + thread] ?? 0;
  }

  /** The thread of the one with this number, while it lives. */
  threadOf(number: number): number | undefined {
    const at = this.#numbers.indexOf(number, 1);
    return at < 0 ? undefined : at - 1;
  }
}
