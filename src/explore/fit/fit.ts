/**
 * Whether a kernel's trace is one of a possible run of the model, and which: a search over schedules whose steps show the
 * events of the trace, thread by thread in their order. Between threads a step happens when its event says: while it was
 * told, after the event before it, or before the one that follows. Runs that fit go on until one fails.
 */
import type { Observed, ObservedEvent, Sight } from "../../scenario/observed.js";
import type { Engine } from "../run/engine.js";
import { type Snapshot, snapshotOf } from "../run/machine-snapshot.js";
import { Canonical } from "../search/canonical.js";
import { decisionsOf } from "../search/decisions-of.js";
import { Fingerprints } from "../search/fingerprints.js";
import { foundAtEnd } from "../search/found-at-end.js";
import { Transitions } from "../search/transitions.js";
import { matchSight, sightText } from "./matching.js";
import { holds, isStatement } from "./statements.js";
import { StepSights } from "./step-sights.js";

const MEMORY = 256 * 1024 * 1024;
/** Steps that a search may take: some seconds. */
export const MOST_STEPS = 3_000_000;
/** Runs that fit and are right before no more are looked at. */
const MOST_RIGHT = 1_000;
const NEVER = Number.POSITIVE_INFINITY;

export interface Misfit {
  readonly event: Pick<ObservedEvent, "line" | "name"> & { readonly sight?: Sight };
  /** What the model would show in its place; undefined: nothing of the kind. */
  readonly instead: string | undefined;
  /** It is at odds with a line before it, whatever the model does. */
  readonly why?: string | undefined;
}

export interface FitResult {
  /** Decisions of a run that fits: the first that fails, else the first; undefined when none does. */
  readonly decisions: readonly number[] | undefined;
  /** What the run violates, as a mask. */
  readonly found: number;
  /** Runs that fit and violate nothing, as far as they were looked at. */
  readonly right: number;
  /** All runs that fit were looked at. */
  readonly isComplete: boolean;
  readonly states: number;
  /** The event that no run gets past. */
  readonly misfit: Misfit | undefined;
}

interface Node {
  readonly before: Snapshot;
  readonly cursors: Int32Array;
  readonly moves: readonly number[];
  next: number;
  readonly length: number;
}

const isSize = ({ what }: Sight): boolean => what === "disk size" || what === "file size";

export class Fit {
  readonly #engine: Engine;
  readonly #lanes: readonly (readonly ObservedEvent[])[];
  /** Lane of each program thread, -1 for none; lanes of completion. */
  readonly #laneOf: readonly number[];
  readonly #completions: readonly number[];
  readonly #transitions: Transitions;
  readonly #sights: StepSights;
  readonly #canonical: Canonical;
  readonly #visited = new Fingerprints(MEMORY);
  readonly #cursors: Int32Array;
  readonly #mask: number;
  readonly #path: number[] = [];
  readonly #list: Int16Array;
  readonly #free: Snapshot[] = [];
  readonly #scratch: Snapshot;
  /** Nothing but calls and sizes was recorded: what the model shows besides stands nowhere. */
  readonly #isBare: boolean;
  #steps = 0;
  #frontier = -1;
  #misfit: Misfit | undefined;

  constructor(engine: Engine, threads: readonly string[], observed: Observed, mask: number) {
    this.#engine = engine;
    this.#lanes = observed.lanes.map(({ events }) => events);
    this.#isBare = this.#lanes.every((events) => events.every(({ sight }) => isSize(sight)));
    this.#laneOf = threads.map((name) => observed.lanes.findIndex(({ thread }) => thread === name));
    this.#completions = observed.lanes.flatMap(({ thread }, i) => (thread === undefined ? [i] : []));
    this.#transitions = new Transitions(engine);
    this.#sights = new StepSights(engine.k);
    this.#canonical = new Canonical(engine.k, false);
    this.#cursors = new Int32Array(this.#lanes.length);
    this.#mask = mask;
    this.#list = new Int16Array(this.#transitions.most);
    this.#scratch = snapshotOf(engine);
  }

  /** Looks for runs that fit until one fails, all were seen, or `shouldStop`. */
  search(shouldStop: () => boolean): FitResult {
    const { decisions, found, right, isComplete } = this.#search(shouldStop);
    const path = decisions === undefined ? undefined : decisionsOf(this.#engine, decisions);
    const misfit = decisions === undefined && isComplete ? this.#misfit : undefined;
    return { decisions: path, found, right, isComplete, states: this.#visited.count, misfit };
  }

  #search(shouldStop: () => boolean) {
    const stack: Node[] = [];
    this.#engine.reset();
    this.#say();
    let first: number[] | undefined;
    let right = 0;
    stack.push(this.#node());
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      if (node.next >= node.moves.length) {
        this.#free.push(node.before);
        stack.pop();
        continue;
      }
      if (this.#steps > MOST_STEPS || (this.#steps % 1024 === 0 && shouldStop()) || this.#visited.isFull)
        return { decisions: first, found: 0, right, isComplete: false };
      if (node.next > 0) this.#backTo(node);
      if (!this.#step(node.moves[node.next++]!)) continue;
      if (!this.#visited.add(this.#canonical, this.#cursors)) continue;
      if (this.#earliest() !== undefined) {
        stack.push(this.#node());
        continue;
      }
      const found = this.#end() & this.#mask;
      if (found !== 0) return { decisions: [...this.#path], found, right, isComplete: true };
      first ??= [...this.#path];
      if (++right >= MOST_RIGHT) return { decisions: first, found: 0, right, isComplete: false };
    }
    return { decisions: first, found: 0, right, isComplete: true };
  }

  /** The state as it is, with the moves out of it: whose event is next comes first. */
  #node(): Node {
    const before = this.#free.pop() ?? snapshotOf(this.#engine);
    before.save();
    const n = this.#transitions.enabled(this.#list, 0);
    const moves = [...this.#list.subarray(0, n)].map((move) => ({ move, due: this.#due(move) }));
    moves.sort((a, b) => a.due - b.due || a.move - b.move);
    return {
      before,
      cursors: this.#cursors.slice(),
      moves: moves.map(({ move }) => move),
      next: 0,
      length: this.#path.length,
    };
  }

  #backTo({ before, cursors, length }: Node): void {
    before.restore();
    this.#cursors.set(cursors);
    this.#path.length = length;
  }

  /** When the next event of the transition's thread comes; a thread of which no more is told is taken to go on at once. */
  #due(transition: number): number {
    const lane = this.#laneOf[transition];
    if (lane !== undefined) return lane < 0 ? NEVER : (this.#next(lane)?.place ?? this.#since(lane));
    return this.#completions.reduce((due, i) => Math.min(due, this.#next(i)?.place ?? NEVER), NEVER);
  }

  #next(lane: number): ObservedEvent | undefined {
    return this.#lanes[lane]![this.#cursors[lane]!];
  }

  /** The event that comes first of those that were not shown. */
  #earliest(): ObservedEvent | undefined {
    let first: ObservedEvent | undefined;
    for (let i = 0; i < this.#lanes.length; i++) {
      const next = this.#next(i);
      if (next !== undefined && (first === undefined || next.place < first.place)) first = next;
    }
    return first;
  }

  /** Makes the step if what it shows is what the trace has there; false leaves the state as it came out. */
  #step(transition: number): boolean {
    const { k } = this.#engine;
    const t = k.threads[Math.min(transition, this.#engine.reclaim)]!;
    const lane = this.#laneOf[transition] ?? -1;
    if (lane >= 0 && !this.#mayBe(lane, this.#since(lane))) return false;
    this.#steps++;
    this.#sights.before(t);
    this.#transitions.forced = 0;
    this.#transitions.run(transition);
    for (const { sight, isOptional } of this.#sights.after())
      if (!this.#show(lane, sight) && isOptional !== true) return false;
    this.#path.push(this.#transitions.move(transition, 0));
    this.#say();
    return true;
  }

  /** The trace has this next in the lane, or in one of those that complete I/O. */
  #show(own: number, sight: Sight): boolean {
    if (this.#isBare) return true;
    for (const lane of own >= 0 ? [own] : this.#completions) {
      const event = this.#next(lane);
      const match = event === undefined ? undefined : matchSight(this.#engine.k, event.sight, sight);
      if (event === undefined || match === undefined) {
        if (this.#isInLast(lane, sight)) return true;
        if (event !== undefined) this.#missed(event, sight);
        continue;
      }
      if (!this.#mayBe(lane, event.told === "after" ? this.#since(lane) : event.place)) continue;
      if (match === "whole" || sight.what === "writeback of") this.#cursors[lane]!++;
      return true;
    }
    return false;
  }

  /** Writeback of a part of the folio that the trace has last shown: the kernel's folios may be larger than the model's. */
  #isInLast(lane: number, sight: Sight): boolean {
    if (sight.what !== "writeback of") return false;
    const last = this.#lanes[lane]!.findLast(
      (e, i) => i < this.#cursors[lane]! && e.sight.what === "writeback of",
    );
    return last?.sight.what === "writeback of" && last.sight.from < sight.from && sight.to <= last.sight.to;
  }

  /** The place of the lane's last event. */
  #since(lane: number): number {
    return this.#lanes[lane]![this.#cursors[lane]! - 1]?.place ?? -1;
  }

  /** Whether what happens at `place` or later can come now: no event of another lane has to come before. */
  #mayBe(own: number, place: number): boolean {
    for (let i = 0; i < this.#lanes.length; i++) {
      if (i === own) continue;
      const next = this.#next(i);
      if (next === undefined) continue;
      const latest =
        next.told === "before" ? (this.#lanes[i]![this.#cursors[i]! + 1]?.place ?? NEVER) : next.place;
      if (latest < place) return false;
    }
    return true;
  }

  /** Events that only say what holds are through where it does. */
  #say(): void {
    const { k } = this.#engine;
    for (let again = true; again; ) {
      again = false;
      for (let lane = 0; lane < this.#lanes.length; lane++) {
        const event = this.#next(lane);
        if (event === undefined || !isStatement(event.sight)) continue;
        const t = k.threads[this.#laneOf.indexOf(lane)];
        if (!holds(k, event.sight, t)) {
          this.#missed(event, undefined);
          continue;
        }
        if (!this.#mayBe(lane, event.told === "after" ? this.#since(lane) : event.place)) continue;
        this.#cursors[lane]!++;
        again = true;
      }
    }
    const first = this.#earliest();
    if (first !== undefined && first.place > this.#frontier) {
      this.#frontier = first.place;
      this.#misfit = { event: first, instead: undefined };
    }
  }

  #missed(event: ObservedEvent, sight: Sight | undefined): void {
    if (event.place !== this.#frontier || this.#misfit?.instead !== undefined || sight === undefined) return;
    this.#misfit = { event, instead: sightText(sight) };
  }

  /** What the run violates that goes on as it likes from here. */
  #end(): number {
    const { engine } = this.#transitions;
    this.#scratch.save();
    for (let moved = true; moved; ) {
      moved = false;
      for (let i = 0; i < engine.reclaim; i++)
        while (engine.isEnabled(i)) {
          engine.step(i);
          moved = true;
        }
    }
    const found = engine.verdict.found | foundAtEnd(engine);
    this.#scratch.restore();
    return found;
  }
}
