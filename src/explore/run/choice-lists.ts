/** Canonical lists of choices, made from runs. */
import type { Strategy, View } from "../strategies/strategy.js";
import { countEnabled, defaultThread } from "./default-thread.js";
import type { Engine } from "./engine.js";

/** Follows raw decisions of an earlier run and writes the same run down as canonical choices. */
class Canonicalise implements Strategy {
  readonly name = "canonicalise";
  readonly choices: number[] = [];
  readonly #log: ArrayLike<number>;
  #at = 0;

  constructor(decisions: ArrayLike<number>) {
    this.#log = decisions;
  }
  begin(): void {
    this.#at = 0;
    this.choices.length = 0;
  }
  next(engine: View, last: number): number {
    const standard = defaultThread(engine, last);
    if (standard < 0) return standard;
    const thread = this.#at < this.#log.length ? this.#log[this.#at++]! : standard;
    if (countEnabled(engine) > 1) {
      let value = 0;
      if (thread !== standard) {
        value = 1;
        for (let i = 0; i < thread; i++) if (i !== standard && engine.isEnabled(i)) value++;
      }
      this.choices.push(value);
    }
    return thread;
  }
  choose(): number {
    const value = this.#at < this.#log.length ? this.#log[this.#at++]! : 0;
    this.choices.push(value);
    return value;
  }
}

/** The run of these raw decisions, by default the engine's last one, as canonical choices; the engine makes it again. */
export function choicesOf(
  engine: Engine,
  decisions: ArrayLike<number> = engine.log.slice(0, engine.decisions),
): number[] {
  const strategy = new Canonicalise(decisions);
  engine.run(strategy);
  return trimZeros(strategy.choices);
}

export function trimZeros(values: readonly number[]): number[] {
  return values.slice(0, values.findLastIndex((value) => value !== 0) + 1);
}
