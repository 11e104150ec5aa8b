/** The page of a bisection: the ladder from the bad kernel to the good one, and what follows. */
import { type Patch, patchSeries, withPatches } from "../../bisect/series.js";
import { variantName } from "../../kernel/versions/variant.js";
import { type BisectSummary, patchText } from "../bisect-text.js";
import type { PageModel, Rung, Verdict } from "./model.js";

const MARKS = { ok: "ok", mismatch: "x", undecided: "?" } as const;

export function bisectPage(summary: BisectSummary): PageModel {
  const { good, bad, firstGood, problem, isMonotone } = summary;
  return {
    title: `bisected from ${bad === undefined ? "the bad kernel" : variantName(bad)} to ${variantName(good)} by stalemap`,
    verdict:
      firstGood === undefined
        ? { mark: "?", text: `no answer: ${problem ?? "nothing to judge"}` }
        : { mark: "ok", text: `first good patch: ${patchText(firstGood)}` },
    facts: isMonotone === false ? ["not monotone: a good kernel comes before a bad one in this series"] : [],
    ladder: { rungs: rungsOf(summary), answer: answersOf(summary) },
    findings: [],
    others: [],
  };
}

/** The bad kernel, and it with one patch more each time, as far as they were judged. */
function rungsOf({ good, bad, tried, firstGood, necessary, sufficient }: BisectSummary): Rung[] {
  if (bad === undefined) return [];
  const { patches } = patchSeries(good, bad);
  const verdicts = new Map(tried.map(({ variant, verdict }) => [variantName(variant), verdict]));
  const isIn = (list: readonly Patch[] | null | undefined, patch: Patch) =>
    list?.some(({ commit }) => commit === patch.commit) === true;
  return [undefined, ...patches].map((patch, n): Rung => {
    const kernel = variantName(withPatches(bad, patches.slice(0, n)));
    const verdict = verdicts.get(kernel);
    const mark: Verdict["mark"] = verdict === undefined ? "?" : MARKS[verdict];
    return {
      mark,
      kernel: verdict === undefined ? `${kernel}: not judged` : kernel,
      patch: patch && patchText(patch),
      isDeciding: patch !== undefined && patch.commit === firstGood?.commit,
      marks: [
        ...(patch !== undefined && isIn(necessary, patch) ? ["necessary"] : []),
        ...(patch !== undefined && isIn(sufficient, patch) ? ["sufficient together"] : []),
      ],
    };
  });
}

function answersOf({ good, necessary, sufficient, candidates, firstGood }: BisectSummary): string[] {
  return [
    ...(firstGood === undefined && candidates.length > 1
      ? [`One of these is the first good patch: ${candidates.map(patchText).join("; ")}.`]
      : []),
    ...(necessary?.length === 0
      ? [`No single patch is necessary on ${variantName(good)}: each can be spared.`]
      : []),
    ...(sufficient === null ? ["No set of these patches is sufficient."] : []),
  ];
}
