/**
 * What the oracles found in one run: which were violated, and where each was violated first.
 */
import { ORACLE_NAMES } from "../kernel/oracle-table.js";

/** Kinds of violation within an oracle. */
export const DEADLOCK = 1;
export const LIVELOCK = 2;
export const LOCK_ORDER = 3;
export const SHORT_WRITE = 4;
export const WRONG_ERROR = 5;
export const NOT_DURABLE = 6;
/** Expected and actual are sizes in cells. */
export const WRONG_SIZE = 7;
/** The scenario states what the call returns, and it returned something else. */
export const OTHER_RESULT = 8;

export class Verdict {
  /** Bit per violated oracle. */
  found = 0;
  /** Per oracle, of its first violation: cells `[from, to)`, expected and actual value, thread index or -1. */
  readonly from = new Int32Array(ORACLE_NAMES.length);
  readonly to = new Int32Array(ORACLE_NAMES.length);
  readonly expected = new Int32Array(ORACLE_NAMES.length);
  readonly actual = new Int32Array(ORACLE_NAMES.length);
  readonly thread = new Int32Array(ORACLE_NAMES.length);
  readonly kind = new Int32Array(ORACLE_NAMES.length);

  /** Is told each violation as it is recorded. */
  watcher: Verdict["record"] | null = null;

  copyFrom(other: Verdict): void {
    this.found = other.found;
    if (other.found === 0) return;
    this.from.set(other.from);
    this.to.set(other.to);
    this.expected.set(other.expected);
    this.actual.set(other.actual);
    this.thread.set(other.thread);
    this.kind.set(other.kind);
  }
  has(oracle: number): boolean {
    return (this.found & (1 << oracle)) !== 0;
  }

  /** Records a violation; one that touches the first of its oracle with the same values widens it. */
  record(
    oracle: number,
    from: number,
    to: number,
    expected: number,
    actual: number,
    thread: number,
    kind = 0,
  ): void {
    this.watcher?.(oracle, from, to, expected, actual, thread, kind);
    if (this.has(oracle)) {
      const same = this.expected[oracle] === expected && this.actual[oracle] === actual;
      if (same && from === this.to[oracle]) this.to[oracle] = to;
      return;
    }
    this.found |= 1 << oracle;
    this.from[oracle] = from;
    this.to[oracle] = to;
    this.expected[oracle] = expected;
    this.actual[oracle] = actual;
    this.thread[oracle] = thread;
    this.kind[oracle] = kind;
  }
}
