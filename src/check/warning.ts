/**
 * Warning: the kernel meets nothing that it takes for impossible (WARN_ON_ONCE) and then goes on as if nothing were. What
 * makes a call fail besides is a matter of results.
 */
import type { Kernel } from "../kernel/machine/kernel.js";
import { Oracle } from "../kernel/oracle-table.js";
import type { Verdict } from "./violations.js";

export function judgeWarning(k: Kernel, verdict: Verdict, cell: number, thread: number): void {
  if (!k.draining) verdict.record(Oracle.WARNING, cell, cell, 0, 0, thread);
}
