/**
 * Results: a call does all that was asked unless a modelled fault explains less, and a successful fsync means that
 * what was clean by then is on disk.
 */
import type { Kernel } from "../kernel/kernel.js";
import { OP_FSYNC, OP_SYNC_RANGE, OP_WRITE } from "../kernel/program.js";
import type { Thread } from "../kernel/thread.js";
import { DIRTY, EFAULT, WRITEBACK } from "../kernel/values.js";
import { allows, expected, isExcused, isUndefined } from "./ghost.js";
import { RESULTS, type Verdict } from "./verdict.js";

export function judgeReturn(k: Kernel, verdict: Verdict, t: Thread, done: number, status: number): void {
  const op = k.opOf(t);
  if (op.code === OP_WRITE) {
    const short = status === 0 && done < op.to;
    const unexplained = status === EFAULT && op.faultAt >= op.to;
    if (short || unexplained) verdict.record(RESULTS, done, op.to, op.value, status, t.index);
  } else if ((op.code === OP_FSYNC || op.code === OP_SYNC_RANGE) && status === 0) {
    for (let c = op.from; c < Math.min(op.to, k.isize); c++) {
      if (!isDurable(k, c)) verdict.record(RESULTS, c, c + 1, expected(k, c), k.throughExtents(c), t.index);
    }
  }
}

function isDurable(k: Kernel, cell: number): boolean {
  if ((k.folios.flags(k.g.cellPage[cell]!) & (DIRTY | WRITEBACK)) !== 0) return true;
  return isUndefined(k, cell) || isExcused(k, cell) || allows(k, cell, k.throughExtents(cell));
}
