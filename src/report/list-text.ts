/**
 * What stalemap knows, as tables for `list`.
 */
import { COLUMNS, type Palette, PLAIN, wrap } from "./style.js";

export interface ListItem {
  readonly name: string;
  /** Short facts beside the name: commit, release. */
  readonly facts: string;
  readonly about: string;
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
    const indent = " ".repeat(width + 4);
    const room = COLUMNS - indent.length;
    const first = facts === "" ? wrap(about, room) : [facts, ...wrap(about, room)];
    first.forEach((line, i) => {
      const isFact = facts !== "" && i === 0;
      const head = i === 0 ? `  ${paint.cyan(name.padEnd(width))}  ` : indent;
      lines.push(`${head}${isFact ? paint.dim(line) : line}`);
    });
  }
  return `${lines.join("\n")}\n`;
}
