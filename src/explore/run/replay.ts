/**
 * Replaying: a canonical list of choices (what tokens hold), raw decisions of the engine, and the default run.
 * A choice is 0 for the default: stay on the running thread, else the lowest enabled; one that could begin another lap comes
 * after all others; no fault. Then come the other enabled threads in thread order, or the other options. Points with one option take no entry; trailing zeros are cut.
 */

import type { Strategy, View } from "../strategies/strategy.js";
import type { Engine } from "./engine.js";

/** The thread that choice `value` means at this point, or -1 when out of range; 0 enabled threads give -1. */
export function threadOfChoice(engine: View, last: number, value: number): number {
  const standard = defaultThread(engine, last);
  if (value === 0) return standard;
  let n = 0;
  for (let i = 0; i <= engine.reclaim; i++) {
    if (i !== standard && engine.isEnabled(i) && ++n === value) return i;
  }
  return -1;
}

/** Stay on the running thread, else the lowest enabled; -1 when nothing but reclaim is. */
export function defaultThread(engine: View, last: number): number {
  if (last >= 0 && last !== engine.reclaim && engine.isEnabled(last) && !engine.rests(last)) return last;
  let lowest = -1;
  // One rests only while another can run that does not.
  for (let i = 0; i < engine.reclaim && lowest < 0; i++)
    if (engine.isEnabled(i) && !engine.rests(i)) lowest = i;
  if (lowest >= 0 && last === engine.reclaim && engine.isEnabled(last)) return last;
  return lowest;
}

export function countEnabled(engine: View): number {
  let n = 0;
  for (let i = 0; i <= engine.reclaim; i++) if (engine.isEnabled(i)) n++;
  return n;
}

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
