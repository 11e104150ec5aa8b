/**
 * The transitions out of a state, as a search enumerates them: one per enabled thread, and one per page that
 * reclaim could take; and the steps themselves, with the answers to their inner choices forced. A move is a transition
 * with the answers that it took, as one number.
 */
import { Checks, checkIndex } from "../../kernel/machine/checks.js";
import { Choice, type Chooser } from "../../kernel/machine/choices.js";
import type { Engine } from "../run/engine.js";
import { grown } from "../run/growing-arrays.js";

export class Transitions implements Chooser {
  readonly engine: Engine;
  /** Transition numbers: threads below `reclaim`, then one per page. */
  readonly reclaim: number;
  readonly most: number;
  /** Answers to the choices of the step that runs or ran last, and how many options each had. */
  picks = new Uint16Array(64);
  options = new Uint16Array(64);
  /** Answers that were asked for, and those that the next run is forced to. */
  asked = 0;
  forced = 0;

  constructor(engine: Engine) {
    this.engine = engine;
    this.reclaim = engine.reclaim;
    this.most = engine.reclaim + engine.k.g.pages;
  }

  /** Kinds of choices that were asked for: a mask over Choice. */
  offered = 0;

  /** Writes the enabled transitions to `list` from `at`; 0 when nothing but reclaim could run. */
  enabled(list: Int16Array, at: number): number {
    const { engine } = this;
    const { k } = engine;
    let n = at;
    for (let i = 0; i < this.reclaim; i++) if (engine.isEnabled(i)) list[n++] = i;
    if (n === at || k.evictionsLeft === 0) return n - at;
    for (let p = 0; p < k.g.pages; p++) if (k.folios.isEvictable(p)) list[n++] = this.reclaim + p;
    return n - at;
  }

  /** Runs a transition from the state as it is, with the first `forced` answers of `picks`. */
  run(transition: number): void {
    if (Checks.ON) checkIndex("transition", transition, this.most);
    this.asked = 0;
    if (transition < this.reclaim) this.engine.step(transition, this);
    else {
      const { k } = this.engine;
      let rank = 0;
      let evictable = 0;
      for (let p = 0; p < k.g.pages; p++) {
        if (!k.folios.isEvictable(p)) continue;
        if (p < transition - this.reclaim) rank++;
        evictable++;
      }
      this.forced = 0;
      if (evictable > 1) {
        this.picks[0] = rank;
        this.forced = 1;
      }
      this.offered |= 1 << Choice.EVICT;
      this.engine.step(this.reclaim, this);
      // Which page it was is the transition's number, so there is no other answer to try.
      this.options[0] = 0;
    }
  }

  /** After a run: forces the next combination of answers; false when all were tried. */
  next(): boolean {
    let n = this.asked;
    while (n > 0 && this.picks[n - 1]! + 1 >= this.options[n - 1]!) n--;
    this.forced = n;
    if (n === 0) return false;
    this.picks[n - 1]!++;
    return true;
  }

  /** The move of a transition that took the answers that come after `combination` others. */
  move(transition: number, combination: number): number {
    const move = transition + this.most * combination;
    if (transition < 0 || transition >= this.most || move !== (move | 0))
      throw new Error(`no transition ${transition} of ${this.most} with answers ${combination}`);
    return move;
  }

  choose(kind: number, options: number): number {
    this.offered |= 1 << kind;
    const i = this.asked++;
    if (i >= this.picks.length) {
      this.picks = grown(this.picks, i + 1);
      this.options = grown(this.options, i + 1);
    }
    this.options[i] = options;
    if (i >= this.forced) this.picks[i] = 0;
    return this.picks[i]!;
  }
}

/** Raw decisions of the run that makes these moves from the start; the machine stands at its end. */
export function decisionsOf(engine: Engine, path: readonly number[]): number[] {
  const transitions = new Transitions(engine);
  const out: number[] = [];
  engine.reset();
  for (const move of path) {
    const transition = move % transitions.most;
    const before = engine.k.s.slice();
    transitions.forced = 0;
    transitions.run(transition);
    for (let combination = (move - transition) / transitions.most; combination > 0; combination--) {
      transitions.next();
      engine.k.s.set(before);
      transitions.run(transition);
    }
    out.push(Math.min(transition, engine.reclaim), ...transitions.picks.subarray(0, transitions.asked));
  }
  return out;
}

/** Ends a run and gives what its end violates; the order of locks over all runs, which is judged elsewhere, is kept. */
export function foundAtEnd(engine: Engine): number {
  const { k, verdict } = engine;
  const edges = k.lockOrder.edges.slice();
  k.lockOrder.edges.fill(0);
  verdict.found = 0;
  engine.finish();
  for (let i = 0; i < edges.length; i++) k.lockOrder.edges[i]! |= edges[i]!;
  return verdict.found;
}
