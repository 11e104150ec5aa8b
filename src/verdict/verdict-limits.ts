/**
 * What bounds a verdict without being seen in it: what the scenario's file says and the program does not hold, and
 * budgets that change nothing.
 */
import { FAULTS } from "../kernel/machine/choices.js";
import { BYTE_LIMIT } from "../kernel/machine/layout.js";
import { OPS } from "../kernel/ops.js";
import type { Scenario } from "../scenario/types.js";
import { listed } from "../scenario/yaml/diagnostic.js";
import { printQuantity, printRange } from "../scenario/yaml/units.js";

/** Sentences; `offered` is the mask of the kinds of choices that steps asked for. */
export function limitsOf(scenario: Scenario, offered: number): string[] {
  const { budget, notes = [] } = scenario;
  const given = FAULTS.filter(({ key }) => budget[key] > 0);
  const isCapped = budget.faults === 0;
  const capped = given.filter(({ key }) => isCapped && key !== "evictions");
  const idle = given.filter((fault) => !capped.includes(fault) && (offered & (1 << fault.choice)) === 0);
  const names = (faults: typeof given): string =>
    listed(
      faults.map(({ name }) => name),
      "and",
    );
  return [
    ...notes,
    ...refusedMoves(scenario),
    ...(budget.evictions > BYTE_LIMIT
      ? [`of ${budget.evictions} evictions asked for there were ${BYTE_LIMIT}`]
      : []),
    ...(capped.length > 0
      ? [`no fault at all was allowed: the budget of ${names(capped)} was not used`]
      : []),
    ...(idle.length > 0 ? [`no step could use the budget of ${names(idle)}`] : []),
  ];
}

/** Operations that move no whole blocks, which the kernel refuses. */
function refusedMoves({ setup, threads, file: { block } }: Scenario): string[] {
  const ops = [...setup, ...threads.flatMap((thread) => thread.ops)];
  const refused = ops.filter(
    ({ kind, from, to }) => OPS[kind].moves !== undefined && (from % block !== 0 || to % block !== 0),
  );
  const named = new Set(refused.map(({ kind, from, to }) => `${kind} ${printRange({ from, to })}`));
  const blocks = `no whole blocks of ${printQuantity(block)}: the kernel refuses it with EINVAL`;
  return named.size === 0 ? [] : [`${listed([...named], "and")}: ${blocks}`];
}
