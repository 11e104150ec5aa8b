/**
 * Findings and verdicts as Markdown: what happened in sentences, the race in a code block, and the commands that show it
 * again.
 */
import { PATCHES } from "../kernel/versions/patches.js";
import { variantName } from "../kernel/versions/variant.js";
import type { BisectSummary } from "./bisect-text.js";
import { bisectText } from "./bisect-text.js";
import { type Explored, undecidedWords } from "./explore-text.js";
import { cures, headline, type ReportedFinding, runAgain } from "./finding-text.js";
import type { FuzzSummary } from "./fuzz-text.js";
import { ON_MODEL } from "./on-model.js";
import { storyOf } from "./page/story.js";
import { programRows } from "./program-rows.js";
import { drawRace } from "./race.js";
import type { Reproduced } from "./reporter.js";
import { findingRows } from "./rows.js";
import { isBad, type RunResult, verdictWords } from "./run-text.js";
import { commandForOthers } from "./shell-words.js";
import { grouped, PLAIN, plural } from "./style.js";
import type { Tabled } from "./tabled.js";

export function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

/**
 * Text in which nothing is markup. Names of functions are code, which needs no backslash: they are read in mails as they
 * stand.
 */
export function escaped(text: string): string {
  const parts = text.split(/(?<![\w`])(_*[a-z][a-z0-9]*(?:_+[a-z0-9]+)+)(?![\w`])/);
  return parts.map((part, i) => (i % 2 === 1 ? `\`${part}\`` : plain(part, i === 0))).join("");
}

function plain(text: string, isStart: boolean): string {
  const marked = text.replace(/[\\`*[\]<|]|(?<!\w)_|_(?!\w)|~(?=~)/g, "\\$&");
  return isStart ? marked.replace(/^(\s*\d*)([#>+.)-])/, "$1\\$2") : marked;
}

/** A code block, whatever stands in it. */
export function fenced(lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)),
  );
  const fence = "`".repeat(longest + 1);
  return [fence, ...lines, fence].join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => escaped(cell).replace(/\n/g, " ")).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

export function findingMarkdown(reported: ReportedFinding): string {
  const { finding: found, run, curedBy = [] } = reported;
  const { scenario, variant } = run;
  const story = storyOf(scenario, found, findingRows(scenario, found));
  const again = runAgain(reported);
  return [
    `### ${escaped(`${scenario.name} on ${variantName(variant)}: ${headline(found)}`)}`,
    story
      .map(({ badge, step, text }) =>
        badge === undefined
          ? `\n${escaped(text)}`
          : `${badge}. ${step === 0 ? "" : `step ${step}: `}${escaped(text)}`,
      )
      .join("\n"),
    fenced([
      ...programRows(scenario).map(([name, text]) => `${name.padEnd(10)} ${text}`),
      "",
      ...drawRace(scenario, found, PLAIN),
    ]),
    `Kind: ${escaped(found.kind)}`,
    ...(curedBy.length === 0 ? [] : [`Cured by: ${cures(curedBy).map(escaped).join("; ")}`]),
    ON_MODEL,
    ...(again === undefined ? [] : [`See it again:\n\n${fenced([commandForOthers(["repro", ...again])])}`]),
  ].join("\n\n");
}

export function verdicts(results: readonly RunResult[]): string {
  const mark = (one: RunResult) => (one.judgement.verdict === "undecided" ? "?" : isBad(one) ? "x" : "ok");
  return table(
    ["", "scenario", "kernel", "verdict"],
    results.map((one) => [mark(one), one.scenario.name, variantName(one.variant), verdictWords(one)]),
  );
}

export function fuzzTable({ findings, programs, seed, variant }: FuzzSummary): string {
  const head = `${plural(programs, "program")} of seed ${escaped(seed)} on ${escaped(variantName(variant))}: ${plural(findings.length, "kind")} of failure`;
  if (findings.length === 0) return head;
  return `${head}\n\n${table(
    ["cases", "kind", "file"],
    findings.map(({ count, finding: { kind }, file }) => [grouped(count), kind, file ?? ""]),
  )}`;
}

export function exploredText(explored: Explored): string {
  const { reported, result, scenario, variant } = explored;
  if (reported !== undefined) return findingMarkdown(reported);
  const name = `${scenario.name} on ${variantName(variant)}`;
  const what =
    result.verdict === "ok"
      ? `no violation in ${result.exhaustive ? "all " : ""}${plural(result.states, "state")}`
      : undecidedWords(result);
  return escaped(`${name}: ${what}`);
}

export function reproText({ run, reported }: Reproduced): string {
  if (reported !== undefined) return findingMarkdown(reported);
  return escaped(`${run.scenario.name} on ${variantName(run.variant)}: no violation in this run`);
}

/** A table, and below it what it has to be read in full. */
export function tableSections({ title, verdict, facts, table: { heads, rows }, texts }: Tabled): string[] {
  return [
    escaped(`${title}: ${verdict.text}`),
    ...(facts.length === 0 ? [] : [facts.map((fact) => `* ${escaped(fact)}`).join("\n")]),
    table(
      ["", ...heads],
      rows.map(({ mark, cells }) => [mark, ...cells]),
    ),
    ...texts.flatMap(({ title, text }) => [`#### ${escaped(title)}`, fenced(text.trimEnd().split("\n"))]),
  ];
}

const JUDGED = { ok: "good", mismatch: "bad", undecided: "?" } as const;

function lastOf(commit: string | null): string | undefined {
  const patch = PATCHES.find((one) => one.commit === commit);
  return patch === undefined ? undefined : `${patch.commit} ${patch.title}`;
}

export function bisectSections(summary: BisectSummary): string[] {
  const { good, bad, tried } = summary;
  const from = bad === undefined ? "" : `from ${variantName(bad)} (bad) `;
  return [
    escaped(`Bisection ${from}to ${variantName(good)} (good), ${plural(tried.length, "kernel")} judged:`),
    table(
      ["verdict", "with, as the last"],
      tried.map(({ verdict, commit, variant }) => [JUDGED[verdict], lastOf(commit) ?? variantName(variant)]),
    ),
    fenced(bisectText(summary).trim().split("\n")),
    ON_MODEL,
  ];
}
