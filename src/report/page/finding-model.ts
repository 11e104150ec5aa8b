/**
 * From a finding and its film to what a page shows of it.
 */
import type { Film } from "../../explore/finding/film.js";
import { Value } from "../../kernel/objects/values.js";
import { ORACLES } from "../../kernel/oracle-table.js";
import { variantName } from "../../kernel/versions/variant.js";
import { printQuantity } from "../../scenario/yaml/units.js";
import type { Pictures } from "../../tasks/pictures.js";
import { cures, headline, type ReportedFinding, runAgain } from "../finding-text.js";
import { glossaryOf } from "../glossary.js";
import { programRows } from "../program-rows.js";
import { type Row, rowsOf } from "../rows.js";
import { commandForOthers, shellWords } from "../shell-words.js";
import { plural } from "../style.js";
import { originsOf } from "./data-origins.js";
import type { FindingModel, Lost, Part, RunModel, StepModel } from "./finding-model-types.js";
import { arrowSteps, type PartsWay, storyOf, storyParts } from "./story.js";

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
  const beside =
    cured && runModel(variantName(cured.variant), rowsOf(scenario, cured.film.trace.steps), cured.film);
  const bare = runModel(variantName(variant), rows, film, {
    parts: partsOf(reported, rows),
    needs,
    lost: lostOf(reported, film),
  });
  const partsWay = beside && parting(bare, beside);
  // Where the arrow tells of a map, it says more; a cure that looks at the map may do so long before it matters.
  // Where another thread goes first, only the order could not be kept.
  const isMarked = partsWay?.isOneThread === true && arrowSteps(finding) === undefined;
  const mine = !isMarked ? bare : { ...bare, steps: marked(bare.steps, partsWay.step) };
  const program = programRows(scenario);
  const story = storyOf(scenario, finding, rows, isMarked ? partsWay : undefined);
  const used = JSON.stringify([
    ALWAYS,
    story,
    mine.steps,
    mine.frames.map(({ threads }) => threads),
    beside?.steps,
    finding.kind,
    program,
  ]);
  return {
    title: `${scenario.name} on ${variantName(variant)}`,
    headline: headline(finding),
    kind: finding.kind,
    facts: factsOf(reported),
    story,
    words: glossaryOf(used),
    program,
    cures: curedBy.length === 0 ? [] : cures(curedBy),
    again: againOf(reported),
    origins: originsOf(scenario, cured === undefined ? [film] : [film, cured.film]),
    cells: film.cells,
    run: mine,
    cured: beside,
    parting: partsWay?.text,
  };
}

function runModel(
  kernel: string,
  rows: readonly Row[],
  { frames }: Film,
  { parts, needs, lost }: { parts?: ReadonlyMap<number, Part>; needs?: Needs; lost?: Lost | undefined } = {},
): RunModel {
  const steps = rows.map(({ i, thread, begins, calls }): StepModel => {
    const sized = sizeNoted(calls, frames[i - 1]?.size, frames[i]?.size);
    return { i, lane: thread, begins, calls: sized, part: parts?.get(i), need: needs?.get(i) };
  });
  return { kernel, lanes: [...new Set(rows.map(({ thread }) => thread))], steps, frames, lost };
}

/** A step that moves the end of the file says so; sizes in bytes. */
function sizeNoted(calls: StepModel["calls"], before = 0, after = before): StepModel["calls"] {
  const last = calls.at(-1);
  if (last === undefined || after === before) return calls;
  const note = `i_size ${printQuantity(before)} -> ${printQuantity(after)}`;
  return [...calls.slice(0, -1), { ...last, notes: [...last.notes, note] }];
}

/** The steps with a word on the first that a cured kernel makes otherwise. */
function marked(steps: readonly StepModel[], at: number): StepModel[] {
  const word = "here the cure does otherwise";
  return steps.map((step) =>
    step.i === at ? { ...step, need: step.need === undefined ? word : `${step.need}; ${word}` } : step,
  );
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
    ...ORACLES.filter(({ name }) => also.includes(name)).map(
      ({ name, about }) => `also violated: ${name} (${about})`,
    ),
    realizable
      ? "a program alone can force this order on a real kernel"
      : "a program alone cannot force this order on a real kernel",
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

/** Where two runs of one order part: the first step, from 1, at which they call other functions; none where one ends first. */
export function parting(
  bad: Pick<RunModel, "kernel" | "steps">,
  good: Pick<RunModel, "steps">,
): PartsWay | undefined {
  const text = ({ lane, calls }: StepModel) =>
    `${lane} ${calls.map(({ fn, notes }) => `${fn} ${notes.join(";")}`).join(",")}`;
  const at = bad.steps.findIndex(
    (step, n) => good.steps[n] === undefined || text(step) !== text(good.steps[n]),
  );
  const [a, b] = [bad.steps[at], good.steps[at]];
  if (a === undefined) return undefined;
  const alike = `The runs are alike up to step ${at}`;
  if (b === undefined)
    return { step: at + 1, text: `${alike}, where the cured one has ended.`, isOneThread: false, told: "" };
  const what = ({ lane, calls }: StepModel) =>
    `${lane} in ${calls.map(({ fn, notes }) => `${fn} ${notes.join("; ")}`.trim()).join(", ")}`;
  return {
    step: at + 1,
    text: `${alike}. Step ${at + 1} on ${bad.kernel}: ${what(a)}. With the cure: ${what(b)}.`,
    isOneThread: a.lane === b.lane,
    told: `Without it: ${what(a)}. With it: ${what(b)}.`,
  };
}
