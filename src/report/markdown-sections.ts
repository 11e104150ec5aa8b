/** Verdicts, kinds, tables and bisections as sections of Markdown. */
import { PATCHES } from "../kernel/versions/patches.js";
import { variantName } from "../kernel/versions/variant.js";
import type { BisectSummary } from "./bisect-text.js";
import { bisectText } from "./bisect-text.js";
import type { FuzzSummary } from "./fuzz-text.js";
import { escaped, fenced, table } from "./markdown-text.js";
import { ON_MODEL } from "./on-model.js";
import { isBad, type RunResult, verdictWords } from "./run-text.js";
import { grouped, plural } from "./style.js";
import type { Tabled } from "./tabled.js";

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
