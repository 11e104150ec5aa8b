/**
 * The page of each kind of result: documents, of which none becomes larger than what people can pass on.
 */
import { variantName } from "../../kernel/versions/variant.js";
import type { Explored } from "../explore-text.js";
import { undecidedWords } from "../explore-text.js";
import { headline, type ReportedFinding, runAgain } from "../finding-text.js";
import { type ExploredForced, forcedAnswer } from "../forced-text.js";
import type { FuzzSummary } from "../fuzz-text.js";
import type { Failure, Reproduced } from "../reporter.js";
import { isBad, type RunResult, verdictWords } from "../run-text.js";
import { commandForOthers } from "../shell-words.js";
import { grouped, plural } from "../style.js";
import { findingModel, type Needs } from "./finding-model.js";
import type { FindingModel } from "./finding-model-types.js";
import type { PageModel, Verdict } from "./model.js";
import { documentOf } from "./render.js";

/** Bytes; a page is meant to be attached to a mail. */
const MOST_BYTES = 196_000;

type Head = Pick<PageModel, "title" | "verdict"> & Partial<PageModel>;

function pageOf(
  head: Head,
  findings: readonly FindingModel[] = [],
  others: PageModel["others"] = [],
): PageModel {
  return { facts: [], ...head, findings, others };
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The document with as many of the findings in pictures as there is room for; the others with their commands. */
export function documentWith(head: Head, all: readonly ReportedFinding[] = [], needs?: Needs): string {
  const known = all.filter(({ pictures }) => pictures !== undefined);
  const rest = (from: number) => known.slice(from).map(otherOf);
  let shown: readonly FindingModel[] = [];
  let text = documentOf(pageOf(head, [], rest(0)));
  for (const [n, one] of known.entries()) {
    const fitting = smaller(one, needs).find((model) => {
      const next = documentOf(pageOf(head, [...shown, model], rest(n + 1)));
      if (sizeOf(next) > MOST_BYTES) return false;
      text = next;
      return true;
    });
    if (fitting === undefined) break;
    shown = [...shown, fitting];
  }
  return text;
}

/** The finding with all that there is, and with less, for runs so long that there is no room. */
function smaller(reported: ReportedFinding, needs: Needs | undefined): FindingModel[] {
  const pictures = reported.pictures?.();
  if (pictures === undefined) return [];
  const whole = findingModel(reported, pictures, needs);
  const { cured: _, parting: __, ...alone } = whole;
  return [whole, alone];
}

function otherOf(reported: ReportedFinding): PageModel["others"][number] {
  const { finding, run } = reported;
  return {
    title: `${run.scenario.name} on ${variantName(run.variant)}: ${headline(finding)} (${finding.kind})`,
    command: commandForOthers(["repro", ...(runAgain(reported) ?? [])]),
  };
}

function markOf(result: RunResult): Verdict["mark"] {
  if (result.judgement.verdict === "undecided") return "?";
  return isBad(result) ? "x" : "ok";
}

export function runPage(results: readonly RunResult[]): string {
  const bad = results.filter((one) => markOf(one) === "x").length;
  const open = results.filter((one) => markOf(one) === "?").length;
  const [first] = results;
  const isOne = new Set(results.map(({ file }) => file)).size === 1;
  const head: Head = {
    title:
      isOne && first !== undefined
        ? `${first.scenario.name}, run by stalemap`
        : `${plural(results.length, "verdict")}, run by stalemap`,
    verdict: {
      mark: bad > 0 ? "x" : open > 0 || results.length === 0 ? "?" : "ok",
      text: summaryOf(results, bad, open),
    },
    facts: isOne && first !== undefined ? factsOf(first, results.length) : [],
    table:
      results.length < 2
        ? undefined
        : {
            caption: "x: a violation, or not as the file expects; ?: cannot judge",
            heads: ["scenario", "kernel", "verdict", "what", "looked at"],
            rows: results.map((one) => ({ mark: markOf(one), cells: cellsOf(one) })),
          },
  };
  const worstFirst = results.toSorted((a, b) => Number(isBad(b)) - Number(isBad(a)));
  return documentWith(
    head,
    worstFirst.flatMap(({ reported }) => reported ?? []),
  );
}

function summaryOf(results: readonly RunResult[], bad: number, open: number): string {
  const [first] = results;
  if (results.length === 1 && first !== undefined) return single(first);
  const not = [bad > 0 ? `, ${bad} not` : "", open > 0 ? `, ${open} undecided` : ""];
  return `${results.length - bad - open} of ${grouped(results.length)} as they should be${not.join("")}`;
}

/** A page that begins with `ok` and goes on with lost bytes says why. */
function single(result: RunResult): string {
  const { judgement, reported } = result;
  const isFound = judgement.met === true && reported !== undefined;
  return `${verdictWords(result)}${isFound ? ": the file tells of the race below" : ""}`;
}

function factsOf(result: RunResult, count: number): string[] {
  const { about } = result.scenario;
  return [...(about === undefined ? [] : [about]), ...(count === 1 ? [`looked at ${lookedAt(result)}`] : [])];
}

function lookedAt({ judgement: { states, schedules }, strategy }: RunResult): string {
  return states === undefined
    ? `${plural(schedules, "schedule")} (${strategy})`
    : `all ${plural(states, "state")}`;
}

function cellsOf(result: RunResult): string[] {
  const { scenario, variant, judgement } = result;
  return [
    scenario.name,
    variantName(variant),
    verdictWords(result),
    judgement.kinds.join("; "),
    lookedAt(result),
  ];
}

export function fuzzPage(summary: FuzzSummary): string {
  const { seed, variant, programs, schedules, findings, known } = summary;
  const head: Head = {
    title: `stalemap fuzz on ${variantName(variant)}, seed ${seed}`,
    verdict:
      findings.length + known.length > 0
        ? {
            mark: "x",
            text: `${plural(findings.length, "kind")} of failure found${known.length > 0 ? `, ${known.length} known before` : ""}`,
          }
        : { mark: programs > 0 ? "ok" : "?", text: programs > 0 ? "nothing found" : "nothing was run" },
    facts: [`${plural(programs, "program")}, ${plural(schedules, "schedule")}`],
    table: {
      caption: "kinds, by how often they were met",
      heads: ["cases", "kind", "what", "file"],
      rows: findings
        .toSorted((a, b) => b.count - a.count)
        .map(({ count, finding, file }) => ({
          mark: "x",
          cells: [grouped(count), finding.kind, headline(finding), file ?? ""],
        })),
    },
  };
  return documentWith(head, findings);
}

export function explorePage(explored: Explored): string {
  const { scenario, variant, result, bounds, reported } = explored;
  const text = {
    ok: "no schedule within the bounds violates anything",
    mismatch: "a schedule fails",
    undecided: undecidedWords(result),
  };
  const searched = result.exhaustive
    ? "all of them"
    : result.verdict === "mismatch"
      ? "as many as it took to find a failure"
      : "not all of them";
  const faults = Object.entries(bounds.faults).map(([name, n]) => `${n} ${name}`);
  const head: Head = {
    title: `${scenario.name} on ${variantName(variant)}, explored by stalemap`,
    verdict: {
      mark: result.verdict === "ok" ? "ok" : result.verdict === "mismatch" ? "x" : "?",
      text: text[result.verdict],
    },
    facts: [
      `${plural(result.states, "state")}, ${plural(result.transitions, "transition")}, ${searched}`,
      `bounds: ${[`${plural(bounds.evictions, "eviction")}`, ...faults, ...(bounds.preemptions === null ? [] : [`${bounds.preemptions} preemptions`])].join(", ")}`,
      ...(reported === undefined
        ? []
        : [
            result.isShortest ? "the run below is a shortest one" : "the run below may not be a shortest one",
          ]),
      ...bounds.limits,
    ],
  };
  return documentWith(head, reported === undefined ? [] : [reported]);
}

export function forcedPage(explored: ExploredForced): string {
  const { program, reported, isComplete } = explored;
  const head: Head = {
    title: `${program.scenario.name} on ${variantName(program.variant)}, what user space can force`,
    verdict:
      reported !== undefined
        ? { mark: "x", text: "user space can force a failing run" }
        : { mark: isComplete ? "ok" : "?", text: forcedAnswer(explored) },
  };
  return documentWith(head, reported === undefined ? [] : [reported]);
}

export function reproPage({ run, reported }: Reproduced): string {
  const head: Head = {
    title: `${run.scenario.name} on ${variantName(run.variant)}, one run`,
    verdict:
      reported === undefined
        ? { mark: "ok", text: "no violation in this run" }
        : { mark: "x", text: headline(reported.finding) },
    facts: run.scenario.notes ?? [],
  };
  return documentWith(head, reported === undefined ? [] : [reported]);
}

export function failurePage({ exit, message, remedy, problems }: Failure): PageModel {
  return pageOf({
    title: "stalemap: no result",
    verdict: { mark: exit === 125 ? "?" : "x", text: `${message} (exit status ${exit})` },
    facts: remedy === undefined ? [] : [remedy],
    table:
      problems.length === 0
        ? undefined
        : {
            caption: "what is wrong with the input",
            heads: ["place", "what", "remedy"],
            rows: problems.map((one) => ({
              mark: "x",
              cells: [
                [one.file, one.line, one.column].filter((part) => part !== undefined).join(":"),
                one.message,
                [one.nearest === undefined ? undefined : `did you mean ${one.nearest}?`, one.remedy]
                  .filter((part) => part !== undefined)
                  .join(" "),
              ],
            })),
          },
  });
}
