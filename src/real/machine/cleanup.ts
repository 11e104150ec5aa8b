/**
 * Undo steps that run whatever happens: at the end, on an error, on SIGINT, SIGTERM and SIGHUP (children are killed,
 * the steps run, then Interrupted is thrown), and at process exit if somebody else ends the process. The steps are
 * synchronous for that last case. What SIGKILL leaves is for scratch.ts.
 */

import { setMaxListeners } from "node:events";

export class Interrupted extends Error {
  constructor(readonly signalName: "SIGINT" | "SIGTERM") {
    super(`interrupted by ${signalName}`);
  }
}

export interface Scope {
  /** Aborted by the first of the signals. */
  readonly signal: AbortSignal;
  /** Steps run last first; one that throws does not keep the others from running. */
  onEnd(step: () => void): void;
}

export async function withCleanup<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const steps: (() => void)[] = [];
  const failures: unknown[] = [];
  const controller = new AbortController();
  // As many commands as the machine has processors listen to it.
  setMaxListeners(0, controller.signal);
  const undo = () => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        step();
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const onSigint = () => controller.abort(new Interrupted("SIGINT"));
  // A hangup ends in the same way as SIGTERM, and with its status: what a shell makes of it means wrong usage here.
  const onSigterm = () => controller.abort(new Interrupted("SIGTERM"));
  process.on("SIGINT", onSigint).on("SIGTERM", onSigterm).on("SIGHUP", onSigterm).on("exit", undo);
  try {
    return await work({ signal: controller.signal, onEnd: (step) => steps.push(step) });
  } finally {
    undo();
    process.off("SIGINT", onSigint).off("SIGTERM", onSigterm).off("SIGHUP", onSigterm).off("exit", undo);
    for (const failure of failures) process.emitWarning(String(failure));
    controller.signal.throwIfAborted();
  }
}
