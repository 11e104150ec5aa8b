/**
 * Scenarios by kernels as cells: what each says, which columns say the same, and which of them could not be decided.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import { type RunResult, verdictWords } from "./run-text.js";

export interface Matrix {
  /** Of the scenarios, a row each, and of the columns. */
  readonly names: readonly string[];
  readonly kernels: readonly KernelVariant[];
  /** Row by row; fewer than there are cells when it was cut short. */
  readonly results: readonly RunResult[];
  /** Of what files state of kernels with toggles changed: rows below their scenario's, where that was asked for. */
  readonly variants?: readonly VariantRow[];
}

/** The same toggles changed on some of the kernels. */
export interface VariantRow {
  /** Of the scenario. */
  readonly row: number;
  /** `with a, without b`. */
  readonly label: string;
  /** By column; undefined where the file states nothing. */
  readonly results: readonly (RunResult | undefined)[];
}

/** What a cell says: nothing where nothing was asked. */
export type Mark = "ok" | "bad" | "unlike" | "open" | "n/a" | "missing" | "blank";

export interface MatrixCell {
  readonly mark: Mark;
  /** `ok`, the first oracle violated, `?`, `n/a`, `-`. */
  readonly word: string;
}

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

/** Whether every state was looked at, nothing is wrong in any, and none comes to the race; and nobody expects that it does. */
export function isOutside({ judgement, expected }: RunResult): boolean {
  const { verdict, states, problem, notReached } = judgement;
  const isWhole = states !== undefined && problem === undefined;
  return verdict === "undecided" && isWhole && notReached.length > 0 && expected === undefined;
}

/** Whether a cell could not be decided. */
export function isOpen(result: RunResult): boolean {
  return result.judgement.verdict === "undecided" && !isOutside(result);
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

/** Every verdict, those of variants last. */
export function resultsOfMatrix({ results, variants = [] }: Matrix): RunResult[] {
  return [...results, ...variants.flatMap((row) => row.results.filter((one) => one !== undefined))];
}

/** The cells that could not be decided, and why. */
export function undecidedCells(matrix: Matrix): string[] {
  return resultsOfMatrix(matrix)
    .filter(isOpen)
    .map((result) => `${result.scenario.name} on ${variantName(result.variant)}: ${verdictWords(result)}`);
}
