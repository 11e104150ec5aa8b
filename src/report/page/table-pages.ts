/**
 * Pages that are one table: scenarios by kernels, with what came in between any two; and a bisection.
 */
import { type Patch, patchSeries, withPatches } from "../../bisect/series.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { fixesOf, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { type BisectSummary, patchText } from "../bisect-text.js";
import { type Matrix, resultsOfMatrix } from "../matrix-cells.js";
import { isUnmet, type RunResult } from "../run-text.js";
import { grouped, plural } from "../style.js";
import type { HeatCell, PageModel, Rung, Verdict } from "./model.js";

export function matrixPage(matrix: Matrix): PageModel {
  const { names, kernels, results, variants = [] } = matrix;
  const unmet = resultsOfMatrix(matrix).filter(isUnmet).length;
  const missing = names.length * kernels.length - results.length;
  return {
    title: `${plural(names.length, "scenario")} on ${plural(kernels.length, "kernel")}, judged by stalemap`,
    verdict: {
      mark: unmet > 0 ? "x" : missing > 0 ? "?" : "ok",
      text:
        (unmet > 0 ? `${grouped(unmet)} unlike what their files expect` : "all that files expect holds") +
        (missing > 0 ? `, ${grouped(missing)} not judged` : ""),
    },
    facts: [],
    heat: {
      kernels: kernels.map(variantName),
      borders: kernels.map((kernel, n) => cameIn(kernels[n - 1], kernel)),
      rows: names.flatMap((name, row) => [
        { name, cells: kernels.map((_, column) => cellOf(results[row * kernels.length + column])) },
        ...variants
          .filter((variant) => variant.row === row)
          .map((variant) => ({ name: `... ${variant.label}`, cells: variant.results.map(blankOrCell) })),
      ]),
    },
    findings: [],
    others: [],
  };
}

/** What a kernel does otherwise than the one before it, a line per patch. */
function cameIn(before: KernelVariant | undefined, kernel: KernelVariant): string[] {
  if (before === undefined) return [];
  const [had, has] = [fixesOf(before), fixesOf(kernel)];
  const lines = FIXES.filter(({ name }) => had.has(name) !== has.has(name)).map(
    ({ name, title, commits, release }) => {
      const source = [...commits, release].join(", ");
      return `${has.has(name) ? "with" : "without"} ${name}: ${title} (${source})`;
    },
  );
  return [...new Set(lines)];
}

/** Where the file states nothing of a variant, nothing was asked. */
function blankOrCell(result: RunResult | undefined): HeatCell {
  return result === undefined ? { word: "", look: "none", isUnmet: false } : cellOf(result);
}

function cellOf(result: RunResult | undefined): HeatCell {
  if (result === undefined) return { word: "-", look: "none", isUnmet: false };
  const { verdict, oracles } = result.judgement;
  const isOpen = verdict === "undecided";
  return {
    word: isOpen ? "?" : verdict === "ok" ? "ok" : (oracles[0] ?? "mismatch"),
    look: isOpen ? "open" : verdict === "ok" ? "ok" : "bad",
    isUnmet: isUnmet(result),
  };
}

const MARKS = { ok: "ok", mismatch: "x", undecided: "?" } as const;

export function bisectPage(summary: BisectSummary): PageModel {
  const { good, bad, firstGood, problem, isMonotone } = summary;
  return {
    title: `bisected from ${bad === undefined ? "the bad kernel" : variantName(bad)} to ${variantName(good)} by stalemap`,
    verdict:
      firstGood === undefined
        ? { mark: "?", text: `no answer: ${problem ?? "nothing to judge"}` }
        : { mark: "ok", text: `first good patch: ${patchText(firstGood)}` },
    facts: isMonotone === false ? ["not monotone: a good kernel comes before a bad one in this series"] : [],
    ladder: { rungs: rungsOf(summary), answer: answersOf(summary) },
    findings: [],
    others: [],
  };
}

/** The bad kernel, and it with one patch more each time, as far as they were judged. */
function rungsOf({ good, bad, tried, firstGood, necessary, sufficient }: BisectSummary): Rung[] {
  if (bad === undefined) return [];
  const { patches } = patchSeries(good, bad);
  const verdicts = new Map(tried.map(({ variant, verdict }) => [variantName(variant), verdict]));
  const isIn = (list: readonly Patch[] | null | undefined, patch: Patch) =>
    list?.some(({ commit }) => commit === patch.commit) === true;
  return [undefined, ...patches].map((patch, n): Rung => {
    const kernel = variantName(withPatches(bad, patches.slice(0, n)));
    const verdict = verdicts.get(kernel);
    const mark: Verdict["mark"] = verdict === undefined ? "?" : MARKS[verdict];
    return {
      mark,
      kernel: verdict === undefined ? `${kernel}: not judged` : kernel,
      patch: patch && patchText(patch),
      isDeciding: patch !== undefined && patch.commit === firstGood?.commit,
      marks: [
        ...(patch !== undefined && isIn(necessary, patch) ? ["necessary"] : []),
        ...(patch !== undefined && isIn(sufficient, patch) ? ["sufficient together"] : []),
      ],
    };
  });
}

function answersOf({ good, necessary, sufficient, candidates, firstGood }: BisectSummary): string[] {
  return [
    ...(firstGood === undefined && candidates.length > 1
      ? [`One of these is the first good patch: ${candidates.map(patchText).join("; ")}.`]
      : []),
    ...(necessary?.length === 0
      ? [`No single patch is necessary on ${variantName(good)}: each can be spared.`]
      : []),
    ...(sufficient === null ? ["No set of these patches is sufficient."] : []),
  ];
}
