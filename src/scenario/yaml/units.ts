/**
 * Byte quantities and ranges as a scenario writes them: `12k`, `1m`, `0x600`, `512`, `0..12k`. Parsing is exact
 * or refused, and everything printed parses back to the same number.
 */
import type { ByteRange } from "../types.js";

const KIB = 1024;
const MIB = KIB * KIB;

/** The highest offset a scenario may name: below 2^53, so that a number holds it exactly. */
export const MAX_OFFSET = Number.MAX_SAFE_INTEGER;

export const QUANTITY_PATTERN = "^(0[xX][0-9a-fA-F]+|(0|[1-9][0-9]*)[kKmM]?)$";
export const RANGE_PATTERN = `^${QUANTITY_PATTERN.slice(1, -1)}\\.\\.${QUANTITY_PATTERN.slice(1, -1)}$`;

const QUANTITY = new RegExp(QUANTITY_PATTERN);

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string; readonly remedy?: string };

/** Reads a quantity of bytes; the problem says why the text is none. */
export function parseQuantity(text: string): Parsed<number> {
  if (!QUANTITY.test(text)) return { ok: false, problem: whyNoQuantity(text) };
  const suffix = text.slice(-1).toLowerCase();
  const isHex = /^0x/i.test(text);
  const factor = isHex ? 1 : suffix === "k" ? KIB : suffix === "m" ? MIB : 1;
  const value = Number(factor === 1 ? text : text.slice(0, -1)) * factor;
  if (value > MAX_OFFSET) return { ok: false, problem: "offsets and sizes must be below 2^53" };
  return { ok: true, value };
}

/** Prints the shortest exact form a person would write: `1m`, `12k`, `0x600`, `512`. */
export function printQuantity(bytes: number): string {
  if (bytes >= MIB && bytes % MIB === 0) return `${bytes / MIB}m`;
  if (bytes >= KIB && bytes % KIB === 0) return `${bytes / KIB}k`;
  return bytes < KIB ? String(bytes) : `0x${bytes.toString(16)}`;
}

/** Reads `from..to`, which must not be empty. */
export function parseRange(text: string): Parsed<ByteRange> {
  const dots = text.indexOf("..");
  if (dots < 0) return { ok: false, problem: "expected a byte range from..to such as 0..12k" };
  const from = parseQuantity(text.slice(0, dots));
  if (!from.ok) return { ok: false, problem: `the start of the range: ${from.problem}` };
  const to = parseQuantity(text.slice(dots + 2));
  if (!to.ok) return { ok: false, problem: `the end of the range: ${to.problem}` };
  if (from.value < to.value) return { ok: true, value: { from: from.value, to: to.value } };
  const problem = "the range is empty: its end must lie after its start";
  if (from.value === to.value)
    return { ok: false, problem, remedy: "a range is half-open: 4k..8k is one page" };
  return { ok: false, problem, remedy: `write ${printRange({ from: to.value, to: from.value })}` };
}

/** Prints a range as `from..to`. */
export function printRange(range: ByteRange): string {
  return `${printQuantity(range.from)}..${printQuantity(range.to)}`;
}

function whyNoQuantity(text: string): string {
  if (/^-\d/.test(text)) return "expected a quantity of bytes that is not negative";
  if (/^\d+[.,]\d/.test(text)) return "expected a whole number of bytes";
  if (/^0\d/.test(text)) return "expected a quantity of bytes without leading zeros";
  return "expected a quantity of bytes such as 512, 12k, 1m or 0x600";
}
