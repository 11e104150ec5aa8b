/**
 * What real kernels did, beside what their models say.
 */
import type { RealResult } from "../real/machine/running-kernel.js";
import { COLUMNS, type Palette, PLAIN, plural, wrap } from "./style.js";

/** One program on one kernel. */
export interface RealCell {
  readonly name: string;
  readonly block: number;
  /** Label of the kernel: 6.18.44. */
  readonly kernel: string;
  /** Name of the modelled kernel that stands for it. */
  readonly model: string | null;
  readonly expected: "right" | "lost" | null;
  /** Undefined when it could not be run there. */
  readonly result: RealResult | undefined;
  readonly problem: string | undefined;
}

/** Whether kernel and model agree; null when one of them says nothing. */
export function agrees({ expected, result }: RealCell): boolean | null {
  if (expected === null || result === undefined) return null;
  const { verdict } = result;
  return verdict === "right" || verdict === "lost" || verdict === "flaky" ? verdict === expected : null;
}

const times = (runs: readonly string[], verdict: string): number => runs.filter((r) => r === verdict).length;

/** One cell in a few lines, with the program's own words. */
export function realText(cell: RealCell, paint: Palette = PLAIN): string {
  const { name, block, kernel, expected, model, result } = cell;
  const where = `${name} on ${kernel}, ${block / 1024}k blocks`;
  if (result === undefined) return `${paint.yellow("?")} ${where}: ${cell.problem ?? "not run"}\n`;
  const { verdict, runs } = result;
  const isBad = times(runs, "lost") > 0;
  const mark = isBad ? paint.red("x") : verdict === "right" ? paint.green("ok") : paint.yellow("?");
  const count =
    verdict === "flaky"
      ? `lost in ${times(runs, "lost")} and right in ${times(runs, "right")} of ${runs.length} runs`
      : `${verdict === "right" || verdict === "lost" ? `data ${verdict}` : verdict} in ${plural(runs.length, "run")}`;
  const says = expected === null ? "no model of this kernel" : `the model of ${model} says ${expected}`;
  const agreed = agrees(cell);
  const verdictOnModel =
    agreed === null ? says : `${says}: ${agreed ? "they agree" : paint.red("they disagree")}`;
  const detail = result.output
    .trimEnd()
    .split("\n")
    .map((line) => `  ${paint.dim(line)}`);
  const [first, ...more] = wrap(`${where}: ${count}; ${verdictOnModel}`, COLUMNS, "  ");
  return `${[`${mark} ${first}`, ...more, ...detail].join("\n")}\n`;
}

/** Programs by kernels: `lost` or `right` as measured; a disagreement is marked and shows the model's verdict. */
export function realMatrixText(cells: readonly RealCell[], paint: Palette = PLAIN): string {
  const kernels = [...new Set(cells.map((c) => c.kernel))];
  const rows = [...new Set(cells.map(rowName))];
  const first = Math.max(8, ...rows.map((row) => row.length));
  const widths = kernels.map((kernel) => Math.max(kernel.length, 12));
  const head = kernels.map((kernel, i) => paint.bold(kernel.padEnd(widths[i]!))).join("  ");
  const lines = [`${"".padEnd(first)}  ${head}`.trimEnd()];
  for (const row of rows) {
    const texts = kernels.map((kernel, i) => {
      const cell = cells.find((c) => rowName(c) === row && c.kernel === kernel);
      const [text, colour] = word(cell, paint);
      return colour(text.padEnd(widths[i]!));
    });
    lines.push(`${row.padEnd(first)}  ${texts.join("  ")}`.trimEnd());
  }
  return `${lines.join("\n")}\n`;
}

export const REAL_LEGEND =
  "lost or right: what the real kernel did; ! the model says otherwise; ? could not be run";

const rowName = ({ name, block }: RealCell): string => `${name} ${block / 1024}k`;

function word(cell: RealCell | undefined, paint: Palette): [string, (text: string) => string] {
  if (cell?.result === undefined) return ["?", paint.yellow];
  const { verdict } = cell.result;
  if (agrees(cell) === false) return [`${verdict} !${cell.expected}`, paint.red];
  if (verdict === "right") return [verdict, paint.green];
  return [verdict === "lost" ? verdict : "?", paint.yellow];
}

export function realJson(cells: readonly RealCell[], isMatrix: boolean) {
  return {
    schema: isMatrix ? "stalemap/real-matrix/1" : "stalemap/real/1",
    results: cells.map((cell) => ({
      name: cell.name,
      block: cell.block,
      kernel: cell.kernel,
      verdict: cell.result?.verdict ?? null,
      lost: times(cell.result?.runs ?? [], "lost"),
      runs: cell.result?.runs.length ?? 0,
      model: cell.model,
      expected: cell.expected,
      agrees: agrees(cell),
      problem: cell.problem ?? null,
      output: cell.result?.output ?? null,
    })),
  };
}
