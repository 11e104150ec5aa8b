/** Programs by real kernels as a table: a word per cell. */
import { agrees, type RealCell } from "./real-text.js";
import { type Cell, type Palette, PLAIN, tableText } from "./style.js";

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
