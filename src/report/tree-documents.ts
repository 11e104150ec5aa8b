/** What a source tree was found to have, and what a history of it changes, as JSON. */
import { MODEL } from "../kernel/versions/model-version.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Toggled } from "../tree/read-tree.js";
import type { TreeHistory } from "./tree-history-text.js";
import type { ReadTreeResult } from "./tree-text.js";

export function treeJson({ directory, reading }: ReadTreeResult) {
  const { variant, unknown } = reading;
  return {
    schema: "stalemap/tree/1",
    model: MODEL,
    directory,
    name: variantName(variant),
    ...difference(variant),
    unknown,
    toggles: reading.toggles.map(toggledJson),
    unmodelled: reading.unmodelled.map((one) => ({ ...toggledJson(one), model: one.usual ?? null })),
  };
}

function difference({ base, with: on, without: off }: KernelVariant) {
  return { nearest: base, with: on, without: off };
}

function toggledJson({ name, answer }: Toggled) {
  if ("unknown" in answer) return { name, on: null, reason: answer.unknown };
  return { name, on: answer.on, ...answer.at };
}

export function treeHistoryJson({ directory, range, commits }: TreeHistory) {
  return {
    schema: "stalemap/tree-history/1",
    model: MODEL,
    directory,
    range,
    commits: commits.map(({ change, ...commit }) => ({
      ...commit,
      ...("problem" in change
        ? { problem: change.problem }
        : { on: change.on, off: change.off, unknown: change.unknown, ...difference(change.variant) }),
    })),
  };
}
