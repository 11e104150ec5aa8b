/**
 * What repro, step and bisect are given: a token, a case seed or a file. All three name a program, mostly a kernel,
 * and mostly one run of it.
 */
import { oracleMask } from "../../explore/finding/finding.js";
import { followSchedule } from "../../explore/pin/pinned-sample.js";
import { choicesOf } from "../../explore/run/choice-lists.js";
import { subjectOf } from "../../explore/run/subject.js";
import { MAKERS } from "../../force/walk.js";
import { type CaseOptions, looksLikeCaseSeed, parseCaseSeed, runCase } from "../../fuzz/case.js";
import { FAULTS } from "../../kernel/machine/choices.js";
import { findRelease } from "../../kernel/versions/releases.js";
import { isSameKernel, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { commandLine } from "../../report/shell-words.js";
import { withBudget } from "../../scenario/budget.js";
import { decodeToken, type RunSpec } from "../../scenario/token.js";
import type { Budget, Scenario, ScheduleItem } from "../../scenario/types.js";
import { unpinned } from "../../scenario/unpinned.js";
import { quoted, visible } from "../../scenario/yaml/diagnostic.js";
import { doJob } from "../../tasks/index.js";
import { kernelsOf } from "../../verdict/expectation.js";
import { misfitText } from "../../verdict/fit-text.js";
import { invalid, undecided, usage } from "../exit.js";
import { loadScenario, readText } from "./files.js";
import { looksLikePath } from "./folders.js";
import { chosenKernel, kernelNamed } from "./kernels.js";
import { isInput, located, orScenario, STDIN } from "./named.js";
import { type CommonOptions, strategyOf } from "./options.js";
import { unpasted } from "./pasted.js";

export interface Input {
  /** The run, or a program with nothing pinned (no choices). */
  readonly run: RunSpec;
  readonly isPinned: boolean;
  /** The kernel that the choices are of, where the options ask for another one or for other budgets. */
  readonly foreign?: string | undefined;
  /** It does more than is needed for what it shows. */
  readonly isLarge?: boolean;
  readonly caseSeed?: string;
  readonly file?: string;
}

/** Reads `X`. The options may change the kernel. Of a kernel trace the run is one that fits it, unless only its program is asked for. */
export function readInput(given: string, options: CommonOptions, wants: "run" | "program" = "run"): Input {
  const path = located(given);
  const x = path === STDIN ? tokenOrStdin() : path;
  if (isInput(x)) return fromFile(x, options, wants);
  const text = seedIn(unpasted([x]));
  return looksLikeCaseSeed(text) ? fromCaseSeed(text, options) : fromToken(text, options);
}

/** A case seed that stands in quotes, or at the end of the command line that printed it; else the text as it is. */
function seedIn(text: string): string {
  if (looksLikeCaseSeed(text)) return text;
  const last =
    text
      .trim()
      .split(/\s+/)
      .at(-1)
      ?.replace(/^[>"'`\u2018\u201c(]+|["'`\u2019\u201d).,;]+$/g, "") ?? "";
  return looksLikeCaseSeed(last) ? last : text;
}

/** What is piped in can be a token as well. */
function tokenOrStdin(): string {
  const text = readText(STDIN).trim();
  return /^["'`]?sm\d+\./.test(text) || looksLikeCaseSeed(text) ? text : STDIN;
}

/** The program of `X`, with nothing of its runs pinned. */
export function programOf(x: string, options: CommonOptions): RunSpec {
  const { run } = readInput(x, options, "program");
  return { ...run, scenario: unpinned(run.scenario), choices: [] };
}

function fromToken(text: string, options: CommonOptions): Input {
  const decoded = decodeToken(text);
  if ("problem" in decoded) {
    // Nothing was judged where a file is not there: git bisect must not skip a commit for it.
    if (looksLikePath(text)) readText(text);
    const [said, remedy] = [`cannot use ${quoted(text)}: ${decoded.problem}`, orScenario(text)];
    throw remedy === undefined ? undecided(said, ofOtherModel(decoded.problem)) : invalid(said, remedy);
  }
  const { run } = decoded;
  checkBase(text, run.variant);
  const variant = chosenKernel(options, () => run.variant);
  const asked = { ...run, variant, scenario: withBudget(run.scenario, options) };
  const isSame =
    isSameKernel(variant, run.variant) && isSameBudget(asked.scenario.budget, run.scenario.budget);
  return { run: asked, isPinned: true, foreign: isSame ? undefined : variantName(run.variant) };
}

/** What to run instead of a run that another version has written down. */
function ofOtherModel(problem: string): string | undefined {
  const [, model] = /^it is of model (\d+) /.exec(problem) ?? [];
  return model === undefined
    ? undefined
    : `a version with model ${model} repeats it (--version names the model); here, run or explore its scenario file`;
}

function isSameBudget(a: Budget, b: Budget): boolean {
  return a.faults === b.faults && FAULTS.every(({ key }) => a[key] === b[key]);
}

/** Refuses a run on a kernel that there is none of. */
function checkBase(text: string, { base }: KernelVariant): void {
  if (findRelease(base) !== undefined) return;
  throw undecided(
    `cannot use ${quoted(text)}: it is for kernel ${quoted(base)}, which this version does not know`,
    `${commandLine(["list", "kernels"])} shows those that it knows`,
  );
}

function fromCaseSeed(text: string, options: CommonOptions): Input {
  const parsed = parseCaseSeed(text);
  if ("problem" in parsed)
    throw undecided(`cannot use ${quoted(text)}: ${parsed.problem}`, ofOtherModel(parsed.problem));
  checkBase(text, parsed.variant);
  const variant = chosenKernel(options, () => parsed.variant);
  const its = caseOptionsOf(options, variant, parsed.seed);
  const { scenario, choices } = runCase(its, parsed.n, undefined, MAKERS);
  return {
    run: { scenario, variant, choices: choices ?? [] },
    isPinned: choices !== undefined,
    foreign: isSameKernel(variant, parsed.variant) ? undefined : variantName(parsed.variant),
    caseSeed: text,
  };
}

/** What the options make of the cases of a master seed. */
export function caseOptionsOf(options: CommonOptions, variant: KernelVariant, seed: string): CaseOptions {
  const { depth, faults, evictions } = options;
  const strategy = strategyOf(options);
  // What user space forces, it sees as wrong bytes.
  const oracles = options.oracle ?? (strategy === "realizable" ? ["content"] : undefined);
  return {
    variant,
    seed,
    mask: oracleMask(oracles),
    strategy,
    depth,
    budget: { faults, evictions, oracle: oracles },
  };
}

function fromFile(file: string, options: CommonOptions, wants: "run" | "program"): Input {
  const { schedule, ...program } = loadScenario(file, options);
  if (program.observed !== undefined && wants === "run") return fromTrace(file, program, options);
  const variant = chosenKernel(options, () => failingKernel(program));
  const run = { scenario: withBudget(program, options), variant, choices: [] };
  if (schedule === undefined) return { run, isPinned: false, file };
  return { run: { ...run, choices: choicesOfSchedule(run, schedule, file) }, isPinned: true, file };
}

/** A run that fits a kernel's trace: one that fails, where there is one. */
function fromTrace(file: string, { observed, ...program }: Scenario, options: CommonOptions): Input {
  const variant = chosenKernel(options, () => {
    throw usage(`${visible(file)} names no kernel`, "name the one that it was recorded on with --kernel");
  });
  if (observed === undefined) throw new Error("no trace");
  const subject = { scenario: { ...program, observed }, variant };
  const fitted = doJob({ kind: "fit", subject, mask: oracleMask(options.oracle ?? program.oracles) });
  if (!fitted.isPossible)
    throw undecided(
      fitted.misfit === undefined
        ? `no run that fits ${visible(file)} was found within bounds`
        : misfitText(observed, variant, fitted.misfit),
    );
  if (fitted.choices === undefined)
    throw undecided(
      `the runs that fit ${visible(file)} are none of merged steps`,
      `${commandLine(["judge"])} says what they show`,
    );
  return {
    run: { scenario: program, variant, choices: fitted.choices },
    isPinned: true,
    isLarge: true,
    file,
  };
}

/** The choices of the run that a file's `schedule:` describes. */
function choicesOfSchedule(run: RunSpec, schedule: readonly ScheduleItem[], file: string): readonly number[] {
  const subject = subjectOf(run);
  const problem = followSchedule(subject, schedule);
  if (problem === undefined) return choicesOf(subject.engine);
  const where = `the schedule of ${file} does not apply on ${variantName(run.variant)}`;
  throw undecided(`${where}: ${problem}`);
}

/** The first kernel that the file says goes wrong, else the first it names, else 6.0. */
function failingKernel(scenario: Scenario): KernelVariant {
  const kernels = kernelsOf(scenario);
  const verdicts = [...scenario.expect, ...scenario.variants].map((e) => e.expect);
  const bad = verdicts.findIndex((expect) => expect !== "ok");
  return kernels[Math.max(0, bad)] ?? kernelNamed("6.0");
}
