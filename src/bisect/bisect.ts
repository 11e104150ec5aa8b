/**
 * Walks a patch series from the bad kernel to the good one and names the patch since which the scenario is good. The
 * end points are judged first: if they do not hold, nothing between them says anything. Then comes every prefix, as
 * only so a series that is not monotone is seen, or a half of each half where a verdict is dear.
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
  /** Whether no good prefix comes before a bad one; undefined when not every prefix was judged. */
  readonly isMonotone: boolean | undefined;
  /** In the order of the series; those that were not judged are left out. */
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

/** Has the end points judged, and between them every prefix in order, or no more than a binary search needs. */
export function* bisect(series: PatchSeries, search: "every" | "binary" = "every"): Asking<Bisection> {
  const questions = prefixes(series);
  const verdicts: (JudgeVerdict | undefined)[] = questions.map(() => undefined);
  const last = questions.length - 1;
  const judge = function* (at: number): Asking<void> {
    const question = questions[at];
    if (question !== undefined) verdicts[at] ??= yield question;
  };
  yield* judge(0);
  yield* judge(last);
  if (endProblem(verdicts) === undefined) {
    for (let at = 1; search === "every" && at < last; at++) yield* judge(at);
    for (let at = middle(verdicts); at !== undefined; at = middle(verdicts)) yield* judge(at);
  }
  return conclude(questions, verdicts);
}

/** The prefix to judge next: of those that may hold the change and have no verdict, the one nearest to their middle. */
function middle(verdicts: readonly (JudgeVerdict | undefined)[]): number | undefined {
  const from = verdicts.lastIndexOf("mismatch");
  const to = verdicts.indexOf("ok", from);
  const open = verdicts.flatMap((verdict, at) => (at > from && at < to && verdict === undefined ? [at] : []));
  const far = (at: number) => Math.abs(2 * at - from - to);
  return open.toSorted((a, b) => far(a) - far(b))[0];
}

/** Why the verdicts of the two ends leave nothing to look for. */
function endProblem(verdicts: readonly (JudgeVerdict | undefined)[]): string | undefined {
  const first = verdicts.at(0);
  const last = verdicts.at(-1);
  if (verdicts.length < 2) return "the two kernels do not differ in any patch";
  if (first === "ok" && last === "mismatch") return "the bad kernel is good and the good one bad: swap them";
  if (first === "ok") return "the bad kernel is good";
  if (last === "mismatch") return "the good kernel is bad";
  if (first === "undecided") return "the bad kernel could not be judged";
  if (last === "undecided") return "the good kernel could not be judged";
  return undefined;
}

/** What the verdicts of the prefixes say. */
function conclude(
  questions: readonly Question[],
  verdicts: readonly (JudgeVerdict | undefined)[],
): Bisection {
  const tried = questions.flatMap((question, at) => {
    const verdict = verdicts[at];
    return verdict === undefined ? [] : [{ ...question, verdict }];
  });
  const lastBad = verdicts.lastIndexOf("mismatch");
  const isComplete = tried.length === questions.length;
  const isMonotone = isComplete ? !verdicts.slice(0, Math.max(0, lastBad)).includes("ok") : undefined;
  const problem = endProblem(verdicts);
  if (problem !== undefined) return { candidates: [], isMonotone, tried, problem };
  const between = questions.slice(lastBad + 1, verdicts.indexOf("ok", lastBad) + 1);
  const candidates = between.flatMap(({ patch }) => (patch === undefined ? [] : [patch]));
  const [firstGood] = candidates;
  if (firstGood !== undefined && candidates.length === 1) return { firstGood, candidates, isMonotone, tried };
  return {
    candidates,
    isMonotone,
    tried,
    problem: "the kernels around the change could not be judged",
  };
}
