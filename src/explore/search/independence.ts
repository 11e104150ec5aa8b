/**
 * Which of the transitions out of one state commute, from what their steps declare to read and write.
 */
import { LABELS } from "../../kernel/machine/labels.js";
import { conflicts, EVICTIONS, folioBit, TouchSet } from "../../kernel/machine/touches.js";
import { lookAtStep, TOUCHES } from "../../kernel/paths/index.js";
import type { Engine } from "../run/engine.js";
import type { Transitions } from "./transitions.js";

if (TOUCHES.length !== LABELS) throw new Error("one touch function per label");

const scratch = new TouchSet();

export class Independence {
  readonly #engine: Engine;
  readonly #reclaim: number;
  readonly #reads: Int32Array;
  readonly #writes: Int32Array;
  /** The threads among the transitions looked at last. */
  #threads = 0;

  constructor(engine: Engine, transitions: Transitions) {
    this.#engine = engine;
    this.#reclaim = transitions.reclaim;
    this.#reads = new Int32Array(transitions.most);
    this.#writes = new Int32Array(transitions.most);
  }

  /** Looks at the `n` transitions of `list`, all enabled now. */
  look(list: Int16Array, n: number): void {
    const { k } = this.#engine;
    this.#threads = 0;
    for (let i = 0; i < n; i++) {
      const transition = list[i]!;
      if (transition >= this.#reclaim) {
        scratch.clear();
        scratch.write(folioBit(transition - this.#reclaim) | (k.evictionsLeft < 2 ? EVICTIONS : 0));
        if (k.fixes.writeLargeFolios) scratch.spread();
      } else {
        this.#threads |= 1 << transition;
        lookAtStep(k, k.threads[transition]!, scratch);
      }
      this.#reads[transition] = scratch.reads;
      this.#writes[transition] = scratch.writes;
    }
  }

  /**
   * Those of `mask` that commute with `transition`. A run ends where only reclaim is left, so that a step commutes
   * with an eviction only if it cannot be the last one: another thread must be able to run after it.
   */
  independentOf(transition: number, mask: number): number {
    const eviction = transition >= this.#reclaim;
    let out = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const other = 31 - Math.clz32(rest & -rest);
      if (other === transition || this.#conflict(other, transition)) continue;
      if (eviction && other < this.#reclaim && !this.#leavesWork(other)) continue;
      out |= 1 << other;
    }
    return out;
  }

  #conflict(a: number, b: number): boolean {
    return conflicts(this.#reads[a]!, this.#writes[a]!, this.#reads[b]!, this.#writes[b]!);
  }

  #leavesWork(transition: number): boolean {
    for (let rest = this.#threads & ~(1 << transition); rest !== 0; rest &= rest - 1) {
      if (!this.#conflict(31 - Math.clz32(rest & -rest), transition)) return true;
    }
    return false;
  }
}
