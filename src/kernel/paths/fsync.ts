/**
 * fsync and sync_file_range: write back, wait, report an error once (xfs_file_fsync(), fs/xfs/xfs_file.c;
 * file_write_and_wait_range(), file_check_and_advance_wb_err(), mm/filemap.c).
 */

import { ERROR_NAMES, Errno } from "../machine/errors.js";
import { Pc } from "../machine/labels.js";
import { type StepDef, step } from "../machine/step.js";
import { reportError } from "./mapping-error.js";
import { returnFromOp } from "./system-call.js";
import { nextFolio, writeAndWait } from "./writeback.js";

export const fsyncSteps: readonly StepDef[] = [
  step(Pc.FS_START, "xfs_file_fsync", {
    boundary: true,
    run: (k, t) => {
      writeAndWait(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), Pc.FS_RETURN);
      nextFolio(k, t);
    },
  }),
  step(Pc.FS_RETURN, "xfs_file_fsync", {
    run: (k, t) => {
      const isReported = reportError(k, t);
      const status = t.wbError !== 0 ? t.wbError : isReported ? Errno.EIO : 0;
      if (k.opOf(t).kind === "fsync" && status === 0) k.extents.logForce();
      if (k.tracer !== null && status !== 0) k.note(t, `returns ${ERROR_NAMES[status]}`);
      returnFromOp(k, t, t.end, status);
    },
  }),
];
