/** A run of the model that was forced on a real kernel: step by step both of them, and the bytes that were lost. */

import type { ForcedOutcome, Lost } from "../real/force/force-run.js";
import type { Change } from "../real/force/forced-moves.js";
import { moveText } from "../real/force/forced-moves.js";
import { standText } from "../real/walk/compare-run.js";
import { COLUMNS, type Palette, PLAIN, plural, wrap } from "./style.js";

export interface ForcedReport {
  readonly outcome: ForcedOutcome;
  /** Label of the kernel: 6.1.192. */
  readonly kernel: string;
  /** Names of the model of it, and of the one whose run was translated. */
  readonly model: string;
  readonly shownOn: string;
  /** What the run shows there. */
  readonly kind: string;
  /** What the kernel said of trouble of its own. */
  readonly trouble: readonly string[];
}

/** A move on both sides: who it brought where. */
export interface ForcedStep {
  readonly move: string;
  readonly model: readonly string[];
  readonly kernel: readonly string[] | null;
}

export function stepsOf({ run, played }: ForcedOutcome): ForcedStep[] {
  return run.moves.map(({ move, stands, moved }, i) => {
    const theirs = played?.stands[i];
    const told = (side: readonly Change[]): string[] =>
      moved.map((who) => {
        const stand = side.find((one) => one.who === who)?.stand;
        return `${who} ${stand === undefined ? "is done" : standText(stand)}`;
      });
    return { move: moveText(move), model: told(stands), kernel: theirs === undefined ? null : told(theirs) };
  });
}

const times = ({ verdicts }: ForcedOutcome, verdict: string): number =>
  verdicts.filter((one) => one === verdict).length;

/** The verdict of every run; flaky when they differ. */
export function verdictOf({ verdicts }: ForcedOutcome): string {
  const [first = "not reached", ...others] = verdicts;
  return others.every((one) => one === first) ? first : "flaky";
}

export function forcedRunJson({ outcome, kernel, model, shownOn, kind, trouble }: ForcedReport) {
  const { name, scenario, verdicts, agreed, expected, parting, lost, run, problem } = outcome;
  return {
    schema: "stalemap/real-forced/1",
    name,
    block: scenario.file.block,
    kernel,
    model,
    shownOn,
    kind,
    verdict: verdictOf(outcome),
    expected,
    runs: verdicts.length,
    lost: times(outcome, "lost"),
    agreed,
    parting: parting ?? null,
    lostBytes: { model: lost.model, kernel: lost.kernel },
    steps: stepsOf(outcome),
    notes: run.notes,
    trouble,
    problem: problem ?? null,
  };
}

export function forcedRunText(report: ForcedReport, paint: Palette = PLAIN): string {
  const { outcome, kernel, model, shownOn, kind, trouble } = report;
  const { name, scenario, verdicts, agreed, expected, parting, run, problem } = outcome;
  const verdict = verdictOf(outcome);
  const bad =
    verdict === "lost" ? paint.red("x") : verdict === "right" ? paint.green("ok") : paint.yellow("?");
  const all = plural(verdicts.length, "run");
  const data = verdict === "lost" || verdict === "right" ? `data ${verdict}` : verdict;
  const says = `the model of ${model} says ${expected}, and does the same in ${agreed} of ${verdicts.length}`;
  const head = `${name} forced on ${kernel}, ${scenario.file.block / 1024}k blocks: ${data} in ${all}; ${says}`;
  const [first = "", ...more] = wrap(head, COLUMNS - 3, "   ");
  const lines = [
    `${bad} ${first}`,
    ...more,
    ...wrapped(`schedule of ${shownOn}: ${kind}`),
    ...stepLines(outcome),
  ];
  for (const note of run.notes) lines.push(...wrapped(`merged  ${note}`));
  lines.push(...lostLines(outcome));
  if (parting !== undefined)
    lines.push(
      ...wrapped(
        `  they part at move ${parting.at + 1}, ${parting.what}: the model ${parting.model}, the kernel ${parting.kernel}`,
      ),
    );
  if (problem !== undefined) lines.push(...wrapped(`cannot judge: ${problem}`));
  for (const one of trouble) lines.push(...wrapped(`the guest's kernel: ${one}`));
  return `${lines.join("\n")}\n`;
}

const INDENT = "  ";
const wrapped = (text: string): string[] =>
  wrap(text, COLUMNS - INDENT.length, INDENT).map((line) => INDENT + line);

/** One line for a step in which both do the same, two where they part; who has a lock is known to the model alone. */
function stepLines(outcome: ForcedOutcome): string[] {
  const plain = (side: readonly string[]): string => side.map((one) => one.replace(/ of \S+$/, "")).join();
  return stepsOf(outcome).flatMap(({ move, model, kernel }, i) => {
    const head = `${`${i + 1}`.padStart(2)} ${move}`;
    if (kernel === null) return wrapped(`${head}: the kernel did not get there`);
    if (plain(model) === plain(kernel)) return wrapped(`${head}: ${model.join(", ")}`);
    return [
      ...wrapped(`${head}: model   ${model.join(", ")}`),
      ...wrapped(` but the kernel: ${kernel.join(", ")}`),
    ];
  });
}

function lostLines({ lost, dataNames: names }: ForcedOutcome): string[] {
  const told = (all: readonly Lost[]): string =>
    all
      .map(
        ({ from, to, value, where }) =>
          `${from}..${to} holds ${value === 0 ? "zero" : (names[value - 1] ?? value)} ${where}`,
      )
      .join(", ");
  const [model, kernel] = [told(lost.model), told(lost.kernel)];
  if (model === kernel) return model === "" ? [] : wrapped(`lost on both: ${model}`);
  return [
    ...wrapped(`lost on the model: ${model || "nothing"}`),
    ...wrapped(`lost on the kernel: ${kernel || "nothing"}`),
  ];
}
