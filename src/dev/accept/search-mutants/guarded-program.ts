/**
 * Small programs, each of which some guard of a reduction is there for: without it a search says something else of the program
 * (table.ts). Found by hand, or by random programs and made smaller.
 */
import type { FixName } from "../../../kernel/versions/toggles.js";

export interface GuardedProgram {
  readonly kernel: string;
  readonly with?: readonly FixName[];
  readonly without?: readonly FixName[];
  /** Goes through bounds up to this one. */
  readonly preemptions?: number;
  /** A scenario without its name. */
  readonly text: string;
}
