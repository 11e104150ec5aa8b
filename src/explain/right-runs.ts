/** Runs that are right, looked for among those that keep some order. */
import { rightNodes } from "./no-return.js";
import { ENDS_RIGHT, FAILED, type RunGraph } from "./run-graph.js";
import { hasHappened } from "./run-track.js";

/** Events of the graph: the first before the second. */
export type Pair = readonly [before: number, after: number];

/** Looks for runs that end right and keep an order. */
export class RightRuns {
  readonly #graph: RunGraph;
  readonly #right: Uint8Array;
  readonly #seen: Int32Array;
  #round = 0;

  constructor(graph: RunGraph) {
    this.#graph = graph;
    this.#right = rightNodes(graph);
    this.#seen = new Int32Array(graph.nodes.length);
  }

  /** When each event first happened in such a run, Infinity for those that did not; undefined when there is no run. */
  keeping(pairs: readonly Pair[]): Float64Array | undefined {
    const { nodes, events } = this.#graph;
    if (this.#right[0] === 0) return undefined;
    const needs: number[][] = events.map(() => []);
    for (const [a, b] of pairs) needs[b]!.push(a);
    const round = ++this.#round;
    const path: { n: number; at: number }[] = [{ n: 0, at: 0 }];
    this.#seen[0] = round;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const node = nodes[top.n]!;
      if (node.ends === ENDS_RIGHT && this.#isMeant(top.n)) return this.#times(path);
      const edge = node.edges[top.at++];
      if (edge === undefined) {
        path.pop();
        continue;
      }
      const { to, fresh } = edge;
      if (to === FAILED || this.#right[to] === 0 || this.#seen[to] === round) continue;
      const isKept = fresh.every((b, i) =>
        needs[b]!.every(
          (a) => hasHappened(node.happened, a) || (fresh.indexOf(a, 0) < i && fresh.includes(a)),
        ),
      );
      if (!isKept) continue;
      this.#seen[to] = round;
      path.push({ n: to, at: 0 });
    }
    return undefined;
  }

  /** Only runs in which the environment chooses as in the failing one count. */
  #isMeant(n: number): boolean {
    const { nodes, answers } = this.#graph;
    return nodes[n]!.answers.every((times, kind) => times === answers[kind]);
  }

  #times(path: readonly { n: number; at: number }[]): Float64Array {
    const times = new Float64Array(this.#graph.events.length).fill(Number.POSITIVE_INFINITY);
    let time = 0;
    for (const { n, at } of path.slice(0, -1))
      for (const e of this.#graph.nodes[n]!.edges[at - 1]!.fresh) times[e] = time++;
    return times;
  }
}
