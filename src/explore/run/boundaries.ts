/**
 * How many boundaries between pieces of the kernel's paths are merged: nobody can come in between there, or nothing is
 * lost when nobody does (write-path reference, section 9, 14). States and steps are counted after merging.
 */

import { continuations, STEPS, STOP } from "../../kernel/paths/index.js";
import type { Fixes } from "../../kernel/versions/fixes.js";

export interface Boundaries {
  /** In all modelled paths of this kernel. */
  readonly all: number;
  readonly merged: number;
}

export function boundariesOf(fixes: Fixes, fine: boolean): Boundaries {
  return {
    all: STEPS.filter((step) => step !== undefined).length,
    merged: continuations(fixes, fine).filter((next) => next !== STOP).length,
  };
}
