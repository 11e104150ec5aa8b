/** Files read piece by piece, without waiting. */
import { constants, openSync, readSync } from "node:fs";
import { reason } from "./reasons.js";
import { remedyFor, unreadable } from "./unreadable.js";

const CHUNK = 1 << 16;

export function total(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** The next bytes, none at the end; undefined when there is nothing to be had now. */
export function readPiece(path: string, file: number): Buffer | undefined {
  const piece = Buffer.allocUnsafe(CHUNK);
  try {
    return piece.subarray(0, readSync(file, piece));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw unreadable(path, reason(error));
  }
}

export function open(path: string): number {
  if (path.includes("\0")) throw unreadable(path, "the name holds a NUL character");
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw unreadable(path, reason(error), remedyFor(path, error));
  }
}
