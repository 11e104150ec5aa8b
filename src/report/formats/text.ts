/**
 * For people at a terminal of 80 columns. What fails is told on stderr by whoever owns that stream.
 */
import { variantName } from "../../kernel/versions/variant.js";
import type { Scenario } from "../../scenario/types.js";
import { backportText } from "../backport-text.js";
import { bisectLine } from "../bisect-line.js";
import { bisectText } from "../bisect-text.js";
import { campaignFindingsText, recheckText } from "../campaign-findings-text.js";
import { campaignText } from "../campaign-text.js";
import { CONFORM_HEADER, conformSummary, conformText } from "../conform-text.js";
import { operations } from "../documents.js";
import { explainText, nameText } from "../explain-text.js";
import { exploreText } from "../explore-text.js";
import { exportText } from "../export-text.js";
import { findingText } from "../finding-text.js";
import { forcedRunText } from "../forced-outcome.js";
import { forcedText } from "../forced-text.js";
import { fuzzText } from "../fuzz-text.js";
import { kernelWalkText } from "../kernel-walk-text.js";
import { listText } from "../list-text.js";
import { MATRIX_LEGEND, matrixText } from "../matrix-text.js";
import { REAL_LEGEND, realMatrixText } from "../real-matrix-text.js";
import { realText } from "../real-text.js";
import type { Checked, Format, Reproduced } from "../reporter.js";
import { runResultText, runSummary } from "../run-text.js";
import { walkText } from "../step-text.js";
import { beside, type Palette, plural } from "../style.js";
import { treeCommitText, treeHistoryText } from "../tree-history-text.js";
import { treeText } from "../tree-text.js";

export const text: Format = {
  pages: {
    run: {
      item: runResultText,
      end: (results, paint) => (results.length > 1 ? runSummary(results, paint) : ""),
    },
    matrix: { end: matrixText, legend: MATRIX_LEGEND },
    fuzz: { item: (found, paint) => `${findingText(found, paint)}\n`, end: fuzzText },
    campaign: { end: campaignText },
    campaignFindings: { end: campaignFindingsText },
    campaignRecheck: { item: recheckText },
    explore: { end: exploreText },
    exploreForced: { end: forcedText },
    step: { end: walkText },
    explain: { end: explainText },
    explainName: { end: nameText },
    repro: { end: reproText },
    bisect: { item: bisectLine, end: bisectText },
    backport: { end: backportText },
    conform: { begin: () => `${CONFORM_HEADER}\n`, item: conformText, end: conformSummary },
    real: { item: realText },
    realMatrix: { end: realMatrixText, legend: REAL_LEGEND },
    realWalk: { item: kernelWalkText },
    realForced: { item: forcedRunText },
    record: { item: ({ file }) => `${file}\n` },
    export: { end: exportText },
    check: { item: checkText },
    tree: { end: treeText },
    treeHistory: { item: treeCommitText, end: treeHistoryText },
    list: { end: listText },
  },
};

function checkText({ file, scenario, shown }: Checked, paint: Palette): string {
  if (shown !== undefined) return shown;
  const { name, threads } = scenario;
  return `${paint.green("ok")} ${file}: ${name}, ${plural(threads.length, "thread")}, ${plural(operations(scenario), "operation")}\n${notesText(scenario, paint)}`;
}

function notesText({ notes = [] }: Scenario, paint: Palette): string {
  return notes
    .flatMap((note) => beside("   ", 3, `note: ${note}`, "  ", paint.yellow))
    .map((line) => `${line}\n`)
    .join("");
}

function reproText({ run, reported }: Reproduced, paint: Palette): string {
  if (reported !== undefined) return findingText(reported, paint);
  return `${paint.green("ok")} ${run.scenario.name} on ${variantName(run.variant)}: no violation in this run\n${notesText(run.scenario, paint)}`;
}
