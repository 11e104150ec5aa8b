/**
 * The document that `explore --json` prints. Its fields are promised to scripts: add, never rename.
 */
import { fixesOf } from "../explore/subject.js";
import { MODEL } from "../kernel/model.js";
import { WINDOW_NAMES } from "../kernel/windows.js";
import type { Explored } from "./explore-text.js";
import { findingJson } from "./json.js";

export function exploreJson({ scenario, variant, result, bounds, seconds, reported }: Explored) {
  return {
    schema: "stalemap/explore/1",
    model: MODEL,
    scenario: scenario.name,
    kernel: variant.base,
    fixes: [...fixesOf(variant)],
    with: variant.with,
    without: variant.without,
    verdict: result.verdict,
    oracles: result.oracles,
    undecided: result.undecided ?? null,
    exhaustive: result.exhaustive,
    states: result.states,
    transitions: result.transitions,
    ends: result.ends,
    maxDepth: result.maxDepth,
    bounds,
    reduction: { merging: !result.fine, ...result.reductions },
    exact: result.exact,
    preemptions: result.deepening,
    seconds: Math.round(seconds * 1000) / 1000,
    bytesPerState: Math.round(result.bytesPerState * 10) / 10,
    expectedMissed: result.expectedMissed,
    reached: Object.fromEntries(
      WINDOW_NAMES.map((name, i) => [name, result.windows[i] ?? 0] as const).filter(([, times]) => times > 0),
    ),
    isShortest: result.isShortest,
    finding: reported === undefined ? null : findingJson(reported),
  };
}
