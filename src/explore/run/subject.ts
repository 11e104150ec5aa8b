/**
 * What is run: a scenario on a kernel variant, compiled and set up.
 */
import { type KernelVariant, kernelOf } from "../../kernel/versions/variant.js";
import { type CompiledScenario, compile } from "../../scenario/compile.js";
import type { Scenario } from "../../scenario/types.js";
import { Engine } from "./engine.js";

/** What is to be run, as data. */
export interface SubjectSpec {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  /** Every boundary is an interleaving point. */
  readonly fine?: boolean | undefined;
}

export interface Subject {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly compiled: CompiledScenario;
  readonly engine: Engine;
}

export function makeSubject(
  scenario: Scenario,
  variant: KernelVariant,
  { fine = false }: Pick<SubjectSpec, "fine"> = {},
): Subject {
  const compiled = compile(scenario);
  const engine = new Engine(compiled.program, kernelOf(variant), fine);
  return { scenario, variant, compiled, engine };
}

/** The subject of a run or of a job. */
export function subjectOf(spec: SubjectSpec): Subject {
  return makeSubject(spec.scenario, spec.variant, spec);
}
