/**
 * Faults that the program survives: what is done to it, and how it ends. A row is a bash script in an empty folder of
 * its own, which is also its TMPDIR; `stalemap` runs the built program, `$bin` is its file, `$witness` a scenario that
 * fails on 6.0 and is clean on 6.2, `$root` the checkout. To add faults of your lane, put a file with its rows beside
 * this one and add it to FAULTS.
 */
import { INPUT_FAULTS } from "./faults/input.js";
import { KEPT_FAULTS, LONG_FAULTS } from "./faults/kept.js";
import { MODULE_FAULTS } from "./faults/module.js";
import { REAL_FAULTS } from "./faults/real.js";
import { STREAM_FAULTS } from "./faults/streams.js";
import { TERMINAL_FAULTS } from "./faults/terminal.js";

export interface Fault {
  readonly name: string;
  readonly kind: "signal" | "stream" | "disk" | "memory" | "module" | "terminal" | "input";
  /** Its exit status is the fault's: the script ends with the command that is judged, or `exit $status`. */
  readonly run: string;
  readonly code: number | readonly number[];
  /** What must be said on stderr; absent: nothing may be said there. */
  readonly stderr?: RegExp;
  /** What must be on stdout; absent: anything. */
  readonly stdout?: RegExp;
  /** Files left in the folder, sorted; absent: none. */
  readonly leaves?: readonly string[];
}

export const FAULTS: readonly Fault[] = [
  ...STREAM_FAULTS,
  ...MODULE_FAULTS,
  ...TERMINAL_FAULTS,
  ...KEPT_FAULTS,
  ...LONG_FAULTS,
  ...INPUT_FAULTS,
  ...REAL_FAULTS,
];
