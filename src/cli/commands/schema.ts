/**
 * schema: the JSON Schema of the language, for editors.
 */
import { scenarioJsonSchema } from "../../scenario/language/json-schema.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { VOCABULARY } from "../input/files.js";
import type { CommonOptions } from "../input/options.js";
import type { Session } from "../terminal/terminal.js";

export const schemaCommand: CommandSpec = {
  run: ({ terminal }: Session, _options: CommonOptions) => {
    terminal.out.isDocument = true;
    terminal.out.line(JSON.stringify(scenarioJsonSchema(VOCABULARY), null, 2));
    return EXIT.OK;
  },
};
