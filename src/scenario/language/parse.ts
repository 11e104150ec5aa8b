/**
 * Scenario and variant files: from text to data, or to everything that is wrong with the text. Files that are not
 * YAML at all only give the YAML errors, because what follows from those would only confuse.
 */

import type { KernelVariant } from "../../kernel/versions/variant.js";
import { beyondModel, noneOf } from "../beyond-model.js";
import type { Scenario } from "../types.js";
import type { Read } from "../yaml/diagnostic.js";
import type { Field } from "../yaml/fields.js";
import { parseYaml } from "../yaml/parse-yaml.js";
import { Place, type Reading } from "../yaml/place.js";
import { Reporter, withoutMark } from "../yaml/source.js";
import { scenario } from "./scenario-keys.js";
import { kernelVariant } from "./verdicts.js";
import type { Vocabulary } from "./vocabulary.js";

/** Reads a scenario file. Words of the kernel model are checked where the vocabulary has them. */
export function parseScenario(
  text: string,
  fileName: string,
  vocabulary: Vocabulary = {},
): Read<{ readonly scenario: Scenario }> {
  const read = readFile(text, fileName, vocabulary, scenario, "a scenario");
  return "value" in read ? { scenario: read.value } : read;
}

/** Reads a variant file: `base`, `with`, `without`, perhaps `name`. */
export function parseVariant(
  text: string,
  fileName: string,
  vocabulary: Vocabulary = {},
): Read<{ readonly variant: KernelVariant }> {
  const read = readFile(text, fileName, vocabulary, kernelVariant, "a variant file");
  return "value" in read ? { variant: read.value } : read;
}

function refusal(word: string) {
  const beyond = beyondModel(word);
  return beyond === undefined ? undefined : { message: noneOf(beyond), remedy: beyond.instead };
}

function readFile<T>(
  text: string,
  fileName: string,
  vocabulary: Vocabulary,
  field: Field<T>,
  what: string,
): Read<{ readonly value: T }> {
  const report = new Reporter(withoutMark(text), fileName);
  const root = parseYaml(report, what);
  if (root === undefined) return { diagnostics: report.diagnostics() };
  const reading: Reading = { report, vocabulary, threadUses: [], stated: [], calls: [], refusal };
  const value = field.read(Place.of(reading, root));
  if (value === undefined || report.failed) return { diagnostics: report.diagnostics() };
  return { value };
}
