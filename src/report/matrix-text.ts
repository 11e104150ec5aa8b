/**
 * Scenarios by kernels: one word per cell, marked where it is not as expected.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { RunResult } from "./run-text.js";
import { type Cell, COLUMNS, type Palette, PLAIN, tableText } from "./style.js";

const SHORT: { readonly [oracle: string]: string } = { accounting: "account", exposure: "exposed" };

export interface Matrix {
  /** Of the scenarios, a row each, and of the columns. */
  readonly names: readonly string[];
  readonly kernels: readonly KernelVariant[];
  /** Row by row; fewer than there are cells when it was cut short. */
  readonly results: readonly RunResult[];
}

export function matrixText({ names, kernels, results }: Matrix, paint: Palette = PLAIN): string {
  const heads = kernels.map(variantName);
  const first = Math.min(34, Math.max(8, ...names.map((name) => name.length)));
  const wide = Math.max(9, ...heads.map((head) => head.length));
  const width = Math.min(wide, Math.max(9, Math.floor((COLUMNS - first) / kernels.length) - 2));
  const rows = names.map((name, row) => {
    const cells = kernels.map((_, column) => cell(results[row * kernels.length + column], paint));
    return [name, cells] as const;
  });
  return tableText(heads, rows, first, () => width, paint);
}

function cell(result: RunResult | undefined, paint: Palette): Cell {
  if (result === undefined) return ["-", paint.dim];
  const { verdict, oracles, met } = result.judgement;
  if (verdict === "undecided") return ["?", paint.yellow];
  const word = verdict === "ok" ? "ok" : (SHORT[oracles[0] ?? ""] ?? oracles[0] ?? "mismatch");
  if (met === false) return [`${word} !`, paint.red];
  return [word, verdict === "ok" ? paint.green : paint.yellow];
}

export const MATRIX_LEGEND = "a cell names the first oracle violated; ! unlike the file, ? cannot judge";
