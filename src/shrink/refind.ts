/**
 * Finding a failing schedule again for an edited program: first every schedule with few departures from the default
 * order (delay-bounded scheduling: Emmi, Qadeer, Rakamaric, POPL 2011), then random ones, all bounded by count.
 */
import { countEnabled, defaultThread } from "../explore/run/default-thread.js";
import type { Engine } from "../explore/run/engine.js";
import { ReplayChoices } from "../explore/run/replay.js";
import { inTurn, makeStrategies } from "../explore/strategies/index.js";
import { makeRng } from "../explore/strategies/rng.js";

/** Told after each run; true ends the search. */
export type Visit = () => boolean;

/** Replays a list once and notes how many options there were at each point. */
class Recording extends ReplayChoices {
  readonly options: number[] = [];

  override next(engine: Engine, last: number): number {
    const enabled = countEnabled(engine);
    if (enabled > 1 && defaultThread(engine, last) >= 0) this.options.push(enabled);
    return super.next(engine, last);
  }
  override choose(kind: number, options: number): number {
    this.options.push(options);
    return super.choose(kind, options);
  }
}

/** How a bounded search ended: `exhausted` when there is no schedule that it did not visit. */
export type SearchEnd = "found" | "exhausted" | "open";

/** Visits every schedule with at most `most` departures from the default, fewest first, at most `runs` of them. */
export function searchDepartures(engine: Engine, most: number, runs: number, visit: Visit): SearchEnd {
  const queue: { choices: number[]; departures: number }[] = [{ choices: [], departures: 0 }];
  let isOpen = false;
  for (const { choices, departures } of queue) {
    const recording = new Recording(choices);
    const { options } = recording;
    engine.run(recording);
    if (visit()) return "found";
    if (departures === most || queue.length >= runs) {
      isOpen ||= options.length > choices.length;
      continue;
    }
    for (const [i, most] of options.entries()) {
      if (i < choices.length) continue;
      const prefix = [...choices, ...new Array<number>(i - choices.length).fill(0)];
      for (let value = 1; value < most; value++) {
        if (queue.length < runs) queue.push({ choices: [...prefix, value], departures: departures + 1 });
        else isOpen = true;
      }
    }
  }
  return isOpen ? "open" : "exhausted";
}

/** Visits runs that depart once more, or once otherwise, from `choices`. */
export function searchNear(engine: Engine, choices: readonly number[], runs: number, visit: Visit): boolean {
  const recording = new Recording(choices);
  const { options } = recording;
  engine.run(recording);
  if (visit()) return true;
  let left = runs;
  for (const [i, most] of options.entries()) {
    const head = Array.from({ length: i }, (_, j) => choices[j] ?? 0);
    for (let value = 0; value < most; value++) {
      if (value === (choices[i] ?? 0)) continue;
      if (left-- <= 0) return false;
      engine.run(new ReplayChoices([...head, value, ...choices.slice(i + 1)]));
      if (visit()) return true;
    }
  }
  return false;
}

/** Visits random schedules of the usual mix; the same program always sees the same ones. */
export function searchRandom(engine: Engine, runs: number, visit: Visit): boolean {
  const strategies = makeStrategies("mixed", makeRng("shrink"), engine);
  for (let i = 0; i < runs; i++) {
    engine.run(inTurn(strategies, i));
    if (visit()) return true;
  }
  return false;
}
