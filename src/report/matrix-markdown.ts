/**
 * Scenarios by kernels as a table in Markdown, like columns as one.
 */
import { type Matrix, type MatrixCell, undecidedCells } from "./matrix-cells.js";
import { foldsOf, rowsOfMatrix } from "./matrix-rows.js";

export function matrixMarkdown(matrix: Matrix): string {
  const rows = rowsOfMatrix(matrix);
  const folds = foldsOf(matrix, rows);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = [
    line(["scenario", ...folds.map(({ heads }) => heads.join(", "))]),
    line(["---", ...folds.map(() => "---")]),
    ...rows.map(({ label, isVariant, cells }) =>
      line([
        isVariant ? `… ${label}` : label,
        ...folds.map(({ column }) => {
          const cell = cells[column];
          return cell === undefined ? "" : textOf(cell);
        }),
      ]),
    ),
  ];
  const open = undecidedCells(matrix);
  const undecided =
    open.length === 0 ? [] : ["", "Could not be decided:", "", ...open.map((text) => `* ${text}`)];
  return `${[...lines, ...undecided].join("\n")}\n`;
}

function textOf({ mark, word }: MatrixCell): string {
  if (mark === "unlike") return `**${word} !**`;
  return mark === "bad" ? `**${word}**` : word;
}
