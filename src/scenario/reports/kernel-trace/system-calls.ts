/**
 * System calls as a trace shows them, for what events of the file system leave out: ranges, modes, results.
 */
import { type Op, WHOLE } from "../../types.js";
import { fallocated } from "../fallocate-modes.js";
import type { Fields } from "./sights.js";

export const O_TRUNC = 0x200;
/** SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WAIT_AFTER: without them the pass leaves out what is busy. */
const WAITS = 5;

/** The operation of a call that events of the inode alone do not tell; a word for what the model does not have. */
export function callMade(name: string, args: Fields): Op | string | undefined {
  const from = args.number("offset") ?? 0;
  const length = args.number("len", "nbytes", "length") ?? 0;
  switch (name) {
    case "fallocate":
      return fallocated(args.number("mode") ?? 0, { from, to: from + length }) ?? "fallocate mode";
    case "ftruncate":
    case "truncate":
      return { kind: "truncate", from: length, to: length };
    case "open":
    case "openat":
    case "creat":
      return name !== "creat" && ((args.number("flags") ?? 0) & O_TRUNC) === 0
        ? undefined
        : { kind: "truncate", from: 0, to: 0 };
    case "sync_file_range": {
      const range = length === 0 ? WHOLE : { from, to: from + length };
      return {
        kind: ((args.number("flags") ?? WAITS) & WAITS) === 0 ? "writeback" : "sync_file_range",
        ...range,
      };
    }
    default:
      return undefined;
  }
}

/** Calls within which the page cache is dropped, and written back, by the call itself. */
export const TRUNCATES = /^(f?truncate|fallocate|open(at)?|creat|p?write(v|64|v2)?)$/;
export const WRITES_BACK = /^(f?truncate|fallocate|open(at)?|creat|sync_file_range|fsync|fdatasync|msync)$/;
