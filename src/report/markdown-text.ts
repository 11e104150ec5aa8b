/** The pieces of Markdown: text in which nothing is markup, code blocks, tables. */

export function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

/**
 * Text in which nothing is markup. Names of functions are code, which needs no backslash: they are read in mails as they
 * stand.
 */
export function escaped(text: string): string {
  const parts = text.split(/(?<![\w`])(_*[a-z][a-z0-9]*(?:_+[a-z0-9]+)+)(?![\w`])/);
  return parts.map((part, i) => (i % 2 === 1 ? `\`${part}\`` : plain(part, i === 0))).join("");
}

function plain(text: string, isStart: boolean): string {
  const marked = text.replace(/[\\`*[\]<|]|(?<!\w)_|_(?!\w)|~(?=~)/g, "\\$&");
  return isStart ? marked.replace(/^(\s*\d*)([#>+.)-])/, "$1\\$2") : marked;
}

/** A code block, whatever stands in it. */
export function fenced(lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)),
  );
  const fence = "`".repeat(longest + 1);
  return [fence, ...lines, fence].join("\n");
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => escaped(cell).replace(/\n/g, " ")).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
