/**
 * Which kernels a command runs on: named releases and variant files, changed by --with and --without.
 */

import { FIX_NAMES, isFixName } from "../../kernel/versions/fixes.js";
import { findRelease, RELEASES } from "../../kernel/versions/releases.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { parseVariant } from "../../scenario/language/parse.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { nearestWord } from "../../scenario/yaml/nearest.js";
import { faulty, invalid, usage } from "../exit.js";
import { exists, readText, VOCABULARY } from "./files.js";

export interface KernelOptions {
  readonly kernel?: readonly string[] | undefined;
  readonly with?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

/** A kernel by name, or the variant file of that path. */
export function kernelNamed(text: string): KernelVariant {
  if (findRelease(text) !== undefined) return { base: text, with: [], without: [] };
  if (/\.ya?ml$/i.test(text) || (text.includes("/") && exists(text))) {
    const result = parseVariant(readText(text), text, VOCABULARY);
    if ("variant" in result) {
      const { base, with: added, without } = result.variant;
      return { base, with: added, without };
    }
    throw faulty(result.diagnostics);
  }
  const names = RELEASES.map((r) => r.name);
  const near = nearestWord(text, names);
  throw invalid(
    `no kernel ${quoted(text)}; there are ${names.join(", ")}`,
    near === undefined ? "or name a variant file (YAML: base, with, without)" : `did you mean ${near}?`,
  );
}

/** Refuses toggles that the model does not know. */
export function checkToggles(names: readonly string[]): void {
  const unknown = names.find((name) => !isFixName(name));
  if (unknown === undefined) return;
  const near = nearestWord(unknown, FIX_NAMES);
  throw invalid(
    `no fix ${quoted(unknown)}`,
    near === undefined ? "npx stalemap list fixes shows them all" : `did you mean ${near}?`,
  );
}

/** A kernel with --with and --without applied; what one names goes before what the file said. */
export function withToggles(variant: KernelVariant, options: KernelOptions): KernelVariant {
  const added = options.with ?? [];
  const removed = options.without ?? [];
  checkToggles([...added, ...removed]);
  const both = added.find((name) => removed.includes(name));
  if (both !== undefined) {
    throw usage(`${both} is given to both --with and --without`, "leave out one of the two");
  }
  return {
    base: variant.base,
    with: [...variant.with.filter((name) => !removed.includes(name) && !added.includes(name)), ...added],
    without: [
      ...variant.without.filter((name) => !added.includes(name) && !removed.includes(name)),
      ...removed,
    ],
  };
}

/** The kernels that the options name; undefined when they name none. */
export function chosenKernels(options: KernelOptions): KernelVariant[] | undefined {
  return options.kernel?.map((name) => withToggles(kernelNamed(name), options));
}

/** The one kernel that the options name. */
export function chosenKernel(
  options: KernelOptions,
  standard: string | undefined,
): KernelVariant | undefined {
  const chosen = chosenKernels(options);
  if (chosen !== undefined && chosen.length > 1) {
    throw usage("--kernel: this command runs on one kernel", "give one name");
  }
  if (chosen !== undefined) return chosen[0];
  return standard === undefined ? undefined : withToggles(kernelNamed(standard), options);
}

export function hasToggles(options: KernelOptions): boolean {
  return (options.with?.length ?? 0) + (options.without?.length ?? 0) > 0;
}

/** The options that name this kernel on a command line. */
export function kernelFlags(variant: KernelVariant): string {
  const parts = [`--kernel ${variant.base}`];
  if (variant.with.length > 0) parts.push(`--with ${variant.with.join(",")}`);
  if (variant.without.length > 0) parts.push(`--without ${variant.without.join(",")}`);
  return parts.join(" ");
}
