/**
 * From a finding and its film to what a page shows of it.
 */
import type { Film } from "../../explore/finding/film.js";
import { Value } from "../../kernel/objects/values.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { Pictures } from "../../tasks/pictures.js";
import { cures, headline, type ReportedFinding, runAgain } from "../finding-text.js";
import { glossaryOf } from "../glossary.js";
import { programRows } from "../program-rows.js";
import { type Row, rowsOf } from "../rows.js";
import { commandForOthers, shellWords } from "../shell-words.js";
import { plural } from "../style.js";
import { originsOf } from "./data-origins.js";
import type { FindingModel, Lost, Part, RunModel, StepModel } from "./model.js";
import { storyOf, storyParts } from "./story.js";

/** How the failure depends on steps of its run, by their numbers. */
export type Needs = ReadonlyMap<number, string>;

/** Words of the legend and of the state. */
const ALWAYS = "extent hole delalloc unwritten written page i_size dirty uptodate";

/** What a page shows of a finding. */
export function findingModel(
  reported: ReportedFinding,
  { film, curedBy, cured }: Pictures,
  needs: Needs = new Map(),
): FindingModel {
  const { finding, run } = reported;
  const { scenario, variant } = run;
  const rows = rowsOf(scenario, film.trace.steps);
  const parts = partsOf(reported, rows);
  const mine = runModel(variantName(variant), rows, film, { parts, needs, lost: lostOf(reported, film) });
  const beside =
    cured && runModel(variantName(cured.variant), rowsOf(scenario, cured.film.trace.steps), cured.film);
  const story = storyOf(scenario, finding, rows);
  const used = JSON.stringify([
    ALWAYS,
    story,
    mine.steps,
    mine.frames.map(({ threads }) => threads),
    beside?.steps,
    finding.kind,
    programRows(scenario),
  ]);
  return {
    title: `${scenario.name} on ${variantName(variant)}`,
    headline: headline(finding),
    kind: finding.kind,
    facts: factsOf(reported),
    story,
    words: glossaryOf(used),
    program: programRows(scenario),
    cures: curedBy.length === 0 ? [] : cures(curedBy),
    again: againOf(reported),
    origins: originsOf(scenario, cured === undefined ? [film] : [film, cured.film]),
    cells: film.cells,
    run: mine,
    cured: beside,
    parting: beside && parting(mine, beside),
  };
}

function runModel(
  kernel: string,
  rows: readonly Row[],
  { frames }: Film,
  { parts, needs, lost }: { parts?: ReadonlyMap<number, Part>; needs?: Needs; lost?: Lost | undefined } = {},
): RunModel {
  const steps = rows.map(({ i, thread, begins, calls }): StepModel => {
    return { i, lane: thread, begins, calls, part: parts?.get(i), need: needs?.get(i) };
  });
  return { kernel, lanes: [...new Set(rows.map(({ thread }) => thread))], steps, frames, lost };
}

/** What the steps are that the story tells of. */
function partsOf({ finding, run }: ReportedFinding, rows: readonly Row[]): Map<number, Part> {
  const parts = storyParts(run.scenario, finding, rows);
  return new Map(parts.map(({ step, tag }, n) => [step, { badge: n + 1, tag }]));
}

function lostOf({ finding }: ReportedFinding, { dataNames }: Film): Lost | undefined {
  const { oracle, range, lostAt, steps } = finding;
  const [from, to] = range;
  if (to <= from || oracle === "results" || oracle === "progress" || oracle === "warning") return undefined;
  const band = oracle === "backing" || oracle === "accounting" ? "extents" : "content";
  const data = dataNames.indexOf(finding.expected);
  const wanted = data >= 0 ? data + Value.FIRST_DATA : finding.expected === "zero" ? Value.ZERO : undefined;
  return { step: Math.min(lostAt, steps), from, to, band, wanted };
}

function factsOf({ finding, realizable, foundIn, before }: ReportedFinding): string[] {
  const { steps, switches, preemptions, also } = finding;
  return [
    `${plural(steps, "step")}, ${plural(switches, "switch", "switches")} of thread, ${plural(preemptions, "preemption")}`,
    ...(before === undefined
      ? []
      : [
          `made small from ${plural(before.steps, "step")} and ${plural(before.switches, "switch", "switches")}`,
        ]),
    ...(foundIn === undefined ? [] : [`found in ${foundIn}`]),
    ...(also.length === 0 ? [] : [`also violated: ${also.join(", ")}`]),
    realizable
      ? "user space can force this order on a real kernel"
      : "user space alone cannot force this order",
  ];
}

function againOf(reported: ReportedFinding): FindingModel["again"] {
  const again = runAgain(reported);
  const { caseSeed, caseFlags = [], token, file } = reported;
  return [
    ...(again === undefined
      ? []
      : ([
          ["see it again", commandForOthers(["repro", ...again])],
          ["walk through it", commandForOthers(["step", ...again])],
          ["which patch cures it", commandForOthers(["bisect", ...again])],
        ] as const)),
    ...(file === undefined ? [] : [["kept in", file] as const]),
    ...(caseSeed === undefined || (token ?? file) === undefined
      ? []
      : [["case", shellWords([caseSeed, ...caseFlags])] as const]),
  ];
}

/** Where two runs of one order part: the first step at which they call other functions. */
function parting(bad: RunModel, good: RunModel): string | undefined {
  const text = ({ lane, calls }: StepModel) =>
    `${lane} ${calls.map(({ fn, notes }) => `${fn} ${notes.join(";")}`).join(",")}`;
  const at = bad.steps.findIndex(
    (step, n) => good.steps[n] === undefined || text(step) !== text(good.steps[n]),
  );
  const [a, b] = [bad.steps[at], good.steps[at]];
  if (a === undefined) return undefined;
  if (b === undefined) return `The runs are alike up to step ${at}, where the cured one has ended.`;
  const what = ({ lane, calls }: StepModel) =>
    `${lane} in ${calls.map(({ fn, notes }) => `${fn} ${notes.join("; ")}`.trim()).join(", ")}`;
  return `The runs are alike up to step ${at}. Step ${at + 1} on ${bad.kernel}: ${what(a)}. With the cure: ${what(b)}.`;
}
