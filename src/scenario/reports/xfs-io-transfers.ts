/** pwrite, pread and copy_range of xfs_io: which calls their options make of a range. Bytes. */
import { isInside } from "../op-bytes.js";
import { type Op, WHOLE } from "../types.js";
import type { Given, Made } from "./xfs-io-given.js";

/** More calls than these are read as one. */
const MOST_CALLS = 16;
const BUFFER = 4096;

interface Piece {
  readonly from: number;
  readonly to: number;
}
/** Whatever is no list of operations. */
type Not = Exclude<Made, readonly Op[]>;

/** The calls in their order, or what keeps them from being told. */
function callsOf(name: string, given: Given): readonly Piece[] | Not {
  const [from, length, more] = given.numbers;
  if (from === undefined || length === undefined) return "expected an offset and a length";
  if (more !== undefined) return `expected an offset and a length, found ${given.numbers.length} numbers`;
  if (!Number.isSafeInteger(from + length)) return "offsets and sizes must be below 2^53";
  const buffer = given.number("b") ?? BUFFER;
  const vectors = given.number("V");
  if (Number.isNaN(buffer) || Number.isNaN(vectors)) return "expected a number behind -b and -V";
  const direction = given.last("BFRO");
  const isVectored = vectors !== undefined && vectors > 0;
  if (direction === "R") return { part: "-R, at random offsets" };
  if (direction === "B" && isVectored) return { part: "-B with -V" };
  // xfs_io forgets its vectors no more.
  if (!isVectored && given.state.isVectored) return { part: "calls behind those with -V" };
  given.state.isVectored ||= isVectored;
  const step = buffer * (isVectored ? vectors : 1);
  if (step === 0 || length === 0) return [];
  if (direction === "O") return [{ from, to: from + (isVectored ? Math.min(length, step) : length) }];
  const [pieces, whole] = (direction === "B" ? backward : forward)(from, length, step, name, given);
  if (pieces.length <= MOST_CALLS) return pieces;
  given.note(`a ${name} of more than ${MOST_CALLS} calls is one here`);
  return [whole];
}

/** The first calls, and what all of them are about. */
type Pieces = readonly [readonly Piece[], Piece];

function forward(from: number, length: number, step: number): Pieces {
  const to = from + length;
  const n = Math.min(MOST_CALLS + 1, Math.ceil(length / step));
  const pieces = Array.from({ length: n }, (_, i) => ({
    from: from + i * step,
    to: Math.min(to, from + (i + 1) * step),
  }));
  return [pieces, { from, to }];
}

/** It goes on as long as there is more left than where the range begins, which is all of it only for one from 0. */
function backward(offset: number, length: number, step: number, name: string, given: Given): Pieces {
  const start = name === "pread" ? Math.min(offset, given.fileSize ?? offset) : offset;
  const end = Math.max(0, start - length);
  let at = start;
  let left = Math.min(length, start);
  const pieces: Piece[] = [];
  const take = (most: number): void => {
    const size = Math.min(left, most);
    if (size > 0) pieces.push({ from: at - size, to: at });
    at -= size;
    left -= size;
  };
  take(at % step);
  while (left > end && pieces.length <= MOST_CALLS) take(step);
  if (left > end) at -= Math.min(left, Math.ceil((left - end) / step) * step);
  return [pieces, { from: at, to: start }];
}

const uncached = (given: Given) => (given.has("U") ? { dontcache: true as const } : {});

/** pwrite: its writes, each followed by what RWF_DSYNC does, and the fsync at the end. */
export function pwrite(given: Given): Made {
  const pieces = callsOf("pwrite", given);
  if (!Array.isArray(pieces)) return pieces as Not;
  const input = given.option("i");
  if (input !== undefined && input === given.path) return { part: "-i of the file itself" };
  if (input !== undefined) given.note(`pwrite -i is taken to find all that it asks for in its file`);
  // Without vectors xfs_io makes a plain pwrite of it.
  const syncs = given.has("D") && given.has("V");
  const writes = (pieces as readonly Piece[]).flatMap((one): Op[] => [
    given.state.file?.appends === true
      ? { ...appended({ kind: "write", ...one }), ...uncached(given) }
      : { kind: "write", ...one, ...uncached(given) },
    ...(syncs ? [{ kind: "fsync" as const, ...one }] : []),
  ]);
  return given.has("w") || given.has("W") ? [...writes, { kind: "fsync", ...WHOLE }] : writes;
}

/** With O_APPEND a write has no place of its own. */
export function appended({ from, to }: Op): Op {
  return { kind: "append", from: 0, to: to - from };
}

export function pread(given: Given): Made {
  if (given.has("i")) return { part: "-i" };
  const pieces = callsOf("pread", given);
  if (!Array.isArray(pieces)) return pieces as Not;
  return (pieces as readonly Piece[]).map((one) => ({ kind: "read", ...one, ...uncached(given) }));
}

/** Without -l it copies to the end of its source. */
export function copyRange(given: Given): Made {
  if (given.has("f")) return { part: "-f" };
  const [from = 0, target = 0] = [given.number("s"), given.number("d")];
  const length = given.number("l") ?? (given.fileSize === undefined ? undefined : given.fileSize - from);
  if (length === undefined) return "expected -l and a length";
  const to = from + length;
  if (![to, target].every(Number.isFinite)) return "expected numbers behind -s, -d and -l";
  if (!Number.isSafeInteger(Math.max(to, target + length))) return "offsets and sizes must be below 2^53";
  if (length > 0 && !isInside("target", target, { from, to }))
    return "source and target overlap, which the kernel refuses";
  return length <= 0 ? [] : [{ kind: "copy_range", from, to, target }];
}
