/**
 * Scenarios by kernels: one word per cell, marked where it is not as expected.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { RunResult } from "./run-text.js";
import { COLUMNS, type Palette, PLAIN } from "./style.js";

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
  const lines = [
    `${"".padEnd(first)}  ${heads.map((head) => paint.bold(head.slice(0, width).padEnd(width))).join("  ")}`.trimEnd(),
  ];
  names.forEach((name, row) => {
    const cells = kernels.map((_, column) => {
      const result = results[row * kernels.length + column];
      const [text, colour] = cell(result, paint);
      return colour(text.slice(0, width).padEnd(width));
    });
    lines.push(`${name.slice(0, first).padEnd(first)}  ${cells.join("  ")}`.trimEnd());
  });
  return `${lines.join("\n")}\n`;
}

function cell(result: RunResult | undefined, paint: Palette): [string, (text: string) => string] {
  if (result === undefined) return ["-", paint.dim];
  const { verdict, oracles, met } = result.judgement;
  if (verdict === "undecided") return ["?", paint.yellow];
  const word = verdict === "ok" ? "ok" : (SHORT[oracles[0] ?? ""] ?? oracles[0] ?? "mismatch");
  if (met === false) return [`${word} !`, paint.red];
  return [word, verdict === "ok" ? paint.green : paint.yellow];
}

export const MATRIX_LEGEND = "a cell names the first oracle violated; ! unlike the file, ? cannot judge";
