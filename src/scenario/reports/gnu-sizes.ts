/** Numbers as the tools of coreutils and util-linux read them. Bytes. */

const POWERS = "kmgtpe";

/** `k`, `K` and `KiB` are 1024, `kB` and `KB` 1000; 0 where it is no such unit. */
function unitOf(unit: string): number {
  const [, letter = "", behind = ""] = /^([kmgtpe])(ib|b)?$/i.exec(unit) ?? [];
  if (letter === "") return unit === "" ? 1 : 0;
  return (behind.toLowerCase() === "b" ? 1000 : 1024) ** (POWERS.indexOf(letter.toLowerCase()) + 1);
}

function sized(digits: string, factor: number): number | undefined {
  const value = Math.floor(Number(digits) * factor);
  return factor > 0 && Number.isSafeInteger(value) ? value : undefined;
}

/** As truncate(1) takes it: decimal, with the unit of one where there are no digits; undefined where it is none. */
export function truncateSize(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d{0,19})([a-z]*)$/i.exec(text) ?? [];
  if (digits === undefined || text === "") return undefined;
  // Only these may be written small.
  if (/^[pe]/.test(unit)) return undefined;
  return sized(digits === "" ? "1" : digits, unitOf(unit));
}

/** As fallocate(1) takes it: also octal and hexadecimal, and fractions of a unit. */
export function fallocateSize(text: string): number | undefined {
  const [, digits = "", unit = ""] =
    /^(0x[0-9a-f]{1,14}|\d{1,19}(?:\.\d{1,9}(?=[a-z]))?)([a-z]*)$/i.exec(text) ?? [];
  if (digits === "") return undefined;
  if (/^0\d/.test(digits))
    return /^[0-7]+$/.test(digits) ? sized(String(Number.parseInt(digits, 8)), unitOf(unit)) : undefined;
  return sized(digits, unitOf(unit));
}

/** A number of dd, and whether it is one of bytes where blocks are counted; `2x512` is a product. */
export interface DdNumber {
  readonly value: number;
  readonly isBytes: boolean;
}

const DD_UNITS: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, B: 1 };

export function ddNumber(text: string): DdNumber | undefined {
  let value = 1;
  for (const part of text.split("x")) {
    const [, digits, unit = ""] = /^(\d{1,19})((?:[kKMGTPE](?:iB|B)?|[cwbB])?)$/.exec(part) ?? [];
    if (digits === undefined) return undefined;
    value *= Number(digits) * (DD_UNITS[unit] ?? unitOf(unit));
  }
  return Number.isSafeInteger(value) ? { value, isBytes: text.endsWith("B") } : undefined;
}
