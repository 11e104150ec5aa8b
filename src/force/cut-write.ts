/** A stopped write cut into the pages of its source, and stops that cannot be made. */
import type { Op } from "../scenario/types.js";
import type { RealOp, RealProgram } from "./real-program.js";

/** Where the k-th source page of a stopped write starts in the file, and up to where it reaches. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * The write cut into source pages, which is how far user space can steer it: at page boundaries, where its source
 * ends, at its stops; and, behind each stop, the last byte of the block there (the bell of real/export/c/writer_run_to.c).
 */
export function cutWrite(op: Op, stops: readonly number[], file: RealProgram["file"]): CutWrite {
  const bad = Math.min(op.faultAt ?? op.to, op.to);
  const cuts = new Set([op.from, op.to, bad]);
  for (let at = nextMultiple(op.from, file.page); at < op.to; at += file.page) cuts.add(at);
  for (const stop of stops) {
    const blockEnd = Math.min(nextMultiple(stop, file.block), op.to, bad);
    for (const at of [stop, Math.max(blockEnd - 1, stop), blockEnd]) cuts.add(at);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const pieces = edges.slice(1).map((to, i) => ({ from: edges[i] ?? to, to }));
  return { pieces, readable: pieces.filter((piece) => piece.to <= bad).length };
}

export interface CutWrite {
  readonly pieces: readonly Piece[];
  /** How many of them the source has; the others are not mapped. */
  readonly readable: number;
}

const nextMultiple = (at: number, unit: number) => (Math.floor(at / unit) + 1) * unit;

export function stopProblems(op: RealOp, stops: readonly number[], file: RealProgram["file"]): string[] {
  const problems: string[] = [];
  const { pieces, readable } = cutWrite(op, stops, file);
  stops.forEach((stop, i) => {
    const at = pieces.findIndex((piece) => piece.from === stop);
    if (stop <= (stops[i - 1] ?? -1)) problems.push(`${op.id}: stops must ascend.`);
    if (at < 0 || at >= readable || (stop !== op.from && stop % file.page !== 0))
      problems.push(`${op.id}: ${stop} is not where a readable source page of it starts.`);
    else if (stop > op.from && !hasBell(pieces, readable, at, file.block))
      problems.push(`${op.id}: a stop before a single byte cannot be forced on 6.6 and later.`);
  });
  return problems;
}

function hasBell(pieces: readonly Piece[], readable: number, at: number, block: number): boolean {
  const [first, second] = pieces.slice(at, readable).map((piece) => Math.floor(piece.from / block));
  return second !== undefined && first === second;
}
