/** A verdict of a bisection as it comes. */
import type { JudgeVerdict } from "../bisect/asking.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { beside, type Palette, PLAIN } from "./style.js";

export interface TriedVariant {
  readonly variant: KernelVariant;
  /** Of the patch that was applied last, or taken back; null where it is none or several. */
  readonly commit: string | null;
  readonly verdict: JudgeVerdict;
}

/** What a bisection tells as it goes: what comes now, and each verdict. */
export type BisectTold =
  | { readonly heading: string }
  | { readonly verdict: JudgeVerdict; readonly what: string };

const WORDS: { readonly [V in JudgeVerdict]: string } = { ok: "good", mismatch: "bad ", undecided: "?   " };

/** `good  304a68b9c63b xfs: use iomap_valid ...`. */
export function bisectLine(told: BisectTold, paint: Palette = PLAIN): string {
  if ("heading" in told) return `\n${told.heading}\n`;
  const { verdict, what } = told;
  const colour = verdict === "ok" ? paint.green : verdict === "mismatch" ? paint.red : paint.yellow;
  return `${beside(`${colour(WORDS[verdict])}  `, 6, what, "  ").join("\n")}\n`;
}
