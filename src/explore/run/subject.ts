/**
 * What is run: a scenario on a kernel variant, compiled and set up.
 */
import { FIX_NAMES, type FixName, isFixName, makeFixes } from "../../kernel/versions/fixes.js";
import { findRelease, RELEASES } from "../../kernel/versions/releases.js";
import { type CompiledScenario, type CompileOptions, compile } from "../../scenario/compile.js";
import type { KernelVariant } from "../../scenario/language/verdicts.js";
import type { Scenario } from "../../scenario/types.js";
import { Engine } from "./engine.js";

export type { KernelVariant };

/** The toggles that are on in a variant. Throws RangeError naming an unknown kernel or toggle. */
export function fixesOf(variant: KernelVariant): ReadonlySet<FixName> {
  const release = findRelease(variant.base);
  if (release === undefined) {
    throw new RangeError(`no kernel ${variant.base}; there are ${RELEASES.map((r) => r.name).join(", ")}`);
  }
  const on = new Set(release.fixes);
  for (const name of variant.with) on.add(checked(name));
  for (const name of variant.without) on.delete(checked(name));
  return on;
}

function checked(name: string): FixName {
  if (!isFixName(name)) throw new RangeError(`no fix ${name}; there are ${FIX_NAMES.join(", ")}`);
  return name;
}

/** `6.2 with a, b without c`. */
export function variantName(v: KernelVariant): string {
  const parts = [v.base];
  if (v.with.length > 0) parts.push(`with ${v.with.join(", ")}`);
  if (v.without.length > 0) parts.push(`without ${v.without.join(", ")}`);
  return parts.join(" ");
}

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
