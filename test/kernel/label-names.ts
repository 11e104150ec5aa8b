/** The names of the labels by number, for tests: a const enum has none at run time. */
import { readFileSync } from "node:fs";
import type { LabelName } from "../../src/kernel/machine/labels.js";

const [, members] = /enum Pc \{([^}]*)\}/.exec(readFileSync("src/kernel/machine/labels.ts", "utf8"))!;

export const LABEL_NAMES: readonly LabelName[] = [...members!.matchAll(/^ {2}([A-Z_]+),$/gm)].map(
  ([, name]) => name as LabelName,
);
