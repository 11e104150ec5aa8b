/**
 * The point of no return: per step of a failing run whether some continuation is still right, and how probable it is
 * that a run fails that goes on from there by chance.
 */
import { ENDS_RIGHT, FAILED, GOES_ON, type RunGraph } from "./run-graph.js";

export interface Prospect {
  /** Steps made: 0 is the start. */
  readonly step: number;
  /** Whether some continuation is right. */
  readonly canBeRight: boolean;
  /** Share of continuations that fail, each next step drawn alike from those that are possible. */
  readonly failing: number;
}

/** Sweeps over the nodes, last first: more than one only where runs can go round in circles. */
const MOST_SWEEPS = 200;
const PRECISE = 1e-9;

/** Nodes from which some run ends right. */
export function rightNodes({ nodes }: Pick<RunGraph, "nodes">): Uint8Array {
  const from: number[][] = nodes.map(() => []);
  nodes.forEach(({ edges }, n) => {
    for (const { to } of edges) if (to !== FAILED) from[to]!.push(n);
  });
  const right = new Uint8Array(nodes.length);
  const found = nodes.flatMap(({ ends }, n) => (ends === ENDS_RIGHT ? [n] : []));
  for (const n of found) right[n] = 1;
  for (let n = found.pop(); n !== undefined; n = found.pop())
    for (const m of from[n]!)
      if (right[m] === 0) {
        right[m] = 1;
        found.push(m);
      }
  return right;
}

/** Per node the probability that a random continuation fails. */
function failing({ nodes }: RunGraph): Float64Array {
  const share = Float64Array.from(nodes, ({ ends }) => (ends === GOES_ON || ends === ENDS_RIGHT ? 0 : 1));
  const order = lastFirst(nodes);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let change = 0;
    for (const n of order) {
      const { edges, ends } = nodes[n]!;
      if (ends !== GOES_ON) continue;
      let sum = 0;
      for (const { to } of edges) sum += to === FAILED ? 1 : share[to]!;
      const value = sum / edges.length;
      change = Math.max(change, Math.abs(value - share[n]!));
      share[n] = value;
    }
    if (change < PRECISE) break;
  }
  return share;
}

/** Nodes, each after those that it leads to, circles apart. */
function lastFirst(nodes: RunGraph["nodes"]): number[] {
  const order: number[] = [];
  const seen = new Uint8Array(nodes.length);
  const stack: { n: number; at: number }[] = [{ n: 0, at: 0 }];
  seen[0] = 1;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const edge = nodes[top.n]!.edges[top.at++];
    if (edge === undefined) {
      order.push(top.n);
      stack.pop();
    } else if (edge.to !== FAILED && seen[edge.to] === 0) {
      seen[edge.to] = 1;
      stack.push({ n: edge.to, at: 0 });
    }
  }
  return order;
}

/** For the start and after each step of the failing run. */
export function prospectsOf(graph: RunGraph): Prospect[] {
  const right = rightNodes(graph);
  const share = failing(graph);
  return graph.path.map((n, step) => ({
    step,
    canBeRight: n !== FAILED && right[n] === 1,
    failing: n === FAILED ? 1 : share[n]!,
  }));
}
