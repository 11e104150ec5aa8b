/** The page of scenarios by kernels, with what came in between any two. */
import { FIXES } from "../../kernel/versions/fixes.js";
import { fixesOf, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { type Matrix, resultsOfMatrix } from "../matrix-cells.js";
import { isUnmet, type RunResult } from "../run-text.js";
import { grouped, plural } from "../style.js";
import type { HeatCell, PageModel } from "./model.js";

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
