/**
 * What stalemap knows, as tables for `list`.
 */
import { beside, type Palette, PLAIN } from "./style.js";

export interface ListItem {
  readonly name: string;
  /** Short facts beside the name: commit, release. */
  readonly facts: string;
  readonly about: string;
  /** What a script reads in place of the facts. */
  readonly fields?: ListFields;
}

export interface ListFields {
  readonly kind?: string;
  readonly title?: string;
  readonly commits?: readonly string[];
  /** That brings it; of a kernel the Linux that it starts from. */
  readonly release?: string;
  readonly toggles?: readonly string[];
  readonly file?: string | null;
  readonly syntax?: string;
}

export interface ListSection {
  readonly title: string;
  readonly items: readonly ListItem[];
}

export function listText(sections: readonly ListSection[], paint: Palette = PLAIN): string {
  return sections.map((section) => sectionText(section, paint)).join("\n");
}

function sectionText({ title, items }: ListSection, paint: Palette): string {
  const width = Math.min(30, Math.max(...items.map((item) => item.name.length), 4));
  const lines = [paint.bold(title)];
  for (const { name, facts, about } of items) {
    const head = `  ${paint.cyan(name.padEnd(width))}  `;
    const margin = width + 4;
    if (facts === "") lines.push(...beside(head, margin, about));
    else
      lines.push(...beside(head, margin, facts, "", paint.dim), ...beside(" ".repeat(margin), margin, about));
  }
  return `${lines.join("\n")}\n`;
}
