/**
 * What a source tree was found to have, as text: toggles by the file that decided, what is unknown, and the nearest
 * release.
 */
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Toggled, TreeReading } from "../tree/read-tree.js";
import type { Evidence } from "../tree/signature.js";
import { beside, type Palette, PLAIN, plural } from "./style.js";

export interface ReadTreeResult {
  readonly directory: string;
  readonly reading: TreeReading;
}

export function treeText({ directory, reading }: ReadTreeResult, paint: Palette = PLAIN): string {
  const { toggles, unknown, variant } = reading;
  const lines = beside("", 0, `${directory}: ${paint.bold(variantName(variant))}`, "  ");
  const files = new Set(toggles.flatMap(({ answer }) => ("on" in answer ? [answer.at.file] : [])));
  for (const file of files) {
    lines.push("", paint.dim(file));
    for (const { name, answer } of toggles)
      if ("on" in answer && answer.at.file === file) lines.push(...decidedLines(name, answer, paint));
  }
  lines.push(...unknownLines("unknown", toggles, paint));
  const beyond = unusual(reading);
  if (beyond.length > 0) {
    lines.push("", "not in the model, which behaves as other kernels do here:");
    for (const { name, answer } of beyond)
      if ("on" in answer) lines.push(...decidedLines(name, answer, paint, ` ${answer.at.file}`));
  }
  lines.push("", ...summary(variant, toggles.length - unknown.length, unknown.length, paint));
  return `${lines.join("\n")}\n`;
}

/** The differences that the model does not know and has otherwise. */
export function unusual({ unmodelled }: TreeReading) {
  return unmodelled.filter(
    ({ usual, answer }) => usual !== undefined && "on" in answer && answer.on !== usual,
  );
}

function decidedLines(
  name: string,
  { on, at }: { readonly on: boolean; readonly at: Evidence },
  paint: Palette,
  file = "",
): string[] {
  const mark = on ? paint.green("on ") : paint.dim("off");
  return beside(`  ${mark}  ${name.padEnd(31)} `, 39, `${at.function}:${at.line}${file}`, "", paint.dim);
}

function unknownLines(title: string, toggles: readonly Toggled[], paint: Palette): string[] {
  const lines = toggles.flatMap(({ name, answer }) =>
    "unknown" in answer ? beside(`  ${paint.yellow("?")}    ${name}: `, 9 + name.length, answer.unknown) : [],
  );
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function summary(variant: KernelVariant, known: number, unknown: number, { bold }: Palette): string[] {
  const { base, with: on, without: off } = variant;
  const open = unknown === 0 ? "" : `, ${unknown} unknown`;
  const lines = [`nearest release: ${bold(base)}; ${plural(known, "toggle")} read${open}`];
  if (on.length > 0) lines.push(...beside("  it has besides: ", 18, on.join(", ")));
  if (off.length > 0) lines.push(...beside("  it lacks: ", 12, off.join(", ")));
  if (on.length + off.length === 0) lines.push("  it differs in none of them");
  return lines;
}
