/**
 * Which locks would close the window: for each lock of the model whether every run would be right, had the thread that
 * loses the data held it from its map to its use, or over its operation so far where there is no map.
 */
import type { Subject } from "../explore/run/subject.js";
import { Global } from "../kernel/machine/layout.js";
import {
  HELD_FOLIO,
  HELD_ILOCK_EXCL,
  HELD_ILOCK_SHARED,
  HELD_INVALIDATE_EXCL,
  HELD_INVALIDATE_SHARED,
  HELD_IOLOCK_EXCL,
  HELD_IOLOCK_SHARED,
} from "../kernel/objects/locks.js";
import type { RunSpec } from "../scenario/token.js";
import type { HeldWindow } from "./held-window.js";
import type { RunEvent } from "./run-events.js";
import { ENDS_RIGHT, ENDS_WRONG, FAILED, GOES_ON, graphHolding } from "./run-graph.js";

/** By name: words of the state, and the bits of those who hold it, exclusively first. */
const LOCKS: readonly (readonly [name: string, words: (subject: Subject) => number[], ...bits: number[]])[] =
  [
    ["IOLOCK", () => [Global.IOLOCK], HELD_IOLOCK_EXCL, HELD_IOLOCK_SHARED],
    ["invalidate_lock", () => [Global.INVALIDATE], HELD_INVALIDATE_EXCL, HELD_INVALIDATE_SHARED],
    [
      "folio locks",
      ({ engine: { k } }) => Array.from({ length: k.g.pages }, (_, page) => k.folios.lockAt + page),
      HELD_FOLIO,
    ],
    ["ILOCK", () => [Global.ILOCK], HELD_ILOCK_EXCL, HELD_ILOCK_SHARED],
  ];

export interface ClosingLock {
  readonly lock: string;
  /** Whether no run fails any more; `held already`: the thread holds it there as it is. */
  readonly verdict: "closes" | "does not close" | "held already" | "unknown";
  /** Some run would come to a standstill. */
  readonly deadlocks: boolean;
}

export function closingLocks(
  run: RunSpec,
  all: readonly RunEvent[],
  { thread, from, to }: HeldWindow,
  heldAtUse: number,
  mostNodes: number,
): ClosingLock[] {
  const events = [from, to].flatMap((step) => all.find((event) => event.step === step) ?? []);
  if (events.length < 2) return [];
  return LOCKS.map(([lock, words, ...bits]): ClosingLock => {
    if ((heldAtUse & (bits[0] ?? 0)) !== 0) return { lock, verdict: "held already", deadlocks: false };
    const nodes = graphHolding(
      run,
      events,
      (subject) => ({ words: words(subject), bits, isForExtents: lock === "ILOCK", thread, from: 0, to: 1 }),
      mostNodes,
    );
    if (nodes === undefined) return { lock, verdict: "unknown", deadlocks: false };
    const isWrong = nodes.some(
      ({ ends, edges }) => ends === ENDS_WRONG || edges.some(({ to }) => to === FAILED),
    );
    const deadlocks = nodes.some(({ ends, edges }) => ends === GOES_ON && edges.length === 0);
    const isEver = nodes.some(({ ends }) => ends === ENDS_RIGHT);
    return { lock, verdict: isWrong || !isEver ? "does not close" : "closes", deadlocks };
  });
}
