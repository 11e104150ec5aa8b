/**
 * A backport as a document: each step with its commits, what it opens and closes, and the first way in which a prefix is
 * worse.
 */
import type { Fault } from "../backport/faults.js";
import { listing, missing } from "../backport/listing.js";
import { MODEL } from "../kernel/versions/model-version.js";
import { type Backported, verdicts } from "./backport-text.js";
import { findingJson, variantJson } from "./documents.js";

export function backportJson(backported: Backported) {
  const { kernel, witnesses, start, targets, uncured, remaining, broken, spared, open, reported } =
    backported;
  return {
    schema: "stalemap/backport/1",
    model: MODEL,
    ...variantJson(kernel),
    holds: verdicts(backported).isGood,
    scenarios: witnesses,
    start: start.map(faultJson),
    targets,
    uncured,
    remaining,
    broken,
    open,
    steps: listing(backported).map(({ entries, step }) => ({
      commits: entries.map(({ name, commits, title, release, isCompanion, why, lacks }) => ({
        name,
        commits,
        title,
        release,
        modelled: !isCompanion,
        why: why ?? null,
        here: lacks,
      })),
      together: step.unit.why ?? null,
      ...variantJson(step.variant),
      closes: step.closed.map(faultJson),
      opens: step.opened.map(faultJson),
      worse: step.worse.map(faultJson),
    })),
    missing: missing(backported).map(({ commit, title, why }) => ({ commit, title, why })),
    notNeeded: spared.map(({ patches }) => patches.map(({ commit, title }) => ({ commit, title }))),
    finding: reported === undefined ? null : findingJson(reported),
  };
}

function faultJson({ witness, kind }: Fault) {
  return { scenario: witness, kind };
}
