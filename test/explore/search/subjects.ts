/** Small programs that searches are tried on, and every state of one. */

import type { Engine } from "../../../src/explore/run/engine.js";
import { makeSubject, type Subject } from "../../../src/explore/run/subject.js";
import { Transitions } from "../../../src/explore/search/transitions.js";
import { scenario } from "../../kernel/machine.js";
import { scenarioAt } from "../../scenarios.js";

export function subjectOf(text: string, base: string): Subject {
  return makeSubject(scenario(text), { base, with: [], without: [] });
}
export function grid(name: string, base: string): Subject {
  return makeSubject(scenarioAt(`scenarios/grid/${name}.yaml`), { base, with: [], without: [] });
}

/** Nothing can go wrong, nothing can be taken. */
export const PLAIN = `
name: plain
file: { size: 4k, block: 4k }
threads: { a: [{ load: 0..4k }], b: [{ read: 0..4k }] }
`;
/** Two that do the same, a fault within a step, and a page to take. */
export const TWINS = `
name: twins
file: { size: 4k, block: 4k }
setup: [{ fallocate: 0..4k }, { write: 2k..4k }]
threads: { a: [{ write: 0..2k }], b: [{ write: 0..2k }], flusher: [{ writeback: 0..4k }] }
budget: { evictions: 1, short-copy: 1 }
`;
/** A load can see what was lost, long before the run ends. */
export const SEEN = `
name: seen
file: { size: 4k, block: 4k }
setup: [{ fallocate: 0..4k }, { write: 2k..4k }]
threads: { writer: [{ write: 0..2k }], flusher: [{ writeback: 0..4k }], other: [{ load: 0..4k }, { load: 0..4k }] }
budget: { evictions: 1 }
`;

export type State = Engine["k"]["s"];

/** The states that runs can be in, word for word and breadth first, `most` of them. */
export function statesOf(engine: Engine, most = Number.POSITIVE_INFINITY): State[] {
  const { k } = engine;
  const transitions = new Transitions(engine);
  const list = new Int16Array(transitions.most);
  const seen = new Set<string>();
  const states: State[] = [];
  const arrive = (): void => {
    const text = k.s.subarray(0, k.layout.compared).join();
    if (seen.has(text) || states.length >= most) return;
    seen.add(text);
    states.push(k.s.slice());
  };
  engine.reset();
  arrive();
  for (const state of states) {
    k.s.set(state);
    for (const transition of list.slice(0, transitions.enabled(list, 0))) {
      transitions.forced = 0;
      do {
        k.s.set(state);
        transitions.run(transition);
        arrive();
      } while (transitions.next());
    }
  }
  return states;
}
