/** The program of a scenario, with nothing of its runs pinned. */
import type { Scenario } from "./types.js";

export function unpinned(scenario: Scenario): Scenario {
  const { schedule: _1, observed: _2, ...program } = scenario;
  return program;
}
