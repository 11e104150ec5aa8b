/**
 * The picture of a state space: as many states as a search without symmetry counts, and the shortest failing run in it.
 */
import { describe, expect, it } from "vitest";
import { makeSubject } from "../../../src/explore/run/subject.js";
import { exploreScenario } from "../../../src/explore/search/prove.js";
import { MOST_STATES, stateGraph } from "../../../src/explore/search/state-graph.js";
import { Oracle } from "../../../src/kernel/oracle-table.js";
import { witness } from "../../scenarios.js";

const on = (name: string, base: string) => makeSubject(witness(name), { base, with: [], without: [] });
const MASK = 1 << Oracle.CONTENT;

describe("a state graph", () => {
  it("has the states that a search finds, and all of them right on a kernel that is", () => {
    const graph = stateGraph(on("unwritten-tail", "6.2"), MASK);
    const { states } = exploreScenario(on("unwritten-tail", "6.2"), {
      symmetry: false,
      reduced: false,
      mask: MASK,
    });
    expect(graph.isWhole).toBe(true);
    expect(graph.states).toHaveLength(states);
    expect(graph.states.map(({ kind }) => kind)).not.toContain("failing");
    expect(graph.edges.some(({ isOnPath }) => isOnPath)).toBe(false);
  });

  it("has the shortest failing run", () => {
    const graph = stateGraph(on("unwritten-tail", "6.0"), MASK);
    const { finding } = exploreScenario(on("unwritten-tail", "6.0"), { mask: MASK });
    const path = graph.edges.filter(({ isOnPath }) => isOnPath);
    expect(path).toHaveLength(finding!.steps);
    expect(path[0]!.from).toBe(0);
    for (const [n, { from }] of path.slice(1).entries()) expect(from).toBe(path[n]!.to);
    expect(graph.states[path.at(-1)!.to]).toEqual({ kind: "failing", isOnPath: true });
    expect(path.map(({ thread }) => thread)).toContain("evicter");
  });

  it("says when there are more states than a picture can have", () => {
    const graph = stateGraph(on("leaked-delalloc", "6.2"), MASK);
    expect(graph.isWhole).toBe(false);
    expect(graph.states.length).toBeGreaterThan(MOST_STATES);
    expect(graph.states.length).toBeLessThan(MOST_STATES + 100);
  });
});
