/**
 * Results as what continuous integration counts: checks that hold, fail, could not be judged, or are about nothing that
 * anybody expects. The formats for it (JUnit, TAP, SARIF, annotations) differ in how they write these down.
 */
import { variantName } from "../kernel/versions/variant.js";
import { lineOfStatement } from "../scenario/language/verdicts.js";
import type { RunSpec } from "../scenario/token.js";
import { quoted } from "../scenario/yaml/diagnostic.js";
import { type Backported, faultText, verdicts } from "./backport-text.js";
import { type BisectSummary, patchText } from "./bisect-text.js";
import type { ConformResult } from "./conform-verdict.js";
import { type Explored, undecidedWords } from "./explore-text.js";
import { findingText, headline, type ReportedFinding, runAgain, why } from "./finding-text.js";
import { type ForcedReport, forcedRunText, verdictOf } from "./forced-outcome.js";
import { type ExploredForced, forcedAnswer } from "./forced-text.js";
import type { FuzzSummary } from "./fuzz-text.js";
import { type KernelWalk, kernelWalkText } from "./kernel-walk-text.js";
import { type Matrix, resultsOfMatrix } from "./matrix-cells.js";
import { agrees, type RealCell, type Recorded, realText } from "./real-text.js";
import type { Checked, Failure, Format, Reproduced } from "./reporter.js";
import { isBad, type RunResult, verdictWords } from "./run-text.js";
import { commandForOthers } from "./shell-words.js";

export interface Check {
  /** What it belongs to: a scenario, a kernel, a file. */
  readonly group: string;
  readonly name: string;
  readonly outcome: "holds" | "fails" | "open" | "unasked";
  /** One line. */
  readonly message: string;
  /** Which rule it is: an oracle, `expectation`, `undecided`, `input`. */
  readonly rule: string;
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Past the last one. */
  readonly endColumn?: number | undefined;
  readonly reported?: ReportedFinding | undefined;
  /** More lines, for people. */
  readonly detail?: string | undefined;
}

/** A finding, at `file` or where it was saved. */
export function checkOfFinding(reported: ReportedFinding, file = reported.file, line?: number): Check {
  const { finding, run } = reported;
  const again = runAgain(reported);
  const command = again === undefined ? "" : `; ${commandForOthers(["repro", ...again])}`;
  return {
    ...named(run),
    outcome: "fails",
    message: `${headline(finding)} (${finding.kind})${command}`,
    rule: finding.oracle,
    file,
    line,
    reported,
    detail: [why(finding), findingText(reported)].filter((text) => text !== undefined).join("\n"),
  };
}

function named({ scenario, variant }: Pick<RunSpec, "scenario" | "variant">) {
  return { group: scenario.name, name: `${scenario.name} on ${variantName(variant)}` };
}

/** A verdict of `run`: one that nobody stated an expectation for fails when something is wrong. */
export function checkOfRun(result: RunResult): Check {
  const { file, judgement, expected, reported } = result;
  // The line of what the file expects, where it expects something of this kernel.
  const line = expected && lineOfStatement(expected);
  const isOpen = judgement.verdict === "undecided";
  if (isBad(result) && !isOpen && reported !== undefined) return checkOfFinding(reported, file, line);
  return {
    ...named(result),
    outcome: isOpen ? "open" : isBad(result) ? "fails" : "holds",
    message: verdictWords(result),
    rule: isOpen ? "undecided" : (judgement.oracles[0] ?? "expectation"),
    file,
    line,
  };
}

/** A cell of a matrix: only what the file expects is asked. */
export function checkOfCell(result: RunResult): Check {
  const check = checkOfRun(result);
  return result.expected === undefined
    ? { ...check, outcome: "unasked", message: verdictWords(result) }
    : check;
}

export function checksOfMatrix(matrix: Matrix): Check[] {
  return resultsOfMatrix(matrix).map(checkOfCell);
}

export function checksOfFuzz({ findings, variant, programs, seed }: FuzzSummary): Check[] {
  if (findings.length > 0) return findings.map((one) => checkOfFinding(one));
  return [
    {
      group: "fuzz",
      name: `${programs} programs of seed ${seed} on ${variantName(variant)}`,
      outcome: programs > 0 ? "holds" : "open",
      message: programs > 0 ? "nothing new found" : "nothing was run",
      rule: "undecided",
    },
  ];
}

export function checksOfExplored(explored: Explored): Check[] {
  const { reported, result, file } = explored;
  if (reported !== undefined) return [checkOfFinding(reported, reported.file ?? file)];
  const isOk = result.verdict === "ok";
  const message = isOk ? "no schedule within the bounds violates anything" : undecidedWords(result);
  return [{ ...named(explored), outcome: isOk ? "holds" : "open", message, rule: "undecided", file }];
}

export function checksOfForced(explored: ExploredForced): Check[] {
  const { reported, isComplete, program } = explored;
  if (reported !== undefined) return [checkOfFinding(reported)];
  const outcome = isComplete ? "holds" : "open";
  return [{ ...named(program), outcome, message: forcedAnswer(explored), rule: "undecided" }];
}

export function checksOfRepro({ run, reported, file }: Reproduced): Check[] {
  if (reported !== undefined) return [checkOfFinding(reported, reported.file ?? file)];
  return [{ ...named(run), outcome: "holds", message: "no violation in this run", rule: "undecided", file }];
}

export function checksOfBisect({ good, firstGood, problem }: BisectSummary): Check[] {
  const check = { group: "bisect", name: `bisect to ${variantName(good)}`, rule: "undecided" };
  if (firstGood === undefined)
    return [{ ...check, outcome: "open", message: `no answer: ${problem ?? "nothing to judge"}` }];
  return [{ ...check, outcome: "holds", message: `first good patch: ${patchText(firstGood)}` }];
}

/** A step of the series each, and what is left at its end. */
export function checksOfBackport(backported: Backported): Check[] {
  const { kernel, steps, uncured, open } = backported;
  const group = `backport to ${variantName(kernel)}`;
  const check = { group, rule: "backport" } as const;
  return [
    ...steps.map(({ unit, worse }): Check => {
      const name = unit.patches.map(patchText).join(" and ");
      const message =
        worse.length === 0 ? "no race that was not there" : `opens ${worse.map(faultText).join(", ")}`;
      return { ...check, name, outcome: worse.length === 0 ? "holds" : "fails", message };
    }),
    ...uncured.map((name): Check => ({ ...check, name, outcome: "fails", message: "not cured" })),
    ...open.map(
      (name): Check => ({ ...check, name, outcome: "open", message: "too large to be searched whole" }),
    ),
    ...(steps.length + uncured.length + open.length === 0
      ? [
          {
            ...check,
            name: group,
            outcome: "holds" as const,
            message: verdicts(backported).sentences.join(" "),
          },
        ]
      : []),
  ];
}

export function checkOfTrace({ file, conformance }: ConformResult): Check {
  const { model, stuck, firstDisagreement, unsaid } = conformance;
  const isBad = stuck !== undefined || firstDisagreement !== undefined;
  return {
    group: `model of ${model}`,
    name: file,
    outcome: isBad ? "fails" : unsaid > 0 ? "open" : "holds",
    message:
      stuck ??
      (isBad
        ? "kernel and model do not agree throughout"
        : unsaid > 0
          ? "not all contents were recorded"
          : "kernel and model agree"),
    rule: "agreement",
    file,
  };
}

export function checkOfReal(cell: RealCell): Check {
  const { name, kernel, block, result, problem } = cell;
  const agreed = agrees(cell);
  const isLost = result?.runs.includes("lost") === true;
  const text = realText(cell);
  return {
    group: kernel,
    name: `${name} on ${kernel}, ${block / 1024}k blocks`,
    outcome:
      result === undefined || result.problem !== undefined
        ? "open"
        : isLost || agreed === false
          ? "fails"
          : "holds",
    message: result === undefined ? (problem ?? "not run") : (text.split("\n")[0] ?? ""),
    rule: "real",
    detail: text,
  };
}

export function checkOfWalk(walk: KernelWalk): Check {
  const { kernel, seed, walked, trouble } = walk;
  const text = kernelWalkText(walk);
  const isOpen = trouble.length > 0 || walked.problems.length > 0 || walked.runs === 0;
  return {
    group: "real walk",
    name: `${kernel}, seed ${seed}`,
    outcome: walked.disagreements.length > 0 ? "fails" : isOpen ? "open" : "holds",
    message: text.split("\n")[0] ?? "",
    rule: "agreement",
    detail: text,
  };
}

/** Fails where the kernel lost bytes or did something else than its model. */
export function checkOfForcedRun(report: ForcedReport): Check {
  const { outcome, kernel, trouble } = report;
  const text = forcedRunText(report);
  const verdict = verdictOf(outcome);
  const isOpen = trouble.length > 0 || outcome.problem !== undefined || verdict === "not reached";
  const isWhole = verdict === "right" && outcome.agreed === outcome.verdicts.length;
  return {
    group: "real --forced",
    name: `${outcome.name} on ${kernel}`,
    outcome: isOpen ? "open" : isWhole ? "holds" : "fails",
    message: text.split("\n")[0] ?? "",
    rule: "agreement",
    detail: text,
  };
}

export function checkOfRecorded({ file }: Recorded): Check {
  return { group: "record", name: file, outcome: "holds", message: "recorded", rule: "agreement", file };
}

export function checkOfFile({ file, scenario }: Checked): Check {
  return {
    group: "check",
    name: file,
    outcome: "holds",
    message: `${scenario.name} is a scenario`,
    rule: "input",
    file,
  };
}

/** Why there is no result, place by place. */
export function checksOfFailure({ exit, message, remedy, problems }: Failure): Check[] {
  const outcome = exit === 125 ? "open" : "fails";
  if (problems.length === 0) {
    const text = remedy === undefined ? message : `${message}\n${remedy}`;
    return [
      {
        group: "stalemap",
        name: "stalemap",
        outcome,
        message: text,
        rule: outcome === "open" ? "undecided" : "input",
      },
    ];
  }
  return problems.map(({ file, line, column, length, message, nearest, remedy }) => {
    const hints = [nearest === undefined ? undefined : `did you mean ${quoted(nearest)}?`, remedy];
    const text = [message, ...hints.filter((hint) => hint !== undefined)].join("\n");
    const endColumn = column === undefined ? undefined : column + (length ?? 1);
    return {
      group: "stalemap",
      name: file ?? "stalemap",
      outcome: "fails",
      message: text,
      rule: "input",
      file,
      line,
      column,
      endColumn,
    };
  });
}

/** The same in a few words, for formats that have one place for them. */
export function failureWords(failure: Failure): string {
  return checksOfFailure(failure)
    .map(({ name, message }) => (name === "stalemap" ? message : `${name}: ${message}`))
    .join("; ");
}

/** For formats that write everything at once: their pages, all made of checks. */
export function allChecks(write: (checks: readonly Check[]) => string) {
  return {
    run: { end: (results) => write(results.map(checkOfRun)) },
    matrix: { end: (matrix) => write(checksOfMatrix(matrix)) },
    fuzz: { end: (summary) => write(checksOfFuzz(summary)) },
    explore: { end: (explored) => write(checksOfExplored(explored)) },
    exploreForced: { end: (explored) => write(checksOfForced(explored)) },
    repro: { end: (reproduced) => write(checksOfRepro(reproduced)) },
    bisect: { end: (summary) => write(checksOfBisect(summary)) },
    backport: { end: (backported) => write(checksOfBackport(backported)) },
    conform: { end: (results) => write(results.map(checkOfTrace)) },
    real: { end: (cells) => write(cells.map(checkOfReal)) },
    realMatrix: { end: (cells) => write(cells.map(checkOfReal)) },
    realWalk: { end: (walks) => write(walks.map(checkOfWalk)) },
    realForced: { end: (reports) => write(reports.map(checkOfForcedRun)) },
    record: { end: (recorded) => write(recorded.map(checkOfRecorded)) },
    check: { end: (files) => write(files.map(checkOfFile)) },
  } as const satisfies Format["pages"];
}
