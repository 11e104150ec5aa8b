/** What a task of the model waits for where it cannot go on, and who has it. */
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import {
  HELD_FOLIO,
  HELD_INVALIDATE_EXCL,
  HELD_INVALIDATE_SHARED,
  HELD_IOLOCK_EXCL,
  HELD_IOLOCK_SHARED,
} from "../../kernel/objects/locks.js";
import type { Wait } from "./forced-moves.js";

const AT: { readonly [label: number]: Wait } = {
  [Pc.W_IOLOCK]: "IOLOCK",
  [Pc.R_IOLOCK]: "IOLOCK",
  [Pc.TR_LOCK]: "IOLOCK",
  [Pc.FA_LOCK]: "IOLOCK",
  [Pc.W_EOF_LOCK]: "invalidate_lock",
  [Pc.TR_INVALIDATE_LOCK]: "invalidate_lock",
  [Pc.FA_INVALIDATE_LOCK]: "invalidate_lock",
  [Pc.P_BEGIN]: "invalidate_lock",
  [Pc.P_BEGIN_NEXT]: "invalidate_lock",
  [Pc.B_WAIT]: "writeback",
  [Pc.B_WAIT_RANGE]: "writeback",
  [Pc.T_WAIT]: "writeback",
  [Pc.T_HEAD_WAIT]: "writeback",
  [Pc.T_TAIL_WAIT]: "writeback",
};

/** Faults take invalidate_lock, where they need it, before the folio's lock; all other steps that can wait do it for a folio. */
export function waitAt(k: Kernel, t: Thread, label: number): Wait {
  const known = AT[label];
  if (known !== undefined) return known;
  const isMkwrite = label === Pc.S_MKWRITE;
  if (!isMkwrite && label !== Pc.S_FAULT && label !== Pc.L_FAULT) return "folio lock";
  const isCached = k.folios.has(k.pageOfCell(t.pos), FolioFlag.PRESENT | FolioFlag.UPTODATE);
  const takesLock = isMkwrite || !isCached || !k.fixes.fillTakesInvalidateLock;
  return takesLock && !k.invalidate.isFreeShared() ? "invalidate_lock" : "folio lock";
}

/** Whether what a task has begun to wait for at a label is free: until then it waits, whatever it needs by now. */
export function isFreeAt(k: Kernel, t: Thread, label: number, wait: Wait): boolean {
  const shares = SHARING.includes(label);
  // A fault that waits for its folio does so wherever EOF is by then.
  if (wait === "folio lock") return !FAULTING.includes(label) || !k.folios.isLocked(k.pageOfCell(t.pos));
  if (wait === "IOLOCK") return shares ? k.iolock.isFreeShared() : k.iolock.isFree();
  if (wait === "invalidate_lock") return shares ? k.invalidate.isFreeShared() : k.invalidate.isFree();
  return true;
}

const FAULTING: readonly number[] = [
  Pc.S_FAULT,
  Pc.S_FAULT_LOCK,
  Pc.S_MKWRITE,
  Pc.S_MKWRITE_LOCK,
  Pc.L_FAULT,
  Pc.L_FAULT_LOCK,
];
const SHARING: readonly number[] = [Pc.R_IOLOCK, ...FAULTING];

const MODES: { readonly [W in Wait]?: number } = {
  IOLOCK: HELD_IOLOCK_EXCL | HELD_IOLOCK_SHARED,
  invalidate_lock: HELD_INVALIDATE_EXCL | HELD_INVALIDATE_SHARED,
  "folio lock": HELD_FOLIO,
};

/** Index of the thread that holds it, or -1: nobody holds writeback, and which of several holds a folio is not told. */
export function holderOf(k: Kernel, t: Thread, wait: Wait): number {
  const modes = MODES[wait] ?? 0;
  const holders = k.programThreads.filter((one) => one !== t && (one.held & modes) !== 0);
  const [holder, second] = holders;
  return holder !== undefined && second === undefined ? holder.index : -1;
}
