/**
 * How a hunt is going, for a terminal that shows it as it goes: rate, time, and a table of the kinds met so far.
 */
import { COLUMNS, grouped, plural, probability } from "./style.js";

/** A kind that was met. */
export interface MetKind {
  readonly kind: string;
  readonly count: number;
  /** Seconds from the start to its first case. */
  readonly first: number;
  readonly isKnown: boolean;
  /** Toggles that cure it, once that is known. */
  readonly cure: readonly string[] | undefined;
}

export interface FuzzStatus {
  readonly kernel: string;
  readonly seconds: number;
  /** When it ends, if it was given a time. */
  readonly limit: number | undefined;
  readonly programs: number;
  readonly steps: number;
  readonly kinds: readonly MetKind[];
}

/** Kinds that are listed; the others are counted. */
const MOST_ROWS = 12;

export function fuzzStatus(status: FuzzStatus): string {
  const { kernel, seconds, limit, programs, steps, kinds } = status;
  const of = limit === undefined ? "" : ` of ${clock(limit)}`;
  const rate = `${grouped(Math.round(steps / Math.max(1, seconds)))} steps/s`;
  const head = `${kernel}  ${clock(seconds)}${of}  ${grouped(programs)} programs  ${rate}`;
  const lines = [head, kindsLine(status)];
  const sorted = kinds.toSorted((a, b) => b.count - a.count || a.first - b.first);
  for (const one of sorted.slice(0, MOST_ROWS)) {
    const cure = one.cure === undefined || one.cure.length === 0 ? "" : `  (${one.cure.join(", ")})`;
    const row = `${grouped(one.count).padStart(9)}  ${clock(one.first)}  ${one.isKnown ? "known" : "new  "}  ${one.kind}${cure}`;
    lines.push(row.slice(0, COLUMNS - 1));
  }
  if (sorted.length > MOST_ROWS) lines.push(`           and ${sorted.length - MOST_ROWS} kinds more`);
  return lines.join("\n");
}

/** How likely it is that there is more: by Good and Turing, as often as kinds were met once among all cases. */
function kindsLine({ kinds, seconds, programs }: FuzzStatus): string {
  if (kinds.length === 0) return "  no finding yet";
  const last = Math.max(...kinds.map(({ first }) => first));
  const once = kinds.filter(({ count }) => count === 1).length;
  // None met once says less than one per case.
  const chance =
    once === 0
      ? `< ${probability(1 / Math.max(1, programs))}`
      : `= ${probability(once / Math.max(1, programs))}`;
  return `  ${plural(kinds.length, "kind")}, last new ${clock(Math.max(0, seconds - last))} ago; another in the next case: p ${chance}`;
}

/** `00:18`, `1:00:18`. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}:` : ""}${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
