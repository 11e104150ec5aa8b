/**
 * close() and open(): after a truncate the data that came since is written out without waiting for it, what lies past EOF is
 * freed unless somebody holds IOLOCK, and the new description is told of an error that nobody was told of (xfs_release(),
 * fs/xfs/xfs_inode.c; since 6.12 xfs_file_release(), fs/xfs/xfs_file.c; file_sample_sb_err(), do_dentry_open(), fs/open.c).
 */
import type { Kernel } from "../machine/kernel.js";
import { Pc } from "../machine/labels.js";
import { Global } from "../machine/layout.js";
import { type StepDef, step } from "../machine/step.js";
import type { Thread } from "../machine/thread.js";
import { ExtentType } from "../objects/extent-types.js";
import { clearInodeFlag, freeEofblocks, hasInodeFlag, InodeFlag, setInodeFlag } from "./eofblocks.js";
import { sampleError } from "./mapping-error.js";
import { returnFromOp } from "./system-call.js";
import { flush } from "./writeback.js";

const RELEASE = ["xfs_release", ["6.12", "xfs_file_release"]] as const;

export const closeSteps: readonly StepDef[] = [
  step(Pc.CL_RELEASE, RELEASE, {
    boundary: true,
    run: (k, t) => {
      t.pc = Pc.CL_TRIM;
      if (!hasInodeFlag(k, InodeFlag.TRUNCATED)) return;
      clearInodeFlag(k, InodeFlag.TRUNCATED | InodeFlag.RELEASED);
      if (k.s[Global.RESERVED] !== 0) flush(k, t, Pc.CL_TRIM);
    },
  }),
  step(Pc.CL_TRIM, RELEASE, {
    boundary: true,
    run: (k, t) => {
      if (!k.fixes.releaseUnderIolock) trim(k, t);
      else if (k.iolock.isFree()) {
        k.iolock.acquire(t);
        trim(k, t);
        k.iolock.release(t);
      } else k.note(t, "IOLOCK is held: nothing is freed");
      t.pc = Pc.CL_OPEN;
    },
  }),
  step(Pc.CL_OPEN, "do_dentry_open", {
    boundary: true,
    run: (k, t) => {
      if (k.descriptionOf(t) > 0) {
        k.judge.opened(k, t, !hasInodeFlag(k, InodeFlag.ERROR_UNSEEN));
        sampleError(k, t);
      }
      returnFromOp(k, t, t.end, 0);
    },
  }),
];

function trim(k: Kernel, t: Thread): void {
  if (hasInodeFlag(k, InodeFlag.RELEASED) || !canFree(k)) return;
  freeEofblocks(k, t);
  if (k.tracer !== null) k.note(t, `frees what lies past EOF, seq ${k.extents.sequence}`);
  if (k.fixes.releaseTrimsOnce || k.s[Global.RESERVED] !== 0) setInodeFlag(k, InodeFlag.RELEASED);
}

/** xfs_can_free_eofblocks(): there is delalloc, or an extent past EOF of a file that nobody preallocated. */
function canFree(k: Kernel): boolean {
  if (k.s[Global.RESERVED] !== 0)
    return k.fixes.eofblocksKeepsPrealloc || !hasInodeFlag(k, InodeFlag.PREALLOC);
  if (hasInodeFlag(k, InodeFlag.PREALLOC)) return false;
  for (let b = k.blockRoundUp(k.isize); b < k.g.blocks; b++)
    if (k.extents.type(b) !== ExtentType.HOLE) return true;
  return false;
}
