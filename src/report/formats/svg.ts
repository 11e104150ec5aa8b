/**
 * The diagram alone, for documents and mails: of a finding, and of several the first that matters.
 */

import type { Check } from "../ci-checks.js";
import { checkOfRun, checksOfExplored, checksOfForced, checksOfRepro, failureWords } from "../ci-checks.js";
import type { ReportedFinding } from "../finding-text.js";
import { findingModel } from "../page/finding-model.js";
import { diagramOf, sentenceOf } from "../page/render.js";
import type { Format } from "../reporter.js";
import { isBad } from "../run-text.js";

export const svg: Format = {
  showsAll: true,
  failure: (failure) => sentenceOf(failureWords(failure)),
  pages: {
    run: {
      end: (results) => {
        const shown = results.filter(({ reported }) => reported !== undefined);
        const worst = shown.find(isBad) ?? shown[0];
        return diagram(worst?.reported, results.map(checkOfRun));
      },
    },
    explore: { end: (explored) => diagram(explored.reported, checksOfExplored(explored)) },
    exploreForced: { end: (explored) => diagram(explored.reported, checksOfForced(explored)) },
    repro: { end: (reproduced) => diagram(reproduced.reported, checksOfRepro(reproduced)) },
  },
};

function diagram(reported: ReportedFinding | undefined, checks: readonly Check[]): string {
  const pictures = reported?.pictures?.();
  if (reported !== undefined && pictures !== undefined) return diagramOf(findingModel(reported, pictures));
  return sentenceOf(
    checks.map(({ name, message }) => `${name}: ${message}`).join("; ") || "nothing was judged",
  );
}
