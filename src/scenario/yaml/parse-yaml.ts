/** From the text of a file to YAML nodes with positions. All scalars stay the text of the source, so `6.0` is "6.0". */
import { type ParsedNode, parseDocument, type YAMLError } from "yaml";
import { shortened } from "./diagnostic.js";
import { checkText, MAX_DIAGNOSTICS, type Reporter } from "./source.js";
import { checkShape, MARKS, TOO_DEEP } from "./yaml-shape.js";

/** The root node of the one document in the text, or undefined after reporting why there is none. */
export function parseYaml(report: Reporter, what: string): ParsedNode | undefined {
  if (!checkText(report) || !checkShape(report)) return undefined;
  const document = documentOf(report);
  for (const error of document?.errors.slice(0, 2 * MAX_DIAGNOSTICS) ?? []) reportYamlError(report, error);
  if (document === undefined || report.failed) return undefined;
  if (document.contents === null) {
    report.add(0, 1, `expected ${what}, found an empty file`, { remedy: `begin with "name: ..."` });
    return undefined;
  }
  return document.contents;
}

/** The parsed text; undefined, and reported, when it is nested in ways that only the library sees. */
function documentOf(report: Reporter) {
  try {
    return parseDocument(report.text, {
      schema: "failsafe",
      prettyErrors: false,
      uniqueKeys: false,
      // Not "silent": that would also silence the error about a second document.
      logLevel: "error",
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The stack ran out: the fullest line is where that much can be nested.
    const marks = (line: string) => line.match(MARKS)?.length ?? 0;
    const lines = report.text.split("\n");
    const fullest = lines.reduce((best, line, i) => (marks(line) > marks(lines[best] ?? "") ? i : best), 0);
    const start = lines.slice(0, fullest).join("\n").length + (fullest > 0 ? 1 : 0);
    const at = start + Math.max(0, (lines[fullest] ?? "").search(MARKS));
    return report.add(at, at + 1, TOO_DEEP);
  }
}

const YAML_MESSAGES: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "expected spaces as indentation, found a tab",
  MULTIPLE_DOCS: "expected one YAML document per file, found a second one",
  BLOCK_AS_IMPLICIT_KEY: "expected one value after the key, found a second key on the same line",
  BAD_SCALAR_START: "expected a value; one that starts with this character must be quoted",
};

function reportYamlError(report: Reporter, error: YAMLError): void {
  // Tags are reported where the value is read, with the value underlined.
  if (error.code === "TAG_RESOLVE_FAILED") return;
  const unclosed = /^(Flow (?:map|sequence) in|Missing closing).*?([\]}]|["'])/s.exec(error.message)?.[2];
  const message =
    unclosed === undefined
      ? (YAML_MESSAGES[error.code] ?? `not valid YAML: ${shortened(error.message.replace(/\s+/g, " "))}`)
      : `expected a closing ${unclosed}`;
  // What is missing at the end of the file is missing after its last character.
  const start = Math.min(error.pos[0], report.text.trimEnd().length);
  report.add(start, Math.max(start, error.pos[1]), message);
}
