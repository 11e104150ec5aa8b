/**
 * bisect: walks the patch series between two kernels and names the first patch that cures X; which patches are
 * necessary; which are sufficient. The judge is the model, or the user's own command.
 */

import type { Asking, JudgeVerdict } from "../../bisect/asking.js";
import { conclude, prefixes, type Tried } from "../../bisect/bisect.js";
import { askNecessary, type Dropped } from "../../bisect/necessary.js";
import { type Patch, type PatchSeries, patchSeries } from "../../bisect/series.js";
import { askSufficient } from "../../bisect/sufficient.js";
import { type KernelVariant, variantName } from "../../explore/run/subject.js";
import { type BisectSummary, patchText, type TriedVariant } from "../../report/bisect-text.js";
import { openPool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { type Bench, commandBench, modelBench } from "../input/bisect-judge.js";
import { kernelNamed } from "../input/kernels.js";
import type { CommonOptions } from "../input/options.js";
import { readInput } from "../input/run-input.js";
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
  run: bisect,
};

async function bisect(session: Session, options: BisectOptions, args: readonly string[]): Promise<number> {
  const report = openReport(session, options, "bisect");
  const good = kernelNamed(options.good);
  const input = readInput(
    args[0]!,
    options.bad === undefined ? options : { ...options, kernel: [options.bad] },
  );
  const series = patchSeries(good, input.run.variant);
  note(
    session,
    `bisect ${input.run.scenario.name} from ${variantName(series.bad)} to ${variantName(good)}, ${series.patches.length} patches`,
  );
  const pool = openPool(options.jobs ?? 1);
  try {
    const bench =
      options.exec === undefined
        ? modelBench(session, pool, input, options)
        : commandBench(session, options.exec, input);
    const search = new Search(session, bench, report);
    const summary = await search.answer(series, options);
    bench.close();
    report.end(summary);
    if (summary.firstGood !== undefined && options.sufficient !== true) {
      const bad = options.bad === undefined ? "" : ` --bad ${options.bad}`;
      suggest(session, [
        `bisect ${args[0]} --good ${options.good}${bad} --sufficient`,
        "a smallest set that cures it",
      ]);
    }
    return summary.firstGood === undefined ? EXIT.UNDECIDED : EXIT.OK;
  } finally {
    await pool.close();
  }
}

/** Asks the bench for verdicts, prints them as they come, and remembers them. */
class Search {
  readonly tried: TriedVariant[] = [];
  readonly #known = new Map<string, JudgeVerdict>();
  readonly #session: Session;
  readonly #bench: Bench;
  readonly #report: Report<"bisect">;

  constructor(session: Session, bench: Bench, report: Report<"bisect">) {
    this.#session = session;
    this.#bench = bench;
    this.#report = report;
  }

  async answer(series: PatchSeries, options: BisectOptions): Promise<BisectSummary> {
    const { good } = series;
    const walked: Tried[] = [];
    for (const prefix of prefixes(series)) {
      if (this.#isStopped) break;
      const what = prefix.patch === undefined ? variantName(prefix.variant) : patchText(prefix.patch);
      walked.push({ ...prefix, verdict: await this.#judge(prefix.variant, prefix.patch, what) });
    }
    if (this.#isStopped)
      return { ...conclude(walked), good, tried: this.tried, firstGood: undefined, problem: "interrupted" };
    const { firstGood, candidates, isMonotone, problem } = conclude(walked);
    const base: BisectSummary = { good, firstGood, candidates, isMonotone, problem, tried: this.tried };
    // Patches can be necessary for a bug that the bad kernel cannot have yet; only the good one has to hold.
    const holds = walked.at(-1)?.verdict === "ok";
    const necessary = options.necessary === true && holds ? await this.#necessary(series) : undefined;
    if (problem !== undefined && firstGood === undefined && candidates.length === 0)
      return { ...base, necessary };
    return {
      ...base,
      necessary,
      sufficient: options.sufficient === true ? await this.#sufficient(series) : undefined,
    };
  }

  get #isStopped(): boolean {
    return this.#session.interrupt.signal !== undefined;
  }

  async #judge(variant: KernelVariant, patch: Patch | undefined, what: string): Promise<JudgeVerdict> {
    const key = variantName(variant);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const progress = startProgress(this.#session);
    progress.update(() => what);
    const verdict = await this.#bench.judge(variant, patch);
    progress.stop();
    if (this.#isStopped) return verdict;
    this.tried.push({ variant, verdict });
    this.#known.set(key, verdict);
    this.#report.item({ verdict, what });
    return verdict;
  }

  async #ask<T>(title: string, search: Asking<T>): Promise<T> {
    this.#report.item({ heading: title });
    let next = search.next();
    while (next.done !== true) {
      const variant = next.value;
      next = search.next(
        this.#isStopped ? "undecided" : await this.#judge(variant, undefined, variantName(variant)),
      );
    }
    return next.value;
  }

  async #necessary(series: PatchSeries): Promise<readonly Patch[]> {
    const dropped = await this.#ask<readonly Dropped[]>(
      `${variantName(series.good)} without each patch:`,
      askNecessary(series),
    );
    return dropped.filter((d) => d.verdict === "mismatch").map((d) => d.patch);
  }

  async #sufficient(series: PatchSeries): Promise<readonly Patch[] | null> {
    const found = await this.#ask(
      `${variantName(series.bad)} with some of the patches:`,
      askSufficient(series),
    );
    return found ?? null;
  }
}
