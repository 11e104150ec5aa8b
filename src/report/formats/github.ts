/**
 * Annotations for GitHub Actions: an error for whatever ends in exit status 1 or 128, a warning for what could not be
 * judged. Nothing is printed of what is as it should be.
 */
import { variantName } from "../../kernel/versions/variant.js";
import { lineOfStatement } from "../../scenario/language/verdicts.js";
import type { RunSpec } from "../../scenario/token.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { type Explored, undecidedWords } from "../explore-text.js";
import { headline, type ReportedFinding, runAgain } from "../finding-text.js";
import { type ExploredForced, forcedAnswer } from "../forced-text.js";
import type { Failure, Format, Problem } from "../reporter.js";
import { isBad, isUnmet, type RunResult, verdictWords } from "../run-text.js";
import { commandLine } from "../shell-words.js";

export const github: Format = {
  failure: failed,
  pages: {
    run: { item: (result) => (isBad(result) ? verdict(result) : "") },
    matrix: { item: (result) => (isUnmet(result) ? verdict(result) : "") },
    fuzz: { item: (found) => finding(found) },
    explore: { end: explored },
    exploreForced: { end: exploredForced },
    check: {},
    repro: { end: ({ reported }) => (reported === undefined ? "" : finding(reported)) },
  },
};

interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly col?: number | undefined;
  readonly endColumn?: number | undefined;
  readonly title: string;
}

/** One workflow command. */
function annotation(level: "error" | "warning", place: Place, message: string): string {
  const properties = Object.entries(place)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${properties.join(",")}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

/** A finding, at `file` or where it was saved. */
function finding(reported: ReportedFinding, file = reported.file, line?: number): string {
  const { finding: found, run } = reported;
  const again = commandLine(["repro", ...(runAgain(reported) ?? [])]);
  const message = `${headline(found)} (${found.kind}); ${again}`;
  return annotation("error", { file, line, title: title(run) }, message);
}

function title({ scenario, variant }: Pick<RunSpec, "scenario" | "variant">): string {
  return `${scenario.name} on ${variantName(variant)}`;
}

function verdict(result: RunResult): string {
  const { file, judgement, reported } = result;
  // The line of what the file expects, where it expects something of this kernel.
  const line = result.expected && lineOfStatement(result.expected);
  if (reported !== undefined) return finding(reported, file, line);
  const level = judgement.verdict === "undecided" ? "warning" : "error";
  return annotation(level, { file, line, title: title(result) }, verdictWords(result));
}

function explored(explored: Explored): string {
  const { reported, result } = explored;
  if (reported !== undefined) return finding(reported);
  if (result.verdict === "ok") return "";
  return annotation("warning", { title: title(explored) }, undecidedWords(result));
}

function exploredForced(explored: ExploredForced): string {
  if (explored.reported !== undefined) return finding(explored.reported);
  if (explored.isComplete) return "";
  return annotation("warning", { title: title(explored.program) }, forcedAnswer(explored));
}

/** What could not be judged at all is a warning, as a verdict of that kind is. */
function failed({ exit, message, remedy, problems }: Failure): string {
  if (problems.length > 0) return problems.map(wrong).join("");
  const text = remedy === undefined ? message : `${message}\n${remedy}`;
  return annotation(exit === 125 ? "warning" : "error", { title: "stalemap" }, text);
}

function wrong({ file, line, column, length, message, nearest, remedy }: Problem): string {
  const hints = [nearest === undefined ? undefined : `did you mean ${quoted(nearest)}?`, remedy];
  const text = [message, ...hints.filter((hint) => hint !== undefined)].join("\n");
  const endColumn = column === undefined ? undefined : column + (length ?? 1);
  return annotation("error", { file, line, col: column, endColumn, title: "stalemap" }, text);
}
