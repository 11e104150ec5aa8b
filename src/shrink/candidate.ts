/**
 * Candidates for a simpler run: an edited program, or another schedule for the same program.
 */
import type { ProgramCandidate } from "./edit.js";
import type { Script } from "./script.js";

export type ScheduleCandidate =
  | { readonly choices: readonly number[] }
  | { readonly script: Script; readonly exact: boolean };

export type Candidate = ProgramCandidate | ScheduleCandidate;
