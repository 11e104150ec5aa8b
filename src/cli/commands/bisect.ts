/**
 * bisect: walks the patch series between two kernels and names the first patch that cures X; which patches are
 * necessary; which are sufficient. The judge is the model, or the user's own command.
 */

import type { Asking, JudgeVerdict, Question } from "../../bisect/asking.js";
import { bisect } from "../../bisect/bisect.js";
import { necessary } from "../../bisect/necessary.js";
import { type PatchSeries, patchSeries } from "../../bisect/series.js";
import { sufficient } from "../../bisect/sufficient.js";
import { variantName } from "../../kernel/versions/variant.js";
import { type BisectSummary, patchText, type TriedVariant } from "../../report/bisect-text.js";
import { openPool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { kernelNamed } from "../input/kernels.js";
import type { CommonOptions } from "../input/options.js";
import { readInput } from "../input/run-input.js";
import { commandJudge, modelJudge, type VariantJudge } from "../input/variant-judge.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport, type Report } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";

interface BisectOptions extends CommonOptions {
  readonly good: string;
  readonly bad?: string;
  readonly necessary?: boolean;
  readonly sufficient?: boolean;
  readonly exec?: string;
}

export const bisectCommand: CommandSpec = {
  name: "bisect",
  args: ["<x>", "token, case seed or scenario file"],
  about: "which patch of a series cures it",
  options: [
    { flags: "--good <kernel>", about: "kernel that is good", standard: ["cured"] },
    { flags: "--bad <kernel>", about: "kernel that is bad (the one X is for)" },
    { flags: "--necessary", about: "also drop each patch of the good kernel in turn" },
    { flags: "--sufficient", about: "also find a minimal set of patches that cures it" },
    {
      flags: "--exec <cmd>",
      about:
        "judge by this command: 0 good, 125 skip, 128 and above abort, else bad; STALEMAP_KERNEL, _WITH, _WITHOUT, _COMMIT, _SCENARIO are set",
    },
    "seed",
    "runs",
    "strategy",
    "depth",
    "jobs",
    "judging",
  ],
  reports: ["bisect"],
  run,
};

async function run(session: Session, options: BisectOptions, [x = ""]: readonly string[]): Promise<number> {
  const report = openReport(session, options, "bisect");
  const good = kernelNamed(options.good);
  const input = readInput(x, options.bad === undefined ? options : { ...options, kernel: [options.bad] });
  const series = patchSeries(good, input.run.variant);
  const ends = `from ${variantName(series.bad)} to ${variantName(good)}`;
  note(session, `bisect ${input.run.scenario.name} ${ends}, ${series.patches.length} patches`);
  const pool = openPool(options.jobs ?? 1);
  try {
    const judge =
      options.exec === undefined
        ? modelJudge(session, pool, input, options)
        : commandJudge(session, options.exec, input);
    const search = new Investigation(session, judge, report);
    const summary = await search.answer(series, options);
    judge.close();
    report.end(summary);
    if (summary.firstGood !== undefined && options.sufficient !== true) {
      const bad = options.bad === undefined ? "" : ` --bad ${options.bad}`;
      const again = `bisect ${x} --good ${options.good}${bad} --sufficient`;
      suggest(session, [again, "a smallest set that cures it"]);
    }
    return summary.firstGood === undefined ? EXIT.UNDECIDED : EXIT.OK;
  } finally {
    await pool.close();
  }
}

/** Has the searches' kernels judged, each once, tells the verdicts as they come, and remembers them. */
class Investigation {
  readonly tried: TriedVariant[] = [];
  readonly #known = new Map<string, JudgeVerdict>();
  readonly #session: Session;
  readonly #judge: VariantJudge;
  readonly #report: Report<"bisect">;

  constructor(session: Session, judge: VariantJudge, report: Report<"bisect">) {
    this.#session = session;
    this.#judge = judge;
    this.#report = report;
  }

  async answer(series: PatchSeries, options: BisectOptions): Promise<BisectSummary> {
    const { good, bad } = series;
    const walk = await this.#ask(bisect(series));
    const { firstGood, candidates, isMonotone, problem } = walk;
    const base: BisectSummary = { good, firstGood, candidates, isMonotone, problem, tried: this.tried };
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
    const progress = startProgress(this.#session);
    progress.update(() => what);
    const verdict = await this.#judge.judge(question);
    progress.stop();
    if (this.#isStopped) return verdict;
    this.tried.push({ variant, verdict });
    this.#known.set(key, verdict);
    this.#report.item({ verdict, what });
    return verdict;
  }
}
