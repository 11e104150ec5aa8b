/**
 * Judging kernels, whoever does it. Each search of this folder is a generator that yields the kernel to judge and is
 * sent its verdict, so that a pool, another process or a plain function can be the judge. They may ask for the same
 * kernel again: whoever drives them remembers.
 */
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { Patch } from "./series.js";

export type JudgeVerdict = "ok" | "mismatch" | "undecided";
export type Judge = (variant: KernelVariant) => JudgeVerdict;

/** A kernel to be judged. */
export interface Question {
  readonly variant: KernelVariant;
  /** The patch that was applied last, or alone, or taken back; undefined where it is none or several. */
  readonly patch?: Patch | undefined;
}

/** A search that asks for verdicts. */
export type Asking<T> = Generator<Question, T, JudgeVerdict>;

/** Runs a search to its end with a judge that answers at once. */
export function askAll<T>(search: Asking<T>, judge: Judge): T {
  let next = search.next();
  while (next.done !== true) next = search.next(judge(next.value.variant));
  return next.value;
}
