/**
 * Budgets: the empty one, and edits as options ask for them.
 */
import { FAULTS, type FaultCounts } from "../kernel/machine/choices.js";
import type { OracleName } from "../kernel/oracle-table.js";
import type { Budget, Scenario } from "./types.js";

/** A budget in which nothing goes wrong. */
export function emptyBudget(): Budget {
  return { ...EMPTY };
}
const EMPTY = Object.fromEntries(FAULTS.map(({ key }) => [key, 0])) as FaultCounts;

/** What --faults, --evictions and --oracle ask for. */
export interface BudgetEdit {
  readonly oracle?: readonly OracleName[] | undefined;
  readonly faults?: number | undefined;
  readonly evictions?: number | undefined;
}

/** The scenario with what the edit says of its budget and its oracles: what is made of it then carries that. */
export function withBudget(scenario: Scenario, { faults, evictions, oracle }: BudgetEdit): Scenario {
  if (faults === undefined && evictions === undefined && oracle === undefined) return scenario;
  const { budget } = scenario;
  const edited = { ...budget, faults: faults ?? budget.faults, evictions: evictions ?? budget.evictions };
  return { ...scenario, budget: edited, oracles: oracle ?? scenario.oracles };
}
