/**
 * Every run of a program at once: its states with what of the past counts beside them (run-track.ts), and the steps
 * between them. A step that violates an oracle leads nowhere: whatever comes after it, the run has failed.
 */
import { examine, type Finding, judgedMask } from "../explore/finding/finding.js";
import { ReplayChoices } from "../explore/run/replay.js";
import { type Subject, subjectOf } from "../explore/run/subject.js";
import { Canonical } from "../explore/search/canonical.js";
import { Transitions } from "../explore/search/transitions.js";
import { LOCKED_EXCLUSIVE } from "../kernel/machine/layout.js";
import type { RunSpec } from "../scenario/token.js";
import { eventsOf, type RunEvent } from "./run-events.js";
import { hasHappened, RunTrack } from "./run-track.js";

/** How a node of the graph ends, or goes on. */
export const GOES_ON = 0;
export const ENDS_RIGHT = 1;
export const ENDS_WRONG = 2;

/** The step that fails leads here. */
export const FAILED = -1;

export interface Edge {
  /** The node that it leads to, or FAILED. */
  readonly to: number;
  /** Who makes the step: the engine's number of the thread. */
  readonly thread: number;
  /** Events that happen in it for the first time, in order. */
  readonly fresh: readonly number[];
}

export interface Node {
  ends: number;
  edges: readonly Edge[];
  /** Events that have happened: bits, as hasHappened reads them. */
  readonly happened: Int32Array;
  /** Per kind of choice, where the environment did not choose the default, as one number. */
  readonly answers: Int32Array;
}

export interface RunGraph {
  /** The first is the start. */
  readonly nodes: readonly Node[];
  readonly events: readonly RunEvent[];
  readonly finding: Finding;
  /** The nodes that the failing run goes through, before its first step and after each; FAILED once it has failed. */
  readonly path: readonly number[];
  /** What it asked of the environment, as `answers` of a node. */
  readonly answers: Int32Array;
}

/** A lock that a thread holds from one event to another, whatever the kernel does: others wait for it. */
export interface Hold {
  /** Words of the state that are the lock, and the HELD_* bits of those who have it. */
  readonly words: readonly number[];
  readonly bits: readonly number[];
  /** It guards the extents, also where the model need not say so: those who change them wait. */
  readonly isForExtents: boolean;
  readonly thread: number;
  /** Events. */
  readonly from: number;
  readonly to: number;
}

/** Every run of the program while the lock is held; undefined when there are more than `mostNodes`. */
export function graphHolding(
  run: RunSpec,
  events: readonly RunEvent[],
  hold: (subject: Subject) => Hold,
  mostNodes: number,
): readonly Node[] | undefined {
  const subject = subjectOf(run);
  const builder = new GraphBuilder(subject, events, judgedMask(subject), mostNodes, hold(subject));
  return builder.build() ? builder.nodes : undefined;
}

/** Follows transitions and tells the track what the environment chose. */
class TrackedTransitions extends Transitions {
  readonly #track: RunTrack;
  constructor(track: RunTrack, subject: Subject) {
    super(subject.engine);
    this.#track = track;
  }
  override choose(kind: number, options: number): number {
    const value = super.choose(kind, options);
    this.#track.answered(kind, value);
    return value;
  }
}

/** The graph of a failing run's program; a sentence when there is none within `mostNodes`. */
export function graphOf(run: RunSpec, mostNodes: number): RunGraph | { readonly problem: string } {
  const subject = subjectOf(run);
  const mask = judgedMask(subject);
  const finding = examine(subject, run.choices, mask);
  if (finding === undefined) return { problem: "this run shows no violation" };
  const { engine } = subject;
  const names = new RunTrack(engine, run.scenario, []).names;
  const steps = namedSteps(subject, finding, names);
  const events = eventsOf(steps);
  const builder = new GraphBuilder(subject, events, mask, mostNodes);
  if (!builder.build()) return { problem: `more than ${mostNodes} states: too many to look at all of them` };
  const { path, answers } = builder.pathOf(run.choices);
  return { nodes: builder.nodes, events, finding, path, answers };
}

/** The steps of the trace by the names of their threads. */
function namedSteps({ engine }: Subject, { trace }: Finding, names: RunTrack["names"]) {
  return trace.steps.map(({ thread, worker, calls }) => ({
    thread: worker > 0 ? `kworker/${worker}` : names.nameOf(engine, thread),
    calls,
  }));
}

class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly #subject: Subject;
  readonly #mask: number;
  readonly #most: number;
  readonly #hold: Hold | undefined;
  /** Locks that were taken since it was last cleared, as HELD_* bits. */
  #taken = 0;
  readonly #track: RunTrack;
  readonly #canonical: Canonical;
  readonly #words: Int32Array;
  readonly #known = new Map<number, number>();
  /** States and pasts of the nodes that are still to be looked at. */
  readonly #waiting: { node: number; state: Int32Array; beside: Int32Array }[] = [];

  constructor(subject: Subject, events: readonly RunEvent[], mask: number, most: number, hold?: Hold) {
    this.#hold = hold;
    const { lockOrder } = subject.engine.k;
    const record = lockOrder.record.bind(lockOrder);
    lockOrder.record = (held, bit) => {
      this.#taken |= bit;
      record(held, bit);
    };
    const { k } = subject.engine;
    this.#subject = subject;
    this.#mask = mask;
    this.#most = most;
    this.#track = new RunTrack(subject.engine, subject.scenario, events);
    this.#canonical = new Canonical(k, false);
    this.#words = new Int32Array(k.s.buffer, 0, (k.layout.compared * k.s.BYTES_PER_ELEMENT) / 4);
  }

  /** False when there are too many states. */
  build(): boolean {
    const { engine } = this.#subject;
    engine.reset();
    this.#track.begin();
    this.#here();
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      this.#expand(next);
      if (this.nodes.length > this.#most) return false;
    }
    return true;
  }

  /** The node of the state that the machine is in. */
  #here(): number {
    const { beside } = this.#track;
    this.#canonical.hash(beside);
    const key = this.#canonical.number;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = this.nodes.length;
    this.#known.set(key, node);
    const { happened, answers } = this.#track;
    this.nodes.push({
      ends: GOES_ON,
      edges: [],
      happened: happened.slice(),
      answers: answers.slice(),
    });
    this.#waiting.push({ node, state: this.#words.slice(), beside: beside.slice() });
    return node;
  }

  #expand({ node, state, beside }: { node: number; state: Int32Array; beside: Int32Array }): void {
    const { engine } = this.#subject;
    const { verdict, reclaim } = engine;
    const track = this.#track;
    const transitions = new TrackedTransitions(track, this.#subject);
    const list = new Int16Array(transitions.most);
    this.#words.set(state);
    track.beside.set(beside);
    const n = this.#enabled(transitions, list);
    if (n === 0 && this.#hold !== undefined && this.#isInside(this.#hold)) return;
    if (n === 0) {
      engine.k.lockOrder.reset();
      verdict.found = 0;
      engine.finish();
      this.nodes[node]!.ends = (verdict.found & this.#mask) === 0 ? ENDS_RIGHT : ENDS_WRONG;
      return;
    }
    const edges: Edge[] = [];
    for (const transition of list.subarray(0, n)) {
      const thread = Math.min(transition, reclaim);
      transitions.forced = 0;
      do {
        this.#words.set(state);
        track.beside.set(beside);
        verdict.found = 0;
        if (!this.#run(transitions, transition, thread)) continue;
        const isBad = (verdict.found & this.#mask) !== 0;
        const to = isBad ? FAILED : this.#here();
        edges.push({ to, thread, fresh: track.fresh });
      } while (transitions.next());
    }
    this.nodes[node]!.edges = edges;
  }

  /** Writes what is enabled to `list`, for the others as it is while the lock is held. */
  #enabled(transitions: Transitions, list: Int16Array): number {
    const hold = this.#hold;
    if (hold === undefined || !this.#isInside(hold)) return transitions.enabled(list, 0);
    const own = this.#subject.engine.isEnabled(hold.thread);
    const release = this.#grab(hold);
    const n = transitions.enabled(list, 0);
    release();
    const others = [...list.subarray(0, n)].filter((t) => t !== hold.thread);
    list.set(own ? [hold.thread, ...others] : others);
    return others.length + (own ? 1 : 0);
  }

  #isInside({ from, to }: Hold): boolean {
    const { happened } = this.#track;
    return hasHappened(happened, from) && !hasHappened(happened, to);
  }

  /** Takes the lock for the one who holds it, wherever it is free; gives what lets go of it. */
  #grab({ words }: Hold): () => void {
    const { s } = this.#subject.engine.k;
    const free = words.filter((at) => s[at] === 0);
    for (const at of free) s[at] = LOCKED_EXCLUSIVE;
    return () => {
      for (const at of free) s[at] = 0;
    };
  }

  /** Makes a transition; false when somebody holds a lock against it. */
  #run(transitions: Transitions, transition: number, thread: number): boolean {
    const hold = this.#hold;
    const { k } = this.#subject.engine;
    if (hold === undefined || thread === hold.thread || !this.#isInside(hold)) {
      const isTaken = hold?.words.some((at) => k.s[at] !== 0) === true;
      this.#watched(transitions, transition, thread);
      // Who is to hold it would have to wait for who does.
      return thread !== hold?.thread || !isTaken || !this.#track.fresh.includes(hold.from);
    }
    const { sequence } = k.extents;
    const [state, beside] = [this.#words.slice(), this.#track.beside.slice()];
    this.#taken = 0;
    this.#watched(transitions, transition, thread);
    const isTaken = hold.bits.some((bit) => (this.#taken & bit) !== 0);
    if (isTaken || (hold.isForExtents && k.extents.sequence !== sequence)) return false;
    // It takes none, but may look at them.
    this.#words.set(state);
    this.#track.beside.set(beside);
    const release = this.#grab(hold);
    this.#watched(transitions, transition, thread);
    release();
    return true;
  }

  #watched(transitions: Transitions, transition: number, thread: number): void {
    this.#track.watch(thread);
    transitions.run(transition);
    this.#track.settle();
  }

  /** The nodes of a run. */
  pathOf(choices: readonly number[]): Pick<RunGraph, "path" | "answers"> {
    const { engine } = this.#subject;
    const track = this.#track;
    const replay = new ReplayChoices(choices);
    const path: number[] = [];
    let hasFailed = false;
    engine.run({
      name: "path",
      begin: () => {
        replay.begin();
        track.begin();
      },
      next: (view, last) => {
        if (last >= 0) track.settle();
        hasFailed ||= (engine.verdict.found & this.#mask) !== 0;
        path.push(hasFailed ? FAILED : this.#here());
        const thread = replay.next(view, last);
        if (thread >= 0) track.watch(thread);
        return thread;
      },
      choose: (kind, options) => {
        const value = replay.choose(kind, options);
        track.answered(kind, value);
        return value;
      },
    });
    return { path, answers: track.answers.slice() };
  }
}
