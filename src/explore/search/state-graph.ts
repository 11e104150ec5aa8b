/**
 * The states of a small scenario and the steps between them, for a picture: breadth first, so that the first failing
 * state that is met ends a shortest failing run. Every state counts for itself here, without symmetry.
 */
import { CallRecorder } from "../pin/calls.js";
import { snapshotOf } from "../run/machine-snapshot.js";
import type { Subject } from "../run/subject.js";
import { Transitions } from "./transitions.js";

/** More make no picture. */
export const MOST_STATES = 400;

export interface GraphState {
  readonly kind: "start" | "on the way" | "right end" | "failing";
  /** On the shortest failing path. */
  isOnPath: boolean;
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly thread: string;
  /** The kernel functions that say something. */
  readonly fn: string;
  isOnPath: boolean;
}

export interface StateGraph {
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
  /** False: there are more states than MOST_STATES, and the last ones have no edges. */
  readonly isWhole: boolean;
}

interface Met {
  kind: GraphState["kind"];
  readonly at: ReturnType<typeof snapshotOf>;
  /** The edge by which it was met first; -1 at the start. */
  readonly by: number;
}

/** What the search knows so far. */
class Growing {
  readonly met: Met[] = [];
  readonly edges: GraphEdge[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #subject: Subject;
  readonly #mask: number;

  constructor(subject: Subject, mask: number) {
    this.#subject = subject;
    this.#mask = mask;
  }

  /** The number of the state that the engine is in, which fails once a violation was met on the way to it. */
  number(by: number): number {
    const { engine } = this.#subject;
    const fails = (engine.verdict.found & this.#mask) !== 0;
    const key = `${fails ? "x" : ""}${engine.k.s.join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.met.length);
    const kind = fails ? "failing" : by < 0 ? "start" : "on the way";
    return this.met.push({ kind, at: snapshotOf(engine), by }) - 1;
  }

  /** Judges an end. */
  end(state: Met): void {
    const { engine } = this.#subject;
    engine.finish();
    if (state.kind !== "failing")
      state.kind = (engine.verdict.found & this.#mask) !== 0 ? "failing" : "right end";
  }
}

/** The states that are reachable, up to MOST_STATES of them; by these oracles, as a mask. */
export function stateGraph(subject: Subject, mask: number): StateGraph {
  const { engine } = subject;
  const transitions = new Transitions(engine);
  const list = new Int16Array(transitions.most);
  const growing = new Growing(subject, mask);
  const { met, edges } = growing;
  engine.reset();
  growing.number(-1);
  let at = 0;
  for (; at < met.length && met.length <= MOST_STATES; at++) {
    const state = met[at]!;
    state.at.restore();
    // What has failed is not followed any further.
    if (state.kind === "failing") continue;
    const n = transitions.enabled(list, 0);
    if (n === 0) growing.end(state);
    for (let i = 0; i < n; i++) {
      transitions.forced = 0;
      do {
        state.at.restore();
        edges.push(edgeOf(subject, transitions, list[i]!, at, growing));
      } while (list[i]! < transitions.reclaim && transitions.next());
    }
  }
  const path = pathTo(met, edges);
  edges.forEach((edge, i) => {
    edge.isOnPath = path.has(i);
  });
  const ends = new Set(edges.filter(({ isOnPath }) => isOnPath).flatMap(({ from, to }) => [from, to]));
  return {
    states: met.map(({ kind }, i) => ({ kind, isOnPath: ends.has(i) })),
    edges,
    isWhole: at === met.length,
  };
}

/** Makes a transition, and its edge. */
function edgeOf(
  { scenario, engine }: Subject,
  transitions: Transitions,
  transition: number,
  from: number,
  growing: Growing,
): GraphEdge {
  const recorder = new CallRecorder(engine.k);
  engine.k.tracer = recorder;
  transitions.run(transition);
  engine.k.tracer = null;
  const telling = recorder.calls.filter(({ notes }) => notes.length > 0);
  const { fn = "" } = telling.at(-1) ?? recorder.calls.at(-1) ?? {};
  const isProgram = transition < engine.k.layout.programThreads;
  const other = transition < transitions.reclaim ? "kworker" : "reclaim";
  const thread = isProgram ? (scenario.threads[transition]?.name ?? "") : other;
  return { from, to: growing.number(growing.edges.length), thread, fn, isOnPath: false };
}

/** The edges from the start to the first failing state that was met. */
function pathTo(met: readonly Met[], edges: readonly GraphEdge[]): ReadonlySet<number> {
  const path = new Set<number>();
  let at = met.findIndex(({ kind }) => kind === "failing");
  while (at > 0) {
    const { by } = met[at]!;
    path.add(by);
    at = edges[by]!.from;
  }
  return path;
}
