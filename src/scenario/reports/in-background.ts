/**
 * A real system writes back and reclaims while fsx runs: a log that shows nothing by itself is tried with both.
 */
import { allOps, isWhole } from "../op-bytes.js";
import type { Scenario } from "../types.js";

/** Pages that reclaim may drop. */
const EVICTIONS = 2;

/** The scenario with a thread that makes one pass of writeback over the whole file, and with reclaim. */
export function inBackground(scenario: Scenario): Scenario {
  const ends = allOps(scenario).map((op) => (isWhole(op) ? 0 : op.to));
  const to = Math.max(1, scenario.file.size, ...ends);
  const flusher = { name: "writeback/1", ops: [{ kind: "writeback" as const, from: 0, to }] };
  return {
    ...scenario,
    threads: [...scenario.threads, flusher],
    budget: { ...scenario.budget, evictions: Math.max(EVICTIONS, scenario.budget.evictions) },
  };
}
