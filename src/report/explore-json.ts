/**
 * The document that `explore --json` prints: these fields and no others, promised to scripts. What else there is to say
 * lies within them.
 */

import { timesByName } from "../kernel/machine/windows.js";
import { MODEL } from "../kernel/versions/model-version.js";
import { fixesOf } from "../kernel/versions/variant.js";
import { entered, findingJson } from "./documents.js";
import type { Explored } from "./explore-text.js";

export function exploreJson({ scenario, variant, result, bounds, seconds, reported }: Explored) {
  return {
    schema: "stalemap/explore/1",
    model: MODEL,
    scenario: scenario.name,
    kernel: variant.base,
    fixes: [...fixesOf(variant)],
    verdict: result.verdict,
    exhaustive: result.exhaustive,
    states: result.states,
    transitions: result.transitions,
    /** Null where it is up to chance: of a long search. */
    maxDepth: result.maxDepth ?? null,
    bounds: {
      ...bounds,
      /** With --preemptions: the bounds gone through. */
      deepening: result.deepening,
      /** Why not all of it was looked at. */
      cut: result.undecided ?? null,
      /** Times that each window was entered. */
      reached: entered(timesByName(result.windows)),
    },
    reduction: {
      merging: !result.fine,
      boundaries: result.boundaries,
      symmetry: result.symmetry,
      deadValues: result.deadValues,
      alikeOrders: result.alikeOrders,
      fingerprints: !result.exact,
    },
    seconds: Math.round(seconds * 1000) / 1000,
    bytesPerState: Math.round(result.bytesPerState * 10) / 10,
    tableBytesPerState: Math.round((10 * result.tableBytes) / Math.max(1, result.states)) / 10,
    expectedMissed: result.expectedMissed,
    finding: reported === undefined ? null : { ...findingJson(reported), isShortest: result.isShortest },
  };
}
