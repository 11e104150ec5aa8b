/**
 * Explaining a failing run, or a failing run of a program that is looked for first.
 */
import { type Explanation, explainRun } from "../explain/explain-run.js";
import { subjectOf } from "../explore/run/subject.js";
import { exploreScenario } from "../explore/search/prove.js";
import type { RunSpec } from "../scenario/token.js";

/** The search for a run to explain: as many states as can be explained, and a little more. */
const MEMORY = 256 * 1024 * 1024;

export interface ExplainJob {
  readonly kind: "explain";
  readonly run: RunSpec;
  /** Whether the run is the one to explain; else a shortest one of its program is. */
  readonly isPinned: boolean;
}

export type Explained = Explanation | { readonly problem: string };

export function explainFailure({ run, isPinned }: ExplainJob, shouldStop: () => boolean): Explained {
  if (isPinned) return explainRun(run);
  const { finding, verdict } = exploreScenario(subjectOf(run), { memoryBytes: MEMORY, shouldStop });
  if (finding !== undefined) return explainRun({ ...run, choices: finding.choices });
  return {
    problem:
      verdict === "ok"
        ? "no run of it shows a violation"
        : "no run that shows a violation was found within bounds",
  };
}
