/**
 * Replaying: a canonical list of choices (what tokens hold), raw decisions of the engine, and the default run.
 * A choice is 0 for the default: stay on the running thread, else the lowest enabled; one that could begin another lap comes
 * after all others; no fault. Then come the other enabled threads in thread order, or the other options. Points with one option take no entry; trailing zeros are cut.
 */
import type { Strategy, View } from "../strategies/strategy.js";
import { countEnabled, defaultThread, threadOfChoice } from "./default-thread.js";
import type { Engine } from "./engine.js";

/** Follows a list of choices; 0 after its end. `applies` is false once a value was out of range. */
export class ReplayChoices implements Strategy {
  readonly name = "replay";
  readonly #choices: ArrayLike<number>;
  #at = 0;
  applies = true;

  /** Without choices it is the default run. */
  constructor(choices: ArrayLike<number> = []) {
    this.#choices = choices;
  }
  begin(): void {
    this.#at = 0;
    this.applies = true;
  }
  next(engine: View, last: number): number {
    const standard = defaultThread(engine, last);
    if (standard < 0 || this.#at >= this.#choices.length || countEnabled(engine) < 2) return standard;
    const value = this.#choices[this.#at++]!;
    const thread = threadOfChoice(engine, last, value);
    if (thread >= 0) return thread;
    this.applies = false;
    return standard;
  }
  choose(_kind: number, options: number): number {
    const value = this.#at < this.#choices.length ? this.#choices[this.#at++]! : 0;
    if (value < options) return value;
    this.applies = false;
    return 0;
  }
  /** Whether the whole list was used. */
  get exhausted(): boolean {
    return this.#at >= this.#choices.length;
  }
}

/** What somebody who watches a run is told. */
interface Watcher {
  /** Before each step, and once at the end with `thread` -1; `last` ran before, -1 at first. */
  step?(thread: number, last: number): void;
  answered?(kind: number, value: number): void;
}

/** Makes the run of `choices` before the eyes of the watcher; false when they do not apply. */
export function watchRun(engine: Engine, choices: ArrayLike<number>, watcher: Watcher): boolean {
  const replay = new ReplayChoices(choices);
  engine.run({
    name: "watched",
    begin: () => replay.begin(),
    next: (view, last) => {
      const thread = replay.next(view, last);
      watcher.step?.(thread, last);
      return thread;
    },
    choose: (kind, options) => {
      const value = replay.choose(kind, options);
      watcher.answered?.(kind, value);
      return value;
    },
  });
  return replay.applies;
}
