/**
 * schema: the JSON Schema of the language, for editors, or of a document that --json prints.
 */
import { commandLine } from "../../report/shell-words.js";
import { scenarioJsonSchema, variantJsonSchema } from "../../scenario/language/json-schema.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import type { CommandSpec } from "../command.js";
import { didYouMean, EXIT, usage } from "../exit.js";
import { VOCABULARY } from "../input/files.js";
import type { CommonOptions } from "../input/options.js";
import type { Session } from "../terminal/terminal.js";

/** What files are written in. */
const LANGUAGES = { scenario: scenarioJsonSchema, variant: variantJsonSchema } as const;

export const schemaCommand: CommandSpec = {
  run: async ({ terminal }: Session, _options: CommonOptions, [name = "scenario"]: readonly string[]) => {
    const isLanguage = (one: string): one is keyof typeof LANGUAGES => Object.hasOwn(LANGUAGES, one);
    const schema = isLanguage(name) ? LANGUAGES[name](VOCABULARY) : await schemaOf(name);
    terminal.out.isDocument = true;
    terminal.out.line(JSON.stringify(schema, null, 2));
    return EXIT.OK;
  },
};

/** `run/1`, `stalemap/run/1`, and `run` for the newest. */
async function schemaOf(name: string): Promise<object> {
  const { DOCUMENT_NAMES, documentSchema } = await import("../../report/schemas/index.js");
  const asked = name.replace(/^stalemap\//, "");
  const found = DOCUMENT_NAMES.findLast((one) => one === asked || one.replace(/\/\d+$/, "") === asked);
  if (found !== undefined) return documentSchema(found);
  const all = [...Object.keys(LANGUAGES), ...DOCUMENT_NAMES];
  throw usage(
    `no schema ${quoted(name)}; there are ${all.join(", ")}`,
    didYouMean(name, all, commandLine(["schema", "--help"])),
  );
}
