/**
 * Which kernels a command runs on: named releases and variant files, changed by --with and --without.
 */
import { findRelease, modelOf, nearestKernels, RELEASES } from "../../kernel/versions/releases.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { commandLine } from "../../report/shell-words.js";
import { parseVariant } from "../../scenario/language/parse.js";
import { quoted, visible } from "../../scenario/yaml/diagnostic.js";
import { didYouMean, faulty, invalid, undecided, usage } from "../exit.js";
import { operand } from "./again.js";
import { exists, readText, VOCABULARY } from "./files.js";
import { readDirectory } from "./source-trees.js";
import { type KernelOptions, withToggles } from "./toggle-options.js";

/** A kernel by name, the model of a running kernel by its release string, or the variant file of that path. */
export function kernelNamed(text: string): KernelVariant {
  const point = /^\d{1,4}\.\d{1,4}(\.\d{1,6})(?:-[\w.+~-]*)?$/.exec(text)?.[1];
  // A series without a point can have two models.
  const base = findRelease(text)?.name ?? (point === undefined ? undefined : modelOf(text));
  if (base !== undefined) return { base, with: [], without: [] };
  if (/\.ya?ml$/i.test(text) || (text.includes("/") && exists(text))) {
    const result = parseVariant(readText(text), text, VOCABULARY);
    if ("diagnostics" in result) throw faulty(result.diagnostics);
    const { name: _, ...variant } = result.variant;
    return variant;
  }
  const names = RELEASES.map((r) => r.name);
  const near = nearestKernels(text);
  if (near !== undefined) throw invalid(`no model of kernel ${quoted(text)}`, near);
  throw invalid(
    `no kernel ${quoted(text)}; there are ${names.join(", ")}`,
    didYouMean(text, names, "or name a variant file (YAML: base, with, without)"),
  );
}

/** The kernel of the tree as far as its text tells, else as the nearest release. */
export function nearestTo({ tree = "" }: KernelOptions): KernelVariant {
  return readDirectory(tree).variant;
}

/** The toggles that the tree does not tell and the options do not decide. */
export function openToggles({ tree, with: added = [], without: removed = [] }: KernelOptions): string[] {
  if (tree === undefined) return [];
  return readDirectory(tree).unknown.filter((name) => !added.includes(name) && !removed.includes(name));
}

/** The kernel of a source tree; 125 when that is not known. */
function treeKernel(tree: string, options: KernelOptions): KernelVariant {
  const { variant } = readDirectory(tree);
  const open = openToggles(options);
  if (open.length === 0) return withToggles(variant, options);
  throw undecided(
    `${visible(tree)} does not tell whether it has ${open.join(", ")}`,
    `${commandLine(["tree", operand(tree)])} says why; decide with --with or --without`,
  );
}

/** The kernels that the options name; undefined when they name none. */
export function chosenKernels(options: KernelOptions): KernelVariant[] | undefined {
  const { kernel, tree } = options;
  const named = kernel?.map((name) => withToggles(kernelNamed(name), options));
  return tree === undefined ? named : [...(named ?? []), treeKernel(tree, options)];
}

/** The one kernel that the options name, or else the standard one with their toggles. */
export function chosenKernel(options: KernelOptions, standard: () => KernelVariant): KernelVariant {
  const [chosen, ...more] = chosenKernels(options) ?? [];
  if (more.length > 0) throw usage("this command runs on one kernel", "give one --kernel or one --tree");
  return chosen ?? withToggles(standard(), options);
}
