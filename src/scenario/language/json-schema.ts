/**
 * JSON Schema of the language, for editors. It comes from the same fields that the parser reads with; what holds
 * between values (a fault inside its write, say) only the parser knows.
 */
import type { Json } from "../yaml/fields.js";
import { scenario } from "./scenario-keys.js";
import { kernelVariant } from "./verdicts.js";
import type { Vocabulary } from "./vocabulary.js";

/** The JSON Schema (draft 2020-12) of scenario files; words of the vocabulary become enums. */
export function scenarioJsonSchema(vocabulary: Vocabulary = {}): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "stalemap/scenario/1",
    title: "stalemap scenario",
    ...scenario.schema(vocabulary),
  };
}

/** The same of variant files. */
export function variantJsonSchema(vocabulary: Vocabulary = {}): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "stalemap/variant/1",
    title: "stalemap variant",
    ...kernelVariant.schema(vocabulary),
  };
}
