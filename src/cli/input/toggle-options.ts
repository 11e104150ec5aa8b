/** --with and --without: a kernel with toggles changed. */
import { FIX_NAMES, isFixName } from "../../kernel/versions/fixes.js";
import { fixesOf, type KernelVariant } from "../../kernel/versions/variant.js";
import { commandLine } from "../../report/shell-words.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { didYouMean, invalid, usage } from "../exit.js";
import type { CommonOptions } from "./options.js";

export type KernelOptions = Pick<CommonOptions, "kernel" | "tree" | "with" | "without">;

/** Refuses toggles that the model does not know. */
function checkToggles(names: readonly string[]): void {
  const unknown = names.find((name) => !isFixName(name));
  if (unknown === undefined) return;
  const remedy = didYouMean(unknown, FIX_NAMES, `${commandLine(["list", "fixes"])} shows them all`);
  throw invalid(`no fix ${quoted(unknown)}`, remedy);
}

/** A kernel with --with and --without applied; what one names goes before what the file said. */
export function withToggles(variant: KernelVariant, options: KernelOptions): KernelVariant {
  const { with: added = [], without: removed = [] } = options;
  checkToggles([...added, ...removed]);
  const both = added.find((name) => removed.includes(name));
  if (both !== undefined) {
    throw usage(`${both} is given to both --with and --without`, "leave out one of the two");
  }
  const isKept = (name: string) => !added.includes(name) && !removed.includes(name);
  const changed = {
    base: variant.base,
    with: [...variant.with.filter(isKept), ...added],
    without: [...variant.without.filter(isKept), ...removed],
  };
  return variant.isTree === true ? { ...asNeeded(changed), isTree: true } : changed;
}

/** Without the toggles that change nothing. */
function asNeeded({ base, with: added, without: removed }: KernelVariant): KernelVariant {
  const had: ReadonlySet<string> = fixesOf({ base, with: [], without: [] });
  return {
    base,
    with: added.filter((name) => !had.has(name)),
    without: removed.filter((name) => had.has(name)),
  };
}
