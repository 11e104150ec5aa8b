/** Fewer faults: budgets down to what the run uses and then one by one, planned faults of writes away or to the
 * write's start. */
import { Choice, FAULTS } from "../../kernel/machine/choices.js";
import type { Budget, Op } from "../../scenario/types.js";
import type { Run } from "../best-run.js";
import { eachReplaced, type ProgramCandidate } from "../edit.js";

export function dropFaults(run: Run): ProgramCandidate[] {
  const { scenario } = run;
  const used = usedBudget(run);
  const budgets = [used];
  for (const { key } of FAULTS) {
    if (scenario.budget[key] > used[key]) budgets.push({ ...scenario.budget, [key]: used[key] });
    if (scenario.budget[key] > 0) budgets.push({ ...scenario.budget, [key]: scenario.budget[key] - 1 });
  }
  return [...budgets.map((budget) => ({ scenario: { ...scenario, budget } })), ...plannedFaults(run)];
}

/** Each budget as far as the run draws on it. */
function usedBudget({ scenario, script, finding }: Run): Budget {
  const used: Budget = { ...scenario.budget };
  for (const { choice, key } of FAULTS) {
    if (choice === Choice.EVICT) continue;
    used[key] = script.reduce((n, s) => n + (s.answers[choice] ?? []).filter((v) => v !== 0).length, 0);
  }
  const reclaimed = script.reduce((n, s) => n + (s.thread === "reclaim" ? s.steps : 0), 0);
  used.evictions = Math.min(scenario.budget.evictions, finding.steps, reclaimed);
  return used;
}

function plannedFaults({ scenario }: Run): ProgramCandidate[] {
  const edits: ((op: Op) => Op)[] = [
    ({ faultAt: _, ...op }) => op,
    ({ shortCopy: _, ...op }) => op,
    (op) => (op.faultAt === undefined ? op : { ...op, faultAt: op.from }),
    ({ faultAt, ...op }) => (faultAt === undefined || faultAt === op.from ? op : { ...op, to: faultAt }),
    ({ shortCopy, ...op }) => (shortCopy === undefined ? op : { ...op, to: shortCopy }),
  ];
  return eachReplaced(scenario, (op) =>
    (op.faultAt ?? op.shortCopy) === undefined ? [] : edits.map((edit) => edit(op)),
  );
}
