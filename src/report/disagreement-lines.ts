/** Where a trace and the model part: what each of the two says, a line apiece. */
import type { Disagreement, Side } from "../real/traces/agreement.js";
import { grouped, type Palette } from "./style.js";

/** Steps of the model that are printed; --json has them all. */
const MOST_STEPS = 40;

export function disagreementLines(d: Disagreement, palette: Palette): string[] {
  const shown = d.steps.slice(0, MOST_STEPS);
  const more = d.steps.length - shown.length;
  return [
    `  first at operation ${d.i}, ${d.op}: ${d.aspects.join(", ")}`,
    ...sideLines("kernel", d.kernel),
    ...sideLines("model", d.model),
    palette.dim("  what the model did:"),
    ...shown.map((step) => palette.dim(`    ${step}`)),
    ...(more > 0 ? [palette.dim(`    and ${grouped(more)} more`)] : []),
  ];
}

function sideLines(name: string, side: Side): string[] {
  const lines = Object.entries(side).map(([key, value]) => `${key} ${valueText(value)}`);
  return lines.map((line, i) => `    ${(i === 0 ? name : "").padEnd(7)} ${line}`);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    const extents = value as readonly (readonly [number, number, string])[];
    return extents.length === 0
      ? "none"
      : extents.map(([at, n, type]) => `${at}..${at + n} ${type}`).join(", ");
  }
  if (typeof value !== "object" || value === null) return String(value);
  const { at, value: byte } = value as { at: number; value: number };
  return `at ${at} is ${byte}`;
}
