/**
 * Explanations as documents.
 */
import { MODEL } from "../kernel/versions/model-version.js";
import { variantName } from "../kernel/versions/variant.js";
import { printOrder } from "../scenario/language/schedule.js";
import { findingJson } from "./documents.js";
import type { Explained, NameExplained } from "./explain-text.js";

export function explainJson(explained: Explained) {
  const { run, reported, states, prospects, noReturn, order, given, window, locks, variations } = explained;
  return {
    schema: "stalemap/explain/1",
    model: MODEL,
    scenario: run.scenario.name,
    kernel: variantName(run.variant),
    states,
    finding: findingJson(reported),
    steps: prospects,
    noReturn: noReturn ?? null,
    order: order?.map(printOrder) ?? null,
    given,
    window:
      window === undefined ? null : { ...window, thread: run.scenario.threads[window.thread]?.name ?? null },
    locks,
    variations,
    orderScenario: explained.orderFile ?? null,
  };
}

export function nameJson(all: readonly NameExplained[]) {
  return { schema: "stalemap/explain-name/1", model: MODEL, names: all };
}
