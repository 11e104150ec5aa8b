/**
 * A backport as Markdown for the cover letter of the series and for documents.
 */
import { type Entry, type Listed, listing } from "../backport/listing.js";
import { variantName } from "../kernel/versions/variant.js";
import {
  asOne,
  type Backported,
  closedNames,
  effective,
  endings,
  faultText,
  verdicts,
} from "./backport-text.js";
import { findingText } from "./finding-text.js";
import { COLUMNS, wrap } from "./style.js";

export function backportMarkdown(backported: Backported): string {
  const { reported } = backported;
  let n = 0;
  const steps = listing(backported).flatMap((listed) => {
    return listed.entries.flatMap((entry) => [
      ...entryLines(entry, ++n),
      ...(entry === effective(listed) ? effectLines(listed) : []),
    ]);
  });
  const parts = [
    [`## Backport to ${variantName(backported.kernel)}`],
    paragraph(verdicts(backported).sentences.join(" ")),
    steps,
    ...endings(backported).map(([heading, items]) => [
      ...paragraph(`${heading.slice(0, 1).toUpperCase()}${heading.slice(1)}:`),
      "",
      ...items.flatMap((text) => item("* ", text)),
    ]),
    ...(reported === undefined ? [] : [["```", findingText(reported).trimEnd(), "```"]]),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function paragraph(text: string): string[] {
  return wrap(text, COLUMNS);
}

/** An item of a list, and what stands below it. */
function item(bullet: string, text: string): string[] {
  const indent = " ".repeat(bullet.length);
  return wrap(text, COLUMNS - bullet.length).map((line, i) => (i === 0 ? bullet : indent) + line);
}

const INDENT = "    ";

function below(text: string): string[] {
  return item(`${INDENT}* `, text);
}

function entryLines({ name, commits, title, release, why, lacks }: Entry, n: number): string[] {
  const ids = commits.length === 0 ? "**id unknown**" : commits.map((commit) => `\`${commit}\``).join(", ");
  const source =
    release === "proposed"
      ? `**not merged**, ${name.replace("proposed:", "")}: ${title}`
      : `${ids} ${title} (${release})`;
  return [
    ...item(`${n}. `.padEnd(INDENT.length), source),
    ...(why === undefined ? [] : below(why)),
    ...lacks.flatMap((lack) => below(`**here**: ${lack}`)),
  ];
}

function effectLines({ step }: Listed): string[] {
  const say = (word: string, names: readonly string[]) =>
    names.length === 0 ? [] : below(`**${word}**: ${names.join(", ")}`);
  return [
    ...(step.unit.why === undefined ? [] : say("as one", [asOne(step)])),
    ...say("closes", closedNames(step)),
    ...say("opens", step.opened.map(faultText)),
  ];
}
