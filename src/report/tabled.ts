/**
 * Results that are no race, as one table with what is to be read in full below it: traces and programs on real kernels,
 * files, patches of a backport. Pages and Markdown are made from it.
 */
import { type Entry, listing } from "../backport/listing.js";
import { variantName } from "../kernel/versions/variant.js";
import { ASPECTS } from "../real/traces/aspects.js";
import { type Backported, closedNames, effective, endings, faultText, verdicts } from "./backport-text.js";
import {
  type Check,
  checkOfFile,
  checkOfForcedRun,
  checkOfReal,
  checkOfRecorded,
  checkOfTrace,
  checkOfWalk,
} from "./ci-checks.js";
import { conformText } from "./conform-text.js";
import { type ConformResult, conformTotal, conformVerdict, percent } from "./conform-verdict.js";
import type { ForcedReport } from "./forced-outcome.js";
import type { KernelWalk } from "./kernel-walk-text.js";
import type { Verdict, VerdictTable } from "./page/model.js";
import { REAL_LEGEND, realWord, rowName } from "./real-matrix-text.js";
import type { RealCell, Recorded } from "./real-text.js";
import type { Checked } from "./reporter.js";
import { grouped, plural } from "./style.js";

export interface Tabled {
  readonly title: string;
  readonly verdict: Verdict;
  readonly facts: readonly string[];
  readonly footer?: string;
  readonly table: VerdictTable;
  /** Lines as they stand on a terminal, by what they are about. */
  readonly texts: readonly { readonly title: string; readonly text: string }[];
}

const ON_KERNELS = "Run on real kernels by stalemap.";

const MARKS = { holds: "ok", fails: "x", open: "?", unasked: "?" } as const;

/** What can be said of a list of checks: how many hold. */
function sumOf(checks: readonly Check[], holds: string): Verdict {
  const of = (outcome: Check["outcome"]) => checks.filter((one) => one.outcome === outcome).length;
  const [bad, open] = [of("fails"), of("open")];
  const not = [bad > 0 ? `, ${bad} not` : "", open > 0 ? `, ${open} could not be judged` : ""].join("");
  const text = `${of("holds")} of ${grouped(checks.length)} ${holds}${not}`;
  return { mark: bad > 0 ? "x" : open > 0 || checks.length === 0 ? "?" : "ok", text };
}

function checksTable(
  title: string,
  caption: string,
  holds: string,
  checks: readonly Check[],
  footer = ON_KERNELS,
): Tabled {
  return {
    title,
    verdict: sumOf(checks, holds),
    facts: [],
    footer,
    table: {
      caption,
      heads: ["on", "what", "result"],
      rows: checks.map(({ group, name, outcome, message }) => ({
        mark: MARKS[outcome],
        cells: [group, name, message],
      })),
    },
    texts: checks.flatMap(({ name, detail }) =>
      detail === undefined ? [] : [{ title: name, text: detail }],
    ),
  };
}

export function conformTable(results: readonly ConformResult[]): Tabled {
  const total = conformTotal(results);
  const verdict = conformVerdict(results);
  const words = {
    ok: "kernel and model agree",
    x: "kernel and model do not agree",
    "?": results.length === 0 ? "nothing was replayed" : "they agree, but not all contents were recorded",
  };
  return {
    title: `${plural(results.length, "trace")}, replayed on stalemap's model`,
    verdict: { mark: verdict, text: words[verdict] },
    facts: [
      `${plural(total.ops, "operation")}: ${ASPECTS.map((a) => `${a} ${percent(total.agree[a], total.ops)} %`).join(", ")}`,
    ],
    table: {
      caption: "Share of the operations after which kernel and model agree, in percent",
      heads: ["trace", "model of", "operations", ...ASPECTS],
      rows: results.map((result) => {
        const { file, conformance: c } = result;
        const shares = ASPECTS.map((aspect) => percent(c.agree[aspect], c.ops));
        return {
          mark: MARKS[checkOfTrace(result).outcome],
          cells: [file, c.model, grouped(c.ops), ...shares],
        };
      }),
    },
    texts: results
      .filter((result) => checkOfTrace(result).outcome !== "holds")
      .map((result) => ({ title: result.file, text: conformText(result) })),
  };
}

export function realTable(cells: readonly RealCell[]): Tabled {
  const caption = "x: bytes are lost, or the kernel did something else than its model";
  return checksTable("programs on real kernels, run by stalemap", caption, "right", cells.map(checkOfReal));
}

/** Programs by kernels. */
export function realMatrixTable(cells: readonly RealCell[]): Tabled {
  const kernels = [...new Set(cells.map(({ kernel }) => kernel))];
  const names = [...new Set(cells.map(rowName))];
  const checks = new Map(
    cells.map((cell) => [`${rowName(cell)} ${cell.kernel}`, { cell, check: checkOfReal(cell) }]),
  );
  const { verdict, texts } = realTable(cells);
  return {
    title: `${plural(names.length, "program")} on ${plural(kernels.length, "real kernel")}, run by stalemap`,
    verdict,
    facts: [],
    footer: ON_KERNELS,
    table: {
      caption: REAL_LEGEND,
      heads: ["program", ...kernels],
      rows: names.map((name) => {
        const row = kernels.map((kernel) => checks.get(`${name} ${kernel}`));
        const outcomes = row.map((one) => one?.check.outcome ?? "open");
        const worst = (["fails", "open", "holds"] as const).find((one) => outcomes.includes(one)) ?? "open";
        return { mark: MARKS[worst], cells: [name, ...row.map((one) => realWord(one?.cell))] };
      }),
    },
    texts,
  };
}

export function walksTable(walks: readonly KernelWalk[]): Tabled {
  const caption = "Random runs, forced on a kernel, beside its model";
  return checksTable("walks on real kernels", caption, "agree with their model", walks.map(checkOfWalk));
}

export function forcedTable(reports: readonly ForcedReport[]): Tabled {
  const caption = "Runs of the model, forced on a real kernel";
  const checks = reports.map(checkOfForcedRun);
  return checksTable("runs forced on real kernels", caption, "right and as on the model", checks);
}

export function recordedTable(recorded: readonly Recorded[]): Tabled {
  return checksTable("traces, recorded by stalemap", "Files", "recorded", recorded.map(checkOfRecorded));
}

export function filesTable(files: readonly Checked[]): Tabled {
  return checksTable(
    "scenario files, checked by stalemap",
    "Files",
    "valid",
    files.map(checkOfFile),
    "Read by stalemap.",
  );
}

export function backportTable(backported: Backported): Tabled {
  const { kernel, isGiven, steps } = backported;
  const { isGood, sentences } = verdicts(backported);
  const rows = listing(backported).flatMap((listed) =>
    listed.entries.map((entry) => {
      const isEffect = entry === effective(listed);
      const { step } = listed;
      const mark = step.worse.length > 0 ? ("x" as const) : ("ok" as const);
      return {
        mark,
        cells: [
          ...whatOf(entry),
          isEffect ? closedNames(step).join(", ") : "",
          isEffect ? step.opened.map(faultText).join(", ") : "",
        ],
      };
    }),
  );
  return {
    title: `${isGiven ? "series for" : "backport to"} ${variantName(kernel)}: ${plural(rows.length, "commit")} in ${plural(steps.length, "step")}`,
    verdict: { mark: isGood ? "ok" : "x", text: sentences.join(" ") },
    facts: endings(backported).map(([heading, items]) => `${heading}: ${items.join("; ")}`),
    table: {
      caption: "In this order; x: after it something fails that did not fail before",
      heads: ["commit", "title", "release", "here", "closes", "opens"],
      rows,
    },
    texts: [],
  };
}

function whatOf({ commits, name, title, release, why, lacks }: Entry): string[] {
  const isUnmerged = release === "proposed";
  return [
    isUnmerged ? "not merged" : commits.join(", ") || "id unknown",
    isUnmerged ? `${name.replace("proposed:", "")}: ${title}` : title,
    isUnmerged ? "" : release,
    [...(why === undefined ? [] : [why]), ...lacks].join("; "),
  ];
}
