/**
 * For mails, merge requests and documents: GitHub's Markdown, which is also read as it is.
 */
import { backportMarkdown } from "../backport-markdown.js";
import { matrixMarkdown } from "../matrix-markdown.js";
import type { Failure, Format } from "../reporter.js";

export const markdown: Format = {
  failure: failed,
  pages: {
    matrix: { end: matrixMarkdown },
    backport: { end: backportMarkdown },
  },
};

/** What is wrong, place by place where there are places. */
function failed({ exit, message, remedy, problems }: Failure): string {
  const items = problems.map(({ file, line, column, message: what }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    return `* ${place === "" ? "" : `\`${place}\`: `}${what}\n`;
  });
  const hint = remedy === undefined ? "" : `\n${remedy}\n`;
  return `**No result** (exit ${exit}): ${message}\n${hint}${items.length > 0 ? `\n${items.join("")}` : ""}`;
}
