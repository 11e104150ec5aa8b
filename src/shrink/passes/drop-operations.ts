/** Takes operations away: whole threads, the whole setup, single operations, and (with `pairs`) two at once. */

import type { Run } from "../best-run.js";
import { opPlaces, type ProgramCandidate, withoutOp, withoutOps, withThreads } from "../edit.js";

export function dropThreads({ scenario }: Run): ProgramCandidate[] {
  const candidates: ProgramCandidate[] = scenario.threads.map(({ name }) => ({
    scenario: withThreads(
      scenario,
      scenario.threads.filter((t) => t.name !== name),
    ),
  }));
  if (scenario.setup.length > 1) candidates.unshift({ scenario: { ...scenario, setup: [] } });
  return candidates;
}

export function dropOperations({ scenario }: Run): ProgramCandidate[] {
  return opPlaces(scenario).map(({ thread, index }) => withoutOp(scenario, thread, index));
}

/** Fewer are taken away one by one. */
const MANY = 16;

/** Halves, quarters and so on of long threads, the last first: what comes behind a loss is not needed for it. */
export function dropStretches({ scenario }: Run): ProgramCandidate[] {
  const all = [{ name: "setup", ops: scenario.setup }, ...scenario.threads];
  return all.flatMap(({ name, ops: { length } }) => {
    const candidates: ProgramCandidate[] = [];
    if (length < MANY) return candidates;
    for (let size = Math.ceil(length / 2); size > 1; size = size > 2 ? Math.ceil(size / 2) : 0)
      for (let to = length; to > 0; to -= size)
        candidates.push(withoutOps(scenario, name, Math.max(0, to - size), to));
    return candidates;
  });
}

/** Two operations that only make sense together, such as a reservation and its failure. */
export function dropPairs({ scenario }: Run): ProgramCandidate[] {
  const all = opPlaces(scenario);
  if (all.length > 8) return [];
  return all.flatMap((b, j) =>
    all.slice(0, j).map((a): ProgramCandidate => {
      const first = withoutOp(scenario, b.thread, b.index);
      const second = withoutOp(first.scenario, a.thread, a.index);
      return { scenario: second.scenario, place: (at) => second.place(first.place(at)) };
    }),
  );
}
