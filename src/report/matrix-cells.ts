/** Scenarios by kernels: the verdict of each, those of variants below, and which could not be decided. */
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
