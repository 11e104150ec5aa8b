/**
 * Calls that a kernel does not know: they fail before they look at the file (kiocb_set_rw_flags(), include/linux/fs.h;
 * vfs_fallocate(), fs/open.c).
 */
import { Errno } from "../machine/errors.js";
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { type Doing, type StepDef, step } from "../machine/step.js";
import { returnFromOp } from "./system-call.js";

const refuse: Doing = {
  boundary: true,
  run: (k: Kernel, t) => {
    k.note(t, "no such call on this kernel: EOPNOTSUPP");
    returnFromOp(k, t, t.pos, Errno.EOPNOTSUPP);
  },
};

export const unsupportedSteps: readonly StepDef[] = [
  step(Pc.U_RW_FLAGS, "kiocb_set_rw_flags", refuse),
  step(Pc.U_FALLOCATE, "vfs_fallocate", refuse),
];
