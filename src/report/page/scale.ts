/**
 * Where a byte lies on a strip: by its offset, with a least width for every cell so that each can be seen, and a gap
 * where pages are left out.
 */
import type { FindingModel } from "./finding-model-types.js";

/** From bytes to `[0, 1]`. */
export type Scale = (byte: number, isEnd?: boolean) => number;

const GAP = 0.02;

export function scaleOf(cells: FindingModel["cells"]): Scale {
  const total = cells.reduce((n, [from, to]) => n + to - from, 0) || 1;
  const least = Math.min(0.08, 0.6 / Math.max(1, cells.length));
  const pieces: { from: number; to: number; x: number; width: number }[] = [];
  let x = 0;
  for (const [n, [from, to]] of cells.entries()) {
    if (n > 0 && cells[n - 1]?.[1] !== from) x += GAP;
    const width = Math.max((to - from) / total, least);
    pieces.push({ from, to, x, width });
    x += width;
  }
  const all = x || 1;
  return (byte, isEnd = false) => {
    // The end of a range before a gap lies before the gap, the start of one behind it.
    const piece = isEnd ? pieces.findLast((one) => one.from < byte) : pieces.find((one) => byte < one.to);
    if (piece === undefined) return byte <= (pieces[0]?.from ?? 0) ? 0 : 1;
    const share = Math.min(1, Math.max(0, (byte - piece.from) / (piece.to - piece.from)));
    return (piece.x + share * piece.width) / all;
  };
}
