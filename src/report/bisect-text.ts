/** The answer of a bisection. */
import type { Bisection } from "../bisect/bisect.js";
import type { Patch } from "../bisect/series.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { TriedVariant } from "./bisect-line.js";
import { beside, type Palette, PLAIN } from "./style.js";

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
