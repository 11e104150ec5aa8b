/**
 * Breadth-first search for a shortest run that shows a violation: a run to its end, counted in scheduler steps. What a
 * run has violated so far is part of its state here. Whole states are kept for two generations, and per visited state
 * its parent and how it was reached, so that the run can be written down.
 */
import type { StateArray } from "../../kernel/machine/layout.js";
import type { Engine } from "../run/engine.js";
import { grown } from "../run/growing-arrays.js";
import { DEFAULT_CHOOSER } from "../strategies/strategy.js";
import { Canonical } from "./canonical.js";
import { CHECK_EVERY, type Cut, DEFAULT_MEMORY, type SearchOptions, type SearchResult } from "./search.js";
import { Transitions } from "./transitions.js";
import { Violations } from "./violations-met.js";
import { makeVisited, type Visited } from "./visited.js";

export interface ShortestResult extends SearchResult {
  /** Steps of the shortest failing run; -1 when there is none. */
  readonly steps: number;
}

/** Like `search`, but the first violation is one of a shortest run. */
export function searchShortest(engine: Engine, options: SearchOptions = {}): ShortestResult {
  return new BreadthFirst(engine, options).run();
}

/** A growing list of numbers. */
class Numbers {
  length = 0;
  #values = new Int32Array(1 << 12);

  push(value: number): void {
    this.#values = grown(this.#values, this.length + 1);
    this.#values[this.length++] = value;
  }
  at(i: number): number {
    return this.#values[i]!;
  }
  get bytes(): number {
    return this.#values.byteLength;
  }
}

const CHUNK = 1 << 12;

/** The states of one generation, each with its number and what its run has violated. */
class Generation {
  readonly numbers = new Numbers();
  readonly found = new Numbers();
  readonly #size: number;
  readonly #chunks: StateArray[] = [];

  constructor(size: number) {
    this.#size = size;
  }
  push(s: StateArray, number: number, found: number): void {
    const i = this.numbers.length;
    if (i % CHUNK === 0 && this.#chunks.length <= i / CHUNK) {
      this.#chunks.push(
        s instanceof Uint8Array ? new Uint8Array(CHUNK * this.#size) : new Uint16Array(CHUNK * this.#size),
      );
    }
    const chunk = this.#chunks[(i / CHUNK) | 0]!;
    const at = (i % CHUNK) * this.#size;
    for (let j = 0; j < this.#size; j++) chunk[at + j] = s[j]!;
    this.numbers.push(number);
    this.found.push(found);
  }
  load(s: StateArray, i: number): void {
    const chunk = this.#chunks[(i / CHUNK) | 0]!;
    const at = (i % CHUNK) * this.#size;
    for (let j = 0; j < this.#size; j++) s[j] = chunk[at + j]!;
  }
  clear(): void {
    this.numbers.length = 0;
    this.found.length = 0;
  }
  get bytes(): number {
    return this.#chunks.length * CHUNK * this.#size;
  }
}

class BreadthFirst {
  readonly #engine: Engine;
  readonly #options: SearchOptions;
  readonly #mask: number;
  readonly #transitions: Transitions;
  readonly #canonical: Canonical;
  readonly #visited: Visited;
  readonly #violations: Violations;
  /** Per state by number: its parent's number, and transition + 64 x the how-manieth combination of answers. */
  readonly #parents = new Numbers();
  readonly #ways = new Numbers();
  #now: Generation;
  #next: Generation;
  #depth = 0;
  #count = 0;
  #ends = 0;
  #steps = -1;
  #cut: Cut;

  constructor(engine: Engine, options: SearchOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#mask = options.mask ?? -1;
    this.#transitions = new Transitions(engine);
    this.#canonical = new Canonical(engine.k, options.symmetry ?? true);
    this.#visited = makeVisited(options.exact ?? false, options.memoryBytes ?? DEFAULT_MEMORY);
    this.#violations = new Violations(this.#mask);
    this.#now = new Generation(engine.k.layout.compared);
    this.#next = new Generation(engine.k.layout.compared);
  }

  run(): ShortestResult {
    const engine = this.#engine;
    const { k, verdict } = engine;
    engine.reset();
    k.windows.fill(0);
    const found = verdict.found & this.#mask;
    k.chooser = this.#transitions;
    this.#visited.add(this.#canonical, found);
    this.#push(-1, 0, found);
    while (this.#next.numbers.length > 0 && this.#cut === undefined && this.#steps < 0) {
      [this.#now, this.#next] = [this.#next, this.#now];
      this.#next.clear();
      this.#generation();
      this.#depth++;
    }
    k.chooser = DEFAULT_CHOOSER;
    return this.#result();
  }

  #push(parent: number, way: number, found: number): void {
    this.#next.push(this.#engine.k.s, this.#parents.length, found);
    this.#parents.push(parent);
    this.#ways.push(way);
  }

  #generation(): void {
    const { k, verdict } = this.#engine;
    const transitions = this.#transitions;
    const list = new Int16Array(transitions.most);
    for (let i = 0; i < this.#now.numbers.length; i++) {
      this.#now.load(k.s, i);
      const number = this.#now.numbers.at(i);
      const found = this.#now.found.at(i);
      const n = transitions.enabled(list, 0);
      if (n === 0) {
        if (this.#end(i, number, found)) return;
        continue;
      }
      for (let j = 0; j < n; j++) {
        transitions.forced = 0;
        let combination = 0;
        do {
          this.#now.load(k.s, i);
          verdict.found = 0;
          transitions.run(list[j]!);
          this.#count++;
          const now = found | (verdict.found & this.#mask);
          if (this.#visited.add(this.#canonical, now)) this.#push(number, list[j]! + 64 * combination, now);
          combination++;
        } while (transitions.next());
        if (this.#count % CHECK_EVERY < n && this.#shouldStop()) return;
      }
      if (this.#visited.isFull || this.#bytes() > (this.#options.memoryBytes ?? DEFAULT_MEMORY)) {
        this.#cut = "memory";
        return;
      }
    }
  }

  /** Judges the end of a run; true when it is a failing one, and so the shortest. */
  #end(i: number, number: number, found: number): boolean {
    const engine = this.#engine;
    const { k, verdict } = engine;
    this.#ends++;
    this.#options.onEnd?.(engine);
    const edges = k.lockOrder.edges.slice();
    k.lockOrder.edges.fill(0);
    verdict.found = 0;
    engine.finish();
    k.lockOrder.edges.set(edges);
    k.chooser = this.#transitions;
    this.#now.load(k.s, i);
    if (((verdict.found & this.#mask) | found) === 0) return false;
    this.#steps = this.#depth;
    // A violation on the way counts like one at the end: the run shows both.
    const decisions = this.#decisions(number);
    engine.reset();
    k.chooser = new Follow(decisions);
    for (let at = 0; at < decisions.length; ) {
      const follow = k.chooser as Follow;
      follow.at = at + 1;
      engine.step(decisions[at]!);
      at = follow.at;
    }
    engine.finish();
    k.chooser = this.#transitions;
    this.#violations.note(engine, () => decisions);
    return true;
  }

  /** Raw decisions of the run that led to a state: found by running it again. */
  #decisions(number: number): number[] {
    const ways: number[] = [];
    for (let n = number; this.#parents.at(n) >= 0; n = this.#parents.at(n)) ways.push(this.#ways.at(n));
    const engine = this.#engine;
    const transitions = this.#transitions;
    const out: number[] = [];
    engine.reset();
    engine.k.chooser = transitions;
    for (const way of ways.reverse()) {
      const transition = way % 64;
      const before = engine.k.s.slice();
      transitions.forced = 0;
      transitions.run(transition);
      for (let c = (way - transition) / 64; c > 0; c--) {
        transitions.next();
        engine.k.s.set(before);
        transitions.run(transition);
      }
      out.push(Math.min(transition, engine.reclaim), ...transitions.picks.subarray(0, transitions.asked));
    }
    return out;
  }

  #bytes(): number {
    return this.#visited.bytes + this.#parents.bytes + this.#ways.bytes + this.#now.bytes + this.#next.bytes;
  }

  #shouldStop(): boolean {
    const { onProgress, shouldStop, maxStates } = this.#options;
    onProgress?.({
      states: this.#visited.count,
      transitions: this.#count,
      depth: this.#depth,
      queue: this.#next.numbers.length,
      bytes: this.#bytes(),
    });
    if (maxStates !== undefined && this.#visited.count >= maxStates) this.#cut = "states";
    else if (shouldStop?.() === true) this.#cut = "stopped";
    return this.#cut !== undefined;
  }

  #result(): ShortestResult {
    return {
      cut: this.#cut,
      violations: this.#violations.list,
      found: this.#violations.found,
      states: this.#visited.count,
      transitions: this.#count,
      ends: this.#ends,
      maxDepth: this.#depth,
      bytes: this.#bytes(),
      expectedMissed: this.#visited.expectedMissed,
      windows: this.#engine.k.windows.slice(),
      steps: this.#steps,
    };
  }
}

/** Answers with the raw decisions that follow each thread. */
class Follow {
  at = 0;
  readonly #decisions: readonly number[];

  constructor(decisions: readonly number[]) {
    this.#decisions = decisions;
  }
  choose(): number {
    return this.#decisions[this.at++]!;
  }
}
