/**
 * What an exhaustive search says: what was proved and within which bounds, or why nothing was.
 */

import type { ExploreResult, Undecided } from "../explore/search/prove.js";
import type { StateGraph } from "../explore/search/state-graph.js";
import { timesByName } from "../kernel/machine/windows.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Scenario } from "../scenario/types.js";
import { findingText, type ReportedFinding } from "./finding-text.js";
import { beside, COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

/** What may go wrong in a run, and how finely runs are told apart. */
export interface Bounds {
  readonly threads: number;
  readonly evictions: number;
  /** Budgets of faults that are not zero, by name. */
  readonly faults: Readonly<Record<string, number>>;
  /** --faults: all of them together. */
  readonly faultCap: number | null;
  readonly preemptions: number | null;
  readonly steps: "merged" | "fine";
  /** What of the scenario was not part of what was searched, in sentences. */
  readonly limits: readonly string[];
}

export interface Explored {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly result: ExploreResult;
  readonly bounds: Bounds;
  /** From the start to the answer, and of the search alone. */
  readonly seconds: number;
  readonly searchSeconds: number;
  readonly reported: ReportedFinding | undefined;
  /** The scenario file that it comes from. */
  readonly file?: string | undefined;
  /** Makes the graph of its states, as far as that can be drawn. */
  readonly graph?: (() => StateGraph) | undefined;
}

const WHY: { readonly [why in Undecided]: string } = {
  memory: "the memory was used up; give more with --memory",
  states: "the most states that were allowed were reached",
  stopped: "it was stopped",
  preemptions: "runs with more preemptions were not looked at",
  "lock-order": "locks are taken in a cycle, though perhaps not within one run",
  order: "no run keeps the file's order",
  "idle-order": "a part of the file's order says nothing",
  schedule: "the file pins one schedule; stalemap repro runs it",
};

export function exploreText(explored: Explored, paint: Palette = PLAIN): string {
  const { scenario, variant, result, reported } = explored;
  const name = `${scenario.name} on ${variantName(variant)}`;
  const states = plural(result.states, "state");
  if (reported !== undefined) {
    const most = result.deepening.at(-1)?.preemptions;
    const how = result.isShortest ? "the shortest run that fails" : "a run that fails";
    const bounded = most === undefined ? "" : `; ${plural(most, "preemption")} needed, no fewer show it`;
    return `${findingText(reported, paint)}\n${facts(explored, `${how}${bounded}`).join("\n")}\n`;
  }
  const lines: string[] = [];
  if (result.verdict === "ok") {
    lines.push(...say(`${paint.green("ok")} ${paint.bold(name)}: no violation in all ${states}`));
  } else {
    lines.push(...say(`${paint.yellow("?")} ${paint.bold(name)}: ${undecidedWords(result)}`));
    if (result.states > 0) lines.push(`  no violation in ${states} so far`);
  }
  lines.push(...facts(explored, undefined));
  const times = timesByName(result.windows);
  const missing = scenario.reached.filter((window) => times[window] === 0);
  if (missing.length > 0 && result.states > 0) {
    lines.push(...indented(`never entered: ${missing.join(", ")}`));
  }
  lines.push(...costText(explored).map((line) => `  ${line}`));
  return `${lines.join("\n")}\n`;
}

/** Why nothing was proved. */
export function undecidedWords({ undecided, idleOrder }: ExploreResult): string {
  const detail = idleOrder === undefined ? "" : `: ${idleOrder}`;
  return undecided === undefined ? "undecided" : `undecided, ${WHY[undecided]}${detail}`;
}

function say(text: string): string[] {
  return wrap(text, COLUMNS, "  ");
}
function indented(text: string): string[] {
  return beside("  ", 2, text, "  ");
}

function facts({ bounds, result }: Explored, how: string | undefined): string[] {
  const faults = Object.entries(bounds.faults).map(([name, n]) => `${n} ${name}`);
  if (bounds.faultCap !== null) faults.push(`${bounds.faultCap} faults in all`);
  const parts = [
    plural(bounds.threads, "thread"),
    plural(bounds.evictions, "eviction"),
    ...faults,
    ...(bounds.preemptions === null ? [] : [`at most ${plural(bounds.preemptions, "preemption")}`]),
    `${bounds.steps} steps`,
  ];
  const lines = how === undefined ? [] : indented(how);
  lines.push(...indented(`bounds: ${parts.join(", ")}`));
  lines.push(...indented(`reduction: ${reductionText(result)}`));
  for (const limit of bounds.limits) lines.push(...indented(`note: ${limit}`));
  if (!result.exact && result.expectedMissed > 0)
    lines.push(`  states missed, expected: ${result.expectedMissed.toExponential(1)}`);
  return lines;
}

/** `43 of 85 boundaries merged, symmetry, dead values, alike orders`. */
function reductionText({ boundaries, symmetry, fine, deadValues, alikeOrders }: ExploreResult): string {
  const parts = [
    ...(fine ? [] : [`${boundaries.merged} of ${boundaries.all} boundaries merged`]),
    ...(symmetry ? ["symmetry"] : []),
    ...(deadValues ? ["dead values"] : []),
    ...(alikeOrders ? ["alike orders"] : []),
  ];
  return parts.join(", ") || "none";
}

function costText({ result, seconds, searchSeconds }: Explored): string[] {
  const { states, bytes, tableBytes } = result;
  const perSecond = states / Math.max(0.001, searchSeconds);
  const perState = (n: number): string => (n / Math.max(1, states)).toFixed(1);
  return [
    `${seconds.toFixed(2)} s, ${grouped(Math.round(perSecond))} states/s while searching`,
    `bytes per state: ${perState(tableBytes)} in the table, ${perState(bytes - tableBytes)} on the frontier`,
  ];
}
