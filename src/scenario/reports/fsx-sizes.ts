/**
 * The size of the file along a log of fsx: what it was when the log begins, which calls kept it where the log does not
 * say, and where it parts from what the log says. All in bytes.
 */
import type { Call } from "./fsx-log.js";

/** Calls looked at ahead to find out whether one kept the size. */
const AHEAD = 64;

/** The size behind a call on a file of this size. */
export function sizeAfter(size: number, call: Call, keepsSize = call.keepSize === true): number {
  const { name, offset, length, to = 0, isSkipped } = call;
  if (isSkipped) return size;
  const end = offset + length;
  switch (name) {
    case "truncate":
      return length;
    case "write":
    case "write_dontcache":
    case "write_atomic":
    case "write_zeroes":
    case "mapwrite":
      return length === 0 ? size : Math.max(size, end);
    case "fallocate":
    case "zero_range":
      return keepsSize || length === 0 ? size : Math.max(size, end);
    case "clone_range":
    case "copy_range":
      return Math.max(size, to + length);
    case "collapse_range":
      return Math.max(0, size - length);
    case "insert_range":
      return size + length;
    default:
      return size;
  }
}

/** Whether a file of this size is what the log says it is before the call. */
function fits(size: number, call: Call): boolean {
  const { atLeast = 0, below, isSkipped } = call;
  if (isSkipped) return true;
  return size >= atLeast && (below === undefined || size < below) && fitsSaid(size, call);
}

/** The same, without what HOLE, EXTEND and INTERIOR say, which logs that were copied by hand leave out. */
export function fitsSaid(size: number, { name, size: said, offset, length, isSkipped }: Call): boolean {
  if (isSkipped) return true;
  if (said !== undefined && said !== size) return false;
  return (name !== "read" && name !== "mapread") || offset + length <= size;
}

/** The size with which a log begins that does not begin with an empty file. */
export function sizeAtStart(calls: readonly Call[]): number {
  let least = 0;
  let grown = 0;
  for (const call of calls) {
    const { name, size, atLeast = 0, offset, length, isSkipped } = call;
    if (isSkipped) continue;
    if (size !== undefined) return size > grown ? size : Math.max(least, 0);
    if (name === "collapse_range" || name === "insert_range") break;
    const inside =
      name === "read" || name === "mapread" ? offset + length : name === "punch_hole" ? offset + 1 : 0;
    const said = Math.max(atLeast, inside);
    if (said > grown) least = Math.max(least, said);
    grown = sizeAfter(grown, call);
  }
  return least;
}

/** How many calls the log says true things of when the file has this size before the first of them. */
export function fitsUntil(calls: readonly Call[], start: number, from = 0, most = calls.length): number {
  let size = start;
  for (let i = from; i < Math.min(calls.length, from + most); i++) {
    const call = calls[i];
    if (call === undefined || !fits(size, call)) return i;
    size = sizeAfter(size, call);
  }
  return Math.min(calls.length, from + most);
}

/** The calls with what they did to the size where the log does not say it: what fits longest with what follows. */
export function withKeptSizes(calls: readonly Call[], start: number): Call[] {
  let size = start;
  return calls.map((call, i) => {
    const isOpen =
      call.keepSize === undefined &&
      (call.name === "zero_range" || call.name === "fallocate") &&
      call.offset + call.length > size;
    const keeps =
      isOpen &&
      fitsUntil(calls, size, i + 1, AHEAD) > fitsUntil(calls, sizeAfter(size, call, false), i + 1, AHEAD);
    const decided = isOpen ? { ...call, keepSize: keeps } : call;
    // What is known goes before what was worked out.
    size = sizeAfter(call.size ?? size, decided);
    return decided;
  });
}
