/**
 * Budgets: the empty one, and edits as --faults and --evictions ask for them.
 */
import { FAULTS, type FaultCounts } from "../kernel/machine/choices.js";
import type { Budget, Scenario } from "./types.js";

/** A budget in which nothing goes wrong. */
export function emptyBudget(): Budget {
  return Object.fromEntries(FAULTS.map(({ key }) => [key, 0])) as FaultCounts;
}

/** What --faults and --evictions ask for. */
export interface BudgetEdit {
  readonly faults?: number | undefined;
  readonly evictions?: number | undefined;
}

/** The scenario with what the edit says in its budget. */
export function withBudget(scenario: Scenario, { faults, evictions }: BudgetEdit): Scenario {
  const { budget } = scenario;
  const edited = { ...budget, faults: faults ?? budget.faults, evictions: evictions ?? budget.evictions };
  return { ...scenario, budget: edited };
}
