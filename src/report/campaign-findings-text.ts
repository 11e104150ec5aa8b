/** What a campaign has found, finding by finding, and each on another kernel. */
import type { CampaignFinding } from "../campaign/kept-kinds.js";
import type { Rechecked } from "../campaign/recheck.js";
import { variantName } from "../kernel/versions/variant.js";
import { partName } from "./campaign-part-text.js";
import { beside, grouped, type Palette, PLAIN, plural } from "./style.js";

/** The findings, one after the other, with what shows them again. */
export function campaignFindingsText(findings: readonly CampaignFinding[], paint: Palette = PLAIN): string {
  const lines = findings.flatMap((found) => {
    const { kind, cases, firstCase, firstSeen, lastSeen, token, curedBy, problem, known } = found;
    return [
      ...beside(`${paint.red("x")} `, 2, `${partName(found)}: ${kind}`, "  ", paint.bold),
      `  ${plural(cases, "case")}, the first is ${grouped(firstCase)}; ${firstSeen} to ${lastSeen}`,
      ...(known === null ? [] : beside("  known: ", 9, known)),
      ...(curedBy === null ? [] : beside("  cured by ", 11, curedBy.join(", ") || "no toggle")),
      ...(token === null ? [] : [`  ${token}`]),
      ...(problem === null ? [] : beside("  not shrunk: ", 4, problem)),
    ];
  });
  return lines.length === 0 ? "no finding\n" : `${lines.join("\n")}\n`;
}

/** One finding on another kernel. */
export function recheckText(
  { kernel, program, kind, firstCase, on, outcome, now }: Rechecked,
  paint: Palette = PLAIN,
): string {
  const mark =
    outcome === "fixed" ? paint.green("ok") : outcome === "undecided" ? paint.yellow("? ") : paint.red("x ");
  const more = now.length === 0 || outcome === "fixed" ? "" : `: ${now.join("; ")}`;
  const of = `${partName({ kernel, program })}, case ${grouped(firstCase)}, ${kind}`;
  return `${beside(`${mark} `, 3, `${variantName(on)}: ${outcome}${more} (${of})`, "  ").join("\n")}\n`;
}
