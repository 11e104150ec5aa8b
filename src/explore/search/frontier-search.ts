/**
 * The search of all runs: threads, faults, reclaim. Each state is looked at once (visited.ts), symmetric states count as
 * one (canonical.ts). What is looked for decides the order: for a shortest failing run and for all violations states are
 * taken as they come, which is breadth first; for any violation the last one is taken first, which needs the least
 * memory. A violation is never noted without a run that shows it again.
 */
import { hasLockCycle } from "../../check/progress.js";
import type { Engine } from "../run/engine.js";
import { type Snapshot, snapshotOf } from "../run/machine-snapshot.js";
import { Beside } from "./beside.js";
import { Canonical } from "./canonical.js";
import { DeadValues } from "./dead-values.js";
import { decisionsOf } from "./decisions-of.js";
import { expectedMissed, Fingerprints } from "./fingerprints.js";
import { foundAtEnd } from "./found-at-end.js";
import { Frontier } from "./frontier.js";
import { type GoneOn, goOn } from "./go-on.js";
import { LineOrigins, type Origins, TreeOrigins } from "./origins.js";
import { isPlainProgram } from "./plain-programs.js";
import {
  CHECK_EVERY,
  type Cut,
  DEFAULT_MEMORY,
  FIRST_CHECK,
  type Goal,
  LONG_FROM,
  LONG_MEMORY,
  type Past,
  type SearchOptions,
  type SearchResult,
} from "./search.js";
import { Transitions } from "./transitions.js";
import { Violations } from "./violations-met.js";
import { ExactStates, type Visited } from "./visited.js";

export function search(engine: Engine, options: SearchOptions = {}): SearchResult {
  const result = new Search(engine, options).run();
  // Which violation several threads meet first depends on chance; which one a thread alone meets does not.
  return result ?? new Search(engine, { ...options, longFrom: Number.POSITIVE_INFINITY }).run()!;
}

class Search {
  readonly #engine: Engine;
  readonly #options: SearchOptions;
  readonly #goal: Goal;
  /** What came last is taken first. */
  readonly #isDeep: boolean;
  readonly #mask: number;
  readonly #bound: number;
  readonly #memory: number;
  /** Bytes that are added at once when there is no room. */
  readonly #margin: number;
  readonly #transitions: Transitions;
  readonly #dead: DeadValues | undefined;
  readonly #canonical: Canonical;
  readonly #visited: Visited;
  readonly #origins: Origins;
  readonly #frontier: Frontier;
  #violations: Violations;
  /** The machine's state as words; the state that is looked at, and what stands beside it and its successors. */
  readonly #words: Int32Array;
  #state: Int32Array;
  #here: Int32Array;
  readonly #next: Int32Array;
  /** The part of `#next` that is visited. */
  readonly #counts: Int32Array;
  readonly #list: Int16Array;
  readonly #past: Past | undefined;
  readonly #before: Snapshot | undefined;
  /** A violation counts only with a whole run: a shortest one, or one that keeps to what the past allows. */
  readonly #judgesEnds: boolean;
  #maxDepth = 0;
  #count = 0;
  #untilCheck = FIRST_CHECK;
  #ends = 0;
  #steps = -1;
  #cut: Cut;
  #isBounded = false;
  /** It asks for any violation of states as fingerprints, and of nothing beside them: it can go on in shared memory. */
  readonly #isPlain: boolean;
  #isLong = false;
  #goneOn: GoneOn | undefined;

  constructor(engine: Engine, options: SearchOptions) {
    const { k } = engine;
    this.#engine = engine;
    this.#options = options;
    this.#goal = options.goal ?? "any";
    this.#isDeep = this.#goal === "any";
    this.#mask = options.mask ?? -1;
    this.#bound = options.preemptions ?? -1;
    this.#memory = options.memoryBytes ?? DEFAULT_MEMORY;
    const isFree = options.past === undefined && options.preemptions === undefined;
    const isReduced = options.reduced !== false && isFree && isPlainProgram(engine);
    // A shortest run has its steps one by one.
    this.#transitions = new Transitions(engine, isReduced && this.#goal !== "shortest");
    this.#dead = isReduced ? new DeadValues(engine) : undefined;
    this.#canonical = new Canonical(k, options.symmetry ?? true);
    this.#visited = new (options.exact === true ? ExactStates : Fingerprints)(this.#memory);
    this.#origins = this.#isDeep ? new LineOrigins() : new TreeOrigins();
    this.#violations = new Violations(this.#mask);
    this.#words = new Int32Array(k.s.buffer, 0, (k.layout.compared * k.s.BYTES_PER_ELEMENT) / 4);
    this.#state = this.#words;
    this.#past = options.past;
    this.#before = options.past === undefined ? undefined : snapshotOf(engine);
    this.#judgesEnds = this.#goal === "shortest" || options.past !== undefined;
    const beside = Beside.HISTORY + (options.past?.history.length ?? 0);
    this.#here = new Int32Array(beside);
    this.#next = new Int32Array(beside);
    this.#frontier = new Frontier(this.#words.length, beside);
    this.#margin = this.#frontier.chunkBytes + this.#origins.chunkBytes;
    const isPlain = !this.#judgesEnds && this.#bound < 0;
    this.#counts = this.#next.subarray(isPlain ? Beside.HISTORY : Beside.FOUND);
    this.#isPlain = isPlain && this.#isDeep && options.exact !== true;
    this.#list = new Int16Array(this.#transitions.most);
  }

  /** Undefined when there is a violation and which one was met depends on chance. */
  run(): SearchResult | undefined {
    const engine = this.#engine;
    const { k, verdict } = engine;
    engine.reset();
    k.windows.fill(0);
    this.#past?.begin();
    if ((verdict.found & this.#mask) !== 0) this.#violations.note(engine, () => []);
    this.#next[Beside.LAST] = -1;
    if (this.#judgesEnds) this.#next[Beside.FOUND] = verdict.found & this.#mask;
    if (this.#past !== undefined) this.#next.set(this.#past.history, Beside.HISTORY);
    this.#add(0);
    while (this.#frontier.length > 0 && !this.#isDone()) {
      const taken = this.#isDeep ? this.#frontier.takeLast() : this.#frontier.takeFirst();
      this.#state = taken.state;
      this.#here = taken.beside;
      this.#origins.enter(this.#here[Beside.NUMBER]!, this.#here[Beside.DEPTH]!);
      this.#expand();
      if (this.#isLong) break;
    }
    if (this.#isLong && !this.#isDone()) this.#goneOn = this.#goOn();
    return this.#goneOn?.isFound === true ? undefined : this.#result();
  }

  /** Looks at `#state`: follows all its transitions, or judges the end of a run. */
  #expand(): void {
    const { verdict } = this.#engine;
    const transitions = this.#transitions;
    this.#words.set(this.#state);
    const n = this.#withinBound(transitions.enabled(this.#list, 0));
    if (n === 0) {
      this.#end();
      return;
    }
    let isHere = true;
    for (let j = 0; j < n; j++) {
      // What is put in last is taken first.
      const transition = this.#list[this.#isDeep ? n - 1 - j : j]!;
      transitions.forced = 0;
      let combination = 0;
      do {
        if (!isHere) this.#words.set(this.#state);
        isHere = false;
        verdict.found = 0;
        const isAllowed = this.#run(transition);
        this.#count++;
        if (isAllowed) this.#arrive(transition, transitions.move(transition, combination));
        combination++;
        if (this.#isDone()) return;
      } while (transitions.next());
    }
    this.#untilCheck -= n;
    if (this.#untilCheck <= 0) this.#check();
    if (this.#visited.isFull || this.#bytes + this.#margin > this.#memory) this.#cut = "memory";
  }

  /** Makes a transition; false when the past does not allow it. */
  #run(transition: number): boolean {
    const past = this.#past;
    if (past === undefined) {
      this.#transitions.run(transition);
      return true;
    }
    this.#before!.save();
    past.history.set(this.#here.subarray(Beside.HISTORY));
    past.watch(Math.min(transition, this.#engine.reclaim));
    this.#transitions.run(transition);
    if (past.settle() === undefined) {
      this.#next.set(past.history, Beside.HISTORY);
      return true;
    }
    this.#before!.restore();
    return false;
  }

  /** The state that a transition led to. */
  #arrive(transition: number, move: number): void {
    const here = this.#here;
    const next = this.#next;
    const found = this.#engine.verdict.found & this.#mask;
    if (found !== 0 && this.#past === undefined) this.#met(found, move);
    next[Beside.DEPTH] = here[Beside.DEPTH]! + 1;
    if (this.#judgesEnds) next[Beside.FOUND] = here[Beside.FOUND]! | found;
    if (this.#bound >= 0) {
      const thread = Math.min(transition, this.#engine.reclaim);
      const last = here[Beside.LAST]!;
      next[Beside.PREEMPTED] = here[Beside.PREEMPTED]! + (last >= 0 && last !== thread ? 1 : 0);
      const isPreempted = this.#engine.isEnabled(thread) && !this.#engine.rests(thread);
      next[Beside.LAST] = isPreempted ? thread : -1;
      this.#canonical.marked = next[Beside.LAST]!;
    }
    this.#add(move);
  }

  /** Puts the state that the machine is in, with `#next`, among those to be looked at, unless it was met before. */
  #add(move: number): void {
    const next = this.#next;
    this.#dead?.clear();
    if (!this.#visited.add(this.#canonical, this.#counts)) return;
    next[Beside.NUMBER] = this.#origins.add(move);
    this.#frontier.push(this.#words, next);
    if (next[Beside.DEPTH]! > this.#maxDepth) this.#maxDepth = next[Beside.DEPTH]!;
  }

  /** Where the run has been preempted as often as it may, only the thread that ran last goes on. */
  #withinBound(n: number): number {
    const last = this.#here[Beside.LAST]!;
    if (this.#bound < 0 || last < 0 || this.#here[Beside.PREEMPTED]! < this.#bound) return n;
    const list = this.#list;
    let kept = 0;
    for (let i = 0; i < n; i++)
      if (Math.min(list[i]!, this.#engine.reclaim) === last) list[kept++] = list[i]!;
    if (kept < n) this.#isBounded = true;
    return kept;
  }

  /** A transition out of `#state` showed violations. For a shortest run one is kept in case the search is cut short. */
  #met(found: number, move: number): void {
    if (this.#goal === "shortest" && (this.#violations.found & found) === found) return;
    this.#violations.note(this.#engine, () => this.#decisions(move));
  }

  /** Raw decisions of the run to `#state` and with these moves on. */
  #decisions(...moves: number[]): number[] {
    return decisionsOf(this.#engine, [...this.#origins.path(), ...moves], this.#transitions.isReduced);
  }

  /** Judges the end of a run. */
  #end(): void {
    const engine = this.#engine;
    this.#ends++;
    this.#options.onEnd?.(engine);
    const found = (foundAtEnd(engine) & this.#mask) | (this.#judgesEnds ? this.#here[Beside.FOUND]! : 0);
    if (found === 0) return;
    if (!this.#judgesEnds) {
      this.#violations.note(engine, () => this.#decisions());
      return;
    }
    if (this.#goal === "shortest") {
      this.#steps = this.#here[Beside.DEPTH]!;
      this.#violations = new Violations(this.#mask);
    }
    this.#violations.noteRun(engine, this.#decisions(), found);
  }

  #isDone(): boolean {
    if (this.#cut !== undefined) return true;
    if (this.#goal === "shortest") return this.#steps >= 0;
    return this.#goal === "any" && this.#violations.found !== 0;
  }

  get #bytes(): number {
    return this.#visited.bytes + this.#origins.bytes + this.#frontier.bytes;
  }

  #check(): void {
    const { onProgress, shouldStop, maxStates } = this.#options;
    const { longFrom = this.#memory < LONG_MEMORY ? Number.POSITIVE_INFINITY : LONG_FROM } = this.#options;
    this.#untilCheck = CHECK_EVERY;
    onProgress?.({
      states: this.#visited.count,
      transitions: this.#count,
      depth: this.#here[Beside.DEPTH]!,
      queue: this.#frontier.length,
      bytes: this.#bytes,
    });
    if (maxStates !== undefined && this.#visited.count >= maxStates) this.#cut = "states";
    else if (shouldStop?.() === true) this.#cut = "stopped";
    this.#isLong = this.#isPlain && this.#visited.count >= longFrom;
  }

  #goOn(): GoneOn {
    const [visited, frontier, transitions] = [this.#visited as Fingerprints, this.#frontier, this.#count];
    const begun = { visited, frontier, depthAt: Beside.DEPTH, transitions };
    const { isReduced } = this.#transitions;
    const gone = goOn(this.#engine, { ...this.#options, reduced: isReduced }, this.#memory, begun);
    this.#cut = gone.cut;
    return gone;
  }

  #result(): SearchResult {
    const [visited, gone] = [this.#visited, this.#goneOn];
    return {
      cut:
        this.#cut ??
        (this.#isBounded ? "preemptions" : hasLockCycle(this.#engine.k) ? "lock-order" : undefined),
      violations: this.#violations.list,
      found: this.#violations.found,
      steps: this.#steps,
      states: gone?.states ?? visited.count,
      transitions: gone?.transitions ?? this.#count,
      ends: this.#ends + (gone?.ends ?? 0),
      maxDepth: gone === undefined ? this.#maxDepth : undefined,
      bytes: gone?.bytes ?? this.#bytes,
      tableBytes: gone?.tableBytes ?? visited.bytes,
      deadValues: this.#dead !== undefined,
      alikeOrders: this.#transitions.isReduced,
      expectedMissed: gone === undefined ? visited.expectedMissed : expectedMissed(gone.states),
      offered: this.#transitions.offered | (gone?.offered ?? 0),
      windows: [...this.#engine.k.windows],
    };
  }
}
