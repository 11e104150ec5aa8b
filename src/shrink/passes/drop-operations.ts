/** Takes operations away: whole threads, the whole setup, single operations, and (with `pairs`) two at once. */

import type { Run } from "../best-run.js";
import { opPlaces, type ProgramCandidate, withoutOp, withThreads } from "../edit.js";

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
