/**
 * A step of a kernel path: the longest piece with no point inside at which another CPU can matter. Paths list their
 * steps in kernel order; `boundary: false` says that nothing is lost when the step runs together with the one
 * before it (write-path reference, section 9, 14), which `--fine` ignores.
 */
import type { Fixes } from "../versions/fixes.js";
import type { Kernel } from "./kernel.js";
import type { Thread } from "./thread.js";

export interface StepDef {
  /** Label of labels.ts. */
  readonly at: number;
  /** The kernel function that the step models. */
  readonly fn: string;
  readonly boundary: boolean | ((fixes: Fixes) => boolean);
  /** When the step can run; absent: always. */
  readonly when?: (k: Kernel, t: Thread) => boolean;
  /** Does it and sets `t.pc`. */
  readonly run: (k: Kernel, t: Thread) => void;
}
