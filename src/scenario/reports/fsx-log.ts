/**
 * What a run of fsx did, whatever form it was written down in: its calls in order, what it complained about, and the
 * options that it ran with. Offsets and sizes are bytes, ranges half-open.
 */
import type { ByteRange } from "../types.js";

/** Calls by the names of operation files, and what only logs tell of. */
export const CALL_NAMES = [
  "read",
  "write",
  "mapread",
  "mapwrite",
  "truncate",
  "fallocate",
  "punch_hole",
  "zero_range",
  "collapse_range",
  "insert_range",
  "clone_range",
  "dedupe_range",
  "copy_range",
  "exchange_range",
  "fsync",
  "write_zeroes",
  "write_atomic",
  "write_dontcache",
  "read_dontcache",
  "pollute_eof",
] as const;
export type CallName = (typeof CALL_NAMES)[number];

/** Those with a second range: its start. */
export const TWO_RANGES: ReadonlySet<CallName> = new Set([
  "clone_range",
  "dedupe_range",
  "copy_range",
  "exchange_range",
]);

export interface Call {
  readonly name: CallName;
  /** `truncate` has its new size in `length`. */
  readonly offset: number;
  readonly length: number;
  /** Where the second range begins. */
  readonly to?: number | undefined;
  /** Undefined where the form does not say. */
  readonly keepSize: boolean | undefined;
  readonly unshare: boolean;
  /** The file was closed and opened behind it. */
  readonly closeOpen: boolean;
  /** It was not made, or is to be left out. */
  readonly isSkipped: boolean;
  /** The size of the file before it, where the log says so. */
  readonly size?: number | undefined;
  /** What the log says of that size otherwise: `[atLeast, below)`. */
  readonly atLeast?: number | undefined;
  readonly below?: number | undefined;
  /** Of the operation in the log. */
  readonly number?: number | undefined;
  /** Where it stands in the text: `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

/** A call with what most of them have. */
export function call(name: CallName, offset: number, length: number, more: Partial<Call> = {}): Call {
  const plain = { keepSize: undefined, unshare: false, closeOpen: false, isSkipped: false, start: 0, end: 1 };
  return { name, offset, length, ...plain, ...more };
}

/** Bytes that fsx found wrong. */
export interface BadBytes extends ByteRange {
  /** What they should be and were, as fsx prints it: the first two bytes. */
  readonly good?: string | undefined;
  readonly bad?: string | undefined;
}

export interface FsxLog {
  readonly form: "operation file" | "log dump" | "live log" | "log of LTP";
  readonly calls: readonly Call[];
  /** Its lines were printed when the calls were made. */
  readonly isLive?: boolean;
  /** How many operations it says it has. */
  readonly total?: number | undefined;
  /** Lines that are broken or cut so that they say nothing: their calls are skipped ones. */
  readonly damaged?: number;
  /** Another log follows, which was not read. */
  readonly hasMore?: boolean;
  readonly badBytes?: BadBytes | undefined;
  /** What else it complained about, in its own words. */
  readonly complaint?: string | undefined;
  /** The options of a command line that stands in it. */
  readonly command?: string | undefined;
  /** Sizes of pages and blocks that stand in it, in bytes. */
  readonly sizes?: { readonly page?: number; readonly block?: number };
}
