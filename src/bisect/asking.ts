/**
 * Judging variants, whoever does it. Each search of this folder is a generator that yields the variant to judge and
 * is sent its verdict, so that a pool, another process or a plain function can be the judge.
 */
import type { KernelVariant } from "../explore/run/subject.js";

export type JudgeVerdict = "ok" | "mismatch" | "undecided";
export type Judge = (variant: KernelVariant) => JudgeVerdict;

/** A search that asks for verdicts. */
export type Asking<T> = Generator<KernelVariant, T, JudgeVerdict>;

/** Runs a search to its end with a judge that answers at once. */
export function askAll<T>(search: Asking<T>, judge: Judge): T {
  let next = search.next();
  while (next.done !== true) next = search.next(judge(next.value));
  return next.value;
}
