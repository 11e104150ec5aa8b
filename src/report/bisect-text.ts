/**
 * A bisection: each verdict as it comes, and then the answer.
 */

import type { JudgeVerdict } from "../bisect/asking.js";
import type { Bisection } from "../bisect/bisect.js";
import type { Patch } from "../bisect/series.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
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

export interface BisectSummary extends Pick<Bisection, "candidates" | "isMonotone"> {
  readonly good: KernelVariant;
  readonly bad?: KernelVariant;
  readonly firstGood?: Patch | undefined;
  readonly problem?: string | undefined;
  /** Every variant judged, in order. */
  readonly tried: readonly TriedVariant[];
  /** Patches that the good kernel cannot do without; undefined when nobody asked. */
  readonly necessary?: readonly Patch[] | undefined;
  /** A minimal set that cures; undefined when nobody asked, null when there is none. */
  readonly sufficient?: readonly Patch[] | null | undefined;
}

const WORDS: { readonly [V in JudgeVerdict]: string } = { ok: "good", mismatch: "bad ", undecided: "?   " };

/** `good  304a68b9c63b xfs: use iomap_valid ...`. */
export function bisectLine(told: BisectTold, paint: Palette = PLAIN): string {
  if ("heading" in told) return `\n${told.heading}\n`;
  const { verdict, what } = told;
  const colour = verdict === "ok" ? paint.green : verdict === "mismatch" ? paint.red : paint.yellow;
  return `${beside(`${colour(WORDS[verdict])}  `, 6, what, "  ").join("\n")}\n`;
}

export function patchText({ commit, title }: Patch): string {
  return `${commit} ${title}`;
}

export function bisectText(summary: BisectSummary, paint: Palette = PLAIN): string {
  const lines: string[] = [""];
  const { good, firstGood, candidates, problem, necessary, sufficient } = summary;
  if (summary.isMonotone === false) {
    lines.push(`${paint.yellow("?")} not monotone: a good kernel comes before a bad one in this series`);
  }
  if (firstGood !== undefined) {
    lines.push(...block("first good patch", [firstGood], paint));
    if (summary.isMonotone === undefined)
      lines.push(paint.dim("not every kernel was judged: --all says whether the series is monotone"));
  } else {
    lines.push(`${paint.yellow("?")} no answer: ${problem ?? "nothing to judge"}`);
    if (candidates.length > 1)
      lines.push(...block("one of these is the first good patch", candidates, paint));
  }
  if (necessary?.length === 0)
    lines.push(`no single patch is necessary on ${variantName(good)}: each can be spared`);
  else if (necessary !== undefined)
    lines.push(...block(`necessary on ${variantName(good)}`, necessary, paint));
  if (sufficient === null) lines.push("no set of these patches is sufficient");
  else if (sufficient !== undefined) lines.push(...block("sufficient together", sufficient, paint));
  return `${lines.join("\n")}\n`;
}

function block(title: string, patches: readonly Patch[], paint: Palette): string[] {
  return [
    paint.bold(`${title}:`),
    ...patches.flatMap((p) => [
      ...beside("  ", 2, patchText(p), "  "),
      ...beside(" ".repeat(15), 15, toggles(p), "", paint.dim),
    ]),
  ];
}

function toggles({ on, off }: Patch): string {
  const parts = [];
  if (on.length > 0) parts.push(`turns on ${on.join(", ")}`);
  if (off.length > 0) parts.push(`turns off ${off.join(", ")}`);
  return parts.join("; ");
}
