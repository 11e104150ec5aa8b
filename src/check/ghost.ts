/**
 * The ghost file: per cell the value it must hold and at most one more that it may hold, kept in the state beside
 * the cache. Cells at or past i_size are zero by definition.
 */

import type { Kernel } from "../kernel/machine/kernel.js";
import { Global } from "../kernel/machine/layout.js";
import type { Thread } from "../kernel/machine/thread.js";
import { Value } from "../kernel/objects/values.js";

/** The second value that the ghost file allows for a cell. */
export const enum Also {
  NOTHING = 0,
  /** Any data or zero: the result is undefined (never garbage or uninitialised). */
  ANY = 1,
  /** Lost with a reported error: content is not judged until the next write. */
  LOST = 2,
  /** Past EOF, where a fault kept the disk from being zeroed: any data or zero, until the file grows over it. */
  STALE = 3,
  /** VALUE + v allows value v. */
  VALUE = 4,
}

export function expected(k: Kernel, cell: number): number {
  return k.s[k.layout.ghost + cell] ?? Value.ZERO;
}

/** What else the cell may hold, as Also tells it. */
export function alsoOf(k: Kernel, cell: number): number {
  return k.s[k.layout.also + cell] ?? Also.NOTHING;
}

/** The usual case, told fast: the cell holds the one value that it must. */
export function expectsExactly(k: Kernel, cell: number, value: number): boolean {
  return k.s[k.layout.ghost + cell] === value && k.s[k.layout.also + cell] === Also.NOTHING;
}

export function isLeak(value: number): boolean {
  return value === Value.GARBAGE || value === Value.UNINITIALISED;
}

/** Whether the cell may hold `value`. */
export function allows(k: Kernel, cell: number, value: number): boolean {
  if (k.s[k.layout.ghost + cell] === value) return true;
  const also = alsoOf(k, cell);
  if (also === Also.NOTHING) return false;
  if (also < Also.VALUE) return !isLeak(value);
  return value === also - Also.VALUE;
}

/** Every value that the cell may hold; "any" when it may hold any data or zero, undefined when it was lost with an error. */
export function allowed(k: Kernel, cell: number): readonly number[] | "any" | undefined {
  const also = alsoOf(k, cell);
  if (also === Also.LOST) return undefined;
  if (also === Also.ANY || also === Also.STALE) return "any";
  return also === Also.NOTHING ? [expected(k, cell)] : [expected(k, cell), also - Also.VALUE];
}

/** The cell was lost with a reported error: what it holds is excused. */
export function isExcused(k: Kernel, cell: number): boolean {
  return k.s[k.layout.also + cell] === Also.LOST;
}

/** The holder of IOLOCK is changing the cell: loads see anything, stores may or may not last. */
export function isUndefined(k: Kernel, cell: number): boolean {
  return cell >= undefinedFrom(k) && cell < undefinedTo(k);
}

/** First cell that the holder of IOLOCK is changing, and the one past the last; 0 when it changes none. */
export function undefinedFrom(k: Kernel): number {
  return k.s[Global.UNDEFINED_FROM] ?? 0;
}
export function undefinedTo(k: Kernel): number {
  return k.s[Global.UNDEFINED_TO] ?? 0;
}

export function expectOnly(k: Kernel, cell: number, value: number): void {
  k.s[k.layout.ghost + cell] = value;
  k.s[k.layout.also + cell] = Also.NOTHING;
}

/** The cell may hold `value` as well as what it held. */
export function allowAlso(k: Kernel, cell: number, value: number): void {
  const at = k.layout.also + cell;
  if (k.s[k.layout.ghost + cell] === value || k.s[at] === Also.LOST || k.s[at] === Also.STALE) return;
  if (k.s[at] === Also.NOTHING) k.s[at] = Also.VALUE + value;
  else if (k.s[at] !== Also.VALUE + value) k.s[at] = Also.ANY;
}

export function allowAnything(k: Kernel, cell: number): void {
  if (k.s[k.layout.also + cell] !== Also.LOST) k.s[k.layout.also + cell] = Also.ANY;
}

/** The cell is lost; past EOF, where it is zero by definition, it may hold what is on disk. */
export function excuse(k: Kernel, cell: number): void {
  const isPastEof = cell >= k.isize && !isUndefined(k, cell);
  k.s[k.layout.also + cell] = isPastEof ? Also.STALE : Also.LOST;
}

/** Past EOF the cell may hold what is on disk. */
export function leaveStale(k: Kernel, cell: number): void {
  k.s[k.layout.also + cell] = Also.STALE;
}

/** Data was lost: each open file description is owed an error. */
export function owe(k: Kernel): void {
  const { owed, descriptionCount } = k.layout;
  k.s.fill(1, owed, owed + descriptionCount);
}
export function isOwed(k: Kernel, t: Thread): boolean {
  return k.s[k.layout.owed + k.descriptionOf(t)] !== 0;
}
export function paid(k: Kernel, t: Thread): void {
  k.s[k.layout.owed + k.descriptionOf(t)] = 0;
}

/** Somebody saw `value`, one of two that were allowed: from now on the cell holds just that. */
export function settle(k: Kernel, cell: number, value: number): void {
  if (alsoOf(k, cell) >= Also.VALUE) expectOnly(k, cell, value);
}
