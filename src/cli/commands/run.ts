/**
 * run: explores each scenario on each kernel that it names and compares with what it expects.
 */
import { basename } from "node:path";
import { oracleMask } from "../../explore/finding/finding.js";
import type { SubjectSpec } from "../../explore/run/subject.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { isBad, isShownWhole, type RunResult } from "../../report/run-text.js";
import { grouped } from "../../report/style.js";
import { withBudget } from "../../scenario/budget.js";
import { expectedFor, kernelsOf } from "../../verdict/expectation.js";
import { DEFAULT_SCHEDULES, judge } from "../../verdict/judge-scenario.js";
import { drive, openPool, type Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT, usage, worst } from "../exit.js";
import { checkDirectory, type LoadedScenario, loadScenarios } from "../input/files.js";
import { chosenKernels, hasToggles, kernelFlags, withToggles } from "../input/kernels.js";
import { type CommonOptions, canExhaust } from "../input/options.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { foundPath, present } from "./present-finding.js";

interface RunOptions extends CommonOptions {
  readonly out?: string;
}

export const runCommand: CommandSpec = {
  name: "run",
  args: ["<files...>", "scenario files (YAML) or fsx operation files"],
  about: "explore scenarios on the kernels they name, compare with what they expect",
  options: [
    "kernels",
    "search",
    "jobs",
    "judging",
    "fine",
    { flags: "--out <dir>", about: "save what is found as scenario files" },
  ],
  reports: ["run"],
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
  const loaded = loadScenarios(files);
  if (options.out !== undefined) checkDirectory(options.out);
  const tasks = loaded.flatMap((one) => tasksOf(one, options));
  const seed = options.seed ?? `file names, model ${MODEL}`;
  note(session, `run ${count(loaded.length, "file")}, ${count(tasks.length, "verdict")}, seed ${seed}`);
  const results: RunResult[] = [];
  const isShrunk = (result: RunResult) =>
    report.showsAll || options.out !== undefined || isShownWhole(result);
  for await (const result of judged(session, options, tasks, isShrunk)) {
    results.push(result);
    report.item(result);
  }
  report.end(results);
  hints(session, results, tasks);
  if (results.length < tasks.length) note(session, `${results.length} of ${tasks.length} verdicts`);
  return results.length === 0 ? EXIT.UNDECIDED : worst(results.map(statusOf));
}

/** The kernels that the options or the file name. */
export function variantsFor({ file, scenario }: LoadedScenario, options: CommonOptions): KernelVariant[] {
  const chosen = chosenKernels(options);
  if (chosen !== undefined) return chosen;
  const named = kernelsOf(scenario);
  const variants = hasToggles(options)
    ? scenario.expect.map((e) => withToggles({ base: e.kernel, with: [], without: [] }, options))
    : named;
  if (variants.length > 0) return variants;
  throw usage(`${file} names no kernel (no expect)`, "name some with --kernel, for example --kernel 6.0");
}

function tasksOf(one: LoadedScenario, options: CommonOptions): Task[] {
  return variantsFor(one, options).map((variant) => taskOf(one, variant, options));
}

export function taskOf(
  { file, scenario }: LoadedScenario,
  variant: KernelVariant,
  options: CommonOptions,
): Task {
  return {
    file,
    seed: options.seed ?? `${basename(file)}:${MODEL}`,
    subject: { scenario: withBudget(scenario, options), variant, fine: options.fine },
  };
}

/** Judges tasks, up to --jobs at a time; results come in the order of the tasks. */
export async function* judged(
  session: Session,
  options: RunOptions,
  tasks: readonly Task[],
  isShrunk: (result: RunResult) => boolean = () => true,
): AsyncGenerator<RunResult> {
  const pool = openPool(options.jobs ?? 1);
  const progress = startProgress(session);
  const deadline =
    options.time === undefined ? Number.POSITIVE_INFINITY : performance.now() + options.time * 1000;
  const stop = () => session.interrupt.signal !== undefined || performance.now() >= deadline;
  let schedules = 0;
  const tick = (done: number): void => {
    progress.update(() => `${done} of ${tasks.length} done, ${grouped(schedules)} schedules`);
  };
  try {
    const underWay: Promise<RunResult>[] = [];
    let next = 0;
    const width = options.jobs ?? 1;
    for (let done = 0; done < tasks.length; done++) {
      while (next < tasks.length && underWay.length < width && !stop()) {
        const task = tasks[next++]!;
        const result = judgeTask(session, pool, options, task, tasks.length === 1, isShrunk, stop, (more) => {
          schedules += more;
          tick(done);
        });
        result.catch(() => {});
        underWay.push(result);
      }
      const first = underWay.shift();
      if (first === undefined) return;
      const result = await session.interrupt.race(first);
      if (result === undefined) return;
      progress.stop();
      yield result;
    }
  } finally {
    progress.stop();
    await pool.close();
  }
}

async function judgeTask(
  session: Session,
  pool: Pool,
  options: RunOptions,
  { file, subject, seed }: Task,
  isAlone: boolean,
  isShrunk: (result: RunResult) => boolean,
  stop: () => boolean,
  tick: (schedules: number) => void,
): Promise<RunResult> {
  const expected = expectedFor(subject.scenario, subject.variant);
  const work = judge({
    subject,
    seed,
    schedules: options.runs ?? DEFAULT_SCHEDULES,
    exhaustive: canExhaust(subject, options),
    statistics: true,
    strategy: options.strategy,
    depth: options.depth,
    oracles: options.oracle,
    expected,
  });
  const judgement = await drive(pool, work, stop, (done) => tick("schedules" in done ? done.schedules : 0));
  const base = { file, scenario: subject.scenario, variant: subject.variant, expected, judgement };
  const result: RunResult = {
    ...base,
    strategy: strategyText(subject, options),
    reported: undefined,
    isAlone,
  };
  if (judgement.failure === undefined || options.fine === true || !isShrunk(result)) return result;
  return { ...result, reported: await smallest(session, pool, options, subject, result) };
}

function strategyText(subject: SubjectSpec, options: CommonOptions): string {
  if (subject.scenario.schedule !== undefined) return "its own schedule";
  return options.strategy ?? "mixed";
}

/** The failing run, shrunk. */
async function smallest(
  session: Session,
  pool: Pool,
  options: RunOptions,
  subject: SubjectSpec,
  { judgement, variant }: RunResult,
): Promise<ReportedFinding> {
  const { schedule: _, ...program } = subject.scenario;
  const failure = judgement.failure!;
  const shrunk = await pool.run({
    kind: "shrink",
    run: { scenario: program, variant, choices: failure.choices },
    mask: oracleMask(options.oracle ?? subject.scenario.oracles),
    withCures: true,
  });
  const kernel = kernelFlags(variant)
    .replace(/^--kernel /, "")
    .replace(/ --/g, "-");
  const file =
    options.out === undefined
      ? undefined
      : foundPath(options.out, kernel, shrunk.finding, subject.scenario.name);
  return present(session, shrunk, {
    foundIn: failure.schedule === 0 ? undefined : `schedule ${grouped(failure.schedule)}`,
    file,
  });
}

function statusOf(result: RunResult): number {
  if (result.judgement.verdict === "undecided") return EXIT.UNDECIDED;
  return isBad(result) ? EXIT.VIOLATION : EXIT.OK;
}

function hints(session: Session, results: readonly RunResult[], tasks: readonly Task[]): void {
  if (session.interrupt.signal !== undefined) {
    note(
      session,
      `interrupted by ${session.interrupt.signal}: ${results.length} of ${tasks.length} verdicts`,
    );
    return;
  }
  const shown = results.find((r) => r.reported !== undefined && isShownWhole(r));
  if (shown !== undefined) {
    const x = shown.reported?.file ?? shown.reported?.token ?? shown.file;
    suggest(
      session,
      [`step ${x}`, "walk through it"],
      [`bisect ${shown.file} --bad ${shown.variant.base}`, "which patch cures it"],
    );
    return;
  }
  const bad = results.find((r) => r.judgement.verdict === "mismatch");
  if (bad !== undefined) suggest(session, [`run ${bad.file} ${kernelFlags(bad.variant)}`, "shows the race"]);
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
