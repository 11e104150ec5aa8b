/** The rows of scenarios by kernels, and columns that say the same in all of them as one. */
import { variantName } from "../kernel/versions/variant.js";
import { isOutside, type Matrix, type MatrixCell } from "./matrix-cells.js";
import type { RunResult } from "./run-text.js";

const SHORT: { readonly [oracle: string]: string } = { accounting: "account", exposure: "exposed" };
const BLANK: MatrixCell = { mark: "blank", word: "" };

function cellOf(result: RunResult | undefined): MatrixCell {
  if (result === undefined) return { mark: "missing", word: "-" };
  const { verdict, oracles, met } = result.judgement;
  if (isOutside(result)) return { mark: "n/a", word: "n/a" };
  if (verdict === "undecided") return { mark: "open", word: "?" };
  const word = verdict === "ok" ? "ok" : (SHORT[oracles[0] ?? ""] ?? oracles[0] ?? "mismatch");
  return { mark: met === false ? "unlike" : verdict === "ok" ? "ok" : "bad", word };
}

export interface MatrixRow {
  readonly label: string;
  readonly isVariant: boolean;
  /** By column. */
  readonly cells: readonly MatrixCell[];
}

/** All rows, those of variants below the scenario's. */
export function rowsOfMatrix({ names, kernels, results, variants = [] }: Matrix): MatrixRow[] {
  return names.flatMap((label, row) => [
    {
      label,
      isVariant: false,
      cells: kernels.map((_, column) => cellOf(results[row * kernels.length + column])),
    },
    ...variants
      .filter((variant) => variant.row === row)
      .map((variant) => ({
        label: variant.label,
        isVariant: true,
        cells: variant.results.map((result) => (result === undefined ? BLANK : cellOf(result))),
      })),
  ]);
}

/** Columns that say the same in every row, as one, where the first of them stands. */
export interface Fold {
  readonly heads: readonly string[];
  /** The first of the columns. */
  readonly column: number;
}

export function foldsOf({ kernels }: Matrix, rows: readonly MatrixRow[]): Fold[] {
  const folds = new Map<string, { heads: string[]; column: number }>();
  kernels.forEach((kernel, column) => {
    const key = JSON.stringify(rows.map(({ cells }) => [cells[column]?.mark, cells[column]?.word]));
    const fold = folds.get(key);
    if (fold === undefined) folds.set(key, { heads: [variantName(kernel)], column });
    else fold.heads.push(variantName(kernel));
  });
  return [...folds.values()];
}
