/**
 * bisect: walks the patch series between two kernels and names the first patch that cures X; which patches are
 * necessary; which are sufficient. The judge is the model, or the user's own command.
 */
import { createHash } from "node:crypto";
import type { Asking, JudgeVerdict, Question } from "../../bisect/asking.js";
import { bisect } from "../../bisect/bisect.js";
import { necessary } from "../../bisect/necessary.js";
import { type PatchSeries, patchSeries } from "../../bisect/series.js";
import { sufficient } from "../../bisect/sufficient.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { TriedVariant } from "../../report/bisect-line.js";
import { type BisectSummary, patchText } from "../../report/bisect-text.js";
import { plural } from "../../report/style.js";
import { printScenario } from "../../scenario/language/print.js";
import { Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT, usage } from "../exit.js";
import { sameCommand } from "../input/again.js";
import type { BisectLog, BisectQuestion } from "../input/bisect-log.js";
import { commandJudge } from "../input/command-judge.js";
import { chosenKernel, kernelNamed } from "../input/kernels.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { modelJudge, type VariantJudge } from "../input/variant-judge.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport, type Report } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";

const OWN = {
  good: { flags: "--good <kernel>", about: "kernel that is good (cured)" },
  bad: { flags: "--bad <kernel>", about: "kernel that is bad (the one X is for)" },
  necessary: { flags: "--necessary", about: "also drop each patch of the good kernel in turn" },
  sufficient: { flags: "--sufficient", about: "also find a minimal set of patches that cures it" },
  exec: {
    flags: "--exec <cmd>",
    about:
      "judge by this command: 0 good, 125 skip, 126 and above abort, else bad; STALEMAP_KERNEL, _WITH, _WITHOUT, _COMMIT, _SCENARIO are set",
  },
  skipInvalid: { flags: "--skip-invalid", about: "a 128 of the command skips, too" },
  all: {
    flags: "--all",
    about: "every variant, not only what the search needs: says whether it is monotone",
  },
  log: { flags: "--log <file>", about: "write each verdict there as it comes" },
  resume: { flags: "--resume", about: "go on with what the log says" },
} as const satisfies OptionTable;

type BisectOptions = OptionsOf<typeof OWN>;

export const bisectCommand: CommandSpec = {
  options: [
    OWN,
    "tree",
    "with",
    "without",
    "seed",
    "runs",
    "strategy",
    "depth",
    "jobs",
    "judging",
    "reading",
  ],
  reports: ["bisect"],
  run,
};

async function run(session: Session, options: BisectOptions, [x = ""]: readonly string[]): Promise<number> {
  checkOptions(options);
  const report = openReport(session, options, "bisect");
  const { good, input } = endsOf(x, options);
  const series = patchSeries(good, input.run.variant);
  const { log: file, resume = false } = options;
  const log =
    file === undefined ? undefined : await openLog(file, questionOf(input, series, options), resume);
  const ends = `from ${variantName(series.bad)} to ${variantName(good)}`;
  note(
    session,
    `bisect ${input.run.scenario.name} ${ends}, ${plural(series.patches.length, "patch", "patches")}`,
  );
  const pool = new Pool(options.jobs ?? 1);
  const judge =
    options.exec === undefined
      ? modelJudge(session, pool, input, options)
      : commandJudge(session, options.exec, input, options.skipInvalid === true);
  let isWhole = false;
  try {
    const summary = await new Investigation(session, judge, report, log).answer(series, options);
    isWhole = session.interrupt.signal === undefined;
    report.end(summary);
    if (summary.firstGood !== undefined && options.sufficient !== true) {
      const known = log === undefined || resume ? [] : ["--resume"];
      suggest(session, [sameCommand("--sufficient", ...known), "a smallest set that cures it"]);
    }
    return summary.firstGood === undefined ? EXIT.UNDECIDED : EXIT.OK;
  } finally {
    judge.close();
    await pool.close();
    if (log !== undefined && !isWhole)
      suggest(session, [sameCommand(...(resume ? [] : ["--resume"])), "goes on with the log"]);
  }
}

/** The good kernel, and what is judged with the bad one; a tree is the end that nothing else names, the bad one first. */
function endsOf(x: string, options: BisectOptions) {
  const { good, bad, tree, with: added, without, ...others } = options;
  if (tree === undefined && (added ?? without) !== undefined)
    throw usage("--with and --without are about --tree, which is not given");
  if (tree !== undefined && good !== undefined && bad !== undefined)
    throw usage("--tree is one of the two ends", "leave out --good or --bad");
  const named = () => kernelNamed(good ?? "cured");
  if (bad === undefined) return { good: named(), input: readInput(x, options) };
  return {
    good: tree === undefined ? named() : chosenKernel(options, named),
    input: readInput(x, { ...others, kernel: [bad] }),
  };
}

function checkOptions({ exec, skipInvalid, resume, log }: BisectOptions): void {
  if (exec?.trim() === "") throw usage("--exec: no command", "for example --exec 'make test'");
  if (skipInvalid === true && exec === undefined)
    throw usage("--skip-invalid is about --exec, which is not given");
  if (resume === true && log === undefined)
    throw usage("--resume: no log to go on with", "name it with --log");
}

/** What reads logs is loaded where there is one. */
async function openLog(file: string, question: BisectQuestion, resumes: boolean): Promise<BisectLog> {
  const { BisectLog: Log } = await import("../input/bisect-log.js");
  return new Log(file, question, resumes);
}

/** All that a verdict of the log depends on. */
function questionOf({ run }: Input, { good, bad }: PatchSeries, options: BisectOptions): BisectQuestion {
  const { exec, skipInvalid, seed, runs, strategy, depth, faults, evictions, oracle } = options;
  const program = createHash("sha256").update(printScenario(run.scenario)).update(run.choices.join());
  return {
    model: MODEL,
    scenario: run.scenario.name,
    program: program.digest("hex"),
    good: variantName(good),
    bad: variantName(bad),
    ...{ exec, skipInvalid: skipInvalid === true ? 1 : undefined },
    ...{ seed, runs, strategy, depth, faults, evictions, oracle: oracle?.join() },
  };
}

/** Has the searches' kernels judged, each once, tells the verdicts as they come, and remembers them. */
class Investigation {
  readonly tried: TriedVariant[] = [];
  readonly #known = new Map<string, JudgeVerdict>();
  readonly #session: Session;
  readonly #judge: VariantJudge;
  readonly #report: Report<"bisect">;
  readonly #log: BisectLog | undefined;

  constructor(session: Session, judge: VariantJudge, report: Report<"bisect">, log: BisectLog | undefined) {
    this.#session = session;
    this.#judge = judge;
    this.#report = report;
    this.#log = log;
  }

  async answer(series: PatchSeries, options: BisectOptions): Promise<BisectSummary> {
    const { good, bad } = series;
    // The user's command may take hours; the model's verdicts cost little.
    const search = options.exec === undefined || options.all === true ? "every" : "binary";
    const walk = await this.#ask(bisect(series, search));
    const { firstGood, candidates, isMonotone, problem } = walk;
    const base: BisectSummary = { good, bad, firstGood, candidates, isMonotone, problem, tried: this.tried };
    if (this.#isStopped) return { ...base, firstGood: undefined, problem: "interrupted" };
    // Patches can be necessary for a bug that the bad kernel cannot have yet; only the good one has to hold.
    const holds = walk.tried.at(-1)?.verdict === "ok";
    const dropped =
      options.necessary === true && holds
        ? await this.#ask(necessary(series), `${variantName(good)} without each patch:`)
        : undefined;
    const needed = dropped?.filter((d) => d.verdict === "mismatch").map((d) => d.patch);
    const isOpen = problem !== undefined && firstGood === undefined && candidates.length === 0;
    if (options.sufficient !== true || isOpen) return { ...base, necessary: needed };
    const enough = await this.#ask(sufficient(series), `${variantName(bad)} with some of the patches:`);
    return { ...base, necessary: needed, sufficient: enough ?? null };
  }

  get #isStopped(): boolean {
    return this.#session.interrupt.signal !== undefined;
  }

  /** Drives one search to its end; after a signal nothing more is judged. */
  async #ask<T>(search: Asking<T>, heading?: string): Promise<T> {
    if (heading !== undefined) this.#report.item({ heading });
    let next = search.next();
    while (next.done !== true)
      next = search.next(this.#isStopped ? "undecided" : await this.#verdict(next.value));
    return next.value;
  }

  async #verdict(question: Question): Promise<JudgeVerdict> {
    const { variant, patch } = question;
    const key = variantName(variant);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const what = patch === undefined ? key : patchText(patch);
    const commit = patch?.commit ?? null;
    const logged = this.#log?.verdictOf(key);
    const verdict = logged ?? (await this.#judged(question, what));
    if (verdict === undefined) return "undecided";
    if (logged === undefined) this.#log?.add({ kernel: key, commit, verdict });
    this.tried.push({ variant, commit, verdict });
    this.#known.set(key, verdict);
    this.#report.item({ verdict, what });
    return verdict;
  }

  /** Undefined when a signal came first. */
  async #judged(question: Question, what: string): Promise<JudgeVerdict | undefined> {
    const progress = startProgress(this.#session);
    progress.update(() => what);
    try {
      const verdict = await this.#judge.judge(question);
      return this.#isStopped ? undefined : verdict;
    } finally {
      progress.stop();
    }
  }
}
