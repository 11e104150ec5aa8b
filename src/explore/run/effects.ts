/**
 * What steps do outside the state: windows that they enter and violations that they show, noted while a step is computed
 * and done again where it is looked up.
 */
import type { Verdict } from "../../check/violations.js";
import type { Engine } from "./engine.js";
import { grown } from "./growing-arrays.js";
import { type TransitionTable, VIOLATION_NUMBERS } from "./transition-table.js";

export class Effects {
  readonly #table: TransitionTable;
  #engine!: Engine;
  /** The windows' counts when `entered` was `#entered`, and what was added. */
  #windows = new Uint32Array(0);
  #added = new Uint32Array(0);
  #entered = -1;
  #violations = new Int32Array(4 * VIOLATION_NUMBERS);
  #numbers = 0;

  /** They are kept in `table`. */
  constructor(table: TransitionTable) {
    this.#table = table;
  }

  /** From now on steps are this engine's. */
  start(engine: Engine): void {
    const { length } = engine.k.windows;
    this.#engine = engine;
    this.#entered = -1;
    if (this.#windows.length === length) return;
    this.#windows = new Uint32Array(length);
    this.#added = new Uint32Array(length);
  }

  /** From here to `noted()` windows and violations are noted. */
  watch(): void {
    if (this.#entered !== this.#engine.k.entered) this.#noteWindows();
    this.#numbers = 0;
    this.#engine.verdict.watcher = this.#violation;
  }

  readonly #violation: Verdict["record"] = (oracle, from, to, expected, actual, thread, kind = 0) => {
    const end = this.#numbers + VIOLATION_NUMBERS;
    this.#violations = grown(this.#violations, end);
    this.#violations.set([oracle, from, to, expected, actual, thread, kind], this.#numbers);
    this.#numbers = end;
  };

  /** The effect since `watch()` as the table's number for it; 0 for none. */
  noted(): number {
    const { k, verdict } = this.#engine;
    verdict.watcher = null;
    const hasEntered = this.#entered !== k.entered;
    if (!hasEntered && this.#numbers === 0) return 0;
    for (let i = 0; i < this.#windows.length; i++) this.#added[i] = k.windows[i]! - this.#windows[i]!;
    if (hasEntered) this.#noteWindows();
    return this.#table.addEffect(this.#added, this.#violations, this.#numbers);
  }

  #noteWindows(): void {
    const { k } = this.#engine;
    this.#windows.set(k.windows);
    this.#entered = k.entered;
  }

  /** Does what `noted()` gave the number for. */
  apply(effect: number): void {
    const { k, verdict } = this.#engine;
    const e = this.#table.effects;
    let at = effect - 1;
    const windows = e[at++]!;
    if (windows > 0 && this.#entered === k.entered++) this.#entered = k.entered;
    for (let n = windows; n > 0; n--) {
      k.windows[e[at]!]! += e[at + 1]!;
      this.#windows[e[at]!]! += e[at + 1]!;
      at += 2;
    }
    for (let n = e[at++]!; n > 0; n--) {
      verdict.record(e[at]!, e[at + 1]!, e[at + 2]!, e[at + 3]!, e[at + 4]!, e[at + 5]!, e[at + 6]!);
      at += VIOLATION_NUMBERS;
    }
  }
}
