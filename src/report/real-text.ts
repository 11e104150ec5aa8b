/**
 * What real kernels did, beside what their models say.
 */
import type { RealResult } from "../real/machine/program-verdict.js";
import type { RecordRequest } from "../real/record/recorder.js";
import { type Cell, COLUMNS, type Palette, PLAIN, plural, tableText, wrap } from "./style.js";

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

/** A program as export writes it. */
export interface Exported {
  readonly name: string;
  /** By the model of this kernel the data is `verdict`. */
  readonly kernel: string;
  readonly verdict: "right" | "lost";
  /** Bytes. */
  readonly block: number;
  /** Of the finding that it shows; undefined when it shows none. */
  readonly kind: string | undefined;
  readonly note: string | undefined;
  readonly source: string;
  /** The file that has the source; undefined when the reader is to have it. */
  readonly output: string | undefined;
}

/** A trace that was recorded, and the file that has it. */
export interface Recorded {
  readonly request: RecordRequest;
  readonly file: string;
}

/** Whether kernel and model agree; null when one of them says nothing. */
export function agrees({ expected, result }: RealCell): boolean | null {
  if (expected === null || result === undefined) return null;
  const { verdict } = result;
  return verdict === "right" || verdict === "lost" || verdict === "flaky" ? verdict === expected : null;
}

export const times = (runs: readonly string[], verdict: string): number =>
  runs.filter((r) => r === verdict).length;

/** A write that ends elsewhere on this kernel leaves bytes that such a program takes for a loss. */
const NO_MODEL = "no model of this kernel: the bytes expected are those of another's model";

/** One cell in a few lines, with the program's own words. */
export function realText(cell: RealCell, paint: Palette = PLAIN): string {
  const { name, block, kernel, expected, model, result } = cell;
  const where = `${name} on ${kernel}, ${block / 1024}k blocks`;
  if (result === undefined) return `${paint.yellow("?")} ${where}: ${cell.problem ?? "not run"}\n`;
  const { verdict, runs, problem } = result;
  const isBad = times(runs, "lost") > 0;
  const mark = isBad ? paint.red("x") : verdict === "right" ? paint.green("ok") : paint.yellow("?");
  const detail = result.output
    .trimEnd()
    .split("\n")
    .map((line) => `  ${paint.dim(line)}`);
  const told = (sign: string, text: string): string => {
    const [first, ...more] = wrap(`${where}: ${text}`, COLUMNS, "  ");
    return `${[`${sign} ${first}`, ...more, ...detail].join("\n")}\n`;
  };
  const all = plural(runs.length, "run");
  const seen = `lost in ${times(runs, "lost")} and right in ${times(runs, "right")} of ${all}`;
  if (problem !== undefined) return told(paint.yellow("?"), `cannot judge: ${problem}; ${seen}`);
  const data = verdict === "right" || verdict === "lost" ? `data ${verdict}` : verdict;
  const count = verdict === "flaky" ? seen : `${data} in ${all}`;
  const says = expected === null ? NO_MODEL : `the model of ${model} says ${expected}`;
  const agreed = agrees(cell);
  const verdictOnModel =
    agreed === null ? says : `${says}: ${agreed ? "they agree" : paint.red("they disagree")}`;
  return told(mark, `${count}; ${verdictOnModel}`);
}

/** Programs by kernels: `lost` or `right` as measured; a disagreement is marked and shows the model's verdict. */
export function realMatrixText(cells: readonly RealCell[], paint: Palette = PLAIN): string {
  const kernels = [...new Set(cells.map((c) => c.kernel))];
  const rows = [...new Set(cells.map(rowName))];
  const nameWidth = Math.max(8, ...rows.map((row) => row.length));
  const width = (column: number) => Math.max(12, kernels[column]?.length ?? 0);
  const table = rows.map((row) => {
    const here = kernels.map((kernel) => cells.find((c) => rowName(c) === row && c.kernel === kernel));
    return [row, here.map((cell) => word(cell, paint))] as const;
  });
  return tableText(kernels, table, nameWidth, width, paint);
}

export const REAL_LEGEND =
  "lost or right: what the real kernel did; ! the model says otherwise; ? could not be run";

export const rowName = ({ name, block }: RealCell): string => `${name} ${block / 1024}k`;

/** The word of a cell, where there is no colour. */
export function realWord(cell: RealCell | undefined): string {
  const made = word(cell, PLAIN);
  return typeof made === "string" ? made : made[0];
}

function word(cell: RealCell | undefined, paint: Palette): Cell {
  if (cell?.result === undefined) return ["?", paint.yellow];
  const { verdict } = cell.result;
  if (agrees(cell) === false) return [`${verdict} !${cell.expected}`, paint.red];
  if (verdict === "right") return [verdict, paint.green];
  return [verdict === "lost" ? verdict : "?", paint.yellow];
}

/** The C program, or where it is. */
export function exportText({ source, output, name, verdict, kernel }: Exported): string {
  return output === undefined ? source : `${output}: ${name}, data ${verdict} on ${kernel} by the model\n`;
}
