/**
 * Collects the violations that a search meets: each distinct one once, with the run that showed it first.
 */
import type { Verdict } from "../../check/violations.js";
import { ORACLE_NAMES, oraclesIn } from "../../kernel/oracle-table.js";
import { choicesOf } from "../run/choice-lists.js";
import type { Engine } from "../run/engine.js";
import { snapshotOf } from "../run/machine-snapshot.js";
import type { Violation } from "./search.js";

export class Violations {
  found = 0;
  readonly list: Violation[] = [];
  readonly #known = new Set<string>();
  readonly #mask: number;

  /** `mask` says which oracles count. */
  constructor(mask: number) {
    this.#mask = mask;
  }

  /**
   * Notes what the verdict holds; `decisions` gives the raw decisions that led here and is asked for only when they are
   * kept. The engine is as it was afterwards.
   */
  note(engine: Engine, decisions: () => readonly number[]): void {
    const found = engine.verdict.found & this.#mask;
    this.found |= found;
    const fresh = this.#fresh(engine.verdict);
    if (fresh.length === 0) return;
    const before = snapshotOf(engine);
    const choices = choicesOfRun(engine, decisions(), found);
    before.restore();
    for (const v of fresh) this.#add(v, choices);
  }

  /** Notes all that the whole run of these raw decisions violates, `found` at least. The engine stands at its end. */
  noteRun(engine: Engine, decisions: readonly number[], found: number): void {
    const choices = choicesOfRun(engine, decisions, found);
    this.found |= engine.verdict.found & this.#mask;
    for (const v of this.#fresh(engine.verdict)) this.#add(v, choices);
  }

  /** What counts in the verdict and has not been kept. */
  #fresh(verdict: Verdict): Bare[] {
    const oracles = ORACLE_NAMES.map((_, o) => o).filter(
      (o) => verdict.has(o) && (this.#mask & (1 << o)) !== 0,
    );
    return oracles
      .map((o) => ({
        oracle: o,
        from: verdict.from[o]!,
        to: verdict.to[o]!,
        expected: verdict.expected[o]!,
        actual: verdict.actual[o]!,
        kind: verdict.kind[o]!,
      }))
      .filter((v) => !this.#known.has(keyOf(v)));
  }

  #add(v: Bare, choices: number[]): void {
    this.#known.add(keyOf(v));
    this.list.push({ ...v, choices });
  }
}

type Bare = Omit<Violation, "choices">;

function keyOf(v: Bare): string {
  return `${v.oracle}:${v.from}:${v.to}:${v.expected}:${v.actual}:${v.kind}`;
}

/**
 * The run of raw decisions as canonical choices; the engine stands at its end. Throws when the run does not violate what
 * a search saw: a search that cannot write down what it saw must not go on as if there were nothing.
 */
function choicesOfRun(engine: Engine, decisions: readonly number[], found: number): number[] {
  const choices = choicesOf(engine, decisions);
  const missing = found & ~engine.verdict.found;
  if (missing === 0) return choices;
  const names = oraclesIn(missing).join(", ");
  throw new Error(`a search saw a violation (${names}) that its run does not show: ${decisions.join()}`);
}
