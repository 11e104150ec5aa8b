/**
 * For mails, merge requests and documents: GitHub's Markdown, which is also read as it is.
 */
import { backportMarkdown } from "../backport-markdown.js";
import { type Explained, explainText, nameText } from "../explain-text.js";
import { exploredText, findingMarkdown, reproText } from "../finding-markdown.js";
import { forcedAnswer } from "../forced-text.js";
import { bisectSections, fuzzTable, tableSections, verdicts } from "../markdown-sections.js";
import { blocks, escaped, fenced } from "../markdown-text.js";
import { matrixMarkdown } from "../matrix-markdown.js";
import type { Failure, Format } from "../reporter.js";
import {
  conformTable,
  filesTable,
  forcedTable,
  realMatrixTable,
  realTable,
  recordedTable,
  walksTable,
} from "../tabled.js";

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
    explain: { end: (explained) => blocks([explainMarkdown(explained)]) },
    explainName: { end: (names) => blocks([fenced(nameText(names).trimEnd().split("\n"))]) },
    conform: { end: (results) => blocks(tableSections(conformTable(results))) },
    real: { end: (cells) => blocks(tableSections(realTable(cells))) },
    realMatrix: { end: (cells) => blocks(tableSections(realMatrixTable(cells))) },
    realWalk: { end: (walks) => blocks(tableSections(walksTable(walks))) },
    realForced: { end: (reports) => blocks(tableSections(forcedTable(reports))) },
    record: { end: (recorded) => blocks(tableSections(recordedTable(recorded))) },
    check: { end: (files) => blocks(tableSections(filesTable(files))) },
    bisect: { end: (summary) => blocks(bisectSections(summary)) },
  },
};

/** The race, and what was found out about it as it stands on a terminal. */
function explainMarkdown(explained: Explained): string {
  return blocks([
    findingMarkdown(explained.reported),
    "#### Explained",
    fenced(explainText(explained).trimEnd().split("\n")),
  ]).trimEnd();
}

/** What is wrong, place by place where there are places. */
function failed({ exit, message, remedy, problems }: Failure): string {
  const items = problems.map(({ file, line, column, message: what }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    return `* ${place === "" ? "" : `\`${place}\`: `}${what}\n`;
  });
  const hint = remedy === undefined ? "" : `\n${remedy}\n`;
  return `**No result** (exit ${exit}): ${message}\n${hint}${items.length > 0 ? `\n${items.join("")}` : ""}`;
}
