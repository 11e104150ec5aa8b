/**
 * What repro, step and bisect are given: a token, a case seed or a file. All three name a program, mostly a kernel,
 * and mostly one run of it.
 */

import { oracleMask } from "../../explore/finding/finding.js";
import { scheduleProblem } from "../../explore/pin/pinned-sample.js";
import { ScheduleStrategy } from "../../explore/pin/pinned-schedule.js";
import { choicesOf } from "../../explore/run/replay.js";
import { subjectOf } from "../../explore/run/subject.js";
import { looksLikeCaseSeed, parseCaseSeed, runCase } from "../../fuzz/case.js";
import { findRelease } from "../../kernel/versions/releases.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { withBudget } from "../../scenario/budget.js";
import { decodeToken, type RunSpec } from "../../scenario/token.js";
import type { Scenario } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { kernelsOf } from "../../verdict/expectation.js";
import { undecided } from "../exit.js";
import { exists, loadScenario } from "./files.js";
import { chosenKernel, kernelNamed, withToggles } from "./kernels.js";
import { type CommonOptions, strategyOf } from "./options.js";

export interface Input {
  /** The run, or a program with nothing pinned (no choices). */
  readonly run: RunSpec;
  readonly isPinned: boolean;
  readonly caseSeed: string | undefined;
  readonly file: string | undefined;
}

/** Reads `X`. The options may change the kernel. */
export function readInput(x: string, options: CommonOptions): Input {
  if (looksLikeCaseSeed(x) && !exists(x)) return fromCaseSeed(x, options);
  if (exists(x)) return fromFile(x, options);
  return fromToken(x, options);
}

/** The program of `X`, with nothing of its runs pinned. */
export function programOf(x: string, options: CommonOptions): RunSpec {
  const { run } = readInput(x, options);
  const { schedule: _, ...scenario } = run.scenario;
  return { ...run, scenario, choices: [] };
}

function fromToken(text: string, options: CommonOptions): Input {
  const decoded = decodeToken(text);
  if ("problem" in decoded) {
    const remedy = /[/\\]|\.ya?ml$/.test(text)
      ? "if a file was meant: there is none of that name"
      : undefined;
    throw undecided(`cannot use ${quoted(text)}: ${decoded.problem}`, remedy);
  }
  const { run } = decoded;
  if (findRelease(run.variant.base) === undefined) {
    throw undecided(
      `cannot use ${quoted(text)}: it is for kernel ${quoted(run.variant.base)}, which this version does not know`,
    );
  }
  return { run: onKernel(run, options), isPinned: true, caseSeed: undefined, file: undefined };
}

function onKernel(run: RunSpec, options: CommonOptions): RunSpec {
  const other = chosenKernel(options, undefined);
  const variant = other ?? withToggles(run.variant, options);
  return { ...run, variant, scenario: withBudget(run.scenario, options) };
}

function fromCaseSeed(text: string, options: CommonOptions): Input {
  const parsed = parseCaseSeed(text);
  if ("problem" in parsed) throw undecided(`cannot use ${quoted(text)}: ${parsed.problem}`);
  if (findRelease(parsed.variant.base) === undefined) {
    throw undecided(
      `cannot use ${quoted(text)}: it is for kernel ${quoted(parsed.variant.base)}, which this version does not know`,
    );
  }
  const variant = chosenKernel(options, undefined) ?? withToggles(parsed.variant, options);
  const { faults, evictions } = options;
  const strategy = strategyOf(options);
  const outcome = runCase(
    {
      variant,
      seed: parsed.seed,
      mask: oracleMask(options.oracle ?? (strategy === "realizable" ? ["content"] : undefined)),
      budget: { faults, evictions },
      strategy,
      depth: options.depth,
    },
    parsed.n,
  );
  const run = { scenario: outcome.scenario, variant, choices: outcome.choices ?? [] };
  return { run, isPinned: outcome.choices !== undefined, caseSeed: text, file: undefined };
}

function fromFile(file: string, options: CommonOptions): Input {
  const scenario = loadScenario(file);
  const variant = chosenKernel(options, undefined) ?? withToggles(failingKernel(scenario), options);
  const { schedule, ...program } = scenario;
  const base = { scenario: withBudget(program, options), variant, choices: [] };
  if (schedule === undefined) return { run: base, isPinned: false, caseSeed: undefined, file };
  return {
    run: { ...base, choices: choicesOfSchedule(base, scenario, file) },
    isPinned: true,
    caseSeed: undefined,
    file,
  };
}

/** The choices of the run that a file's `schedule:` describes. */
function choicesOfSchedule(base: RunSpec, scenario: Scenario, file: string): readonly number[] {
  const subject = subjectOf(base);
  const strategy = new ScheduleStrategy(subject, scenario.schedule!);
  subject.engine.run(strategy);
  if (strategy.problem === undefined) return choicesOf(subject.engine);
  const where = `the schedule of ${file} does not apply on ${variantName(base.variant)}`;
  throw undecided(`${where}: ${scheduleProblem(scenario.schedule!, strategy.problem)}`);
}

/** The first kernel that the file says goes wrong, else the first it names, else 6.0. */
function failingKernel(scenario: Scenario): KernelVariant {
  const kernels = kernelsOf(scenario);
  const verdicts = [...scenario.expect, ...scenario.variants].map((e) => e.expect);
  const bad = verdicts.findIndex((expect) => expect !== "ok");
  return kernels[Math.max(0, bad)] ?? kernelNamed("6.0");
}
