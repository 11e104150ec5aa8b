/**
 * The documents that --json prints. Their fields are promised to scripts: add, never rename.
 */
import type { Patch } from "../bisect/series.js";
import type { SamplingStatistics, Statistics } from "../explore/sample/statistics.js";
import { timesByName } from "../kernel/machine/windows.js";
import { MODEL } from "../kernel/versions/model-version.js";
import { fixesOf, type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Scenario } from "../scenario/types.js";
import type { BisectSummary } from "./bisect-text.js";
import type { ReportedFinding } from "./finding-text.js";
import type { ExploredForced } from "./forced-text.js";
import type { FuzzSummary } from "./fuzz-text.js";
import type { ListSection } from "./list-text.js";
import type { Checked, Failure, Reproduced } from "./reporter.js";
import { findingRows } from "./rows.js";
import type { RunResult } from "./run-text.js";

/** One document for a person to read as well, and one on a line. */
export function pretty(document: object): string {
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}
export function line(document: object): string {
  return `${escaped(JSON.stringify(document))}\n`;
}

/** JSON leaves characters as they are that a terminal obeys: written as JSON's own escapes they mean the same. */
function escaped(json: string): string {
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) =>
    [...c.split("")].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  );
}

/** One finding. */
export function findingJson(reported: ReportedFinding & { readonly count?: number }) {
  const { finding, run } = reported;
  return {
    oracle: finding.oracle,
    also: finding.also,
    kind: finding.kind,
    curedBy: reported.curedBy ?? null,
    range: finding.range,
    expected: finding.expected,
    actual: finding.actual,
    lostAt: finding.lostAt,
    seenAt: finding.seenAt,
    ops: finding.ops,
    steps: finding.steps,
    switches: finding.switches,
    token: reported.token ?? null,
    caseSeed: reported.caseSeed ?? null,
    caseFlags: reported.caseFlags ?? null,
    file: reported.file ?? null,
    realizable: reported.realizable,
    count: reported.count,
    trace: findingRows(run.scenario, finding).flatMap((row) =>
      row.calls.map((call) => ({ i: row.i, thread: row.thread, fn: call.fn, text: call.notes.join("; ") })),
    ),
  };
}

/** The kernel of a variant and all its toggles that are on, in the table's order; and how it was named. */
export function variantJson(variant: KernelVariant) {
  return {
    kernel: variant.base,
    tree: variant.isTree === true ? variantName(variant) : undefined,
    fixes: [...fixesOf(variant)],
    with: variant.with,
    without: variant.without,
  };
}

export function fuzzJson(summary: FuzzSummary) {
  return {
    schema: "stalemap/fuzz/1",
    model: MODEL,
    seed: summary.seed,
    ...variantJson(summary.variant),
    programs: summary.programs,
    schedules: summary.schedules,
    steps: summary.steps,
    seconds: Math.round(summary.seconds * 1000) / 1000,
    findings: summary.findings.map(findingJson),
    known: summary.known,
  };
}

/** The summary alone, where the findings have been told already: how many cases of each kind. */
export function fuzzCountsJson(summary: FuzzSummary) {
  const kinds = summary.findings.map(({ finding, count, file }) => ({
    kind: finding.kind,
    count,
    file: file ?? null,
  }));
  return { ...fuzzJson({ ...summary, findings: [] }), schema: "stalemap/fuzz-kinds/1", findings: kinds };
}

export function runResultJson(result: RunResult) {
  const { judgement } = result;
  return {
    scenario: result.scenario.name,
    file: result.file,
    ...variantJson(result.variant),
    verdict: judgement.verdict,
    oracles: judgement.oracles,
    expected: result.expected?.expect ?? null,
    met: judgement.met,
    exhaustive: judgement.states !== undefined,
    schedules: judgement.schedules,
    states: judgement.states ?? null,
    problem: judgement.problem ?? null,
    fit: judgement.fit ?? null,
    limits: judgement.limits,
    reached: entered(judgement.windows),
    sampling: judgement.sampling === undefined ? null : samplingJson(judgement.sampling),
    finding: result.reported === undefined ? null : findingJson(result.reported),
  };
}

/** What a clean sample showed; the probabilities are those of unseen.ts. */
function samplingJson({ strategies, ...all }: SamplingStatistics) {
  return {
    ...statisticsJson(all),
    strategies: strategies.map(({ strategy, ...one }) => ({ strategy, ...statisticsJson(one) })),
  };
}

function statisticsJson({ schedules, finalStates, counted, unseen, bugBound, windows }: Statistics) {
  return { schedules, finalStates, counted, unseen, bugBound, reached: entered(timesByName(windows)) };
}

/** The windows that were entered, with how often. */
export function entered(windows: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(windows).filter(([, times]) => times > 0));
}

export function runJson(results: readonly RunResult[]) {
  return { schema: "stalemap/run/1", model: MODEL, results: results.map(runResultJson) };
}

export function reproJson({ run, reported }: Reproduced) {
  return {
    schema: "stalemap/repro/1",
    model: MODEL,
    reproduced: reported !== undefined,
    limits: run.scenario.notes ?? [],
    finding: reported === undefined ? null : findingJson(reported),
  };
}

/** A result of several, on a line of its own: it says what it is, as a document does. */
export function toldLine(schema: string, result: object): string {
  return line({ schema, ...result });
}

export function exploreForcedJson({ reported, schedules, isComplete }: ExploredForced) {
  const answer =
    reported === undefined
      ? { verdict: isComplete ? "ok" : "undecided", schedules, complete: isComplete }
      : { verdict: "mismatch", finding: findingJson(reported) };
  return { schema: "stalemap/explore-realizable/1", model: MODEL, ...answer };
}

export function checkedJson({ file, scenario, shown }: Checked) {
  const { name, threads, notes = [] } = scenario;
  const more = shown === undefined ? {} : { shown };
  return { file, name, threads: threads.length, ops: operations(scenario), notes, ...more };
}

/** How many operations setup and threads have. */
export function operations({ setup, threads }: Scenario): number {
  return setup.length + threads.reduce((n, t) => n + t.ops.length, 0);
}

export function checkJson(files: readonly Checked[]) {
  return { schema: "stalemap/check/1", model: MODEL, files: files.map(checkedJson) };
}

export function listJson(sections: readonly ListSection[]) {
  return {
    schema: "stalemap/list/1",
    model: MODEL,
    ...Object.fromEntries(
      sections.map(({ title, items }) => [
        title,
        items.map(({ fields, ...item }) => ({ ...item, ...fields })),
      ]),
    ),
  };
}

/** In place of a result that there is none of. */
export function failureJson({ exit, message, remedy, problems }: Failure) {
  return {
    schema: "stalemap/error/1",
    exit,
    message,
    remedy: remedy ?? null,
    diagnostics: problems.map(({ file, line, column, message, nearest, remedy }) => ({
      file: file ?? null,
      line: line ?? null,
      column: column ?? null,
      message,
      nearest: nearest ?? null,
      remedy: remedy ?? null,
    })),
  };
}

export function bisectJson(summary: BisectSummary) {
  const patches = (list: readonly Patch[] | null | undefined) => list?.map(patchJson) ?? null;
  return {
    schema: "stalemap/bisect/1",
    model: MODEL,
    firstGood: summary.firstGood === undefined ? null : patchJson(summary.firstGood),
    candidates: patches(summary.candidates),
    isMonotone: summary.isMonotone ?? null,
    problem: summary.problem ?? null,
    tried: summary.tried.map(({ variant, commit, verdict }) => ({
      ...variantJson(variant),
      commit,
      verdict,
    })),
    necessary: patches(summary.necessary),
    sufficient: patches(summary.sufficient),
  };
}

function patchJson({ commit, title, on, off }: Patch) {
  return { commit, title, toggles: [...on, ...off] };
}
