/**
 * judge: whether X shows a violation on one kernel, in one line and the exit status, for scripts and git bisect run. A
 * run that X pins is followed on its own kernel; elsewhere the same choices are tried, and a clean run of them counts
 * for nothing: the program is searched.
 */
import { examine, oracleMask } from "../../explore/finding/finding.js";
import { scheduleOf } from "../../explore/pin/pinned-schedule.js";
import { choicesOf } from "../../explore/run/choice-lists.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { subjectOf } from "../../explore/run/subject.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { type RunResult, verdictWords } from "../../report/run-text.js";
import { grouped, plural } from "../../report/style.js";
import type { RunSpec } from "../../scenario/token.js";
import type { Scenario } from "../../scenario/types.js";
import { unpinned } from "../../scenario/unpinned.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { printRange } from "../../scenario/yaml/units.js";
import { kernelsOf } from "../../verdict/expectation.js";
import type { CommandSpec } from "../command.js";
import { EXIT, usage } from "../exit.js";
import { chosenKernel } from "../input/kernels.js";
import { type CommonOptions, ONE_KERNEL } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { openReport } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";
import { asFound, present } from "./present-finding.js";
import { judged, taskOf } from "./run.js";

export const judgeCommand: CommandSpec = {
  options: [...ONE_KERNEL, "search", "judging", "reading", "invert"],
  reports: ["run"],
  isVerdict: true,
  run: judgeOne,
};

async function judgeOne(
  session: Session,
  options: CommonOptions,
  [x = ""]: readonly string[],
): Promise<number> {
  const report = openReport(session, options, "run");
  const { program, variant, file } = subjectsOf(x, options);
  let result: RunResult | undefined;
  for (const scenario of program) {
    result = (await first(session, options, scenario, variant, file)) ?? result;
    if (result?.judgement.verdict === "mismatch") break;
  }
  const shown = result && asked(result);
  const results = shown === undefined ? [] : [shown];
  report.endAs(`${line(shown, variant)}\n`, results, results);
  for (const limit of result?.judgement.limits ?? []) note(session, `note: ${limit}`);
  if (result === undefined || result.judgement.verdict === "undecided") return EXIT.UNDECIDED;
  return result.judgement.verdict === "ok" ? EXIT.OK : EXIT.VIOLATION;
}

/** What X is on the kernel asked for: its failing run there, where there is one, then its program. */
export function subjectsOf(
  x: string,
  options: CommonOptions,
): {
  readonly program: readonly Scenario[];
  readonly variant: KernelVariant;
  readonly isLog: boolean;
  readonly file: string;
} {
  const { kernel, tree, with: _, without: __, ...others } = options;
  const own = readInput(x, others, "program");
  const isUnnamed = own.file !== undefined && kernelsOf(own.run.scenario).length === 0;
  if (isUnnamed && kernel === undefined && tree === undefined)
    throw usage(`${visible(x)} names no kernel`, "name one with --kernel, or a source tree with --tree");
  const variant = chosenKernel(options, () => own.run.variant);
  const oracles = options.oracle ?? oraclesOf(own);
  const scenario = { ...own.run.scenario, oracles };
  const pinned = own.isPinned ? pinnedRun({ ...own.run, scenario, variant }) : undefined;
  const isLog = /^fsx (log|live)/.test(scenario.source ?? "");
  return {
    program: [...(pinned === undefined ? [] : [pinned]), scenario],
    variant,
    isLog,
    file: own.file ?? x,
  };
}

/** A pinned run is about what it shows: other oracles of its program are other bugs. */
function oraclesOf({ run, isPinned }: Input) {
  const finding = isPinned ? examine(subjectOf(run), run.choices) : undefined;
  return finding === undefined ? run.scenario.oracles : [finding.oracle];
}

/** The run of these choices as a schedule, if it fails: whatever led to it, it is a run of this kernel. */
function pinnedRun(run: RunSpec): Scenario | undefined {
  const subject = subjectOf(run);
  subject.engine.run(new ReplayChoices(run.choices));
  if ((subject.engine.verdict.found & oracleMask(run.scenario.oracles)) === 0) return undefined;
  return { ...run.scenario, schedule: scheduleOf(subject, choicesOf(subject.engine)) };
}

/** What a file expects is not asked here: a violation is one, and its run is shown as it was found. */
function asked(result: RunResult): RunResult {
  const { scenario, variant, judgement } = result;
  const { failure } = judgement;
  const run = failure && { scenario: unpinned(scenario), variant, choices: failure.choices };
  const reported = run && present(asFound(run, oracleMask(scenario.oracles)));
  return { ...result, expected: undefined, judgement: { ...judgement, met: null }, reported };
}

async function first(
  session: Session,
  options: CommonOptions,
  scenario: Scenario,
  variant: KernelVariant,
  file: string,
): Promise<RunResult | undefined> {
  const tasks = [taskOf({ file, scenario }, variant, options)];
  for await (const result of judged(session, options, tasks, () => false)) return result;
  return undefined;
}

function line(result: RunResult | undefined, variant: KernelVariant): string {
  if (result === undefined) return `cannot judge on ${variantName(variant)}: stopped before the end`;
  const { judgement, scenario, reported } = result;
  const { failure, schedules, states, verdict, fit } = judgement;
  const of = `${scenario.name} on ${variantName(variant)}: `;
  if (fit !== undefined) return `${of}${fit}`;
  if (failure === undefined || reported === undefined) {
    const looked = states === undefined ? plural(schedules, "schedule") : `all ${plural(states, "state")}`;
    return `${of}${verdictWords(result)}${verdict === "ok" ? ` in ${looked}` : ""}`;
  }
  const { finding } = reported;
  const [from, to] = finding.range;
  const where = from < to ? `, ${printRange({ from, to })}` : "";
  const { sought } = scenario;
  const same =
    sought === undefined
      ? ""
      : from < sought.to && to > sought.from
        ? " (the bytes that were reported)"
        : ` (reported were ${printRange(sought)})`;
  const isSearched = failure.schedule > 0 && scenario.schedule === undefined;
  const at = !isSearched ? "" : `, schedule ${grouped(failure.schedule)}`;
  return `${of}${finding.kind}${where}${same}${at}`;
}
