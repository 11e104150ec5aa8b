/**
 * All steps of all paths, as tables by label: what the engine calls.
 */

import { startByte } from "../machine/geometry.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import type { StepDef } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import type { Fixes } from "../versions/fixes.js";
import { bufferedWriteSteps } from "./buffered-write.js";
import { closeSteps } from "./close.js";
import { copyRangeSteps } from "./copy-range.js";
import { delallocPunchSteps } from "./delalloc-punch.js";
import { fallocateSteps } from "./fallocate.js";
import { fsyncSteps } from "./fsync.js";
import { ioCompletionSteps } from "./io-completion.js";
import { madviseSteps } from "./madvise.js";
import { mapBlocksSteps } from "./map-blocks.js";
import { pageFaultSteps } from "./page-fault.js";
import { readSteps } from "./read.js";
import { reclaimSteps } from "./reclaim.js";
import { shiftRangeSteps } from "./shift-range.js";
import { entryOf, lapSteps } from "./system-call.js";
import { truncateSteps } from "./truncate.js";
import { truncatePagecacheSteps } from "./truncate-pagecache.js";
import { unsupportedSteps } from "./unsupported.js";
import { writebackSteps } from "./writeback.js";
import { zeroRangeSteps } from "./zero-range.js";

/** The step at each label; none at DONE. */
export const STEPS: readonly (StepDef | undefined)[] = (() => {
  const steps = [
    bufferedWriteSteps,
    delallocPunchSteps,
    truncatePagecacheSteps,
    zeroRangeSteps,
    pageFaultSteps,
    readSteps,
    writebackSteps,
    mapBlocksSteps,
    ioCompletionSteps,
    reclaimSteps,
    truncateSteps,
    fallocateSteps,
    shiftRangeSteps,
    fsyncSteps,
    madviseSteps,
    closeSteps,
    copyRangeSteps,
    unsupportedSteps,
    lapSteps,
  ].flat();
  const table: (StepDef | undefined)[] = new Array(steps.length + 1).fill(undefined);
  for (const step of steps) {
    if (table[step.at] !== undefined) throw new Error(`two steps at label ${step.at}: ${step.fn}`);
    table[step.at] = step;
  }
  return table;
})();

const nothing = (): void => {};

/** Per label when its step can run; null: always (DONE never gets there). */
export const WHEN: readonly (((k: Kernel, t: Thread) => boolean) | null)[] = STEPS.map((d) =>
  d?.at === Pc.LAP ? canBeginLap : (d?.when ?? null),
);
export const RUN: readonly ((k: Kernel, t: Thread) => void)[] = STEPS.map((d) => d?.run ?? nothing);

/**
 * A thread that repeats begins a lap while somebody can run who does not stand before one. What others wait for is never in the
 * hands of those who do, so that laps help nobody who waits; and the run ends when all others have ended.
 */
function canBeginLap(k: Kernel, t: Thread): boolean {
  return canEnterLap(k, t) && k.threads.some((other) => canGoOn(k, other));
}

/** Whether the first operation of its lap need not wait. */
export function canEnterLap(k: Kernel, t: Thread): boolean {
  return canRunAt(k, t, entryOf(k.fixes, k.opOf(t)));
}

/** Whether it is in an operation, or completes one, and does not wait. Reclaim and the harness do neither. */
function canGoOn(k: Kernel, t: Thread): boolean {
  const { pc } = t;
  return t.index < k.layout.reclaim && pc !== Pc.DONE && pc !== Pc.LAP && canRunAt(k, t, pc);
}

function canRunAt(k: Kernel, t: Thread, pc: number): boolean {
  const when = WHEN[pc];
  return when === null || when === undefined || when(k, t);
}

/** The label whose step runs when the thread does its step at label `pc`: almost always that one. */
export function labelAt(k: Kernel, t: Thread, pc: number): number {
  return STEPS[pc]?.turnsInto?.(k, t) ?? pc;
}

/** The byte offset that the thread works at in the step at label `pc`. */
export function placeOf(k: Kernel, t: Thread, pc: number): number {
  return startByte(k.g, STEPS[pc]?.where?.(k, t) ?? t.pos);
}

/** What the engine does when a thread arrives at a label within a step. */
export const STOP = 0;
export const GO_ON = 1;
export const GO_ON_IF_ENABLED = 2;

/** Per label: STOP where another thread can come in between, else whether the next piece runs at once. */
export function continuations(fixes: Fixes, fine: boolean): Uint8Array {
  const known = fine ? undefined : merged.get(fixes);
  if (known !== undefined) return known;
  const table = Uint8Array.from(STEPS, (d) => {
    if (d === undefined || fine) return STOP;
    if (typeof d.boundary === "function" ? d.boundary(fixes) : d.boundary) return STOP;
    return d.when === undefined ? GO_ON : GO_ON_IF_ENABLED;
  });
  if (!fine) merged.set(fixes, table);
  return table;
}

/** Tables by the toggles they are for. */
const merged = new WeakMap<Fixes, Uint8Array>();
