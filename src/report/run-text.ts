/**
 * Verdicts of `run`, one short block per scenario and kernel, and the last line over all of them.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Expectation, Scenario } from "../scenario/types.js";
import type { Expected } from "../verdict/expectation.js";
import type { Judgement } from "../verdict/judge-scenario.js";
import { findingText, type ReportedFinding } from "./finding-text.js";
import { samplingText } from "./sampling-text.js";
import { COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

export interface RunResult {
  readonly file: string;
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly expected: Expected | undefined;
  readonly judgement: Judgement;
  readonly strategy: string;
  readonly reported: ReportedFinding | undefined;
  /** Whether it is the only verdict that was asked for. */
  readonly isAlone: boolean;
}

/** Whether a result is what the reader has to look at. */
export function isBad({ judgement, expected }: RunResult): boolean {
  if (judgement.verdict === "undecided") return true;
  return expected === undefined ? judgement.verdict === "mismatch" : judgement.met === false;
}

/** Whether a scenario's expectation does not hold or cannot be judged; without one all is well. */
export function isUnmet({ judgement, expected }: RunResult): boolean {
  return expected !== undefined && (judgement.verdict === "undecided" || judgement.met === false);
}

/** Whether the race itself is shown: when somebody has to look at it, or asked for one verdict only. */
export function isShownWhole(result: RunResult): boolean {
  return isBad(result) || result.isAlone;
}

/** One result: its race where that is shown, a verdict line and what stands behind it. */
export function runResultText(result: RunResult, paint: Palette = PLAIN): string {
  const { reported } = result;
  const race = reported !== undefined && isShownWhole(result) ? `${findingText(reported, paint)}\n` : "";
  return race + verdictText(result, paint);
}

function verdictText(result: RunResult, paint: Palette): string {
  const { judgement, scenario, variant } = result;
  const mark = isBad(result)
    ? judgement.verdict === "undecided"
      ? paint.yellow("? ")
      : paint.red("x ")
    : paint.green("ok");
  const title = `${scenario.name} on ${variantName(variant)}: ${verdictWords(result)}`;
  const [first, ...more] = wrap(title, COLUMNS - 3, "  ");
  const lines = [`${mark} ${first}`, ...more.map((line) => `   ${line}`)];
  const { prose, table } = details(result);
  for (const detail of prose) {
    for (const line of wrap(detail, COLUMNS - 5, "  ")) lines.push(paint.dim(`     ${line}`));
  }
  for (const row of table) lines.push(paint.dim(`     ${row}`));
  return `${lines.join("\n")}\n`;
}

/** The verdict in words: `no violation, expected mismatch`. */
export function verdictWords({ judgement, expected }: RunResult): string {
  const { verdict, met, notReached, isComplete, problem } = judgement;
  if (verdict === "undecided") {
    if (problem !== undefined) return `cannot judge: ${problem}`;
    if (notReached.length > 0) return `cannot judge: no schedule entered ${notReached.join(", ")}`;
    return isComplete ? "cannot judge" : "cannot judge: stopped before the end";
  }
  const shown = verdict === "ok" ? "no violation" : judgement.oracles.join(", ");
  if (met === null || expected === undefined) return shown;
  if (met) return `${shown}, as expected`;
  return `${shown}, expected ${expectationText(expected)}`;
}

/** `mismatch`, `accounting`, `content: write -> zero`. */
export function expectationText(expected: Expected): string {
  return expected.kind === undefined ? words(expected.expect) : `kind "${expected.kind}"`;
}

function words(expect: Expectation): string {
  return typeof expect === "string" ? expect : expect.join(", ");
}

interface Details {
  /** To be wrapped. */
  readonly prose: readonly string[];
  readonly table: readonly string[];
}

function details(result: RunResult): Details {
  const { sampling } = result.judgement;
  if (sampling === undefined) return { prose: outcome(result), table: [] };
  const { lines, table } = samplingText(sampling, result.strategy, result.scenario.reached);
  return { prose: lines, table };
}

function outcome({ judgement, scenario, strategy }: RunResult): string[] {
  const { schedules, verdict, windows, failure, kinds, states } = judgement;
  if (verdict === "mismatch") {
    const place =
      failure === undefined || failure.schedule === 0 ? "" : `schedule ${grouped(failure.schedule)}, `;
    return failure === undefined ? [] : [`${place}kind ${kinds.join("; ")}`];
  }
  if (schedules === 0 && states === undefined) return [];
  const reached = scenario.reached.map((name) => `${name} ${plural(windows[name] ?? 0, "time")}`);
  const entered = reached.length > 0 ? `; entered ${reached.join(", ")}` : "";
  return states === undefined
    ? [`${plural(schedules, "schedule")} (${strategy})${entered}`]
    : [`none in all ${plural(states, "state")} within the file's budgets${entered}`];
}

/** The last line: how many were as expected, and how many not. */
export function runSummary(results: readonly RunResult[], paint: Palette = PLAIN): string {
  const bad = results.filter((r) => isBad(r) && r.judgement.verdict !== "undecided").length;
  const open = results.filter((r) => r.judgement.verdict === "undecided").length;
  const good = results.length - bad - open;
  const parts = [`${good} of ${grouped(results.length)} as they should be`];
  if (bad > 0) parts.push(paint.red(`${bad} not`));
  if (open > 0) parts.push(paint.yellow(`${open} undecided`));
  return `${parts.join(", ")}\n`;
}
