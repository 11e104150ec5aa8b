/**
 * fsync and sync_file_range: write back, wait, report an error once, and the latter waits before, too (xfs_file_fsync(), fs/xfs/xfs_file.c;
 * sync_file_range(), fs/sync.c; file_write_and_wait_range(), file_fdatawait_range(), file_check_and_advance_wb_err(),
 * mm/filemap.c).
 */

import { ERROR_NAMES, Errno } from "../machine/errors.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import { reportError } from "./mapping-error.js";
import { returnFromOp } from "./system-call.js";
import { nextFolio, waitOnRange, writeAndWait } from "./writeback.js";

export const fsyncSteps: readonly StepDef[] = [
  step(Pc.FS_START, "xfs_file_fsync", { boundary: true, run: (k, t) => write(k, t, Pc.FS_RETURN) }),
  step(Pc.FS_RETURN, "xfs_file_fsync", {
    run: (k, t) => {
      const status = errorOf(k, t);
      if (status === 0) k.extents.logForce();
      returns(k, t, status);
    },
  }),
  step(Pc.SF_START, ["ksys_sync_file_range", ["5.2", "sync_file_range"]], {
    boundary: true,
    run: (k, t) => waitOnRange(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), Pc.SF_WAITED),
  }),
  step(Pc.SF_WAITED, "file_fdatawait_range", {
    run: (k, t) => {
      const status = errorOf(k, t);
      if (status === 0) write(k, t, Pc.SF_RETURN);
      else returns(k, t, status);
    },
  }),
  step(Pc.SF_RETURN, "file_fdatawait_range", { run: (k, t) => returns(k, t, errorOf(k, t)) }),
];

function write(k: Kernel, t: Thread, ret: number): void {
  writeAndWait(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), ret);
  nextFolio(k, t);
}

/** The error of the pass, else one that the description has not been told of. */
function errorOf(k: Kernel, t: Thread): number {
  const isReported = reportError(k, t);
  return t.wbError !== 0 ? t.wbError : isReported ? Errno.EIO : 0;
}

function returns(k: Kernel, t: Thread, status: number): void {
  if (k.tracer !== null && status !== 0) k.note(t, `returns ${ERROR_NAMES[status]}`);
  returnFromOp(k, t, t.end, status);
}
