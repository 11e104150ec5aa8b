/**
 * fsync and sync_file_range: write back, wait, report an error once (xfs_file_fsync(), fs/xfs/xfs_file.c;
 * file_write_and_wait_range(), mm/filemap.c).
 */

import { Errno } from "../machine/errors.js";
import { Pc } from "../machine/labels.js";
import { Global, WB_ERROR_UNREPORTED } from "../machine/layout.js";
import { type StepDef, step } from "../machine/step.js";
import { returnFromOp } from "./system-call.js";
import { nextDirtyUnlocked, nextFolio, writeAndWait } from "./writeback.js";

export const fsyncSteps: readonly StepDef[] = [
  step(Pc.FS_START, "xfs_file_fsync", {
    boundary: true,
    when: (k, t) => nextDirtyUnlocked(k, k.pageOfCell(t.pos), k.pageRoundUp(t.end), true),
    run: (k, t) => {
      writeAndWait(k, t, k.pageOfCell(t.pos), k.pageRoundUp(t.end), Pc.FS_RETURN);
      nextFolio(k, t);
    },
  }),
  step(Pc.FS_RETURN, "xfs_file_fsync", {
    run: (k, t) => {
      const status = (k.s[Global.WB_ERROR]! & WB_ERROR_UNREPORTED) !== 0 ? Errno.EIO : 0;
      k.s[Global.WB_ERROR]! &= ~WB_ERROR_UNREPORTED;
      if (k.opOf(t).kind === "fsync") k.extents.logForce();
      returnFromOp(k, t, t.end, status);
    },
  }),
];
