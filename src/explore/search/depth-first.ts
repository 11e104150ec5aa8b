/**
 * Depth-first search over all choices: threads, faults, reclaim. Each state is looked at once (visited.ts), symmetric
 * states count as one (canonical.ts), orders of independent steps are cut down with sleep sets that are kept with the
 * visited states (Godefroid, "Using partial orders to improve automatic verification methods", CAV 1990; on meeting
 * a state again with a smaller sleep set the difference is followed) and with persistent sets (persistent.ts).
 *
 * The stack is flat: per depth the saved state, the transitions that are left, the sleep set. Nothing is allocated in
 * the loop but stack levels that are reached for the first time.
 */

import { judgeLockOrder } from "../../check/progress.js";
import { Verdict } from "../../check/violations.js";
import type { Engine } from "../run/engine.js";
import { DEFAULT_CHOOSER } from "../strategies/strategy.js";
import { Canonical } from "./canonical.js";
import { keepAnswers, type Level, makeLevel, without } from "./level.js";
import { Persistent } from "./persistent.js";
import {
  CHECK_EVERY,
  type Cut,
  DEFAULT_MEMORY,
  DEFAULT_REDUCTIONS,
  NO_REDUCTIONS,
  type Reductions,
  type SearchOptions,
  type SearchResult,
} from "./search.js";
import { SleepOrder } from "./sleep.js";
import { Transitions } from "./transitions.js";
import { Violations } from "./violations-met.js";
import { makeVisited, type Visited } from "./visited.js";

/** Transitions that fit into a set of bits. */
const MOST_BITS = 31;

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
  readonly #sleepOrder: SleepOrder;
  readonly #sleeps: boolean;
  readonly #reductions: Reductions;
  readonly #persistent: Persistent | undefined;
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
    const asked = options.reductions ?? DEFAULT_REDUCTIONS;
    const r = this.#bound >= 0 || engine.k.fine ? { ...NO_REDUCTIONS, symmetry: asked.symmetry } : asked;
    this.#transitions = new Transitions(engine);
    const hasBits = this.#transitions.most <= MOST_BITS;
    this.#reductions = {
      symmetry: r.symmetry,
      persistent: r.persistent && hasBits,
      sleep: r.sleep && hasBits,
    };
    this.#sleeps = this.#reductions.sleep;
    this.#persistent = this.#reductions.persistent ? new Persistent(engine, this.#transitions) : undefined;
    this.#canonical = new Canonical(engine.k, r.symmetry);
    this.#sleepOrder = new SleepOrder(engine, this.#canonical, r.symmetry);
    this.#visited = makeVisited(options.exact ?? false, options.memoryBytes ?? DEFAULT_MEMORY, this.#sleeps);
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
    this.#open(0, -1, 0);
    let untilCheck = CHECK_EVERY;
    const transitions = this.#transitions;
    while (this.#depth >= 0) {
      const level = this.#levels[this.#depth]!;
      if (level.asked > 0 && this.#nextAnswers(level)) {
        // The same transition with other answers.
      } else {
        if (level.next > 0 && this.#sleeps) level.sleep |= 1 << level.transition;
        if (level.next >= level.count && !this.#widen(level)) {
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
      if (level.isNarrowed) this.#watchFinish(level);
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

  /** The state that a transition led to: new, known, or known with more to follow. */
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
    let sleep = 0;
    if (this.#sleeps && level.sleep !== 0) {
      sleep = level.touches.independentOf(level.transition, level.sleep);
    }
    if (visited.add(this.#canonical, salt)) {
      level.leaves = true;
      if (this.#sleeps) visited.extra = this.#sleepOrder.toCanonical(sleep);
      if (visited.isFull) this.#cut = "memory";
      this.#open(sleep, last, preempted);
      return;
    }
    if (level.isNarrowed && !level.leaves) level.leaves = !this.#isOnStack();
    if (this.#sleeps) {
      const stored = visited.extra;
      if (stored === 0) return;
      const now = this.#sleepOrder.toCanonical(sleep);
      const missing = stored & ~now;
      if (missing === 0) return;
      visited.extra = stored & now;
      this.#reopen(sleep, this.#sleepOrder.fromCanonical(missing));
    }
  }

  #preempts(level: Level, thread: number): boolean {
    return level.last >= 0 && level.last !== thread;
  }

  /** Puts the state as it is on the stack with all its transitions, or judges the end of a run. */
  #open(sleep: number, last: number, preempted: number): void {
    const level = this.#push(sleep, last, preempted);
    let n = this.#transitions.enabled(level.list, 0);
    if (n === 0) {
      this.#end(level);
      return;
    }
    if (this.#sleeps) {
      if (n > 1) level.touches.look(level.list, n);
    }
    if (this.#persistent !== undefined) {
      const kept = this.#persistent.narrow(level.list, n);
      level.isNarrowed = kept < n;
      n = kept;
    }
    if (sleep !== 0) n = without(level.list, n, sleep);
    if (this.#bound >= 0 && last >= 0 && preempted >= this.#bound) {
      if (n > 1) this.#bounded = true;
      level.list[0] = last;
      n = last < this.#engine.reclaim ? 1 : this.#onlyReclaim(level, n);
    }
    level.count = n;
  }

  /**
   * A persistent set whose transitions are done: adds the others where it must not stand alone, and says whether there
   * are any. It must not where all that it led to is on the stack: what the others can do might be put off for ever
   * (the proviso of Holzmann, Godefroid and Pirottin, "Coverage preserving reduction strategies for reachability
   * analysis", 1992). Nor where one of its threads finished: a run ends with its last thread, and what reclaim could
   * do before that it may not be able to do after it.
   */
  #widen(level: Level): boolean {
    if (!level.isNarrowed || (level.leaves && !level.finishes)) return false;
    level.isNarrowed = false;
    let followed = level.sleep;
    for (let i = 0; i < level.count; i++) followed |= 1 << level.list[i]!;
    this.#engine.k.s.set(level.state);
    const n = this.#transitions.enabled(level.list, 0);
    level.count = without(level.list, n, followed);
    level.next = 0;
    return level.count > 0;
  }

  /** After a transition of a persistent set, in the state that it led to. */
  #watchFinish(level: Level): void {
    const { k, reclaim, pcAt } = this.#engine;
    if (level.transition >= reclaim || k.evictionsLeft === 0) return;
    const followsEvictions = level.list[level.count - 1]! >= reclaim;
    if (!followsEvictions && k.s[pcAt[level.transition]!] === 0) level.finishes = true;
  }

  #isOnStack(): boolean {
    const { low, high } = this.#canonical;
    for (let d = this.#depth; d >= 0; d--) {
      const level = this.#levels[d]!;
      if (level.low === low && level.high === high) return true;
    }
    return false;
  }

  #onlyReclaim(level: Level, n: number): number {
    let kept = 0;
    const count = this.#transitions.enabled(level.list, 0);
    for (let i = 0; i < Math.max(n, count); i++) {
      if (level.list[i]! >= this.#engine.reclaim) level.list[kept++] = level.list[i]!;
    }
    return kept;
  }

  /** Follows only `todo` from a state that was met before with more of it asleep. */
  #reopen(sleep: number, todo: number): void {
    const level = this.#push(sleep, -1, 0);
    const n = this.#transitions.enabled(level.list, 0);
    if (n > 1) level.touches.look(level.list, n);
    level.count = without(level.list, n, ~todo);
  }

  #push(sleep: number, last: number, preempted: number): Level {
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
    level.isNarrowed = false;
    level.leaves = false;
    level.finishes = false;
    level.low = this.#canonical.low;
    level.high = this.#canonical.high;
    level.sleep = sleep;
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
      reductions: this.#reductions,
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
