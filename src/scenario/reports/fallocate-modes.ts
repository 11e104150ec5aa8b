/** fallocate()'s modes as the system call takes them, for reports that show its arguments. */
import type { Op } from "../types.js";

/** Without FALLOC_FL_KEEP_SIZE. */
const MODES = {
  0: "fallocate",
  2: "punch",
  8: "collapse",
  16: "zero",
  32: "insert",
  64: "unshare",
  128: "write_zeroes",
} as const;
export const KEEP_SIZE = 1;

/** What a call with this mode does to bytes `range`; undefined where the model has none such. */
export function fallocated(mode: number, range: Pick<Op, "from" | "to">): Op | undefined {
  const kind = MODES[(mode & ~KEEP_SIZE) as keyof typeof MODES] as
    | (typeof MODES)[keyof typeof MODES]
    | undefined;
  switch (kind) {
    case undefined:
      return undefined;
    case "punch":
    case "collapse":
    case "insert":
    case "write_zeroes":
      return { kind, ...range };
    default:
      return { kind, ...range, ...((mode & KEEP_SIZE) === 0 ? {} : { keepSize: true }) };
  }
}

/** Whether every kernel refuses these flags together: what punches keeps the size, what moves or writes zeroes does not. */
export function isRefused(mode: number): boolean {
  const isSize = (mode & KEEP_SIZE) !== 0;
  const rest = mode & ~KEEP_SIZE;
  return rest === 2 ? !isSize : rest === 8 || rest === 32 || rest === 128 ? isSize : !(rest in MODES);
}
