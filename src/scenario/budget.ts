/**
 * Edits of a scenario's budget, as --faults and --evictions ask for them.
 */
import type { BudgetEdit, Scenario } from "./types.js";

/** The scenario with what the edit says in its budget. */
export function withBudget(scenario: Scenario, { faults, evictions }: BudgetEdit): Scenario {
  const { budget } = scenario;
  const edited = { ...budget, faults: faults ?? budget.faults, evictions: evictions ?? budget.evictions };
  return { ...scenario, budget: edited };
}
