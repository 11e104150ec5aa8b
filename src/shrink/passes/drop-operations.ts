/** Takes operations away: whole threads, the whole setup, single operations, and (with `pairs`) two at once. */

import type { Run } from "../best-run.js";
import { type ProgramCandidate, withoutOp, withThreads } from "../edit.js";

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
  return places(scenario).map(([owner, op]) => withoutOp(scenario, owner, op));
}

/** Two operations that only make sense together, such as a reservation and its failure. */
export function dropPairs({ scenario }: Run): ProgramCandidate[] {
  const all = places(scenario);
  if (all.length > 8) return [];
  return all.flatMap(([ownerB, b], j) =>
    all.slice(0, j).map(([ownerA, a]): ProgramCandidate => {
      const first = withoutOp(scenario, ownerB, b);
      const second = withoutOp(first.scenario, ownerA, a);
      return {
        scenario: second.scenario,
        place: (at) => {
          const between = first.place?.(at) ?? at;
          const to = second.place?.(between) ?? between;
          return { ...to, gone: between.gone === true || to.gone === true };
        },
      };
    }),
  );
}

function places(scenario: Run["scenario"]): [string, number][] {
  return [
    ...scenario.setup.map((_, i): [string, number] => ["setup", i]),
    ...scenario.threads.flatMap((t) => t.ops.map((_, i): [string, number] => [t.name, i])),
  ];
}
