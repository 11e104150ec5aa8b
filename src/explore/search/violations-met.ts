/**
 * Collects the violations that a search meets: each distinct one once, with the run that showed it first.
 */
import { ORACLE_NAMES, type Verdict } from "../../check/violations.js";
import type { Engine } from "../run/engine.js";
import { choicesOf } from "../run/replay.js";
import type { Violation } from "./search.js";

export class Violations {
  found = 0;
  readonly list: Violation[] = [];
  readonly #runs = new Map<string, number[][]>();
  readonly #mask: number;
  readonly #samples: number;

  /** `mask` says which oracles count, `samples` how many runs are kept of each violation. */
  constructor(mask: number, samples = 1) {
    this.#mask = mask;
    this.#samples = samples;
  }

  /**
   * Notes what `verdict` holds; `decisions` gives the raw decisions that led here and is asked for only when they are
   * kept. The engine is disturbed then, its state put back.
   */
  note(engine: Engine, decisions: () => readonly number[]): void {
    const { verdict } = engine;
    const found = verdict.found & this.#mask;
    if (found === 0) return;
    this.found |= found;
    const fresh: Omit<Violation, "choices" | "runs">[] = [];
    for (let o = 0; o < ORACLE_NAMES.length; o++) {
      if ((found & (1 << o)) === 0) continue;
      const v = violationOf(verdict, o);
      if ((this.#runs.get(keyOf(v))?.length ?? 0) < this.#samples) fresh.push(v);
    }
    if (fresh.length === 0) return;
    const choices = replayChoices(engine, decisions());
    for (const v of fresh) {
      const known = this.#runs.get(keyOf(v));
      if (known !== undefined) {
        known.push(choices);
        continue;
      }
      const runs = [choices];
      this.#runs.set(keyOf(v), runs);
      this.list.push({ ...v, choices, runs });
    }
  }
}

function keyOf(v: Omit<Violation, "choices" | "runs">): string {
  return `${v.oracle}:${v.from}:${v.to}:${v.expected}:${v.actual}:${v.sort}`;
}

function violationOf(verdict: Verdict, o: number): Omit<Violation, "choices" | "runs"> {
  return {
    oracle: o,
    from: verdict.from[o]!,
    to: verdict.to[o]!,
    expected: verdict.expected[o]!,
    actual: verdict.actual[o]!,
    sort: verdict.sort[o]!,
  };
}

/** Raw decisions as canonical choices, by running them; the state is put back, the verdict is not. */
export function replayChoices(engine: Engine, decisions: readonly number[]): number[] {
  const { k } = engine;
  const saved = k.s.slice();
  const { chooser } = k;
  const edges = k.lockOrder.edges.slice();
  const windows = k.windows.slice();
  engine.reset();
  engine.log = Uint16Array.from(decisions);
  engine.decisions = decisions.length;
  const choices = choicesOf(engine);
  k.s.set(saved);
  k.chooser = chooser;
  k.lockOrder.edges.set(edges);
  k.windows.set(windows);
  return choices;
}
