/**
 * For mails, merge requests and documents: GitHub's Markdown, which is also read as it is.
 */
import { backportMarkdown } from "../backport-markdown.js";
import { forcedAnswer } from "../forced-text.js";
import {
  bisectSections,
  blocks,
  escaped,
  exploredText,
  findingMarkdown,
  fuzzTable,
  reproText,
  verdicts,
} from "../markdown-sections.js";
import { matrixMarkdown } from "../matrix-markdown.js";
import type { Failure, Format } from "../reporter.js";

export const markdown: Format = {
  showsAll: true,
  failure: failed,
  pages: {
    run: {
      end: (results) =>
        blocks([
          verdicts(results),
          ...results.flatMap(({ reported }) => (reported ? [findingMarkdown(reported)] : [])),
        ]),
    },
    matrix: { end: matrixMarkdown },
    fuzz: { end: (summary) => blocks([fuzzTable(summary), ...summary.findings.map(findingMarkdown)]) },
    explore: { end: (explored) => blocks([exploredText(explored)]) },
    exploreForced: {
      end: (explored) =>
        blocks([
          explored.reported === undefined
            ? escaped(forcedAnswer(explored))
            : findingMarkdown(explored.reported),
        ]),
    },
    repro: { end: (reproduced) => blocks([reproText(reproduced)]) },
    backport: { end: backportMarkdown },
    bisect: { end: (summary) => blocks(bisectSections(summary)) },
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
