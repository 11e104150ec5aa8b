/**
 * run: explores each scenario on each kernel that it names and compares with what it expects.
 */
import { basename } from "node:path";
import { oracleMask } from "../../explore/finding/finding.js";
import { ANOTHER_RESULT } from "../../explore/finding/kinds.js";
import type { SubjectSpec } from "../../explore/run/subject.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { isBad, isShownWhole, type RunResult } from "../../report/run-text.js";
import { grouped, plural } from "../../report/style.js";
import { withBudget } from "../../scenario/budget.js";
import { unpinned } from "../../scenario/unpinned.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import type { Asking, Job, ResultOf } from "../../tasks/index.js";
import { expectedFor, kernelsOf, withReturns } from "../../verdict/expectation.js";
import { DEFAULT_SCHEDULES, type Judgement, judge } from "../../verdict/judge-scenario.js";
import { drive, inOrder, Pool, unless } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT, usage, worst } from "../exit.js";
import { flagsOf, givenFlags, kernelFlags, operand, sameRun } from "../input/again.js";
import { isCampaign, scenariosOf } from "../input/campaign-findings.js";
import { STORE_OPTIONS } from "../input/campaign-options.js";
import { storeFlags } from "../input/campaign-store.js";
import { type LoadedScenario, loadScenarios } from "../input/files.js";
import { chosenKernels } from "../input/kernels.js";
import {
  type CommonOptions,
  canExhaust,
  OPTION_GROUPS,
  type OptionsOf,
  type OptionTable,
} from "../input/options.js";
import { checkDirectory } from "../input/output-checks.js";
import { withToggles } from "../input/toggle-options.js";
import { startProgress, tellOfSecond } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, noteWrapped, type Session, suggest, suggestLook } from "../terminal/terminal.js";
import { foundPath } from "./finding-file.js";
import { KeptFinding } from "./kept-finding.js";
import { asFound, present } from "./present-finding.js";

/** What shrinking may go on for when the time is over. */
const SHRINKING_MS = 5_000;

const OWN = {
  out: { flags: "--out <dir>", about: "save what is found as scenario files" },
} as const satisfies OptionTable;

type RunOptions = OptionsOf<typeof OWN & typeof STORE_OPTIONS>;

export const runCommand: CommandSpec = {
  options: ["kernels", "search", "jobs", "judging", "reading", "fine", "invert", OWN, STORE_OPTIONS],
  reports: ["run"],
  isVerdict: true,
  run,
};

/** One scenario on one kernel. */
export interface Task {
  readonly file: string;
  readonly subject: SubjectSpec;
  readonly seed: string;
}

async function run(session: Session, options: RunOptions, files: readonly string[]): Promise<number> {
  const report = openReport(session, options, "run");
  const loaded = await loadedFrom(session, options, files);
  if (options.out !== undefined) checkDirectory(options.out);
  const tasks = loaded.flatMap((one) =>
    variantsFor(one, options).map((variant) => taskOf(one, variant, options)),
  );
  const seed = options.seed ?? `file names, model ${MODEL}`;
  note(session, `run ${plural(loaded.length, "file")}, ${plural(tasks.length, "verdict")}, seed ${seed}`);
  const seen: RunResult[] = [];
  const isShrunk = (result: RunResult) =>
    report.showsAll || options.out !== undefined || isShownWhole(result);
  const results = await gathered(
    judged(session, options, tasks, isShrunk),
    (result) => report.item(loaded.length > 1 ? amongMany(result, tasks, seen) : result),
    (all) => report.end(all),
  );
  hints(session, options, results, tasks);
  if (results.length < tasks.length) note(session, `${results.length} of ${tasks.length} verdicts`);
  return results.length === 0 ? EXIT.UNDECIDED : worst(results.map(statusOf));
}

/** The result, with all of its file when it is the last of them; `seen` are those before. */
function amongMany(result: RunResult, tasks: readonly Task[], seen: RunResult[]): RunResult {
  seen.push(result);
  const isLast = tasks[seen.length]?.file !== result.file;
  const ofFile = isLast ? seen.filter(({ file }) => file === result.file) : undefined;
  return { ...result, isOfMany: true, ofFile };
}

/** The scenarios of files and of campaigns. */
async function loadedFrom(
  session: Session,
  options: RunOptions,
  words: readonly string[],
): Promise<readonly LoadedScenario[]> {
  const campaigns = words.filter(isCampaign);
  const files = words.filter((word) => !isCampaign(word));
  const found: LoadedScenario[] = [];
  for (const word of campaigns) found.push(...(await scenariosOf(session, options, word)));
  return files.length === 0
    ? found
    : [...loadScenarios(files, options, (line) => noteWrapped(session, line)), ...found];
}

/** Tells of each result as it comes and of all at the end, which may be a failure: what there is is told all the same. */
export async function gathered<R>(
  results: AsyncIterable<R>,
  item: (result: R) => void,
  end: (all: readonly R[]) => void,
): Promise<readonly R[]> {
  const all: R[] = [];
  try {
    for await (const result of results) {
      all.push(result);
      item(result);
    }
  } finally {
    end(all);
  }
  return all;
}

/** The kernels that the options or the file name. */
function variantsFor({ file, scenario }: LoadedScenario, options: CommonOptions): KernelVariant[] {
  const chosen = chosenKernels(options);
  if (chosen !== undefined) return chosen;
  const isNamed = options.with === undefined && options.without === undefined;
  const variants = isNamed
    ? kernelsOf(scenario)
    : scenario.expect.map((e) => withToggles({ base: e.kernel, with: [], without: [] }, options));
  if (variants.length > 0) return variants;
  throw usage(
    `${visible(file)} names no kernel (no expect)`,
    "name some with --kernel, for example --kernel 6.0",
  );
}

export function taskOf(
  { file, scenario }: LoadedScenario,
  variant: KernelVariant,
  options: CommonOptions,
): Task {
  return {
    file,
    seed: options.seed ?? `${basename(file)}:${MODEL}`,
    subject: { scenario: withBudget(withReturns(scenario, variant), options), variant, fine: options.fine },
  };
}

/**
 * Judges tasks, up to --jobs at a time; results come in the order of the tasks. The failing runs of those that
 * `isShrunk` picks are made small.
 */
export async function* judged(
  session: Session,
  options: RunOptions,
  tasks: readonly Task[],
  isShrunk: (result: RunResult) => boolean,
): AsyncGenerator<RunResult> {
  const { jobs = 1, time = Number.POSITIVE_INFINITY } = options;
  const pool = new Pool(jobs);
  const progress = startProgress(session);
  let shrinking = 0;
  session.interrupt.hearSecond(() => tellOfSecond(session, shrinking, progress));
  const deadline = performance.now() + time * 1000;
  const stop = () => session.interrupt.signal !== undefined || performance.now() >= deadline;
  let done = 0;
  let schedules = 0;
  const told = (result: ResultOf<Job>): void => {
    if ("schedules" in result) schedules += result.schedules;
    progress.update(() => `${done} of ${tasks.length} done, ${grouped(schedules)} schedules`);
  };
  const judgeOne = async (task: Task): Promise<RunResult> => {
    const judgement = await drive(pool, workOf(task, options), stop, told);
    const result = resultOf(task, options, judgement, tasks.length === 1);
    const { failure } = judgement;
    // A smaller program has other calls under the names that results are stated for.
    if (failure?.kind.endsWith(ANOTHER_RESULT)) return result;
    if (failure === undefined || options.fine === true || !isShrunk(result)) return result;
    const skip = () => session.interrupt.isHurried || performance.now() >= deadline + SHRINKING_MS;
    shrinking++;
    const reported = await smallest(session, pool, options, task.subject, failure, skip);
    shrinking--;
    return { ...result, reported };
  };
  try {
    for await (const result of inOrder(jobs, until(stop, tasks), judgeOne)) {
      done++;
      progress.stop();
      yield result;
    }
  } finally {
    progress.stop();
    await pool.close();
  }
}

function* until(stop: () => boolean, tasks: readonly Task[]): Generator<Task> {
  for (const task of tasks) {
    if (stop()) return;
    yield task;
  }
}

export function workOf({ subject, seed }: Task, options: CommonOptions): Asking<Judgement> {
  return judge({
    subject,
    seed,
    schedules: options.runs ?? DEFAULT_SCHEDULES,
    exhaustive: canExhaust(subject, options),
    statistics: true,
    strategy: options.strategy,
    depth: options.depth,
    oracles: options.oracle,
    expected: expectedFor(subject.scenario, subject.variant),
  });
}

function resultOf(
  { file, subject }: Task,
  options: CommonOptions,
  judgement: Judgement,
  isAlone: boolean,
): RunResult {
  const { scenario, variant } = subject;
  const strategy = scenario.schedule === undefined ? (options.strategy ?? "mixed") : "its own schedule";
  const expected = expectedFor(scenario, variant);
  return { file, scenario, variant, expected, judgement, strategy, reported: undefined, isAlone };
}

/** The failing run, shrunk, unless `skip` says so before it is. */
async function smallest(
  session: Session,
  pool: Pool,
  { oracle, out }: RunOptions,
  { scenario, variant }: SubjectSpec,
  { schedule, choices }: NonNullable<Judgement["failure"]>,
  skip: () => boolean,
): Promise<ReportedFinding> {
  const run = { scenario: unpinned(scenario), variant, choices };
  const mask = oracleMask(oracle ?? scenario.oracles);
  const origin = { foundIn: schedule === 0 ? undefined : `schedule ${grouped(schedule)}` };
  const found = asFound(run, mask);
  const kept =
    out === undefined
      ? undefined
      : new KeptFinding(
          session,
          foundPath(out, variantName({ ...variant, isTree: false }), found.finding, scenario.name),
        );
  const saved = present(found, origin, kept);
  const shrunk = await unless(pool, { kind: "shrink", run, mask }, skip);
  return shrunk === undefined ? saved : present(shrunk, origin, kept);
}

function statusOf(result: RunResult): number {
  if (result.judgement.verdict === "undecided") return EXIT.UNDECIDED;
  return isBad(result) ? EXIT.VIOLATION : EXIT.OK;
}

function hints(
  session: Session,
  options: RunOptions,
  results: readonly RunResult[],
  tasks: readonly Task[],
): void {
  const { signal } = session.interrupt;
  if (signal !== undefined) {
    note(session, `interrupted by ${signal}: ${results.length} of ${tasks.length} verdicts`);
    return;
  }
  const shown = results.find((r) => r.reported !== undefined && isShownWhole(r));
  if (shown !== undefined) {
    const x = shown.reported === undefined ? undefined : sameRun(shown.reported);
    if (x !== undefined) suggestLook(session, x);
    else suggest(session, [[...again(shown, options), "--out", "found"], "keeps the run in a file"]);
    return;
  }
  const bad = results.find((r) => r.judgement.verdict === "mismatch");
  if (bad !== undefined) suggest(session, [again(bad, options), "shows the race"]);
}

/** The command that judges the file on this kernel alone. */
function again({ file, variant }: RunResult, options: RunOptions): string[] {
  const { search, judging, reading } = OPTION_GROUPS;
  const names = [...search.filter((name) => name !== "time"), ...judging, ...reading, "fine"] as const;
  const flags = givenFlags(options, names);
  const store = isCampaign(file) ? flagsOf(storeFlags(options)) : [];
  return ["run", operand(file), ...kernelFlags(variant), ...flags, ...store];
}
