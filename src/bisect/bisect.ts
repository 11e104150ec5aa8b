/**
 * Walks a patch series from the bad kernel to the good one and names the patch since which the scenario is good.
 * Every prefix is judged, not only a half of each half: the series is short, and only so is a non-monotone one seen.
 */
import type { Asking, JudgeVerdict, Question } from "./asking.js";
import { type Patch, type PatchSeries, withPatches } from "./series.js";

/** One prefix of a series and its verdict; the bad kernel as it is has no patch. */
export interface Tried extends Question {
  readonly verdict: JudgeVerdict;
}

export interface Bisection {
  /** The patch since which all is good; absent when there is none or more than one may be it. */
  readonly firstGood?: Patch;
  /** The patches of which one is it, when verdicts between were undecided. */
  readonly candidates: readonly Patch[];
  /** Whether no good prefix comes before a bad one. */
  readonly isMonotone: boolean;
  readonly tried: readonly Tried[];
  /** Why there is no answer. */
  readonly problem?: string;
}

/** The bad kernel, and it with one patch more each time; the last has all that the good kernel has. */
function prefixes(series: PatchSeries): Question[] {
  return [
    { variant: series.bad },
    ...series.patches.map((patch, i) => ({
      patch,
      variant: withPatches(series.bad, series.patches.slice(0, i + 1)),
    })),
  ];
}

/** Has every prefix judged, in order. */
export function* bisect(series: PatchSeries): Asking<Bisection> {
  const tried: Tried[] = [];
  for (const prefix of prefixes(series)) tried.push({ ...prefix, verdict: yield prefix });
  return conclude(tried);
}

/** What the verdicts of all prefixes say. */
function conclude(tried: readonly Tried[]): Bisection {
  const verdicts = tried.map((t) => t.verdict);
  const lastBad = verdicts.lastIndexOf("mismatch");
  const isMonotone = !verdicts.slice(0, Math.max(0, lastBad)).includes("ok");
  const nothing = { candidates: [], isMonotone, tried };
  const first = verdicts.at(0);
  const last = verdicts.at(-1);
  if (tried.length < 2) return { ...nothing, problem: "the two kernels do not differ in any patch" };
  if (first === "ok" && last === "mismatch")
    return { ...nothing, problem: "the bad kernel is good and the good one bad: swap them" };
  if (first === "ok") return { ...nothing, problem: "the bad kernel is good" };
  if (last === "mismatch") return { ...nothing, problem: "the good kernel is bad" };
  if (first === "undecided") return { ...nothing, problem: "the bad kernel could not be judged" };
  if (last === "undecided") return { ...nothing, problem: "the good kernel could not be judged" };
  const firstGood = verdicts.indexOf("ok", lastBad);
  const candidates = tried.slice(lastBad + 1, firstGood + 1).map((t) => t.patch!);
  if (candidates.length === 1) return { firstGood: candidates[0]!, candidates, isMonotone, tried };
  const problem = "the kernels around the change could not be judged";
  return { candidates, isMonotone, tried, problem };
}
