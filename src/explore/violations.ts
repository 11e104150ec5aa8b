/**
 * Collects the violations that a search meets: each distinct one once, with the run that showed it first.
 */
import { ORACLE_NAMES, type Verdict } from "../check/verdict.js";
import type { Engine } from "./engine.js";
import { choicesOf } from "./replay.js";
import type { Violation } from "./search.js";

export class Violations {
  found = 0;
  readonly list: Violation[] = [];
  readonly #seen = new Set<string>();
  readonly #mask: number;

  constructor(mask: number) {
    this.#mask = mask;
  }

  /**
   * Notes what `verdict` holds; `decisions` gives the raw decisions that led here and is asked for only when
   * something is new. The engine is disturbed then, its state put back.
   */
  note(engine: Engine, decisions: () => readonly number[]): void {
    const { verdict } = engine;
    if ((verdict.found & this.#mask) === 0) return;
    const fresh: Omit<Violation, "choices">[] = [];
    for (let o = 0; o < ORACLE_NAMES.length; o++) {
      if ((verdict.found & this.#mask & (1 << o)) === 0) continue;
      const v = violationOf(verdict, o);
      const key = `${o}:${v.from}:${v.to}:${v.expected}:${v.actual}:${v.sort}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      fresh.push(v);
    }
    this.found |= verdict.found & this.#mask;
    if (fresh.length === 0) return;
    const choices = replayChoices(engine, decisions());
    for (const v of fresh) this.list.push({ ...v, choices });
  }
}

function violationOf(verdict: Verdict, o: number): Omit<Violation, "choices"> {
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
  engine.log.set(decisions);
  engine.decisions = decisions.length;
  const choices = choicesOf(engine);
  k.s.set(saved);
  k.chooser = chooser;
  k.lockOrder.edges.set(edges);
  k.windows.set(windows);
  return choices;
}
