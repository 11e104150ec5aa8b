/**
 * Entry to and return from system calls: which label an operation starts at, and what is left behind when it ends.
 */
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import * as P from "../machine/program.js";
import type { Thread } from "../machine/thread.js";

const START: number[] = [];
START[P.OP_WRITE] = Pc.W_IOLOCK;
START[P.OP_STORE] = Pc.S_FAULT;
START[P.OP_LOAD] = Pc.L_FAULT;
START[P.OP_READ] = Pc.R_IOLOCK;
START[P.OP_WRITEBACK] = Pc.B_START;
START[P.OP_FSYNC] = Pc.FS_START;
START[P.OP_SYNC_RANGE] = Pc.FS_START;
START[P.OP_EVICT] = Pc.E_PAGE;
START[P.OP_FADVISE] = Pc.E_PAGE;
START[P.OP_TRUNCATE] = Pc.TR_LOCK;
START[P.OP_FALLOCATE] = Pc.FA_LOCK;
START[P.OP_PUNCH] = Pc.FA_LOCK;
START[P.OP_ZERO_RANGE] = Pc.FA_LOCK;

/** Puts the thread at the start of its current operation, or at DONE when there is none left. */
export function enterOp(k: Kernel, t: Thread): void {
  if (t.op >= k.opCount(t)) {
    t.pc = Pc.DONE;
    t.op = 0;
    return;
  }
  const op = k.opOf(t);
  t.pc = START[op.code]!;
  t.pos = op.from;
  t.end = op.to;
}

/** The call returns: it got to cell `done` with error `status` (0: success). */
export function returnFromOp(k: Kernel, t: Thread, done: number, status: number): void {
  k.judge.returned(k, t, done, status);
  t.clearLocals();
  t.op++;
  enterOp(k, t);
}
