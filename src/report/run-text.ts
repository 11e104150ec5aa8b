/**
 * Verdicts of `run`, one short block per scenario and kernel, and the last line over all of them.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Scenario } from "../scenario/types.js";
import type { Expected } from "../verdict/expectation.js";
import type { Judgement } from "../verdict/judge-scenario.js";
import { findingText, type ReportedFinding } from "./finding-text.js";
import { samplingText } from "./sampling-text.js";
import { beside, COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

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
  readonly isOfMany?: boolean;
  /** Of several files: all verdicts of this one with its last, none before. */
  readonly ofFile?: readonly RunResult[] | undefined;
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
  const { reported, ofFile } = result;
  // Of many files each has a line, and what somebody has to look at is there in full.
  if (result.isOfMany === true && !isBad(result)) return fileText(ofFile ?? [], paint);
  const race = reported !== undefined && isShownWhole(result) ? `${findingText(reported, paint)}\n` : "";
  return race + verdictText(result, paint) + fileText(ofFile ?? [], paint);
}

/** `ok unwritten-tail   9 verdicts, as expected, 4 races`. */
function fileText(results: readonly RunResult[], paint: Palette): string {
  const [first] = results;
  if (first === undefined) return "";
  const bad = results.filter(isBad);
  const isOpen = bad.every(({ judgement }) => judgement.verdict === "undecided");
  const mark = bad.length === 0 ? paint.green("ok") : isOpen ? paint.yellow("? ") : paint.red("! ");
  const failing = results.filter(({ judgement }) => judgement.verdict === "mismatch").length;
  const races = failing === 0 ? "" : `, ${plural(failing, "race")}`;
  const isStated = results.some(({ expected }) => expected !== undefined);
  const none = isStated ? "as expected" : "no violation";
  const not = bad.length === 0 ? none : `${bad.length} ${isStated ? "not as expected" : "with a violation"}`;
  return `${mark} ${first.scenario.name.padEnd(32)} ${plural(results.length, "verdict")}, ${not}${races}\n`;
}

/** `x` a race, `!` not what was expected, `?` not decided. */
function markOf(result: RunResult, paint: Palette): string {
  const { judgement } = result;
  if (!isBad(result)) return paint.green("ok");
  if (judgement.verdict === "undecided") return paint.yellow("? ");
  return paint.red(judgement.met === false ? "! " : "x ");
}

function verdictText(result: RunResult, paint: Palette): string {
  const { judgement, scenario, variant } = result;
  const mark = markOf(result, paint);
  const title = `${scenario.name} on ${variantName(variant)}: ${verdictWords(result)}`;
  const lines = beside(`${mark} `, 3, title, "  ");
  const details =
    judgement.sampling === undefined
      ? { lines: outcome(result), table: [] }
      : samplingText(judgement.sampling, result.strategy, scenario.reached);
  for (const detail of details.lines) {
    for (const line of wrap(detail, COLUMNS - 5, "  ")) lines.push(paint.dim(`     ${line}`));
  }
  for (const row of details.table) lines.push(paint.dim(`     ${row}`));
  for (const limit of judgement.limits)
    for (const line of wrap(`note: ${limit}`, COLUMNS - 5, "  ")) lines.push(paint.yellow(`     ${line}`));
  return `${lines.join("\n")}\n`;
}

/** The verdict in words: `no violation, expected mismatch`. */
export function verdictWords({ judgement, expected, scenario }: RunResult): string {
  const { verdict, met, notReached, isComplete, problem } = judgement;
  if (verdict === "undecided") {
    if (problem !== undefined) return `cannot judge: ${problem}`;
    if (notReached.length > 0) return `cannot judge: no schedule entered ${notReached.join(", ")}`;
    if (isComplete && scenario.isPart === true) return "cannot judge: no violation in what is modelled of it";
    return isComplete ? "cannot judge" : "cannot judge: stopped before the end";
  }
  const shown = verdict === "ok" ? "no violation" : judgement.oracles.join(", ");
  if (met === null || expected === undefined) return shown;
  if (met) return `${shown}, as expected`;
  return `${shown}, expected ${expectationText(expected)}`;
}

/** `mismatch`, `accounting`, `content: write -> zero`. */
function expectationText({ kind, expect }: Expected): string {
  if (kind !== undefined) return `kind "${kind}"`;
  return typeof expect === "string" ? expect : expect.join(", ");
}

function outcome({ judgement, scenario, strategy }: RunResult): string[] {
  const { schedules, verdict, windows, failure, kinds, states, fit } = judgement;
  if (fit !== undefined) return [fit];
  if (verdict === "mismatch") {
    if (failure === undefined) return [];
    const place = failure.schedule === 0 ? "" : `schedule ${grouped(failure.schedule)}, `;
    return [`${place}kind ${kinds.join("; ")}`];
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
  const isOpen = ({ judgement }: RunResult) => judgement.verdict === "undecided";
  const isWrong = (r: RunResult) => isBad(r) && !isOpen(r);
  const stated = results.filter((r) => r.expected !== undefined);
  const unstated = results.length - stated.length;
  const bad = stated.filter(isWrong).length;
  const open = results.filter(isOpen).length;
  const parts: string[] = [];
  if (stated.length > 0) {
    const good = stated.filter((r) => !isBad(r) && !isOpen(r)).length;
    parts.push(`${good} of ${grouped(stated.length)} as they should be`);
  }
  if (bad > 0) parts.push(paint.red(`${bad} not`));
  if (unstated > 0) {
    const wrong = results.filter(isWrong).length - bad;
    parts.push(`${unstated} without an expectation, ${wrong === 0 ? "none" : wrong} with a violation`);
  }
  if (open > 0) parts.push(paint.yellow(`${open} undecided`));
  return `${parts.join(", ")}\n`;
}
