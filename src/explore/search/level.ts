/**
 * What a depth-first search keeps per depth: the saved state, the transitions that are left, why.
 */
import type { StateArray } from "../../kernel/machine/layout.js";
import type { Engine } from "../run/engine.js";
import type { Transitions } from "./transitions.js";

/** One level of the stack of a depth-first search. */
export interface Level {
  readonly state: StateArray;
  /** Transitions to follow, and which is next. */
  readonly list: Int16Array;
  count: number;
  next: number;
  /** The transition at hand; answers of its inner choices when it has any. */
  transition: number;
  readonly picks: Uint16Array;
  readonly options: Uint16Array;
  asked: number;
  /** Thread that ran last and preemptions so far; only under a bound. */
  last: number;
  preempted: number;
}

export function makeLevel(engine: Engine, transitions: Transitions): Level {
  return {
    state: engine.k.s.slice(),
    list: new Int16Array(transitions.most),
    count: 0,
    next: 0,
    transition: -1,
    picks: new Uint16Array(transitions.picks.length),
    options: new Uint16Array(transitions.picks.length),
    asked: 0,
    last: -1,
    preempted: 0,
  };
}

/** Keeps what the transition at hand asked and was answered. */
export function keepAnswers(level: Level, transitions: Transitions): void {
  for (let i = 0; i < transitions.asked; i++) {
    level.picks[i] = transitions.picks[i]!;
    level.options[i] = transitions.options[i]!;
  }
}
