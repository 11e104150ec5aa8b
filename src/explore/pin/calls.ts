/**
 * The kernel functions that run inside a scheduler step, as a trace shows them and as schedules written by people name
 * them: with what they did, and the byte offset that each works at.
 */
import type { Kernel, Tracer } from "../../kernel/machine/kernel.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { placeOf } from "../../kernel/paths/index.js";
import { type StepName, stepNames } from "../../kernel/paths/step-names.js";

/** A kernel function that a thread runs or would run. */
export interface Call extends StepName {
  readonly pc: number;
  /** Byte offset that it works at. */
  readonly at: number;
  /** What it did. */
  readonly notes: string[];
}

/** Writes down the functions that run. */
export class CallRecorder implements Tracer {
  readonly calls: Call[] = [];
  readonly #k: Kernel;

  constructor(k: Kernel) {
    this.#k = k;
  }

  step(t: Thread, pc: number): void {
    this.calls.push(callOf(this.#k, t, pc));
  }

  note(_t: Thread, text: string): void {
    this.calls.at(-1)?.notes.push(text);
  }
}

/** The call that thread `t` makes in the step at label `pc`. */
export function callOf(k: Kernel, t: Thread, pc: number): Call {
  return { ...stepNames(k.fixes)[pc]!, pc, at: placeOf(k, t, pc), notes: [] };
}
