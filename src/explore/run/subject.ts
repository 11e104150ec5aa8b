/**
 * What is run: a scenario on a kernel variant, compiled and set up.
 */
import { makeFixes } from "../../kernel/versions/fixes.js";
import { fixesOf, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { type CompiledScenario, type CompileOptions, compile } from "../../scenario/compile.js";
import type { Scenario } from "../../scenario/types.js";
import { Engine } from "./engine.js";

export { fixesOf, type KernelVariant, variantName };

export interface Subject {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly compiled: CompiledScenario;
  readonly engine: Engine;
}

export interface SubjectOptions extends CompileOptions {
  readonly fine?: boolean;
}

export function makeSubject(
  scenario: Scenario,
  variant: KernelVariant,
  options: SubjectOptions = {},
): Subject {
  const compiled = compile(scenario, options);
  const engine = new Engine(compiled.program, makeFixes(fixesOf(variant)), options.fine ?? false);
  return { scenario, variant, compiled, engine };
}
