/**
 * Depth-first search over all choices: threads, faults, reclaim. Each state is looked at once (visited.ts), symmetric
 * states count as one (canonical.ts).
 *
 * The stack is flat: per depth the saved state and the transitions that are left. Nothing is allocated in the loop but
 * stack levels that are reached for the first time.
 */

import { judgeLockOrder } from "../../check/progress.js";
import { Verdict } from "../../check/violations.js";
import type { Engine } from "../run/engine.js";
import { DEFAULT_CHOOSER } from "../strategies/strategy.js";
import { Canonical } from "./canonical.js";
import { keepAnswers, type Level, makeLevel } from "./level.js";
import { CHECK_EVERY, type Cut, DEFAULT_MEMORY, type SearchOptions, type SearchResult } from "./search.js";
import { Transitions } from "./transitions.js";
import { Violations } from "./violations-met.js";
import { makeVisited, type Visited } from "./visited.js";

export function search(engine: Engine, options: SearchOptions = {}): SearchResult {
  return new DepthFirst(engine, options).run();
}

class DepthFirst {
  readonly #engine: Engine;
  readonly #options: SearchOptions;
  readonly #transitions: Transitions;
  readonly #canonical: Canonical;
  readonly #visited: Visited;
  readonly #violations: Violations;
  readonly #bound: number;
  readonly #levels: Level[] = [];
  #depth = 0;
  #maxDepth = 0;
  #count = 0;
  #ends = 0;
  #cut: Cut;
  #bounded = false;

  constructor(engine: Engine, options: SearchOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#bound = options.preemptions ?? -1;
    this.#transitions = new Transitions(engine);
    this.#canonical = new Canonical(engine.k, options.symmetry ?? true);
    this.#visited = makeVisited(options.exact ?? false, options.memoryBytes ?? DEFAULT_MEMORY);
    this.#violations = new Violations(options.mask ?? -1, options.samples ?? 1);
  }

  run(): SearchResult {
    const engine = this.#engine;
    const { k, verdict } = engine;
    engine.reset();
    k.windows.fill(0);
    this.#note();
    k.chooser = this.#transitions;
    this.#visited.add(this.#canonical, 0);
    this.#open(-1, 0);
    let untilCheck = CHECK_EVERY;
    const transitions = this.#transitions;
    while (this.#depth >= 0) {
      const level = this.#levels[this.#depth]!;
      if (level.asked > 0 && this.#nextAnswers(level)) {
        // The same transition with other answers.
      } else {
        if (level.next >= level.count) {
          this.#depth--;
          continue;
        }
        level.transition = level.list[level.next++]!;
        transitions.forced = 0;
      }
      k.s.set(level.state);
      verdict.found = 0;
      transitions.run(level.transition);
      this.#count++;
      level.asked = transitions.asked;
      if (level.asked > 0) keepAnswers(level, transitions);
      if (verdict.found !== 0) {
        this.#note();
        if (this.#isDone()) break;
      }
      this.#arrive(level);
      if (this.#isDone()) break;
      if (--untilCheck === 0) {
        untilCheck = CHECK_EVERY;
        if (this.#shouldStop()) break;
      }
    }
    k.chooser = DEFAULT_CHOOSER;
    return this.#result();
  }

  /** The state that a transition led to: new, or known and done with. */
  #arrive(level: Level): void {
    let salt = 0;
    let last = -1;
    let preempted = 0;
    if (this.#bound >= 0) {
      const thread = Math.min(level.transition, this.#engine.reclaim);
      preempted = level.preempted + (this.#preempts(level, thread) ? 1 : 0);
      if (this.#engine.isEnabled(thread)) {
        last = thread;
        this.#canonical.hash(0);
        salt = this.#canonical.viewOf(thread) * 2 + 1;
      }
      salt = Math.imul(salt, 0x2545f491) + preempted;
    }
    const visited = this.#visited;
    if (!visited.add(this.#canonical, salt)) return;
    if (visited.isFull) this.#cut = "memory";
    this.#open(last, preempted);
  }

  #preempts(level: Level, thread: number): boolean {
    return level.last >= 0 && level.last !== thread;
  }

  /** Puts the state as it is on the stack with all its transitions, or judges the end of a run. */
  #open(last: number, preempted: number): void {
    const level = this.#push(last, preempted);
    let n = this.#transitions.enabled(level.list, 0);
    if (n === 0) {
      this.#end(level);
      return;
    }
    if (this.#bound >= 0 && last >= 0 && preempted >= this.#bound) {
      if (n > 1) this.#bounded = true;
      level.list[0] = last;
      n = last < this.#engine.reclaim ? 1 : this.#onlyReclaim(level, n);
    }
    level.count = n;
  }

  #onlyReclaim(level: Level, n: number): number {
    let kept = 0;
    const count = this.#transitions.enabled(level.list, 0);
    for (let i = 0; i < Math.max(n, count); i++) {
      if (level.list[i]! >= this.#engine.reclaim) level.list[kept++] = level.list[i]!;
    }
    return kept;
  }

  #push(last: number, preempted: number): Level {
    this.#depth++;
    if (this.#levels.length === 0) this.#depth = 0;
    if (this.#depth > this.#maxDepth) this.#maxDepth = this.#depth;
    let level = this.#levels[this.#depth];
    if (level === undefined) {
      level = makeLevel(this.#engine, this.#transitions);
      this.#levels.push(level);
    }
    level.state.set(this.#engine.k.s);
    level.count = 0;
    level.next = 0;
    level.asked = 0;
    level.last = last;
    level.preempted = preempted;
    return level;
  }

  /** The level's state ends a run: judges it. */
  #end(level: Level): void {
    const engine = this.#engine;
    const { k, verdict } = engine;
    this.#ends++;
    this.#options.onEnd?.(engine);
    const edges = k.lockOrder.edges;
    const seen = edges.slice();
    edges.fill(0);
    verdict.found = 0;
    engine.finish();
    for (let i = 0; i < edges.length; i++) edges[i]! |= seen[i]!;
    k.s.set(level.state);
    k.chooser = this.#transitions;
    if (verdict.found !== 0) this.#note();
  }

  #note(): void {
    this.#violations.note(this.#engine, () => this.#decisions());
  }

  /** Raw decisions of the run that the stack holds. */
  #decisions(): number[] {
    const out: number[] = [];
    for (let d = 0; d <= this.#depth && d < this.#levels.length; d++) {
      const level = this.#levels[d]!;
      if (level.next === 0) break;
      out.push(Math.min(level.transition, this.#engine.reclaim));
      for (let i = 0; i < level.asked; i++) out.push(level.picks[i]!);
    }
    return out;
  }

  #nextAnswers(level: Level): boolean {
    const t = this.#transitions;
    t.picks.set(level.picks);
    t.options.set(level.options);
    t.asked = level.asked;
    return t.next();
  }

  #isDone(): boolean {
    return this.#cut !== undefined || (this.#violations.found !== 0 && this.#options.all !== true);
  }

  #shouldStop(): boolean {
    const { onProgress, shouldStop, maxStates } = this.#options;
    onProgress?.({
      states: this.#visited.count,
      transitions: this.#count,
      depth: this.#depth,
      queue: this.#depth,
      bytes: this.#visited.bytes,
    });
    if (maxStates !== undefined && this.#visited.count >= maxStates) this.#cut = "states";
    else if (shouldStop?.() === true) this.#cut = "stopped";
    return this.#cut !== undefined;
  }

  /** The order of locks over all runs: without a cycle here, no run has one. */
  #hasLockCycle(): boolean {
    const verdict = new Verdict();
    judgeLockOrder(this.#engine.k, verdict);
    return verdict.found !== 0;
  }

  #result(): SearchResult {
    const visited = this.#visited;
    return {
      cut: this.#cut ?? (this.#bounded ? "preemptions" : this.#hasLockCycle() ? "lock-order" : undefined),
      violations: this.#violations.list,
      found: this.#violations.found,
      states: visited.count,
      transitions: this.#count,
      ends: this.#ends,
      maxDepth: this.#maxDepth,
      bytes: visited.bytes,
      expectedMissed: visited.expectedMissed,
      windows: this.#engine.k.windows.slice(),
    };
  }
}
