/**
 * Scenarios by kernels in 80 columns: a word per cell where there is room, else a letter, with like columns as one and
 * their kernels written as a stair above them.
 */
import { variantName } from "../kernel/versions/variant.js";
import { type Mark, type Matrix, undecidedCells } from "./matrix-cells.js";
import { type Fold, foldsOf, type MatrixRow, rowsOfMatrix } from "./matrix-rows.js";
import { beside, type Cell, COLUMNS, type Palette, PLAIN, tableText, wrap } from "./style.js";

/** What a column of words takes at least, and one of letters. */
const WORD = 9;
const LETTER = 2;
const MOST_NAME = 34;

export function matrixText(matrix: Matrix, paint: Palette = PLAIN): string {
  const rows = rowsOfMatrix(matrix);
  const least = rows.some(({ isVariant }) => isVariant) ? MOST_NAME : 8;
  const first = Math.min(MOST_NAME, Math.max(least, ...matrix.names.map((name) => name.length)));
  const heads = matrix.kernels.map(variantName);
  const wide = Math.max(WORD, ...heads.map((head) => head.length));
  const hasRoom = first + heads.length * (wide + 2) <= COLUMNS && rows.every(({ isVariant }) => !isVariant);
  const table = hasRoom
    ? tableText(
        heads,
        rows.map(({ label, cells }) => [label, cells.map((one) => word(one, paint))] as const),
        first,
        () => wide,
        paint,
      )
    : letters(foldsOf(matrix, rows), rows, first, paint);
  const open = undecidedCells(matrix);
  if (open.length === 0) return table;
  const lines = open.flatMap((text) => beside("  ", 2, text, "  "));
  return `${table}\n${[paint.yellow("could not be decided:"), ...lines].join("\n")}\n`;
}

function colour(mark: Mark, paint: Palette) {
  if (mark === "ok") return paint.green;
  if (mark === "unlike") return paint.red;
  return mark === "bad" || mark === "open" ? paint.yellow : paint.dim;
}

function word({ mark, word: text }: MatrixRow["cells"][number], paint: Palette): Cell {
  return [mark === "unlike" ? `${text} !` : text, colour(mark, paint)];
}

/** `c`, `c!`, `.`: an oracle by its first letter, exposure apart. */
function letter({ mark, word: text }: MatrixRow["cells"][number]): string {
  if (text === "ok") return mark === "unlike" ? ".!" : ".";
  if (mark === "n/a") return "~";
  const one = text === "exposed" ? "x" : text.slice(0, 1);
  return mark === "unlike" ? `${one}!` : one;
}

/** As many tables one below the other as it takes. */
function letters(folds: readonly Fold[], rows: readonly MatrixRow[], first: number, paint: Palette): string {
  const most = Math.floor((COLUMNS - first) / LETTER);
  const tables: string[] = [];
  for (let from = 0; from < folds.length; from += most)
    tables.push(letterTable(folds.slice(from, from + most), rows, first, paint).join("\n"));
  return `${tables.join("\n\n")}\n`;
}

function letterTable(
  folds: readonly Fold[],
  rows: readonly MatrixRow[],
  first: number,
  paint: Palette,
): string[] {
  const stair = folds.flatMap(({ heads }, n) => {
    const margin = first + 2 + n * LETTER;
    // What does not fit beside its column is written up to it.
    const text = heads.join(", ");
    const isLong = margin + text.length > COLUMNS;
    const bars = `${" ".repeat(first + 2)}${"| ".repeat(n)}`;
    if (!isLong) return [bars + paint.bold(text)];
    const lines = wrap(text, Math.max(12, COLUMNS - margin));
    return margin + 12 <= COLUMNS
      ? lines.map((line) => bars + paint.bold(line))
      : [`${" ".repeat(Math.max(0, margin - text.length - 3))}${paint.bold(text.slice(0, margin - 3))} > |`];
  });
  const lines = rows.flatMap(({ label, isVariant, cells }) => {
    const texts = folds.map(({ column }) => {
      const cell = cells[column];
      return cell === undefined ? "" : colour(cell.mark, paint)(letter(cell).padEnd(LETTER));
    });
    const names = wrap(label, isVariant ? first - 2 : first, isVariant ? "  " : "");
    const shown = names.map((name) => (isVariant ? `  ${name}` : name).padEnd(first));
    const last = `${shown.at(-1)}  ${texts.join("")}`.trimEnd();
    return [...shown.slice(0, -1).map((name) => name.trimEnd()), last];
  });
  return [...stair, ...lines];
}

export const MATRIX_LEGEND =
  "a cell names the first oracle violated, by a letter where there is no room:\n" +
  ". ok, c content, x exposed, b backing, r results, a accounting, p progress,\n" +
  "w warning; ~ (n/a) every state was looked at, and none comes to the race;\n" +
  "! unlike the file; ? cannot judge, and the exit status is 125";
